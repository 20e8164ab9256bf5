"""Claims: a volunteer holds a request for the time of a lease. One conditional UPDATE decides who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Row, Table, func, select, text, update

from aid.db import Tx
from aid.rules import lifecycles
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.sealing import seal

claims = Table(
    "claims",
    metadata,
    key(),
    ref("organisation"),
    ref("request"),
    ref("fulfilment"),
    ref("claimer"),
    ref("asker"),
    ref("behalf", optional=True),
    word("state"),
    Column("fence", Integer, nullable=False),
    instant("start"),
    instant("lease"),
    instant("remind", optional=True),
    sealed("reason", optional=True),
    instant("ended", optional=True),
    CheckConstraint("claimer <> asker", name="asker"),
    CheckConstraint("behalf IS NULL OR claimer <> behalf", name="behalf"),
    CheckConstraint(f"state IN {lifecycles.states('claim')!r}", name="state"),
    Index(
        "uq_claims_held",
        "request",
        unique=True,
        sqlite_where=text("state = 'held'"),
        postgresql_where=text("state = 'held'"),
    ),
    Index("ix_claims_claimer", "claimer", "state"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim. `lease`: when it ends by itself. `fence` tells a late claimer from the present one."""

    id: str
    organisation: str
    request: str
    fulfilment: str
    claimer: str
    asker: str
    behalf: str | None
    state: str
    fence: int
    start: int
    lease: int


async def add(
    tx: Tx,
    organisation: str,
    request: str,
    fulfilment: str,
    *,
    claimer: str,
    asker: str,
    behalf: str | None,
    lease: int,
    remind: int,
) -> Claim | None:
    """Hold a request; None when another holds it. Raises IntegrityError for her own, whatever the code above did."""
    fence = await tx.scalar(select(func.count()).select_from(claims).where(claims.c.request == request))
    made = Claim(
        new_id(), organisation, request, fulfilment, claimer, asker, behalf, "held", fence + 1, tx.now, lease
    )
    new = await tx.insert_new(
        claims,
        {
            "id": made.id,
            "organisation": organisation,
            "request": request,
            "fulfilment": fulfilment,
            "claimer": claimer,
            "asker": asker,
            "behalf": behalf,
            "state": "held",
            "fence": made.fence,
            "start": tx.now,
            "lease": lease,
            "remind": remind,
        },
    )
    return made if new else None


async def held_by(tx: Tx, claimer: str, organisation: str) -> list[Claim]:
    """What she holds now, oldest first. A lease that is over is not hers, even before a beat has seen it."""
    rows = await tx.all(
        select(claims)
        .where(
            claims.c.claimer == claimer,
            claims.c.organisation == organisation,
            claims.c.state == "held",
            claims.c.lease > tx.now,
        )
        .order_by(claims.c.start, claims.c.id)
    )
    return [_one(row) for row in rows]


async def held_for(tx: Tx, request: str) -> Claim | None:
    """Who holds a request."""
    row = await tx.first(select(claims).where(claims.c.request == request, claims.c.state == "held"))
    return None if row is None else _one(row)


async def end(tx: Tx, claim: str, state: str, *, reason: str = "") -> bool:
    """End a held claim; False when it has ended already."""
    row = await tx.first(select(claims.c.claimer).where(claims.c.id == claim))
    hidden = await seal(tx, row.claimer, claims.c.reason, claim, reason) if row and reason else None
    ended = await tx.first(
        update(claims)
        .where(claims.c.id == claim, claims.c.state == "held")
        .values(state=state, ended=tx.now, remind=None, reason=hidden)
        .returning(claims.c.id)
    )
    return ended is not None


async def to_remind(tx: Tx) -> list[Claim]:
    """Claims that are half-way; asking marks them as reminded, so that nobody is reminded twice."""
    rows = await tx.all(
        update(claims)
        .where(claims.c.state == "held", claims.c.remind <= tx.now)
        .values(remind=None)
        .returning(claims)
    )
    return [_one(row) for row in rows]


async def over(tx: Tx) -> list[Claim]:
    """Claims whose lease has ended."""
    rows = await tx.all(select(claims).where(claims.c.state == "held", claims.c.lease <= tx.now))
    return [_one(row) for row in rows]


def _one(row: Row[Any]) -> Claim:
    return Claim(
        row.id,
        row.organisation,
        row.request,
        row.fulfilment,
        row.claimer,
        row.asker,
        row.behalf,
        row.state,
        row.fence,
        row.start,
        row.lease,
    )
