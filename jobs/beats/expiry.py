"""Asks that nobody answered in time are closed; what has served its purpose is emptied."""

from __future__ import annotations

from aid import privacy
from aid.db import Database

NAME = "expiry"
EVERY_SECONDS = 300


async def run(db: Database, now: int) -> dict[str, int]:
    """One round; how many of each."""
    async with db.transaction(now) as tx:
        return await privacy.empty(tx)
