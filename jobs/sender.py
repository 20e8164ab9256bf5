"""One line's sender: takes what is due, as fast as the limits allow, sends, and writes down how it ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from aid import sending
from aid.db import Database, DatabaseAway
from aid.messages import Channel, Outcome, Outgoing, Verdict
from aid.sending import Claimed
from jobs.limits import Limits

log = logging.getLogger(__name__)

MOST_AT_ONCE = 5
"""Rows claimed together: few, so that what is urgent overtakes, and little is in doubt after a crash."""
MOST_IN_HAND = 10
"""Sends under way on one line: one that hangs must not hold up the others."""
POLL_SECONDS = 1.0
"""The floor: another process may have written a row without waking us."""
SKIPPED_SECONDS = 0.02
"""When what was due went to another worker: look again, but not at once."""
RETRY_SECONDS = (0.2, 1.0, 3.0, 8.0)
"""What was sent must be written down: the database may be away for a moment."""


class Sender:
    """Sends for one line. Several may stand side by side in several processes."""

    def __init__(
        self, db: Database, clock: Callable[[], int], line: str, channel: Channel, limits: Limits
    ) -> None:
        self.db = db
        self.clock = clock
        self.line = line
        self.channel = channel
        self.limits = limits
        self._woken = asyncio.Event()
        self._stopping = False
        self._in_hand: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be due."""
        self._woken.set()

    def stop(self) -> None:
        """Take nothing more; `run` ends when what is in hand is finished."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Send until stopped. Cancelled, it lets go of what is in hand, which its lease brings back."""
        try:
            while not self._stopping:
                self._woken.clear()
                taken, pause_seconds = await self._patient_round()
                if not taken:
                    await self._rest(pause_seconds)
            await self.finish()
        finally:
            for task in self._in_hand:
                task.cancel()

    async def drain(self) -> int:
        """One round to its end; how many messages were tried."""
        taken, _ = await self._round()
        await self.finish()
        return taken

    async def finish(self) -> None:
        """Wait for what is in hand."""
        if self._in_hand:
            await asyncio.wait(self._in_hand)

    async def _rest(self, seconds: float) -> None:
        """Until somebody wakes us, the time has come, or (all hands full) one send has ended."""
        woken = asyncio.create_task(self._woken.wait())
        waiting = {woken, *self._in_hand} if len(self._in_hand) >= MOST_IN_HAND else {woken}
        try:
            await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()

    async def _patient_round(self) -> tuple[int, float]:
        """A database that is away for a moment must not cut off what is being sent."""
        try:
            return await self._round()
        except DatabaseAway as fault:
            log.warning("line %s waits for the database: %s", self.line, type(fault).__name__)
            return 0, POLL_SECONDS

    async def _round(self) -> tuple[int, float]:
        """Take what is due and begin to send it: how many, and if none, the seconds to rest."""
        free = min(MOST_AT_ONCE, MOST_IN_HAND - len(self._in_hand))
        now = self.clock()
        async with self.db.reading(now) as tx:
            due = await sending.next_due(tx, self.line)
        if free == 0 or due is None or due > now:
            return 0, _seconds(due, now)
        permits = await self.limits.take(self.line, free, now)
        if permits.granted == 0:
            return 0, _seconds(permits.ready, now)
        async with self.db.transaction(self.clock()) as tx:
            held = await sending.claim(tx, self.line, permits.granted)
        for row, outgoing in held:
            self._begin(row, outgoing)
        await self.limits.give_back(self.line, permits, permits.granted - len(held))
        return len(held), SKIPPED_SECONDS

    def _begin(self, held: Claimed, outgoing: Outgoing) -> None:
        task = asyncio.create_task(self._send(held, outgoing), name=f"send {held.id}")
        self._in_hand.add(task)
        task.add_done_callback(self._in_hand.discard)

    async def _send(self, held: Claimed, outgoing: Outgoing) -> None:
        outcome = await self._try(outgoing)
        if outcome.pause_seconds:
            await self.limits.pause(self.line, self.clock() + int(outcome.pause_seconds * 1000))
        for pause in (*RETRY_SECONDS, None):
            if await self._settled(held, outcome, last=pause is None):
                return
            await asyncio.sleep(pause or 0)

    async def _try(self, outgoing: Outgoing) -> Outcome:
        try:
            return await self.channel.send(outgoing)
        except Exception as fault:  # noqa: BLE001 - a line with a fault must not end the others; it is in doubt
            log.error("outbox %s: sending raised %s", outgoing.id, type(fault).__name__)  # noqa: TRY400 - a traceback shows values
            return Outcome(Verdict.PERHAPS, reason=type(fault).__name__[:64])

    async def _settled(self, held: Claimed, outcome: Outcome, *, last: bool) -> bool:
        """Whether there is nothing left to do here: what cannot be written down its lease brings back."""
        try:
            async with self.db.transaction(self.clock()) as tx:
                await sending.settle(tx, held, outcome)
        except DatabaseAway as fault:
            log.warning("outbox %s is not settled yet: %s", held.id, type(fault).__name__)
            return last
        except Exception as fault:  # noqa: BLE001 - one row's fault must not end the line
            log.error("outbox %s was not settled: %s", held.id, type(fault).__name__)  # noqa: TRY400 - a traceback shows values
        return True


def _seconds(until: int | None, now: int) -> float:
    return POLL_SECONDS if until is None else min(POLL_SECONDS, max(SKIPPED_SECONDS, (until - now) / 1000))
