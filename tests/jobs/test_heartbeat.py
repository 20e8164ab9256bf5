"""The heartbeat: it really beats, a beat that fails ends no other, and one that is stuck is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType

from aid.db import Database
from jobs.beats import BEATS
from jobs.heartbeat import LATE_MS, Heartbeat
from tests.world import World


def beat_of(name: str, run: Callable[[Database, int], Awaitable[dict[str, int]]], every: float) -> ModuleType:
    made = ModuleType(name)
    made.NAME, made.EVERY_SECONDS, made.run = name, every, run  # type: ignore[attr-defined]  # as the files of jobs/beats have them
    return made


async def fine(_db: Database, _now: int) -> dict[str, int]:
    return {"done": 1}


async def fails(_db: Database, _now: int) -> dict[str, int]:
    raise ZeroDivisionError("Nieves +51900000001")


async def test_it_beats_by_the_clock_and_a_fault_ends_no_other(world: World) -> None:
    beaten = asyncio.Event()

    async def counts(_db: Database, _now: int) -> dict[str, int]:
        if "fails" in heart.last:
            beaten.set()
        return {"done": 1}

    heart = Heartbeat(world.db, world.clock, [beat_of("fails", fails, 0.05), beat_of("counts", counts, 0.1)])
    heart.start()
    async with asyncio.timeout(20):
        await beaten.wait()
    await heart.stop()
    report = heart.report()
    assert report["fails"]["fault"] == "ZeroDivisionError"
    assert report["counts"] == {"at": world.now, "counts": {"done": 1}, "fault": ""}


async def test_a_beat_never_runs_beside_itself(world: World) -> None:
    running, most, times = 0, 0, 0
    thrice = asyncio.Event()

    async def slow(_db: Database, _now: int) -> dict[str, int]:
        nonlocal running, most, times
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        times += 1
        if times == 3:
            thrice.set()
        return {}

    heart = Heartbeat(world.db, world.clock, [beat_of("slow", slow, 0.02)])
    heart.start()
    async with asyncio.timeout(20):
        await thrice.wait()
    await heart.stop()
    assert most == 1


async def test_a_stop_lets_a_beat_end_and_begins_no_other(world: World) -> None:
    began, times = asyncio.Event(), 0

    async def slow(_db: Database, _now: int) -> dict[str, int]:
        nonlocal times
        began.set()
        await asyncio.sleep(0.2)
        times += 1
        return {}

    heart = Heartbeat(world.db, world.clock, [beat_of("slow", slow, 0.01)])
    heart.start()
    await began.wait()
    await heart.stop()
    assert times == 1
    assert heart.report()["slow"]["fault"] == ""


async def test_a_beat_that_is_stuck_is_late(world: World) -> None:
    heart = Heartbeat(world.db, world.clock, [beat_of("fine", fine, 3_600), beat_of("stuck", fine, 5)])
    heart.start()
    await heart.beat("fine")
    world.now += 5_000 + LATE_MS
    assert "stuck" not in heart.report()
    world.now += 1
    report = heart.report()
    await heart.stop()
    assert report["stuck"]["fault"] == "late"
    assert report["fine"]["fault"] == ""


async def test_every_duty_of_the_program_runs_on_an_empty_network(world: World) -> None:
    heart = Heartbeat(world.db, world.clock, BEATS)
    for name in heart.beats:
        await heart.beat(name)
    assert {name: told["fault"] for name, told in heart.report().items()} == dict.fromkeys(heart.beats, "")
    assert len(heart.beats) == len(BEATS)
