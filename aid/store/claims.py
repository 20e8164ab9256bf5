"""Claims: a volunteer holds a request for the time of a lease. One conditional UPDATE decides who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Row, Table, func, or_, select, text, update

from aid.db import Tx
from aid.rules import lifecycles
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.rows import columns_of, made_from
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
    instant("told", optional=True),
    instant("ended", optional=True),
    instant("again", optional=True),
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
    Index("ix_claims_request", "request"),
    Index("ix_claims_again", "again"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim. `lease`: when it ends by itself. `fence` tells a late claimer from the present one.

    `told`: when the asker learned who comes; None when she knows nothing of it.
    """

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
    told: int | None


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
    """Hold a request; None when another holds it. Raises IntegrityError for her own request."""
    fence = await tx.scalar(select(func.count()).select_from(claims).where(claims.c.request == request))
    made = Claim(
        id=new_id(),
        organisation=organisation,
        request=request,
        fulfilment=fulfilment,
        claimer=claimer,
        asker=asker,
        behalf=behalf,
        state="held",
        fence=fence + 1,
        start=tx.now,
        lease=lease,
        told=None,
    )
    new = await tx.insert_new(claims, columns_of(made) | {"remind": remind})
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


async def newest_of(tx: Tx, claimer: str, organisation: str) -> Claim | None:
    """The claim of hers that ended last."""
    row = await tx.first(
        select(claims)
        .where(
            claims.c.claimer == claimer,
            claims.c.organisation == organisation,
            or_(claims.c.state != "held", claims.c.lease <= tx.now),
        )
        .order_by(func.coalesce(claims.c.ended, claims.c.lease).desc())
        .limit(1)
    )
    return None if row is None else _one(row)


async def delivered_for(tx: Tx, request: str) -> Claim | None:
    """Who says that she carried it, last."""
    row = await tx.first(
        select(claims)
        .where(claims.c.request == request, claims.c.state == "delivered")
        .order_by(claims.c.fence.desc())
        .limit(1)
    )
    return None if row is None else _one(row)


async def by_id(tx: Tx, claim: str) -> Claim | None:
    """A claim."""
    row = await tx.first(select(claims).where(claims.c.id == claim))
    return None if row is None else _one(row)


async def mark_told(tx: Tx, claim: str) -> None:
    """The asker knows who comes."""
    await tx.run(update(claims).where(claims.c.id == claim, claims.c.told.is_(None)).values(told=tx.now))


async def end(
    tx: Tx, claim: Claim, state: str, *, reason: str = "", again: int | None = None
) -> Claim | None:
    """End a held claim; None when it has ended already. `again`: when she may be offered the same anew."""
    hidden = await seal(tx, claim.claimer, claims.c.reason, claim.id, reason) if reason else None
    ended = await tx.first(
        update(claims)
        .where(claims.c.id == claim.id, claims.c.state == "held")
        .values(state=state, ended=tx.now, remind=None, reason=hidden, again=again)
        .returning(claims)
    )
    return None if ended is None else _one(ended)


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
    rows = await tx.all(
        select(claims).where(claims.c.state == "held", claims.c.lease <= tx.now).order_by(claims.c.lease)
    )
    return [_one(row) for row in rows]


async def to_offer_again(tx: Tx) -> list[str]:
    """Requests whose last claimer may be offered them once more; asking marks them as offered."""
    rows = await tx.all(
        update(claims).where(claims.c.again <= tx.now).values(again=None).returning(claims.c.request)
    )
    return sorted({row.request for row in rows})


def _one(row: Row[Any]) -> Claim:
    return made_from(Claim, row)
