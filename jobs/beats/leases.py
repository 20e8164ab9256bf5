"""Every minute: claims that are half-way are reminded, those that are over return to the line."""

from __future__ import annotations

from aid import claims
from aid.db import Database
from jobs.each import each

NAME = "leases"
EVERY_SECONDS = 60


async def run(db: Database, now: int) -> dict[str, int]:
    """Remind, end what is over, and offer anew what rested; how many of each."""
    async with db.transaction(now) as tx:
        reminded = await claims.remind(tx)
    _, expired = await each(db, now, claims.over, claims.expire)
    async with db.transaction(now) as tx:
        offered = await claims.offer_rested(tx)
    return {"reminded": reminded, "expired": expired, "offered": offered}
