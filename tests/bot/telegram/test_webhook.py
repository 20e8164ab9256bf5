from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from fastapi import FastAPI

from aid.messages import Outcome, Verdict
from bot.simulator.loopback import Loopback
from bot.simulator.telegram import BotApi
from bot.simulator.telegram_faults import Mishap, Wrong
from bot.simulator.telegram_people import Person
from bot.telegram.face import TelegramLine
from bot.telegram.webhook import MAX_BODY, SECRET_HEADER, router, set_webhook
from tests.bot.telegram.world import LINE, TOKEN, Kept

HOOK = "h00k"
SECRET = "s3cret"
GOOD = {SECRET_HEADER: SECRET}


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def door(kept: Kept) -> AsyncIterator[str]:
    """Our own web server with the webhook in it."""
    app = FastAPI()
    app.include_router(router({HOOK: LINE}, kept.of_line, lambda line: SECRET if line == LINE else ""))
    server = Loopback(app)
    await server.start()
    yield f"{server.url}/telegram/"
    await server.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_updates_come_in_by_the_hook(
    api: BotApi, line: TelegramLine, door: str, kept: Kept, nieves: Person
) -> None:
    assert await set_webhook(line, door + HOOK, SECRET) == Outcome(Verdict.ACCEPTED)
    await nieves.write("hola")
    await kept.until(2)
    async with asyncio.timeout(5):
        while api.bot(TOKEN).waiting:
            await api.changes.after(api.changes.version, seconds=5)
    assert api.calls[0].params["allowed_updates"] == ["message", "callback_query", "my_chat_member"]


async def test_a_doubled_delivery_has_the_same_number(
    api: BotApi, line: TelegramLine, door: str, kept: Kept, nieves: Person
) -> None:
    await set_webhook(line, door + HOOK, SECRET)
    api.faults.update(Mishap.DOUBLED)
    await nieves.write("doble")
    rows = await kept.until(3)
    assert rows[1] == rows[2]


async def test_a_hook_that_cannot_be_set_says_why(api: BotApi, line: TelegramLine) -> None:
    api.faults.call(Wrong.UNAUTHORIZED, "setWebhook")
    assert (await set_webhook(line, "https://red.example/telegram/x", SECRET)).reason == "token"


@pytest.mark.parametrize(
    ("hook", "headers"),
    [
        (HOOK, {}),
        (HOOK, {SECRET_HEADER: ""}),
        (HOOK, {SECRET_HEADER: "wrong"}),
        (HOOK, {SECRET_HEADER: "ñandú"}),
        ("unknown", {}),
        ("unknown", GOOD),
        ("unknown", {SECRET_HEADER: ""}),
    ],
)
async def test_without_the_secret_nothing_is_kept_and_nothing_told(
    session: aiohttp.ClientSession, door: str, kept: Kept, hook: str, headers: dict[str, str]
) -> None:
    async with session.post(door + hook, data=b'{"update_id": 1}', headers=headers) as answer:
        assert (answer.status, await answer.read()) == (404, b"")
    assert kept.rows == []


@pytest.mark.parametrize("body", [b'{"update_id": 1}', b"not json", b"", b"[" * 100_000, b"\xff"])
async def test_whatever_has_the_secret_is_kept(
    session: aiohttp.ClientSession, door: str, kept: Kept, body: bytes
) -> None:
    async with session.post(door + HOOK, data=body, headers=GOOD) as answer:
        assert answer.status == 200
    assert [raw for _, raw in kept.rows] == [body]


async def test_a_body_too_long_is_turned_away(session: aiohttp.ClientSession, door: str, kept: Kept) -> None:
    async with session.post(door + HOOK, data=io.BytesIO(b"x" * (MAX_BODY + 1)), headers=GOOD) as answer:
        assert answer.status == 413
    assert kept.rows == []


async def test_the_answer_waits_until_it_is_kept() -> None:
    """A keeping that fails must not be answered with 200: Telegram then brings the update again."""

    async def fail(line: str, rows: list[tuple[str, bytes]]) -> None:
        raise OSError("the disk is full")

    app = FastAPI()
    app.include_router(router({HOOK: LINE}, fail, lambda _: SECRET))
    server = Loopback(app)
    await server.start()
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/telegram/{HOOK}", headers=GOOD) as answer,
    ):
        assert answer.status == 500
    await server.stop()
