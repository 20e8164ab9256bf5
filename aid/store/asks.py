"""Open questions that a person may answer whenever she likes: an offer, an arrival, a second yes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Index, Row, String, Table, select, text, update

from aid.db import Tx
from aid.rules import receipts
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import chance, new_id
from aid.store.rows import columns_of, made_from
from aid.store.sealing import seal, unseal

asks = Table(
    "asks",
    metadata,
    key(),
    ref("organisation"),
    ref("person"),
    word("kind"),
    Column("code", String(8), nullable=False),
    ref("about", optional=True),
    sealed("content"),
    word("state"),
    Column("shown", Boolean, nullable=False),
    instant("asked"),
    instant("expires"),
    Index(
        "uq_asks_open_code",
        "person",
        "code",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index("ix_asks_about", "about"),
)

TRIES = 20
"""Codes drawn before giving up: with 7,600 codes and a handful open for one woman, two are rare."""


@dataclass(frozen=True, slots=True)
class Ask:
    """An open question. `about`: the row it is about. `content`: what must be said when she answers.

    `shown`: she has read the question itself, not only the discreet first word about it.
    """

    id: str
    organisation: str
    person: str
    kind: str
    code: str
    about: str | None
    content: dict[str, Any]
    state: str
    asked: int
    expires: int
    shown: bool = True


async def open_ask(
    tx: Tx,
    organisation: str,
    person: str,
    kind: str,
    about: str | None,
    *,
    expires: int,
    content: Mapping[str, Any] | None = None,
) -> Ask:
    """Ask her something; the code is unique among her open ones."""
    row = new_id()
    hidden = await seal(tx, person, asks.c.content, row, json.dumps(dict(content or {})))
    for _ in range(TRIES):
        made = Ask(
            id=row,
            organisation=organisation,
            person=person,
            kind=kind,
            code=receipts.ask_code(chance(receipts.RANDOM_BYTES)),
            about=about,
            content=dict(content or {}),
            state="open",
            asked=tx.now,
            expires=expires,
        )
        if await tx.insert_new(asks, columns_of(made) | {"content": hidden}):
            return made
    raise RuntimeError("no free ask code")


async def by_code(tx: Tx, person: str, code: str) -> Ask | None:
    """The newest ask of hers with this code, open or not."""
    row = await tx.first(
        select(asks)
        .where(asks.c.person == person, asks.c.code == code)
        .order_by(asks.c.asked.desc())
        .limit(1)
    )
    return await _ask(tx, row)


async def by_id(tx: Tx, ask: str) -> Ask | None:
    """An ask."""
    return await _ask(tx, await tx.first(select(asks).where(asks.c.id == ask)))


async def open_of(tx: Tx, person: str) -> list[Ask]:
    """What is open to her now, newest last."""
    rows = await tx.all(
        select(asks)
        .where(asks.c.person == person, asks.c.state == "open", asks.c.expires > tx.now)
        .order_by(asks.c.asked, asks.c.id)
    )
    return [made for row in rows if (made := await _ask(tx, row)) is not None]


async def open_about(tx: Tx, kind: str, about: str) -> list[Ask]:
    """Every open ask of a kind about one thing."""
    rows = await tx.all(
        select(asks).where(asks.c.kind == kind, asks.c.about == about, asks.c.state == "open")
    )
    return [made for row in rows if (made := await _ask(tx, row)) is not None]


async def mark_shown(tx: Tx, ask: str, *, shown: bool) -> None:
    """Whether she has read the question itself, or only the discreet first word about it."""
    await tx.run(update(asks).where(asks.c.id == ask).values(shown=shown))


async def settle(tx: Tx, ask: str, state: str) -> bool:
    """Close an open ask as answered, withdrawn or expired; False when it was closed already."""
    closed = await tx.first(
        update(asks).where(asks.c.id == ask, asks.c.state == "open").values(state=state).returning(asks.c.id)
    )
    return closed is not None


async def settle_about(tx: Tx, kind: str, about: str, state: str) -> None:
    """Close every open ask of a kind about one thing."""
    await tx.run(
        update(asks)
        .where(asks.c.kind == kind, asks.c.about == about, asks.c.state == "open")
        .values(state=state)
    )


async def expire(tx: Tx) -> int:
    """Close what nobody answered in time; how many."""
    rows = await tx.all(
        update(asks)
        .where(asks.c.state == "open", asks.c.expires <= tx.now)
        .values(state="expired")
        .returning(asks.c.id)
    )
    return len(rows)


async def _ask(tx: Tx, row: Row[Any] | None) -> Ask | None:
    if row is None:
        return None
    content = json.loads(await unseal(tx, row.person, asks.c.content, row.id, row.content))
    return made_from(Ask, row, content=content)
