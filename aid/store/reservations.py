"""What is set aside of which gift for which request, and why; and what each request still lacks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    and_,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from aid.db import Tx
from aid.store.claims import claims
from aid.store.columns import instant, key, metadata, ref, word
from aid.store.fulfilments import fulfilments
from aid.store.gifts import gifts
from aid.store.ids import new_id
from aid.store.members import affiliations
from aid.store.requests import requests
from aid.store.rows import columns_of, made_from

STATES = ("reserved", "given", "void")
WAITING_STATES = ("open", "claimed")

reservations = Table(
    "reservations",
    metadata,
    key(),
    ref("organisation"),
    ref("request"),
    ref("gift"),
    word("kind"),
    Column("fund", String(64), nullable=False),
    Column("amount", BigInteger, nullable=False),
    word("state"),
    Column("priority_version", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    ref("fulfilment", optional=True),
    instant("made"),
    instant("ended", optional=True),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("kind IN ('cash', 'goods')", name="kind"),
    CheckConstraint(f"state IN {STATES!r}", name="state"),
    CheckConstraint("(state = 'given') = (fulfilment IS NOT NULL)", name="given"),
    Index("ix_reservations_request", "request", "state"),
    Index("ix_reservations_gift", "gift"),
    Index("ix_reservations_state", "organisation", "state"),
)


@dataclass(frozen=True, slots=True)
class Reservation:
    """So much (centimos or units) of a gift for a request. `fund`: where voided cash returns, "" for goods.

    `reasons`: the keys of why, decided under version `priority_version` of the published priority.
    """

    id: str
    organisation: str
    request: str
    gift: str
    kind: str
    fund: str
    amount: int
    state: str
    priority_version: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that lacks something, and the published facts of its asker. Nothing else is read of her."""

    id: str
    category: str
    kind: str
    lacking: int
    urgency: int
    district: str
    opened: int
    birth_year: int | None
    out_of_work: bool
    dependants: int


async def add(
    tx: Tx,
    organisation: str,
    request: str,
    gift: str,
    *,
    kind: str,
    fund: str,
    amount: int,
    priority_version: int,
    reasons: Sequence[str],
) -> Reservation:
    """Set something aside."""
    made = Reservation(
        id=new_id(),
        organisation=organisation,
        request=request,
        gift=gift,
        kind=kind,
        fund=fund,
        amount=amount,
        state="reserved",
        priority_version=priority_version,
        reasons=tuple(reasons),
    )
    kept = columns_of(made) | {"reasons": json.dumps(reasons), "made": tx.now}
    await tx.run(insert(reservations).values(kept))
    return made


async def of_request(tx: Tx, request: str, state: str) -> list[Reservation]:
    """What is set aside for a request, or was, oldest first."""
    rows = await tx.all(
        select(reservations)
        .where(reservations.c.request == request, reservations.c.state == state)
        .order_by(reservations.c.made, reservations.c.id)
    )
    return [_one(row) for row in rows]


async def reserved_amount(tx: Tx, request: str) -> int:
    """How much is set aside for a request now."""
    return int(await tx.scalar(_reserved_for(literal(request))) or 0)


async def is_all_given(tx: Tx, gift: str) -> bool:
    """Whether a gift was set aside to the last unit and all of it has been given."""
    kept = exists().where(reservations.c.gift == gift, reservations.c.state == "reserved")
    row = await tx.first(select(gifts.c.id).where(gifts.c.id == gift, gifts.c.state == "used", ~kept))
    return row is not None


async def end(tx: Tx, reservation: str, state: str, *, fulfilment: str | None = None) -> bool:
    """Give what was set aside, or void it; False when it has ended already."""
    ended = await tx.first(
        update(reservations)
        .where(reservations.c.id == reservation, reservations.c.state == "reserved")
        .values(state=state, fulfilment=fulfilment, ended=tx.now)
        .returning(reservations.c.id)
    )
    return ended is not None


async def stale(tx: Tx, organisation: str) -> list[Reservation]:
    """What is set aside for requests that are closed, or has spoiled; not where a payment is under way."""
    closed = requests.c.state.in_(("withdrawn", "confirmed"))
    rows = await tx.all(
        select(reservations)
        .join(requests, requests.c.id == reservations.c.request)
        .join(gifts, gifts.c.id == reservations.c.gift)
        .where(
            reservations.c.organisation == organisation,
            reservations.c.state == "reserved",
            or_(closed, gifts.c.use_by <= tx.now),
            ~_payout_open(),
        )
        .order_by(reservations.c.made, reservations.c.id)
    )
    return [_one(row) for row in rows]


async def waiting(tx: Tx, organisation: str, request: str | None = None) -> list[Waiting]:
    """Requests not fully covered, with the published facts; none whose payment is under way.

    `request`: only this one.
    """
    reserved = func.coalesce(_reserved_for(requests.c.id).scalar_subquery(), 0)
    statement = (
        select(
            requests,
            (requests.c.amount - reserved).label("lacking"),
            affiliations.c.birth_year,
            affiliations.c.out_of_work,
            affiliations.c.dependants,
        )
        .outerjoin(
            affiliations,
            and_(
                affiliations.c.person == requests.c.person,
                affiliations.c.organisation == requests.c.organisation,
            ),
        )
        .where(
            requests.c.organisation == organisation,
            requests.c.state.in_(WAITING_STATES),
            requests.c.amount > reserved,
            ~_payout_open(),
        )
        .order_by(requests.c.opened, requests.c.id)
    )
    if request is not None:
        statement = statement.where(requests.c.id == request)
    return [_waiting(row) for row in await tx.all(statement)]


async def payable(tx: Tx, organisation: str) -> list[str]:
    """Open cash requests for which something is set aside and nothing is under way, oldest first."""
    under_way = exists().where(fulfilments.c.request == requests.c.id, fulfilments.c.state == "open")
    set_aside = exists().where(reservations.c.request == requests.c.id, reservations.c.state == "reserved")
    rows = await tx.all(
        select(requests.c.id)
        .where(
            requests.c.organisation == organisation,
            requests.c.kind == "cash",
            requests.c.state == "open",
            set_aside,
            ~under_way,
        )
        .order_by(requests.c.opened, requests.c.id)
    )
    return [row.id for row in rows]


async def claimers_of(tx: Tx, request: str) -> frozenset[str]:
    """Whoever has ever claimed a request: none of them pays it or says yes to its payment."""
    rows = await tx.all(select(claims.c.claimer).where(claims.c.request == request))
    return frozenset(row.claimer for row in rows)


def _reserved_for(request: Any) -> Select[tuple[int]]:  # noqa: ANN401 - a column or a literal
    return (
        select(func.sum(reservations.c.amount))
        .where(reservations.c.request == request, reservations.c.state == "reserved")
        .correlate(requests)
    )


def _payout_open() -> Any:  # noqa: ANN401 - a SQL condition
    return exists().where(
        fulfilments.c.request == requests.c.id,
        fulfilments.c.kind == "payout",
        fulfilments.c.state == "open",
    )


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        row.id,
        row.category,
        row.kind,
        int(row.lacking),
        row.urgency,
        row.district,
        row.opened,
        row.birth_year,
        bool(row.out_of_work),
        row.dependants or 0,
    )


def _one(row: Row[Any]) -> Reservation:
    return made_from(Reservation, row, reasons=tuple(json.loads(row.reasons)))
