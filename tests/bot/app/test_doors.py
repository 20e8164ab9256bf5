"""The doors of a running program: too long is refused, a stranger learns nothing, a stop is a stop."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import aiohttp

from bot.app import App, clock, running
from bot.app.lines import SILENT_MS
from bot.simulator.telegram import BotApi
from config.lines import House, Line
from config.settings import Settings

TOKEN = "700000001:doors-token"
KANNEL = {
    "url": "http://127.0.0.1:1/cgi-bin/sendsms",
    "username": "ayni",
    "password": "kannel-password",
    "token": "kannel-token-long-enough",
}


def house(api: BotApi) -> House:
    bot = Line("telegram:amancay", "telegram", "telegram", {"token": TOKEN, "api_url": api.url})
    return House(
        "amancay", "Red Amancay", "America/Lima", "es", (bot, Line("sms:amancay", "sms", "kannel", KANNEL))
    )


async def post(app: App, path: str, body: bytes, **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(app.url + path, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status


async def test_what_is_too_long_is_refused_and_a_wrong_hand_gets_nothing(tmp_path: Path) -> None:
    async with BotApi(clock) as api:
        api.bot(TOKEN, "red_amancay_bot")
        settings = Settings(data_dir=tmp_path / "data", http_port=0)
        async with running(settings, [house(api)]) as app:
            hook, secret = app.lines.hook("telegram:amancay"), app.lines.secret("telegram:amancay")
            knocks = {"X-Telegram-Bot-Api-Secret-Token": secret}
            assert await post(app, f"/telegram/{hook}", b"{}", **knocks) == 200
            assert await post(app, f"/telegram/{hook}", b"x" * (1024 * 1024 + 1), **knocks) == 413
            assert await post(app, f"/telegram/{hook}", b"{}") == 404
            assert await post(app, "/telegram/guessed", b"{}", **knocks) == 404
            sms = app.lines.hook("sms:amancay")
            assert await post(app, f"/sms/{sms}/in", b"x" * (64 * 1024 + 1)) == 413
            assert await post(app, f"/sms/{sms}/in", b"x") == 403
            assert await post(app, "/sms/guessed/in", b"x") == 404


async def test_a_bot_is_heard_while_it_is_polled_and_its_name_is_kept(tmp_path: Path) -> None:
    turned = 0
    async with BotApi(clock) as api:
        api.bot(TOKEN, "red_amancay_bot")
        settings = Settings(data_dir=tmp_path / "data", http_port=0)
        async with running(settings, [house(api)], now=lambda: clock() + turned) as app:
            assert dict(app.lines.heard()) == {"telegram:amancay": True}
            turned = SILENT_MS + 60_000
            assert dict(app.lines.heard()) == {"telegram:amancay": False}
            assert not (await app.health.report())["ready"]
            assert await app.lines.telegram["telegram:amancay"].username() == "red_amancay_bot"
