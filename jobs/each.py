"""What many beats do: find what is due, and do each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from aid.db import Database, Tx

T = TypeVar("T")


async def each(
    db: Database,
    now: int,
    find: Callable[[Tx], Awaitable[Sequence[T]]],
    act: Callable[[Tx, T], Awaitable[bool]],
) -> tuple[int, int]:
    """How many were found, and how many done: one transaction for each, so that replies need not wait long.

    `act` looks again whether it is still due: somebody may have been faster.
    """
    async with db.reading(now) as tx:
        found = await find(tx)
    done = 0
    for one in found:
        async with db.transaction(now) as tx:
            done += await act(tx, one)
    return len(found), done
