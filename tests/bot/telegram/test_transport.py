from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter

from bot.simulator.loopback import Loopback
from bot.simulator.telegram import BotApi
from bot.simulator.telegram_faults import Wrong
from bot.simulator.telegram_people import Person
from bot.telegram.account import Account, Patience
from bot.telegram.faults import MaybeSent, NotSent
from bot.telegram.transport import AiohttpRequest, bot_over
from tests.bot.telegram.world import account


@pytest.fixture
async def request_(api: BotApi) -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(account(api.url)) as request:
        yield request


@pytest.fixture
def bot(request_: AiohttpRequest) -> Bot:
    return bot_over(request_)


async def test_the_librarys_methods_work_over_it(bot: Bot, nieves: Person) -> None:
    message = await bot.send_message(nieves.user_id, "Hola")
    assert (await nieves.next()).message_id == message.message_id


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def failing_call(account: Account) -> None:
    async with AiohttpRequest(account) as request:
        await request.call("getMe", {})


async def test_a_refused_connection_was_surely_not_sent() -> None:
    with pytest.raises(NotSent):
        await failing_call(account(f"http://127.0.0.1:{free_port()}"))


async def test_a_failed_handshake_was_surely_not_sent(api: BotApi) -> None:
    with pytest.raises(NotSent):
        await failing_call(account(api.url.replace("http://", "https://")))


async def test_an_impossible_address_was_surely_not_sent() -> None:
    with pytest.raises(NotSent):
        await failing_call(account("gopher:"))


async def test_waiting_in_vain_for_a_free_connection_was_surely_not_sent(api: BotApi) -> None:
    api.faults.call(Wrong.HANG, "getMe")
    patience = Patience(pool=0.2, connect=0.3, read=2.0)
    async with AiohttpRequest(account(api.url, patience), pool_size=1) as request:
        hanging = asyncio.create_task(request.call("getMe", {}))
        await api.changes.after(0, seconds=0.1)
        with pytest.raises(NotSent):
            await request.call("getMe", {})
        with pytest.raises(MaybeSent):
            await hanging


async def test_a_closed_transport_was_surely_not_sent(api: BotApi) -> None:
    with pytest.raises(NotSent, match="closed"):
        await AiohttpRequest(account(api.url)).call("getMe", {})


@pytest.mark.parametrize(
    "wrong", [Wrong.HANG, Wrong.CUT, Wrong.CUT_AFTER, Wrong.BAD_GATEWAY, Wrong.GARBAGE_AFTER]
)
async def test_when_the_words_had_left_nobody_knows(
    api: BotApi, bot: Bot, nieves: Person, wrong: Wrong
) -> None:
    api.faults.call(wrong, "sendMessage")
    with pytest.raises(MaybeSent):
        await bot.send_message(nieves.user_id, "Hola")


async def test_an_unknown_method_is_not_an_invalid_token(request_: AiohttpRequest, api: BotApi) -> None:
    with pytest.raises(EndPointNotFound):
        await request_.call("sendMesage", {})
    api.calls.clear()  # the judge would rightly complain


async def test_an_invalid_token_is_told(api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        await failing_call(Account("900100:another", api.url))


async def test_a_flood_tells_its_seconds(api: BotApi, bot: Bot, nieves: Person) -> None:
    api.faults.call(Wrong.FLOOD, "sendMessage", seconds=3)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(nieves.user_id, "Hola")
    assert getattr(flood.value, "seconds", None) == 3


async def test_files_are_neither_fetched_nor_sent(bot: Bot, request_: AiohttpRequest) -> None:
    with pytest.raises(NotSent):
        await request_.retrieve("http://127.0.0.1/file")
    with pytest.raises(NotSent):
        await bot.send_document(1, b"words")


async def test_a_redirect_is_not_followed_with_the_token(api: BotApi) -> None:
    async def elsewhere(request: Request) -> Response:
        return RedirectResponse(api.url + request.url.path, status_code=307)

    server = Loopback(Starlette(routes=[Route("/{path:path}", elsewhere, methods=["POST"])]))
    await server.start()
    try:
        with pytest.raises(EndPointNotFound):
            await failing_call(account(server.url))
    finally:
        await server.stop()
    assert api.calls == []


async def test_it_can_be_closed_and_opened_again(api: BotApi) -> None:
    request = AiohttpRequest(account(api.url))
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert b"red_amancay_bot" in await request.call("getMe", {})
        await request.shutdown()
        await request.shutdown()


async def test_many_at_once_share_the_pool(api: BotApi, nieves: Person) -> None:
    async with AiohttpRequest(account(api.url, Patience()), pool_size=10) as request:
        bot = bot_over(request)
        await asyncio.gather(*(bot.send_message(nieves.user_id, f"{number}") for number in range(300)))
    assert nieves.unread == 300
