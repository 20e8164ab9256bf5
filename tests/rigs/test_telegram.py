"""The rig itself, in the plain words of the Bot API: a fault of ours must not be taken for one of theirs."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.rigs.telegram import TelegramTestApi, missing
from tests.servers.fixtures import left_out

NIEVES = 900000001
TULA = 900000002
pytestmark = pytest.mark.thirdparty


@pytest.fixture
async def api() -> AsyncIterator[TelegramTestApi]:
    left_out(missing())
    async with TelegramTestApi() as api:
        yield api


async def call(api: TelegramTestApi, method: str, **parameters: object) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{api.url}/bot{api.token}/{method}", json=parameters) as answer,
    ):
        return answer.status, await answer.json()


async def test_the_bot_is_a_bot(api: TelegramTestApi) -> None:
    status, answer = await call(api, "getMe")
    assert status == 200
    assert answer["result"]["is_bot"] is True


async def test_what_a_person_writes_arrives_until_it_is_confirmed(api: TelegramTestApi) -> None:
    waiting = asyncio.create_task(call(api, "getUpdates", timeout=10))
    await api.write(NIEVES, "/start geranio")
    await api.write(NIEVES, "víveres")
    first = (await waiting)[1]["result"][0]
    assert first["message"]["text"] == "/start geranio"
    assert first["message"]["entities"][0]["type"] == "bot_command"
    again = (await call(api, "getUpdates"))[1]["result"]
    assert [update["message"]["text"] for update in again] == ["/start geranio", "víveres"]
    rest = (await call(api, "getUpdates", offset=first["update_id"] + 1))[1]["result"]
    assert [update["message"]["text"] for update in rest] == ["víveres"]
    assert (await call(api, "getUpdates", offset=rest[0]["update_id"] + 1))[1]["result"] == []


async def test_what_the_bot_says_is_read_by_her_alone_and_its_button_comes_back(api: TelegramTestApi) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Comida", "callback_data": "food"}]]}
    sent = (await call(api, "sendMessage", chat_id=NIEVES, text="¿Qué necesitas?", reply_markup=keyboard))[1]
    assert sent["result"]["date"] < 2**33  # seconds, not milliseconds
    [said] = await api.messages(NIEVES, count=1)
    assert said.text == "¿Qué necesitas?"
    assert await api.messages(TULA) == []
    await api.press(NIEVES, said, "Comida")
    [update] = (await call(api, "getUpdates", timeout=10))[1]["result"]
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("food", sent["result"]["message_id"])
    assert query["chat_instance"]
    assert (await call(api, "answerCallbackQuery", callback_query_id=query["id"]))[1]["result"] is True
    edited = await call(api, "editMessageText", chat_id=NIEVES, message_id=said.id, text="Comida")
    assert edited[1]["result"]["text"] == "Comida"


async def test_a_webhook_gets_the_secret_and_only_what_was_refused_stays(api: TelegramTestApi) -> None:
    heard: asyncio.Queue[tuple[str | None, str]] = asyncio.Queue()

    async def hear(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        await heard.put((secret, (await request.json())["message"]["text"]))
        return web.Response(status=200 if secret == "planted" else 403)

    hook = web.Application()
    hook.router.add_post("/hook", hear)
    runner = web.AppRunner(hook)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        await call(api, "setWebhook", url=url, secret_token="wrong")
        await api.write(NIEVES, "AYUDA")
        assert await asyncio.wait_for(heard.get(), 10) == ("wrong", "AYUDA")
        await call(api, "setWebhook", url=url, secret_token="planted")
        assert await asyncio.wait_for(heard.get(), 10) == ("planted", "AYUDA")
    finally:
        await runner.cleanup()


async def test_a_fault_can_be_provoked(api: TelegramTestApi) -> None:
    body = {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests",
        "parameters": {"retry_after": 3},
    }
    await api.fault("sendMessage", 429, body)
    assert await call(api, "sendMessage", chat_id=NIEVES, text="Hola") == (429, body)
    assert (await call(api, "sendMessage", chat_id=NIEVES, text="Hola"))[0] == 200


async def test_a_method_that_does_not_exist_is_refused(api: TelegramTestApi) -> None:
    assert (await call(api, "sendTelepathy"))[0] == 404
