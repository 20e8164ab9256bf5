"""Every second: link what happened since to the chain of the history."""

from __future__ import annotations

from aid import history
from aid.db import Database

NAME = "chain"
EVERY_SECONDS = 1


async def run(db: Database, now: int) -> dict[str, int]:
    """Link what is new."""
    async with db.transaction(now) as tx:
        return {"linked": await history.link_new(tx)}
