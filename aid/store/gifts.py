"""Gifts: announced by their giver, received when a treasurer says so, counted down as they are set aside.

And where givers send money: one text per organisation, sealed for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
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

COUNTED = "state IN ('received', 'used')"

gifts = Table(
    "gifts",
    metadata,
    key(),
    Column("receipt", String(12), nullable=False, unique=True),
    ref("organisation"),
    ref("donor"),
    word("kind"),
    Column("amount", BigInteger, nullable=False),
    Column("taken", BigInteger, nullable=False),
    word("category", optional=True),
    word("district", optional=True),
    instant("use_by", optional=True),
    sealed("operation", optional=True),
    Column("operation_index", String(32)),
    word("state"),
    ref("confirmed_by", optional=True),
    instant("announced"),
    instant("closed", optional=True),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("taken >= 0 AND taken <= amount", name="taken"),
    CheckConstraint("kind IN ('cash', 'goods')", name="kind"),
    CheckConstraint(f"state IN {lifecycles.states('gift')!r}", name="state"),
    CheckConstraint("confirmed_by IS NULL OR confirmed_by <> donor", name="confirmed"),
    CheckConstraint("state = 'announced' OR confirmed_by IS NOT NULL", name="decided"),
    Index(
        "uq_gifts_operation",
        "organisation",
        "operation_index",
        unique=True,
        sqlite_where=text(COUNTED),
        postgresql_where=text(COUNTED),
    ),
    Index("ix_gifts_state", "organisation", "state", "announced"),
    Index("ix_gifts_donor", "donor", "state"),
)

collecting = Table(
    "collecting",
    metadata,
    ref("organisation", primary_key=True),
    sealed("words"),
    instant("since"),
)


@dataclass(frozen=True, slots=True)
class Payment:
    """How the giver says she paid: operation number and day (ISO), as they stand in the bank's list."""

    operation: str
    day: str


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift. `amount`, `taken`: centimos for cash, units for goods. `category`, `district`: its wish."""

    id: str
    receipt: str
    organisation: str
    donor: str
    kind: str
    amount: int
    taken: int
    category: str | None
    district: str | None
    use_by: int | None
    payment: Payment | None
    state: str
    confirmed_by: str | None
    announced: int

    @property
    def left(self) -> int:
        """What is not set aside yet."""
        return self.amount - self.taken


async def add(
    tx: Tx,
    organisation: str,
    donor: str,
    *,
    kind: str,
    amount: int,
    category: str | None,
    district: str | None,
    use_by: int | None,
    payment: Payment | None,
) -> Gift:
    """Keep an announced gift."""
    made = Gift(
        id=new_id(),
        receipt=receipts.receipt_number(chance(receipts.RANDOM_BYTES)),
        organisation=organisation,
        donor=donor,
        kind=kind,
        amount=amount,
        taken=0,
        category=category,
        district=district,
        use_by=use_by,
        payment=payment,
        state="announced",
        confirmed_by=None,
        announced=tx.now,
    )
    hidden = await _hidden(tx, organisation, made.id, payment)
    if not await tx.insert_new(gifts, columns_of(made, "payment") | hidden):
        raise RuntimeError("no free receipt number")
    return made


async def set_payment(tx: Tx, gift: Gift, payment: Payment) -> bool:
    """She has paid what she announced; False when it is no longer waiting."""
    hidden = await _hidden(tx, gift.organisation, gift.id, payment)
    return await _changed(tx, gift.id, ("announced",), hidden)


async def _hidden(tx: Tx, organisation: str, gift: str, payment: Payment | None) -> dict[str, Any]:
    if payment is None:
        return {}
    told = f"{payment.day} {payment.operation}"
    return {
        "operation": await seal(tx, organisation, gifts.c.operation, gift, told),
        "operation_index": _index(tx, organisation, payment),
    }


async def is_counted(tx: Tx, organisation: str, payment: Payment) -> bool:
    """Whether a payment (operation number and day) has been counted already."""
    index = _index(tx, organisation, payment)
    return (
        await tx.first(
            select(gifts.c.id).where(
                gifts.c.organisation == organisation, gifts.c.operation_index == index, text(COUNTED)
            )
        )
        is not None
    )


async def by_id(tx: Tx, gift: str) -> Gift | None:
    """A gift."""
    row = await tx.first(select(gifts).where(gifts.c.id == gift))
    return None if row is None else await _gift(tx, row)


async def of_donor(tx: Tx, organisation: str, donor: str, state: str) -> list[Gift]:
    """Her gifts in a state, oldest first."""
    rows = await tx.all(
        select(gifts)
        .where(gifts.c.organisation == organisation, gifts.c.donor == donor, gifts.c.state == state)
        .order_by(gifts.c.announced, gifts.c.id)
    )
    return [await _gift(tx, row) for row in rows]


async def in_state(tx: Tx, organisation: str, *states: str) -> list[Gift]:
    """The gifts of an organisation in some states, oldest first."""
    rows = await tx.all(
        select(gifts)
        .where(gifts.c.organisation == organisation, gifts.c.state.in_(states))
        .order_by(gifts.c.announced, gifts.c.id)
    )
    return [await _gift(tx, row) for row in rows]


async def decide(tx: Tx, gift: str, state: str, *, actor: str, amount: int | None = None) -> bool:
    """A treasurer says that it came (with its true amount) or did not; False when it was decided already."""
    values: dict[str, Any] = {"state": state, "confirmed_by": actor, "closed": tx.now}
    if amount is not None:
        values["amount"] = amount
    return await _changed(tx, gift, ("announced",), values)


async def take(tx: Tx, gift: str, amount: int) -> bool:
    """Set so much of a received gift aside; False when so much is not left."""
    left = await tx.first(
        update(gifts)
        .where(gifts.c.id == gift, gifts.c.state == "received", gifts.c.amount - gifts.c.taken >= amount)
        .values(taken=gifts.c.taken + amount)
        .returning((gifts.c.amount - gifts.c.taken).label("left"))
    )
    if left is not None and left.left == 0:
        await _changed(tx, gift, lifecycles.sources("gift", "used"), {"state": "used"})
    return left is not None


async def put_back(tx: Tx, gift: str, amount: int) -> None:
    """What was set aside is free again."""
    await tx.run(update(gifts).where(gifts.c.id == gift).values(taken=gifts.c.taken - amount))
    await _changed(tx, gift, ("used",), {"state": "received"})


async def set_collecting(tx: Tx, organisation: str, words: str) -> None:
    """Keep where givers send money, in place of what was kept before."""
    hidden = await seal(tx, organisation, collecting.c.words, organisation, words)
    values = {"words": hidden, "since": tx.now}
    if not await tx.insert_new(collecting, {"organisation": organisation, **values}):
        await tx.run(update(collecting).where(collecting.c.organisation == organisation).values(**values))


async def collecting_of(tx: Tx, organisation: str) -> str:
    """Where givers send money, or an empty text when no treasurer has said so."""
    kept = await tx.scalar(select(collecting.c.words).where(collecting.c.organisation == organisation))
    return await unseal(tx, organisation, collecting.c.words, organisation, kept)


async def _changed(tx: Tx, gift: str, old: tuple[str, ...], values: dict[str, Any]) -> bool:
    changed = update(gifts).where(gifts.c.id == gift, gifts.c.state.in_(old)).values(**values)
    return await tx.first(changed.returning(gifts.c.id)) is not None


def _index(tx: Tx, organisation: str, payment: Payment) -> str:
    return tx.keyring.index(f"operation-{organisation}", f"{payment.day} {payment.operation}")


async def _gift(tx: Tx, row: Row[Any]) -> Gift:
    told = await unseal(tx, row.organisation, gifts.c.operation, row.id, row.operation)
    day, _, operation = told.partition(" ")
    return made_from(Gift, row, payment=Payment(operation, day) if told else None)
