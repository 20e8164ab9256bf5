"""Limits: no window ever holds more than the pace allows, in memory and shared, with Redis or without."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs.limits import Limits, MemoryLimits, Pace, answers, opened
from tests.servers.fixtures import needs
from tests.servers.programs import REDIS
from tests.servers.redis import RedisServer

LINE = "sms:amancay"
NOW = 1_780_000_000_000
PACES = {LINE: Pace(5, 1_000)}


def busiest(sent: list[int], window_ms: int) -> int:
    """The most that any window holds, wherever it begins."""
    return max((sum(1 for at in sent if begin <= at < begin + window_ms) for begin in sent), default=0)


@given(
    pace=st.builds(Pace, st.integers(1, 7), st.integers(1, 50)),
    steps=st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=60
    ),
)
async def test_no_window_holds_more_than_the_pace(pace: Pace, steps: list[tuple[int, int, int]]) -> None:
    limits = MemoryLimits({LINE: pace})
    now, sent = NOW, list[int]()
    for pause, wanted, unused in steps:
        now += pause
        permits = await limits.take(LINE, wanted, now)
        used = max(0, permits.granted - unused)
        await limits.give_back(LINE, permits, permits.granted - used)
        sent += [now] * used
    assert busiest(sent, pace.window_ms) <= pace.most


@given(
    pace=st.builds(Pace, st.integers(1, 7), st.integers(1, 50)),
    steps=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=40),
)
async def test_what_is_ready_when_it_says_so_is_granted_then_and_not_before(
    pace: Pace, steps: list[tuple[int, int]]
) -> None:
    limits = MemoryLimits({LINE: pace})
    now = NOW
    for pause, wanted in steps:
        now += pause
        permits = await limits.take(LINE, wanted, now)
        if permits.ready > now:
            assert (await limits.take(LINE, 1, permits.ready - 1)).granted == 0
            assert (await limits.take(LINE, 1, permits.ready)).granted == 1
            now = permits.ready


async def test_a_pause_is_obeyed_and_a_shorter_one_does_not_shorten_it() -> None:
    limits = MemoryLimits(PACES)
    await limits.pause(LINE, NOW + 5_000)
    await limits.pause(LINE, NOW + 1_000)
    permits = await limits.take(LINE, 5, NOW + 4_999)
    assert (permits.granted, permits.ready) == (0, NOW + 5_000)
    assert (await limits.take(LINE, 5, NOW + 5_000)).granted == 5


async def test_a_clock_set_back_blocks_a_line_for_one_window_only() -> None:
    limits = MemoryLimits(PACES)
    await limits.take(LINE, 5, NOW)
    hour_back = NOW - 3_600_000
    assert (await limits.take(LINE, 5, hour_back)).granted == 0
    assert (await limits.take(LINE, 5, hour_back + 1_000)).granted == 5


@pytest.fixture
async def shared(redis_url: str) -> AsyncIterator[tuple[Limits, Limits]]:
    """Two processes' limits on one Redis."""
    async with AsyncExitStack() as stack:
        yield await opened(stack, redis_url, PACES), await opened(stack, redis_url, PACES)


async def test_two_workers_share_one_window(shared: tuple[Limits, Limits]) -> None:
    sent, now = list[int](), NOW
    for step in range(300):
        now += 37
        permits = await shared[step % 2].take(LINE, 1 + step % 4, now)
        used = permits.granted - (1 if step % 5 == 0 and permits.granted else 0)
        await shared[step % 2].give_back(LINE, permits, permits.granted - used)
        sent += [now] * used
    assert busiest(sent, 1_000) == 5
    assert len(sent) >= 40


async def test_a_pause_that_one_worker_heard_holds_for_both(shared: tuple[Limits, Limits]) -> None:
    first, second = shared
    await first.pause(LINE, NOW + 5_000)
    await second.pause(LINE, NOW + 1_000)
    permits = await second.take(LINE, 1, NOW + 4_999)
    assert (permits.granted, permits.ready) == (0, NOW + 5_000)
    assert (await first.take(LINE, 1, NOW + 5_000)).granted == 1


async def test_a_full_shared_window_says_when_it_opens(shared: tuple[Limits, Limits]) -> None:
    first, second = shared
    await first.take(LINE, 2, NOW)
    await first.take(LINE, 3, NOW + 400)
    permits = await second.take(LINE, 1, NOW + 500)
    assert (permits.granted, permits.ready) == (0, NOW + 1_000)
    assert (await second.take(LINE, 9, NOW + 1_000)).granted == 2


async def test_redis_holds_names_of_lines_instants_and_random_marks_only(
    shared: tuple[Limits, Limits], redis_url: str
) -> None:
    from redis.asyncio import Redis  # noqa: PLC0415 - only this test looks inside

    first, _ = shared
    await first.take(LINE, 3, NOW)
    await first.pause(LINE, NOW + 5_000)
    async with Redis.from_url(redis_url, decode_responses=True) as client:
        keys = {key async for key in client.scan_iter("*")}
        marks: Any = await client.zrange(f"ayni:sent:{LINE}", 0, -1, withscores=True)
        paused = await client.get(f"ayni:pause:{LINE}")
        lives = [await client.ttl(key) for key in keys]
    assert keys == {f"ayni:sent:{LINE}", f"ayni:pause:{LINE}"}
    assert [score for _, score in marks] == [NOW] * 3
    assert all(len(mark) == 18 and int(mark[:16], 16) >= 0 for mark, _ in marks)
    assert paused == str(NOW + 5_000)
    assert all(0 <= life <= 86_400 for life in lives)


async def test_messages_go_on_while_redis_is_dead_and_share_again_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    needs(REDIS)
    server = RedisServer()
    server.start()
    try:
        async with AsyncExitStack() as stack:
            first = await opened(stack, server.url, PACES)
            second = await opened(stack, server.url, PACES)
            assert (await first.take(LINE, 4, NOW)).granted == 4
            server.kill()
            assert (await first.take(LINE, 5, NOW + 10)).granted == 1  # it remembers its own four
            assert (await second.take(LINE, 5, NOW + 10)).granted == 5
            await first.pause(LINE, NOW + 2_000)
            assert (await first.take(LINE, 5, NOW + 1_999)).granted == 0
            server.start()
            assert (await first.take(LINE, 5, NOW + 5_000)).granted == 5
            assert (await second.take(LINE, 5, NOW + 5_001)).granted == 0
    finally:
        server.stop()
    assert [record.message for record in caplog.records if "memory" in record.message] == [
        "limits are kept in memory: ConnectionError"
    ] * 2


async def test_a_redis_that_never_answers_counts_as_away() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(await asyncio.start_server(hang, "127.0.0.1", 0))
        port = server.sockets[0].getsockname()[1]
        limits = await opened(stack, f"redis://127.0.0.1:{port}/0", PACES)
        began = asyncio.get_running_loop().time()
        assert (await limits.take(LINE, 9, NOW)).granted == 5
        assert asyncio.get_running_loop().time() - began < 3


async def test_doctor_can_ask_whether_redis_answers(redis_url: str) -> None:
    assert await answers(redis_url)
    assert not await answers("redis://127.0.0.1:1/0")
