"""Every five minutes: sensitive words whose time is over are deleted from the chats they were sent to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aid import sending
from aid.db import Database
from aid.messages import Outcome, Verdict

MOST_AT_ONCE = 100
LATER_MS = 10 * 60_000
DONE = frozenset({Verdict.ACCEPTED, Verdict.REFUSED})
"""Deleting twice does no harm, so where nobody knows it is done again."""


class Traces:
    """A beat with hands: it is given what deletes a message of a line, by the channel's own name of it."""

    NAME = "traces"
    EVERY_SECONDS = 300

    def __init__(self, erasers: Mapping[str, Callable[[str], Awaitable[Outcome]]]) -> None:
        self.erasers = erasers

    async def run(self, db: Database, now: int) -> dict[str, int]:
        """Delete what is due; how many went, and how many must be tried again."""
        async with db.transaction(now) as tx:
            due = await sending.to_forget(tx, MOST_AT_ONCE, now + LATER_MS)
        counts = {"deleted": 0, "later": 0}
        for trace in due:
            eraser = self.erasers.get(trace.line)
            outcome = await eraser(trace.reference) if eraser else Outcome(Verdict.REFUSED, reason="no-line")
            if outcome.verdict in DONE:
                async with db.transaction(now) as tx:
                    await sending.forgotten(tx, trace.id)
            counts["deleted" if outcome.verdict in DONE else "later"] += 1
        return counts
