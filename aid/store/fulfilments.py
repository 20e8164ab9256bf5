"""How a request is answered: a delivery by a volunteer, a payout by a treasurer, a hand-over event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    select,
    text,
    update,
)

from aid.db import Tx
from aid.keys import same
from aid.rules import lifecycles
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.rows import made_from
from aid.store.sealing import seal

MOST_TRIES = 5
"""Wrong codes before a delivery needs a new one: 5 in 1,000,000 is a guess nobody wins."""
ARRIVED = ("yes", "no", "silence")
"""What she said when she was asked a day later whether it had come."""

fulfilments = Table(
    "fulfilments",
    metadata,
    key(),
    ref("organisation"),
    ref("request"),
    word("kind"),
    word("state"),
    Column("code_hash", String(64)),
    Column("tries", Integer, nullable=False),
    Column("amount", Integer),
    ref("asker"),
    ref("behalf", optional=True),
    ref("payer", optional=True),
    ref("approver", optional=True),
    sealed("operation", optional=True),
    instant("begun"),
    instant("done", optional=True),
    instant("reminded", optional=True),
    instant("asked", optional=True),
    word("arrived", optional=True),
    CheckConstraint(f"kind IN {lifecycles.FULFILMENT_KINDS!r}", name="kind"),
    CheckConstraint(f"state IN {lifecycles.states('fulfilment')!r}", name="state"),
    CheckConstraint(f"tries BETWEEN 0 AND {MOST_TRIES}", name="tries"),
    CheckConstraint(f"arrived IS NULL OR arrived IN {ARRIVED!r}", name="arrived"),
    CheckConstraint(
        "payer IS NULL OR (payer <> asker AND (behalf IS NULL OR payer <> behalf))", name="payer"
    ),
    CheckConstraint(
        "approver IS NULL OR (approver <> payer AND approver <> asker"
        " AND (behalf IS NULL OR approver <> behalf))",
        name="approver",
    ),
    CheckConstraint(
        "kind <> 'payout' OR state <> 'done' OR (payer IS NOT NULL AND approver IS NOT NULL)", name="two"
    ),
    Index(
        "uq_fulfilments_open",
        "request",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_fulfilments_unanswered",
        "done",
        sqlite_where=text("state = 'done' AND arrived IS NULL"),
        postgresql_where=text("state = 'done' AND arrived IS NULL"),
    ),
)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """One try to answer a request. `amount`: centimos of a payout. `payer`, `approver`: its two people."""

    id: str
    organisation: str
    request: str
    kind: str
    state: str
    tries: int
    amount: int | None
    payer: str | None
    approver: str | None
    done: int | None


async def begin(
    tx: Tx,
    organisation: str,
    request: str,
    kind: str,
    *,
    asker: str,
    behalf: str | None,
    payer: str | None = None,
    amount: int | None = None,
    row: str = "",
) -> str | None:
    """Begin to answer a request; None when somebody else has begun. `row`: the id it was promised already."""
    row = row or new_id()
    new = await tx.insert_new(
        fulfilments,
        {
            "id": row,
            "organisation": organisation,
            "request": request,
            "kind": kind,
            "state": "open",
            "tries": 0,
            "asker": asker,
            "behalf": behalf,
            "payer": payer,
            "amount": amount,
            "begun": tx.now,
        },
    )
    return row if new else None


async def by_id(tx: Tx, fulfilment: str) -> Fulfilment | None:
    """A fulfilment."""
    return one_of(await tx.first(select(fulfilments).where(fulfilments.c.id == fulfilment)))


async def open_for(tx: Tx, request: str) -> Fulfilment | None:
    """What is under way for a request."""
    return one_of(
        await tx.first(
            select(fulfilments).where(fulfilments.c.request == request, fulfilments.c.state == "open")
        )
    )


async def set_code(tx: Tx, fulfilment: str, code: str) -> None:
    """Set a new hand-over code; the old one is dead and the tries begin anew."""
    await tx.run(
        update(fulfilments)
        .where(fulfilments.c.id == fulfilment, fulfilments.c.state == "open")
        .values(code_hash=_hash(tx, fulfilment, code), tries=0)
    )


async def try_code(tx: Tx, fulfilment: str, code: str) -> tuple[str, int]:
    """`right`, `wrong` or `spent`, and how many tries are left.

    The try is counted in the same UPDATE that reads the hash, so that no two guesses share one.
    """
    row = await tx.first(
        update(fulfilments)
        .where(
            fulfilments.c.id == fulfilment,
            fulfilments.c.state == "open",
            fulfilments.c.tries < MOST_TRIES,
        )
        .values(tries=fulfilments.c.tries + 1)
        .returning(fulfilments.c.code_hash, fulfilments.c.tries)
    )
    if row is None:
        return "spent", 0
    right = row.code_hash and same(row.code_hash, _hash(tx, fulfilment, code))
    return "right" if right else "wrong", MOST_TRIES - row.tries


async def give_try_back(tx: Tx, fulfilment: str) -> None:
    """The code was meant for another delivery: it was no guess at this one."""
    await tx.run(
        update(fulfilments)
        .where(fulfilments.c.id == fulfilment, fulfilments.c.state == "open", fulfilments.c.tries > 0)
        .values(tries=fulfilments.c.tries - 1)
    )


async def set_operation(tx: Tx, fulfilment: str, organisation: str, operation: str) -> None:
    """Keep the bank's operation number of a payout, sealed for the organisation."""
    hidden = await seal(tx, organisation, fulfilments.c.operation, fulfilment, operation)
    await tx.run(update(fulfilments).where(fulfilments.c.id == fulfilment).values(operation=hidden))


async def end(tx: Tx, fulfilment: str, state: str, *, approver: str | None = None) -> bool:
    """Close an open fulfilment as done or dead; False when it was closed already."""
    values: dict[str, Any] = {"state": state, "done": tx.now if state == "done" else None}
    if approver is not None:
        values["approver"] = approver
    ended = await tx.first(
        update(fulfilments)
        .where(fulfilments.c.id == fulfilment, fulfilments.c.state == "open")
        .values(**values)
        .returning(fulfilments.c.id)
    )
    return ended is not None


def _hash(tx: Tx, fulfilment: str, code: str) -> str:
    return tx.keyring.code(f"hand-over-{fulfilment}", code)


def one_of(row: Row[Any] | None) -> Fulfilment | None:
    """A row of the table as a fulfilment."""
    return None if row is None else made_from(Fulfilment, row)
