"""The clock: APScheduler lives here and nowhere else. It only beats; what is due is a row in the database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from aid.db import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beaten:
    """How a beat went last: when (milliseconds UTC), what it counted, the class of its fault ("" when well)."""

    at: int
    counts: Mapping[str, int]
    fault: str


class Heartbeat:
    """Runs each beat every so many seconds, one at a time, and remembers for the health page how it went."""

    def __init__(self, db: Database, clock: Callable[[], int], beats: Sequence[ModuleType]) -> None:
        self.db = db
        self.clock = clock
        self.beats = {beat.NAME: beat for beat in beats}
        self.last: dict[str, Beaten] = {}
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to beat. A beat that is late runs once, and never beside itself."""
        for name, beat in self.beats.items():
            self._scheduler.add_job(
                self.beat,
                "interval",
                args=(name,),
                seconds=beat.EVERY_SECONDS,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Beat no more."""
        self._scheduler.shutdown(wait=False)

    async def beat(self, name: str) -> None:
        """Run one beat now. A fault is logged by its class and seen on the health page; the next beat tries again."""
        now = self.clock()
        try:
            counts = await self.beats[name].run(self.db, now)
        except Exception as fault:  # noqa: BLE001 - a beat that fails must not end the others; it is seen
            log.error("beat %s failed: %s", name, type(fault).__name__)
            self.last[name] = Beaten(now, {}, type(fault).__name__)
            return
        self.last[name] = Beaten(now, counts, "")

    def report(self) -> Mapping[str, Mapping[str, object]]:
        """How each beat went last, for the health page."""
        return {
            name: {"at": beaten.at, "counts": dict(beaten.counts), "fault": beaten.fault}
            for name, beaten in self.last.items()
        }
