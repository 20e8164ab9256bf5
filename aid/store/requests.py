"""Requests for aid."""

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
from aid.rules import lifecycles, receipts
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import chance, new_id
from aid.store.rows import columns_of, made_from
from aid.store.sealing import seal, unseal

LIVE_STATES = ("open", "claimed", "delivered")
LIVE = f"state IN {LIVE_STATES!r}"

requests = Table(
    "requests",
    metadata,
    key(),
    Column("receipt", String(12), nullable=False, unique=True),
    ref("organisation"),
    ref("person"),
    ref("behalf", optional=True),
    word("category"),
    word("kind"),
    Column("amount", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    word("district"),
    sealed("detail", optional=True),
    word("state"),
    ref("fulfilment", optional=True),
    instant("opened"),
    instant("closed", optional=True),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint(f"state IN {lifecycles.states('request')!r}", name="state"),
    CheckConstraint("kind IN ('cash', 'goods')", name="kind"),
    CheckConstraint("behalf IS NULL OR behalf <> person", name="behalf"),
    Index(
        "uq_requests_one_live",
        "person",
        "organisation",
        "category",
        unique=True,
        sqlite_where=text(LIVE),
        postgresql_where=text(LIVE),
    ),
    Index("ix_requests_state", "organisation", "state", "opened"),
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `amount`: centimos for kind cash, persons or units for goods. `behalf`: who asked for her.

    `urgency`: 0 today, 1 this week, 2 normal. `opened` is her place in the line and never changes.
    """

    id: str
    receipt: str
    organisation: str
    person: str
    behalf: str | None
    category: str
    kind: str
    amount: int
    urgency: int
    district: str
    detail: str
    state: str
    fulfilment: str | None
    opened: int
    closed: int | None


async def add(
    tx: Tx,
    organisation: str,
    person: str,
    *,
    behalf: str | None,
    category: str,
    kind: str,
    amount: int,
    urgency: int,
    district: str,
    detail: str,
) -> Request | None:
    """Open a request; None when she has one of this category open."""
    made = Request(
        id=new_id(),
        receipt=receipts.receipt_number(chance(receipts.RANDOM_BYTES)),
        organisation=organisation,
        person=person,
        behalf=behalf,
        category=category,
        kind=kind,
        amount=amount,
        urgency=urgency,
        district=district,
        detail=detail,
        state="open",
        fulfilment=None,
        opened=tx.now,
        closed=None,
    )
    hidden = await seal(tx, person, requests.c.detail, made.id, detail) if detail else None
    new = await tx.insert_new(requests, columns_of(made) | {"detail": hidden})
    return made if new else None


async def by_id(tx: Tx, request: str) -> Request | None:
    """A request."""
    return await _one(tx, await tx.first(select(requests).where(requests.c.id == request)))


async def by_receipt(tx: Tx, organisation: str, receipt: str) -> Request | None:
    """A request by the number that people say."""
    return await _one(
        tx,
        await tx.first(
            select(requests).where(requests.c.organisation == organisation, requests.c.receipt == receipt)
        ),
    )


async def live_of(tx: Tx, person: str, organisation: str) -> list[Request]:
    """Her requests that are not closed, oldest first."""
    rows = await tx.all(
        select(requests)
        .where(
            requests.c.person == person,
            requests.c.organisation == organisation,
            requests.c.state.in_(LIVE_STATES),
        )
        .order_by(requests.c.opened, requests.c.id)
    )
    return [made for row in rows if (made := await _one(tx, row)) is not None]


async def in_state(tx: Tx, organisation: str, *states: str) -> list[Request]:
    """All requests of an organisation in some states, oldest first."""
    rows = await tx.all(
        select(requests)
        .where(requests.c.organisation == organisation, requests.c.state.in_(states))
        .order_by(requests.c.opened, requests.c.id)
    )
    return [made for row in rows if (made := await _one(tx, row)) is not None]


async def everything(tx: Tx, organisation: str) -> list[Request]:
    """All requests of an organisation, oldest first."""
    return await in_state(tx, organisation, *lifecycles.states("request"))


async def step(
    tx: Tx, request: str, new: str, *, only_from: tuple[str, ...] = (), fulfilment: str | None = None
) -> bool:
    """Move a request to a state; False when it stands where that step does not begin."""
    old = only_from or lifecycles.sources("request", new)
    values: dict[str, Any] = {
        "state": new,
        "closed": tx.now if lifecycles.is_final("request", new) else None,
    }
    if fulfilment is not None:
        values["fulfilment"] = fulfilment
    moved = await tx.first(
        update(requests)
        .where(requests.c.id == request, requests.c.state.in_(old))
        .values(**values)
        .returning(requests.c.id)
    )
    return moved is not None


async def _one(tx: Tx, row: Row[Any] | None) -> Request | None:
    if row is None:
        return None
    detail = await unseal(tx, row.person, requests.c.detail, row.id, row.detail)
    return made_from(Request, row, detail=detail)
