"""Every five minutes: a second yes missing for a day is asked for once more, after three days given up."""

from __future__ import annotations

from aid import approvals
from aid.db import Database
from jobs.each import each

NAME = "payouts"
EVERY_SECONDS = 300


async def run(db: Database, now: int) -> dict[str, int]:
    """Give up, then remind; how many of each."""
    _, expired = await each(db, now, approvals.over, approvals.expire)
    async with db.transaction(now) as tx:
        reminded = await approvals.remind(tx)
    return {"expired": expired, "reminded": reminded}
