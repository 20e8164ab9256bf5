"""Alarms that nobody has answered call again, and call more people, until somebody goes."""

from __future__ import annotations

from aid import incidents
from aid.db import Database

NAME = "alarms"
EVERY_SECONDS = 5


async def run(db: Database, now: int) -> dict[str, int]:
    """One round; how many alarms called again."""
    async with db.transaction(now) as tx:
        return {"called": await incidents.call_again(tx)}
