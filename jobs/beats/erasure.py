"""Who asked to be erased 72 hours ago and did not undo it is erased; so are strangers of a week ago."""

from __future__ import annotations

from aid import privacy
from aid.db import Database
from jobs.each import each

NAME = "erasure"
EVERY_SECONDS = 60


async def run(db: Database, now: int) -> dict[str, int]:
    """Erase whoever is due, each in her own transaction; how many, and how many wait for the next beat."""
    due, erased = await each(db, now, privacy.due, privacy.erase_due)
    return {"erased": erased, "waiting": due - erased}
