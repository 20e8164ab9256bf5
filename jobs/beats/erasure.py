"""Who asked to be erased 72 hours ago and did not undo it is erased; so are strangers of a week ago."""

from __future__ import annotations

from aid import privacy
from aid.db import Database

NAME = "erasure"
EVERY_SECONDS = 60


async def run(db: Database, now: int) -> dict[str, int]:
    """Erase whoever is due, each in her own transaction; how many, and how many wait for the next beat."""
    async with db.reading(now) as tx:
        due = await privacy.due(tx)
    erased = 0
    for person in due:
        async with db.transaction(now) as tx:
            # Asked again inside: she may have undone it since, or another process was faster.
            erased += person in await privacy.due(tx) and await privacy.erase(tx, person)
    return {"erased": erased, "waiting": len(due) - erased}
