"""Invitations and one-use links, kept as keyed hashes: whoever reads the table cannot use one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Integer, Row, String, Table, select, update

from aid.db import Tx
from aid.store.columns import instant, key, metadata, ref, word
from aid.store.ids import new_id
from aid.store.rows import columns_of, made_from

invitations = Table(
    "invitations",
    metadata,
    key(),
    ref("organisation"),
    word("kind"),
    word("role"),
    Column("code_hash", String(64), nullable=False, unique=True),
    ref("made_by", optional=True),
    ref("person", optional=True),
    Column("uses_left", Integer, nullable=False),
    instant("made"),
    instant("expires"),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code opens. `kind`: invite (single use), room (one word for a roomful), address (adds Telegram).

    `person`: whose address it adds; only for kind address.
    """

    id: str
    organisation: str
    kind: str
    role: str
    made_by: str | None
    person: str | None
    uses_left: int
    expires: int


async def add(
    tx: Tx,
    organisation: str,
    code: str,
    *,
    kind: str,
    role: str,
    made_by: str | None,
    person: str | None,
    uses: int,
    expires: int,
) -> Invitation | None:
    """Keep an invitation; None when the code (a chosen word) is in use already."""
    made = Invitation(new_id(), organisation, kind, role, made_by, person, uses, expires)
    new = await tx.insert_new(invitations, columns_of(made) | {"code_hash": _hash(tx, code), "made": tx.now})
    return made if new else None


async def find(tx: Tx, code: str) -> Invitation | None:
    """What a code opens, used up or expired ones too: she is told which."""
    return _one(await tx.first(select(invitations).where(invitations.c.code_hash == _hash(tx, code))))


async def by_id(tx: Tx, invitation: str) -> Invitation | None:
    """An invitation that a conversation was started with."""
    return _one(await tx.first(select(invitations).where(invitations.c.id == invitation)))


async def use(tx: Tx, invitation: str) -> bool:
    """Use it up once; False when it is spent or over. Two at the same moment: exactly one succeeds."""
    used = await tx.first(
        update(invitations)
        .where(
            invitations.c.id == invitation,
            invitations.c.uses_left > 0,
            invitations.c.expires > tx.now,
        )
        .values(uses_left=invitations.c.uses_left - 1)
        .returning(invitations.c.id)
    )
    return used is not None


def _hash(tx: Tx, code: str) -> str:
    return tx.keyring.code("invitation", code.casefold())


def _one(row: Row[Any] | None) -> Invitation | None:
    return None if row is None else made_from(Invitation, row)
