"""Whether what was done for a request has arrived: when she was asked, and what she said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select, update

from aid.db import Tx
from aid.store.fulfilments import Fulfilment, fulfilments, one_of


async def next_to_ask(tx: Tx, done_before: int) -> Fulfilment | None:
    """One that was done before an instant and of which nobody asked yet; asking marks it."""
    row = await _mark_first(
        tx, {"asked": tx.now}, fulfilments.c.asked.is_(None), fulfilments.c.done <= done_before
    )
    return one_of(row)


async def next_silent(tx: Tx, asked_before: int) -> Fulfilment | None:
    """One of which she was asked before an instant and said nothing; marked as silence."""
    return one_of(await _mark_first(tx, {"arrived": "silence"}, fulfilments.c.asked <= asked_before))


async def _mark_first(tx: Tx, values: dict[str, Any], *where: ColumnElement[bool]) -> Row[Any] | None:
    unanswered = (fulfilments.c.state == "done", fulfilments.c.arrived.is_(None))
    first = (
        select(fulfilments.c.id)
        .where(*unanswered, *where)
        .order_by(fulfilments.c.done, fulfilments.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .cte("first")  # a plain subquery may run once per row on PostgreSQL, and its limit with it
    )
    return await tx.first(
        update(fulfilments)
        .where(fulfilments.c.id.in_(select(first.c.id)), *unanswered, *where)
        .values(**values)
        .returning(fulfilments)
    )


async def answer(tx: Tx, request: str, arrived: str) -> None:
    """She said whether it came; nobody asks that again. Silence may still become an answer."""
    done = fulfilments.c.state == "done"
    unanswered = or_(fulfilments.c.arrived.is_(None), fulfilments.c.arrived == "silence")
    await tx.run(
        update(fulfilments)
        .where(fulfilments.c.request == request, done, unanswered)
        .values(arrived=arrived, asked=func.coalesce(fulfilments.c.asked, tx.now))
    )


async def done_for(tx: Tx, request: str) -> Fulfilment | None:
    """What was done last for a request."""
    return one_of(
        await tx.first(
            select(fulfilments)
            .where(fulfilments.c.request == request, fulfilments.c.state == "done")
            .order_by(fulfilments.c.done.desc())
            .limit(1)
        )
    )
