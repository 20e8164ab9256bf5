from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypeAlias

import pytest

from bot.simulator.telegram import BotApi
from bot.simulator.telegram_chats import Hook
from bot.simulator.telegram_faults import FOR_EVER, Mishap, Wrong
from bot.simulator.telegram_people import Person
from bot.telegram.poller import Poller, PollingStalled, Rhythm
from bot.telegram.updates import UnreadableUpdate, read
from tests.bot.telegram.world import LINE, NOW, TOKEN, Kept, account, now, sign

QUICK = Rhythm(long_poll=1, margin=0.3, first_pause=0.01, longest_pause=0.05)
Polling: TypeAlias = Callable[..., AbstractAsyncContextManager[Poller]]


@pytest.fixture
def kept() -> Kept:
    return Kept()


@asynccontextmanager
async def running(poller: Poller) -> AsyncIterator[Poller]:
    task = asyncio.create_task(poller.poll())
    yield poller
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
def polling(api: BotApi, kept: Kept) -> Polling:
    def start(rhythm: Rhythm = QUICK) -> AbstractAsyncContextManager[Poller]:
        return running(Poller(LINE, account(api.url), keep=kept, now=now, rhythm=rhythm))

    return start


def texts(kept: Kept) -> list[str]:
    """What was said, as far as it can be read; what cannot is `?`."""
    said = []
    for _, raw in kept.rows:
        try:
            heard = read(raw, LINE, sign)
        except UnreadableUpdate:
            said.append("?")
        else:
            said.append(getattr(heard, "text", "-"))
    return said


async def polled(api: BotApi, count: int) -> None:
    """Wait until so many getUpdates have been answered from now on."""
    async with asyncio.timeout(5):
        while sum(call.method == "getUpdates" for call in api.calls) < count:
            await api.changes.after(api.changes.version, seconds=5)


async def test_updates_are_kept_in_order_with_their_numbers(
    polling: Polling, kept: Kept, nieves: Person
) -> None:
    async with polling():
        await nieves.write("uno")
        await nieves.write("dos")
        rows = await kept.until(3)
    assert texts(kept) == ["/start", "uno", "dos"]
    numbers = [int(number) for number, _ in rows]
    assert numbers == sorted(numbers)


