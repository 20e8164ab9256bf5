"""Every five minutes: a second yes missing for a day is asked for once more, after three days given up."""

from __future__ import annotations

from aid import payouts
from aid.db import Database

NAME = "payouts"
EVERY_SECONDS = 300


async def run(db: Database, now: int) -> dict[str, int]:
    """Give up, then remind; how many of each."""
    async with db.reading(now) as tx:
        over = await payouts.over(tx)
    expired = 0
    for payout in over:
        async with db.transaction(now) as tx:
            expired += await payouts.expire(tx, payout)
    async with db.transaction(now) as tx:
        reminded = await payouts.remind(tx)
    return {"expired": expired, "reminded": reminded}
