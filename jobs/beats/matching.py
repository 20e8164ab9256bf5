"""Received gifts are set aside for open requests, organisation by organisation."""

from __future__ import annotations

from aid import matching, organisations
from aid.db import Database

NAME = "matching"
EVERY_SECONDS = 60


async def run(db: Database, now: int) -> dict[str, int]:
    """One round for every organisation, each in its own transaction; how much was set aside and freed."""
    async with db.reading(now) as tx:
        everyone = await organisations.everyone(tx)
    reserved = freed = 0
    for one in everyone:
        async with db.transaction(now) as tx:
            matched = await matching.match(tx, one.id)
        reserved += matched.reserved
        freed += matched.freed
    return {"reserved": reserved, "freed": freed}
