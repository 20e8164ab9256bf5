"""Leaving without a trace: silence at once, erased after 72 hours unless she undoes it."""

from __future__ import annotations

from aid import history, members
from aid.db import Tx
from aid.store import erasure
from aid.store import members as rows

ERASE_AFTER_MS = 72 * 3_600_000
STRANGER_LIFE_MS = 7 * 86_400_000


async def ask_erasure(tx: Tx, organisation: str, person: str) -> None:
    """She asked to be erased: nothing reaches her from now on."""
    await members.stop(tx, organisation, person)
    await rows.set_erase_due(tx, person, tx.now + ERASE_AFTER_MS)
    await history.append(tx, organisation, "erasure-asked", "person", person, actor=person)


async def erase_due(tx: Tx) -> int:
    """Erase whoever asked and did not undo it, and strangers of a week ago. How many."""
    gone = [*await rows.due_for_erasure(tx), *await rows.strangers_before(tx, tx.now - STRANGER_LIFE_MS)]
    for person in gone:
        await erasure.erase(tx, person)
    return len(gone)
