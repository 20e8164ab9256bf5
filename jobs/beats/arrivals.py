"""Every five minutes: what was handed over or paid a day ago is asked about, three days' silence is noted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aid import arrivals
from aid.db import Database, Tx

NAME = "arrivals"
EVERY_SECONDS = 300


async def run(db: Database, now: int) -> dict[str, int]:
    """Close silences, then ask; how many of each."""
    return {
        "unconfirmed": await _each(db, now, arrivals.close_next),
        "asked": await _each(db, now, arrivals.ask_next),
    }


async def _each(db: Database, now: int, one: Callable[[Tx], Awaitable[bool]]) -> int:
    """One transaction for each, so that replies are not kept waiting behind many."""
    done = 0
    while True:
        async with db.transaction(now) as tx:
            if not await one(tx):
                return done
        done += 1
