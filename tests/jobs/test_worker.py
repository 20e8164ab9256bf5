"""The worker: lines side by side, within their limits, gently stopped, never ended by one line's fault."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from aid import members, outbox
from aid.db import Database
from aid.messages import Channel, ChannelName, Message, Outcome, Outgoing, Verdict
from aid.outbox import Priority
from aid.sending import sweep
from bot.app.clock import clock
from jobs.limits import Limits, MemoryLimits, Pace, Permits
from jobs.sender import POLL_SECONDS
from jobs.worker import Worker
from tests.world import SMS, TELEGRAM, World

Send = Callable[[Outgoing], Awaitable[Outcome]]
PATIENCE_SECONDS = 20


class Line:
    """A line that does what the test says, and remembers."""

    def __init__(self, send: Send | None = None) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self._send = send

    async def send(self, outgoing: Outgoing) -> Outcome:
        self.begun.append(outgoing.id)
        outcome = await self._send(outgoing) if self._send else Outcome(Verdict.ACCEPTED, reference="r")
        self.done.append(outgoing.id)
        return outcome


class Counting(MemoryLimits):
    """Limits that count how often they are asked."""

    asked = 0

    async def take(self, line: str, wanted: int, now: int) -> Permits:
        self.asked += 1
        return await super().take(line, wanted, now)


async def due(world: World, line: str, count: int, *, policy: str = "repeat") -> None:
    """So many messages on a line, due at the time of the wall: these tests run by the real clock."""
    channel = ChannelName.SMS if line == SMS else ChannelName.TELEGRAM
    async with world.db.transaction(clock()) as tx:
        person, address = await members.meet(tx, channel, line, f"{channel}-1", "es")
        for _ in range(count):
            world.now += 1
            await outbox.say(
                tx,
                world.organisation,
                person.id,
                Message("not-understood"),
                cause=f"test:{world.now}",
                priority=Priority.REPLY,
                answering=address,
                policy=policy,
            )


async def states(db: Database, organisation: str) -> dict[str, int]:
    async with db.reading(0) as tx:
        return {state: count for (_, state), count in (await outbox.counts(tx, organisation)).items()}


async def until(met: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await met():  # noqa: ASYNC110 - what is waited for happens in the database
            await asyncio.sleep(0.01)


@asynccontextmanager
async def working(
    world: World, lines: dict[str, Channel], limits: Limits | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    worker = Worker(world.db, clock, lines, limits or MemoryLimits(dict.fromkeys(lines, Pace(1_000, 1_000))))
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        for _ in range(2):
            task.cancel()
            await asyncio.wait({task}, timeout=0.2)
        await asyncio.wait({task})


async def test_a_row_leaves_as_soon_as_it_is_written(world: World) -> None:
    line = Line()
    async with working(world, {TELEGRAM: line}):
        began = asyncio.get_running_loop().time()
        await due(world, TELEGRAM, 1)

        async def left() -> bool:
            return (await states(world.db, world.organisation)) == {"accepted": 1}

        await until(left)
    assert asyncio.get_running_loop().time() - began < POLL_SECONDS


async def test_a_line_that_hangs_holds_up_no_other(world: World) -> None:
    hangs, goes = Line(lambda _: asyncio.Event().wait()), Line()  # type: ignore[arg-type, return-value]  # it never returns
    await due(world, SMS, 3)
    await due(world, TELEGRAM, 3)
    async with working(world, {SMS: hangs, TELEGRAM: goes}):

        async def left() -> bool:
            return len(goes.done) == 3

        await until(left)
        assert hangs.done == []


async def test_one_send_that_hangs_holds_up_no_other_of_its_line(world: World) -> None:
    first = asyncio.Event()

    async def send(_: Outgoing) -> Outcome:
        if not first.is_set():
            first.set()
            await asyncio.Event().wait()
        return Outcome(Verdict.ACCEPTED)

    line = Line(send)
    await due(world, TELEGRAM, 12)
    async with working(world, {TELEGRAM: line}):

        async def left() -> bool:
            return len(line.done) == 11

        await until(left)


async def test_a_line_that_raises_is_in_doubt_and_the_others_go_on(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    async def send(_: Outgoing) -> Outcome:
        raise ZeroDivisionError("Nieves +51900000001")

    raises, goes = Line(send), Line()
    await due(world, SMS, 1, policy="hold")
    async with working(world, {SMS: raises, TELEGRAM: goes}):

        async def doubted() -> bool:
            return (await states(world.db, world.organisation)).get("unknown") == 1

        await until(doubted)
        await due(world, TELEGRAM, 1)

        async def left() -> bool:
            return len(goes.done) == 1

        await until(left)
    told = [record.getMessage() for record in caplog.records]
    assert f"outbox {raises.begun[0]}: sending raised ZeroDivisionError" in told
    assert "Nieves" not in caplog.text


async def test_a_limited_line_neither_spins_nor_sleeps_past_its_time(world: World) -> None:
    limits = Counting({TELEGRAM: Pace(2, 300)})
    line = Line()
    await due(world, TELEGRAM, 7)
    began = asyncio.get_running_loop().time()
    async with working(world, {TELEGRAM: line}, limits):

        async def left() -> bool:
            return len(line.done) == 7

        await until(left)
    took = asyncio.get_running_loop().time() - began
    assert took >= 0.9
    assert took < 0.9 + 4 * POLL_SECONDS
    assert limits.asked < 40


async def test_a_paused_line_waits_as_long_as_it_was_asked_to(world: World) -> None:
    async def send(_: Outgoing) -> Outcome:
        if len(line.begun) == 1:
            return Outcome(Verdict.AGAIN, reason="flood", pause_seconds=0.5)
        return Outcome(Verdict.ACCEPTED)

    line = Line(send)
    limits = Counting({TELEGRAM: Pace(1, 1)})
    await due(world, TELEGRAM, 2)
    async with working(world, {TELEGRAM: line}, limits):

        async def tried() -> bool:
            return len(line.done) == 1

        await until(tried)
        began = asyncio.get_running_loop().time()

        async def left() -> bool:
            return len(line.done) == 2

        await until(left)
    assert 0.4 < asyncio.get_running_loop().time() - began < 0.5 + POLL_SECONDS
    assert limits.asked < 20


async def test_a_stop_finishes_what_is_in_hand_and_takes_nothing_more(world: World) -> None:
    go = asyncio.Event()

    async def send(_: Outgoing) -> Outcome:
        await go.wait()
        return Outcome(Verdict.ACCEPTED)

    line = Line(send)
    await due(world, TELEGRAM, 30)
    async with working(world, {TELEGRAM: line}) as task:

        async def full() -> bool:
            return len(line.begun) == 10

        await until(full)
        task.cancel()
        await asyncio.sleep(0)
        go.set()
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        assert task.cancelled()
    assert await states(world.db, world.organisation) == {"accepted": 10, "ready": 20}


async def test_what_a_stop_has_to_give_up_comes_back_by_its_lease(world: World) -> None:
    line = Line(lambda _: asyncio.Event().wait())  # type: ignore[arg-type, return-value]  # it never returns
    await due(world, TELEGRAM, 1)
    async with working(world, {TELEGRAM: line}):

        async def begun() -> bool:
            return len(line.begun) == 1

        await until(begun)
    assert await states(world.db, world.organisation) == {"sending": 1}
    async with world.db.transaction(clock() + 61_000) as tx:
        assert await sweep(tx) == 1
    async with world.db.transaction(clock() + 70_000) as tx:
        assert await sweep(tx) == 1
    assert await states(world.db, world.organisation) == {"ready": 1}


async def test_without_lines_it_waits_quietly(world: World) -> None:
    async with working(world, {}) as task:
        await asyncio.sleep(0.05)
        assert not task.done()
