"""The clock: APScheduler lives here and nowhere else. It only beats; what is due is a row in the database."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from aid.db import Database

log = logging.getLogger(__name__)

LATE_MS = 60_000
"""A beat that has not ended so long after it should have begun is stuck."""
STOP_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Beaten:
    """How a beat went last: when (milliseconds UTC), what it counted, the class of its fault or ""."""

    at: int
    counts: Mapping[str, int]
    fault: str


class Beat(Protocol):
    """A periodic duty: a module of jobs/beats, or an object that was given what it needs."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """What it is called on the health page."""
        ...

    @property
    def EVERY_SECONDS(self) -> int:  # noqa: N802 - a module's constant
        """How often it beats."""
        ...

    async def run(self, db: Database, now: int) -> Mapping[str, int]:
        """Do what is due; counts for the health page."""
        ...


class Heartbeat:
    """Runs each beat every so many seconds, one at a time, and remembers for the health page how it went."""

    def __init__(self, db: Database, clock: Callable[[], int], beats: Sequence[Beat]) -> None:
        self.db = db
        self.clock = clock
        self.beats = {beat.NAME: beat for beat in beats}
        self.last: dict[str, Beaten] = {}
        self._started: int | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to beat. A beat that is late runs once, and never beside itself."""
        for name, beat in self.beats.items():
            self._scheduler.add_job(
                self._beat_watched,
                "interval",
                args=(name,),
                seconds=beat.EVERY_SECONDS,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._started = self.clock()
        self._scheduler.start()

    async def stop(self) -> None:
        """Beat no more; what is under way may end."""
        self._scheduler.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=STOP_SECONDS)
        self._scheduler.shutdown(wait=False)

    async def beat(self, name: str) -> None:
        """Run one beat now. A fault is logged by its class and shown by the health page; others go on."""
        now = self.clock()
        try:
            counts = await self.beats[name].run(self.db, now)
        except Exception as fault:  # noqa: BLE001 - a beat that fails must not end the others; it is seen
            log.error("beat %s failed: %s", name, type(fault).__name__)  # noqa: TRY400 - a traceback shows values
            self.last[name] = Beaten(now, {}, type(fault).__name__)
            return
        self.last[name] = Beaten(now, counts, "")

    async def _beat_watched(self, name: str) -> None:
        task = asyncio.create_task(self.beat(name), name=f"beat {name}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await task

    def report(self) -> Mapping[str, Mapping[str, object]]:
        """How each beat went last, for the health page; one that is stuck has the fault "late"."""
        return {name: self._report(name) for name in self.beats if name in self.last or self._late(name)}

    def _report(self, name: str) -> Mapping[str, object]:
        beaten = self.last.get(name, Beaten(0, {}, ""))
        fault = "late" if self._late(name) else beaten.fault
        return {"at": beaten.at, "counts": dict(beaten.counts), "fault": fault}

    def _late(self, name: str) -> bool:
        if self._started is None:
            return False
        since = self.last[name].at if name in self.last else self._started
        every_ms: int = self.beats[name].EVERY_SECONDS * 1000
        return self.clock() - since > every_ms + LATE_MS
