"""Payouts that wait for their second yes: whose people are to be reminded, and which are over."""

from __future__ import annotations

from sqlalchemy import ColumnElement, literal, select, update

from aid.db import Tx
from aid.store.fulfilments import Fulfilment, fulfilments, one_of

OPEN = literal("open", literal_execute=True)
"""Written into the statement: a partial index is of no use to a state that comes as a parameter."""


async def to_remind(tx: Tx, begun_before: int) -> list[Fulfilment]:
    """Those begun before an instant whose second people were not reminded; each is given out once."""
    rows = await tx.all(
        update(fulfilments)
        .where(*_waiting(begun_before), fulfilments.c.reminded.is_(None))
        .values(reminded=tx.now)
        .returning(fulfilments)
    )
    return [made for row in rows if (made := one_of(row)) is not None]


async def over(tx: Tx, begun_before: int) -> list[Fulfilment]:
    """Those begun before an instant, oldest first."""
    rows = await tx.all(
        select(fulfilments).where(*_waiting(begun_before)).order_by(fulfilments.c.begun, fulfilments.c.id)
    )
    return [made for row in rows if (made := one_of(row)) is not None]


def _waiting(begun_before: int) -> tuple[ColumnElement[bool], ...]:
    return (
        fulfilments.c.state == OPEN,
        fulfilments.c.kind == "payout",
        fulfilments.c.begun <= begun_before,
    )
