"""The delivery loop: takes what is due from the outbox, obeys the limits, sends, writes down how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from aid import sending
from aid.db import Database
from aid.messages import Channel, Outcome, Outgoing
from aid.sending import Claimed
from jobs.limits import Limits

MOST_AT_ONCE = 5
"""Rows claimed together: few, so that what is urgent overtakes at once and little is in doubt after a crash."""
POLL_SECONDS = 1.0


class Worker:
    """Sends for some lines. Several workers may stand side by side: a claim is one conditional UPDATE."""

    def __init__(
        self, db: Database, clock: Callable[[], int], channels: Mapping[str, Channel], limits: Limits
    ) -> None:
        self.db = db
        self.clock = clock
        self.channels = channels
        self.limits = limits
        self._woken = asyncio.Event()
        db.listen(lambda topics: self._woken.set() if "outbox" in topics else None)

    async def run(self) -> None:
        """Send for ever; cancelled when the program stops."""
        while True:
            self._woken.clear()
            if await self.drain() == 0:
                try:
                    await asyncio.wait_for(self._woken.wait(), POLL_SECONDS)
                except TimeoutError:
                    continue

    async def drain(self) -> int:
        """One round over all lines; how many messages were tried."""
        return sum(await asyncio.gather(*(self._line(line) for line in self.channels)))

    async def _line(self, line: str) -> int:
        granted = await self.limits.take(line, MOST_AT_ONCE, self.clock())
        if granted == 0:
            return 0
        async with self.db.transaction(self.clock()) as tx:
            held = await sending.claim(tx, line, granted)
        await asyncio.gather(*(self._send(line, row, outgoing) for row, outgoing in held))
        await self.limits.give_back(line, granted - len(held))
        return len(held)

    async def _send(self, line: str, held: Claimed, outgoing: Outgoing) -> None:
        outcome: Outcome = await self.channels[line].send(outgoing)
        if outcome.pause_seconds:
            await self.limits.pause(line, self.clock() + int(outcome.pause_seconds * 1000))
        async with self.db.transaction(self.clock()) as tx:
            await sending.settle(tx, held, outcome)
