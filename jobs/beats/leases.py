"""Every minute: claims that are half-way are reminded, those that are over return to the line."""

from __future__ import annotations

from aid import claims
from aid.db import Database

NAME = "leases"
EVERY_SECONDS = 60


async def run(db: Database, now: int) -> dict[str, int]:
    """Remind, end what is over, and offer anew what rested; how many of each."""
    async with db.transaction(now) as tx:
        reminded = await claims.remind(tx)
    async with db.reading(now) as tx:
        over = await claims.over(tx)
    expired = 0
    for claim in over:
        async with db.transaction(now) as tx:
            expired += await claims.expire(tx, claim)
    async with db.transaction(now) as tx:
        offered = await claims.offer_rested(tx)
    return {"reminded": reminded, "expired": expired, "offered": offered}
