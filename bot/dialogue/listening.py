"""Handling what came in: in order of arrival per person, each text in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from aid import intake, members, organisations, sending
from aid.db import Database, DatabaseAway, Tx
from aid.intake import Raw
from aid.messages import Heard, Incoming, Presence, Report
from bot.dialogue import faults, talk

log = logging.getLogger(__name__)

Reader: TypeAlias = Callable[[bytes], Heard | None]
"""Turns one raw message of a line into what was heard; None for what is not for us. Raises ValueError."""

BATCH = 100
POLL_SECONDS = 1.0
"""The floor: another process may have kept something without waking us."""


class Listener:
    """Takes raw messages from the intake and answers them."""

    def __init__(self, db: Database, clock: Callable[[], int], readers: Mapping[str, Reader]) -> None:
        self.db = db
        self.clock = clock
        self.readers = readers
        self._woken = asyncio.Event()
        db.listen(lambda topics: self._woken.set() if "intake" in topics else None)

    async def run(self) -> None:
        """Answer for ever; cancelled when the program stops."""
        while True:
            self._woken.clear()
            if await self._drain_patiently() == 0:
                try:
                    await asyncio.wait_for(self._woken.wait(), POLL_SECONDS)
                except TimeoutError:
                    continue

    async def _drain_patiently(self) -> int:
        """A database that is away for a moment is no reason to end: what waits, waits in rows."""
        try:
            return await self.drain()
        except DatabaseAway as fault:
            log.warning("the intake waits for the database: %s", type(fault).__name__)
            return 0

    async def drain(self) -> int:
        """Handle a batch of what waits; how many were settled."""
        async with self.db.reading(self.clock()) as tx:
            waiting = await intake.waiting(tx, BATCH)
        by_person: dict[str, list[Raw]] = defaultdict(list)
        for raw in waiting:
            by_person[raw.whose].append(raw)
        settled = await asyncio.gather(*(self._in_order(theirs) for theirs in by_person.values()))
        return sum(settled)

    async def _in_order(self, theirs: Sequence[Raw]) -> int:
        """One person's messages, one after the other; a fault keeps the later ones waiting behind it."""
        for settled, raw in enumerate(theirs):
            if not await self._settle(raw):
                return settled
        return len(theirs)

    async def _settle(self, raw: Raw) -> bool:
        try:
            heard = self.readers[raw.line](raw.raw)
        except (ValueError, KeyError) as fault:
            log.warning("intake %s cannot be read: %s", raw.seq, type(fault).__name__)
            return await self._park(raw, "unreadable")
        try:
            async with self.db.transaction(self.clock()) as tx:
                if await intake.finish(tx, raw.seq):
                    await handle(tx, raw, heard)
        except talk.Overtaken:
            return False
        except DatabaseAway as fault:  # no fault of this text, so it does not count against it
            log.warning("intake %s waits for the database: %s", raw.seq, type(fault).__name__)
            return False
        except Exception as fault:  # noqa: BLE001 - one person's fault must not silence all others; it is counted and parked
            log.warning("intake %s failed: %s", raw.seq, faults.where(fault))
            return await self._count(raw, heard, type(fault).__name__)
        return True

    async def _park(self, raw: Raw, fault: str) -> bool:
        async with self.db.transaction(self.clock()) as tx:
            await intake.park(tx, raw.seq, fault)
        return True

    async def _count(self, raw: Raw, heard: Heard | None, fault: str) -> bool:
        if raw.tries + 1 >= intake.MOST_TRIES:
            await self._park(raw, fault)
            await self._apologise(raw, heard)
            return True
        async with self.db.transaction(self.clock()) as tx:
            await intake.count_try(tx, raw.seq)
        return False

    async def _apologise(self, raw: Raw, heard: Heard | None) -> None:
        """Silence would leave her waiting for an answer that never comes."""
        if not isinstance(heard, Incoming):
            return
        try:
            async with self.db.transaction(self.clock()) as tx:
                organisation = await organisations.by_id(tx, raw.organisation)
                await talk.apologise(tx, organisation, heard, raw.seq)
        except Exception as fault:  # noqa: BLE001 - it is parked already; nothing more can be done for it
            log.warning("intake %s: she could not be told: %s", raw.seq, faults.where(fault))


async def handle(tx: Tx, raw: Raw, heard: Heard | None) -> None:
    """What follows from one thing heard."""
    match heard:
        case Incoming():
            organisation = await organisations.by_id(tx, raw.organisation)
            await talk.hear(tx, organisation, heard, raw.seq, received=raw.received)
        case Report():
            await sending.report(tx, heard)
        case Presence():
            await members.presence(tx, heard)
        case None:
            pass