async def test_it_asks_only_for_what_it_can_read(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    async with polling():
        await kept.until(1)
    assert api.calls[0].method == "deleteWebhook"
    assert api.calls[1].params["allowed_updates"] == ["message", "callback_query", "my_chat_member"]


async def test_a_webhook_that_is_still_set_is_taken_away(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    api.bot(TOKEN).hook = Hook("http://127.0.0.1:9/")
    async with polling():
        await kept.until(1)
    assert api.bot(TOKEN).hook is None


async def test_nothing_is_confirmed_before_it_is_kept(api: BotApi, nieves: Person) -> None:
    """The intake fails at the first batch; after a new start all of it comes again."""

    async def fail(rows: list[tuple[str, bytes]]) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        await Poller(LINE, account(api.url), keep=fail, now=now, rhythm=QUICK).poll()
    kept = Kept()
    async with running(Poller(LINE, account(api.url), keep=kept, now=now, rhythm=QUICK)):
        await kept.until(1)
    assert texts(kept) == ["/start"]


async def test_what_is_kept_does_not_come_again(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    async with polling():
        await kept.until(1)
        await polled(api, 2)
    async with polling():
        await nieves.write("otra")
        await kept.until(2)
    assert texts(kept) == ["/start", "otra"]


async def test_a_poisoned_update_does_not_block_the_next(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    api.faults.update(Mishap.MALFORMED)
    async with polling():
        await nieves.write("veneno")
        await nieves.write("buena")
        await kept.until(3)
    assert texts(kept) == ["/start", "?", "buena"]


async def test_a_doubled_update_has_the_same_number_twice(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    api.faults.update(Mishap.DOUBLED)
    async with polling():
        await nieves.write("doble")
        rows = await kept.until(3)
    assert texts(kept) == ["/start", "doble", "doble"]
    assert rows[1] == rows[2]


async def test_updates_out_of_order_are_all_kept(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    api.faults.update(Mishap.LATE)
    await nieves.write("primera")
    await nieves.write("segunda")
    async with polling():
        await kept.until(3)
    assert texts(kept) == ["/start", "segunda", "primera"]


async def test_numbers_that_begin_anew_from_lower_are_not_lost(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    """After a quiet week Telegram picks the next number at random."""
    async with polling(Rhythm(long_poll=0, margin=1)):
        await kept.until(1)
        await polled(api, 3)
        api.bot(TOKEN).next_update = 100
        await nieves.write("tras una semana")
        await kept.until(2)
    assert kept.rows[-1][0] == "100"


async def test_an_update_without_a_number_is_kept_and_does_not_spin(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    await polled_once(kept, polling)
    api.inject({"message": "odd"})
    async with polling(Rhythm(long_poll=0, margin=1, first_pause=0.2)):
        await kept.until(2)
    assert len(api.calls) < 10


async def polled_once(kept: Kept, polling: Polling) -> None:
    async with polling():
        await kept.until(1)


@pytest.mark.parametrize(
    "wrong",
    [
        Wrong.FLOOD,
        Wrong.UNAUTHORIZED,
        Wrong.CONFLICT,
        Wrong.BAD_GATEWAY,
        Wrong.GARBAGE_AFTER,
        Wrong.ODD_AFTER,
        Wrong.CUT,
        Wrong.CUT_AFTER,
    ],
)
async def test_after_a_fault_it_goes_on_and_nothing_is_lost(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person, wrong: Wrong
) -> None:
    fault = api.faults.call(wrong, "getUpdates", seconds=1)
    async with polling():
        await kept.until(1, seconds=8)
    assert fault.hits == 1
    assert texts(kept) == ["/start"]


async def test_a_second_poller_is_told_of_by_the_lines_name(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with polling(), polling():
        await polled(api, 3)
    assert f"line {LINE}: getUpdates: other-poller" in caplog.text


async def test_a_hook_set_by_another_is_taken_away_again(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    async with polling():
        await kept.until(1)
        api.bot(TOKEN).hook = Hook("http://127.0.0.1:9/")
        await nieves.write("sigo")
        await kept.until(2)
    assert [call.method for call in api.calls].count("deleteWebhook") == 2


async def test_a_stalled_poll_is_mended(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """The server takes the call and never answers, again and again, until the session is a new one."""
    fault = api.faults.call(Wrong.HANG, "getUpdates", times=3)
    rhythm = Rhythm(long_poll=0, margin=0.2, stalled=0.3, first_pause=0.01, longest_pause=0.01)
    async with polling(rhythm):
        await kept.until(1)
    assert fault.hits == 3
    assert "new session" in caplog.text


async def test_a_call_that_outlives_its_own_timeouts_is_left_behind(
    api: BotApi, polling: Polling, kept: Kept, nieves: Person
) -> None:
    api.faults.call(Wrong.HANG, "getUpdates")
    rhythm = Rhythm(long_poll=0, margin=60, stalled=0.3, first_pause=0.01)
    async with polling(rhythm):
        await kept.until(1)
    assert texts(kept) == ["/start"]


async def test_silence_that_no_new_session_mends_ends_the_polling(
    api: BotApi, kept: Kept, nieves: Person
) -> None:
    api.faults.call(Wrong.HANG, times=FOR_EVER)
    rhythm = Rhythm(long_poll=0, margin=0.1, stalled=0.2, hopeless=0.6, first_pause=0.01, longest_pause=0.01)
    async with asyncio.timeout(5):
        with pytest.raises(PollingStalled, match=LINE):
            await Poller(LINE, account(api.url), keep=kept, now=now, rhythm=rhythm).poll()


async def test_refusals_are_not_silence(api: BotApi, polling: Polling, kept: Kept, nieves: Person) -> None:
    """A new session or a new start would not mend a wrong token or a second poller."""
    fault = api.faults.call(Wrong.UNAUTHORIZED, "getUpdates", times=5)
    rhythm = Rhythm(long_poll=0, margin=1, stalled=0.01, hopeless=0.05, first_pause=0.01, longest_pause=0.01)
    async with polling(rhythm):
        await kept.until(1)
    assert fault.hits == 5


async def test_the_heartbeat_is_the_last_poll_that_came_back_well(
    api: BotApi, kept: Kept, nieves: Person
) -> None:
    clock = iter(range(NOW, NOW + 1000))
    poller = Poller(LINE, account(api.url), keep=kept, now=lambda: next(clock), rhythm=QUICK)
    assert poller.heartbeat == NOW
    async with running(poller):
        await kept.until(1)
        assert poller.heartbeat > NOW
        api.faults.call(Wrong.BAD_GATEWAY, "getUpdates", times=5)
        before = poller.heartbeat
        await polled(api, 4)
    assert poller.heartbeat - before <= 1


async def test_ending_it_leaves_nothing_open(
    polling: Polling, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with polling():
        await polled(api, 0)
    assert "Unclosed" not in caplog.text
