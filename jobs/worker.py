"""The delivery loop: one sender per line, side by side, so that a slow line holds up no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from aid.db import Database
from aid.messages import Channel
from jobs.limits import Limits
from jobs.sender import Sender


class Worker:
    """Sends for some lines. Several workers may stand side by side: a claim is one conditional UPDATE."""

    def __init__(
        self, db: Database, clock: Callable[[], int], channels: Mapping[str, Channel], limits: Limits
    ) -> None:
        self.senders = [Sender(db, clock, line, channel, limits) for line, channel in channels.items()]
        db.listen(self._hear)

    def _hear(self, topics: set[str]) -> None:
        if "outbox" in topics:
            for sender in self.senders:
                sender.wake()

    async def run(self) -> None:
        """Send for ever. Cancelled once, it takes nothing more and finishes; twice, it lets go."""
        loops = [asyncio.create_task(one.run(), name=f"sender {one.line}") for one in self.senders]
        try:
            await self._watch(loops)
        except asyncio.CancelledError:
            for sender in self.senders:
                sender.stop()
            await asyncio.gather(*loops)
            raise
        finally:
            for loop in loops:
                loop.cancel()

    @staticmethod
    async def _watch(loops: list[asyncio.Task[None]]) -> None:
        """Until one ends, which it does only by a fault: raises it."""
        if not loops:
            await asyncio.Event().wait()
        done, _ = await asyncio.wait(loops, return_when=asyncio.FIRST_COMPLETED)
        for loop in done:
            loop.result()

    async def drain(self) -> int:
        """One round over all lines; how many messages were tried."""
        return sum(await asyncio.gather(*(sender.drain() for sender in self.senders)))
