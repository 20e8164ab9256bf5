"""Every five seconds: messages that a dead worker left in its hand are resolved by their own policy."""

from __future__ import annotations

from aid import sending
from aid.db import Database

NAME = "outbox"
EVERY_SECONDS = 5


async def run(db: Database, now: int) -> dict[str, int]:
    """Resolve abandoned rows; how many there were."""
    async with db.transaction(now) as tx:
        return {"abandoned": await sending.sweep(tx)}
