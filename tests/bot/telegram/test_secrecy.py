"""The token, a text and an address are planted; nothing that anybody could read may hold them."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.simulator.telegram import BotApi
from bot.simulator.telegram_faults import FOR_EVER, Mishap, Wrong
from bot.simulator.telegram_people import Person
from bot.telegram.account import Account
from bot.telegram.face import TelegramLine
from bot.telegram.poller import Poller, PollingStalled, Rhythm
from bot.telegram.transport import AiohttpRequest, bot_over
from tests.bot.telegram.world import LINE, NIEVES, TOKEN, Kept, account, now, outgoing

CANARY = TOKEN.partition(":")[2]
TEXT = "palabras que nadie debe leer"


@pytest.fixture(autouse=True)
async def everything_is_logged(caplog: pytest.LogCaptureFixture) -> AsyncIterator[None]:
    """Every logger at its most talkative, and asyncio's debug mode on top."""
    caplog.set_level(logging.DEBUG)
    loop = asyncio.get_running_loop()
    loop.set_debug(True)
    yield
    loop.set_debug(False)


def chain(error: BaseException | None) -> Iterator[str]:
    """All that an error and what lies behind it could show."""
    while error:
        yield from traceback.format_exception(error)
        yield f"{error!r} {error.args!r} {vars(error)!r}"
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("wrong", list(Wrong))
async def test_no_fault_of_a_call_shows_the_token(api: BotApi, nieves: Person, wrong: Wrong) -> None:
    api.faults.call(wrong, "sendMessage", seconds=2)
    async with AiohttpRequest(account(api.url)) as request:
        sent = await asyncio.gather(bot_over(request).send_message(NIEVES, TEXT), return_exceptions=True)
    assert not isinstance(sent[0], BaseException) or CANARY not in "".join(chain(sent[0]))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "https://127.0.0.1:1", "gopher:", "http://[", ""])
async def test_no_address_that_cannot_be_reached_shows_the_token(url: str) -> None:
    async with AiohttpRequest(account(url)) as request:
        with pytest.raises(TelegramError) as fault:
            await request.call("getMe", {})
    assert CANARY not in "".join(chain(fault.value))


async def test_nothing_that_holds_the_token_shows_it(api: BotApi, line: TelegramLine) -> None:
    request = AiohttpRequest(account(api.url))
    poller = Poller(LINE, account(api.url), keep=Kept(), now=now)
    bot = bot_over(request)
    shown = [
        repr(thing) for thing in (account(api.url), request, poller, bot, line, line.bot, api.bot(TOKEN))
    ]
    shown += [str(vars(thing)) for thing in (poller, line)]
    shown += [str(getattr(bot, name)) for name in ("token", "base_url", "base_file_url")]
    assert CANARY not in " ".join(shown)


async def test_no_log_of_a_busy_day_holds_token_or_text(
    api: BotApi, line: TelegramLine, nieves: Person, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept()
    api.faults.update(Mishap.MALFORMED)
    for wrong in (Wrong.CONFLICT, Wrong.BAD_GATEWAY, Wrong.CUT, Wrong.GARBAGE_AFTER):
        api.faults.call(wrong, "getUpdates")
        api.faults.call(wrong, "sendMessage")
    rhythm = Rhythm(long_poll=1, first_pause=0.01, longest_pause=0.02)
    polling = asyncio.create_task(Poller(LINE, account(api.url), keep=kept, now=now, rhythm=rhythm).poll())
    for _ in range(6):
        await nieves.write(TEXT)
        await line.send(outgoing(TEXT, ("food", "Comida")))
    await line.acknowledge("404")
    await kept.until(7)
    polling.cancel()
    with suppress(asyncio.CancelledError):
        await polling
    assert LINE in caplog.text
    assert CANARY not in caplog.text
    assert TEXT not in caplog.text
    assert str(NIEVES) not in caplog.text


async def test_no_log_of_a_lost_line_holds_the_token(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    api.faults.call(Wrong.HANG, times=FOR_EVER)
    rhythm = Rhythm(long_poll=0, margin=0.1, stalled=0.2, hopeless=0.5, first_pause=0.01, longest_pause=0.01)
    with pytest.raises(PollingStalled) as stall:
        await Poller(LINE, account(api.url), keep=Kept(), now=now, rhythm=rhythm).poll()
    assert CANARY not in caplog.text + "".join(chain(stall.value))


async def test_a_wrong_token_is_not_shown_either(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    async with AiohttpRequest(Account("900100:mistyped-canary", api.url)) as request:
        with pytest.raises(TelegramError) as fault:
            await request.call("getMe", {})
    assert "mistyped" not in caplog.text + "".join(chain(fault.value))


async def test_the_librarys_own_transport_does_log_the_token(
    api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    """The control: were the search blind, this would fail."""
    caplog.set_level(logging.INFO, "httpx")  # another test may have quietened it
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as bot:
        await bot.get_me()
    assert CANARY in caplog.text
