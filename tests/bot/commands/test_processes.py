"""Several processes on one PostgreSQL: the web, two workers and the beats, each stopped or killed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.app.clock import clock
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.telegram import BotApi
from tests.bot.commands.program import Ayni, Running
from tests.servers.fixtures import needs
from tests.servers.ports import free_port
from tests.servers.postgres import PostgresServer
from tests.servers.programs import POSTGRES

TOKEN = "700000001:processes-token"
KEY = "a-signing-key-of-ours"
PATIENCE_SECONDS = 30


@pytest.fixture
async def outside() -> AsyncIterator[tuple[BotApi, AndroidGateway]]:
    async with BotApi(clock) as api, AndroidGateway(clock, password="s3cret-phone", key=KEY) as gateway:
        api.bot(TOKEN, "red_amancay_bot")
        yield api, gateway


def settings(outside: tuple[BotApi, AndroidGateway], database: str) -> dict[str, str]:
    api, gateway = outside
    port = str(free_port())
    return {
        "AYNI_DATABASE_URL": database,
        "AYNI_TELEGRAM_TOKEN": TOKEN,
        "AYNI_TELEGRAM_API_URL": api.url,
        "AYNI_SMS_PROVIDER": "android",
        "AYNI_ANDROID_URL": gateway.url,
        "AYNI_ANDROID_USERNAME": "sms",
        "AYNI_ANDROID_PASSWORD": "s3cret-phone",
        "AYNI_ANDROID_SIGNING_KEY": KEY,
        "AYNI_HTTP_PORT": port,
        "AYNI_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }


async def test_several_processes_answer_together_and_outlive_one_another(
    outside: tuple[BotApi, AndroidGateway],
    postgres_server: PostgresServer,
    redis_url: str,
    tmp_path: Path,
) -> None:
    api, gateway = outside
    url = postgres_server.fresh()
    ayni = Ayni(tmp_path, settings(outside, url) | {"AYNI_REDIS_URL": redis_url})
    assert (await ayni("migrate")).code == 0
    async with AsyncExitStack() as stack:

        async def start(parts: str) -> Running:
            return await stack.enter_async_context(ayni.running("--only", parts))

        web, first, second, beats = [
            await start(parts) for parts in ("telegram,web", "worker", "worker", "beats")
        ]
        invited = json.loads((await ayni("invite", "member", "--json")).out)
        assert invited["link"].startswith("https://t.me/red_amancay_bot?start=")

        nieves = api.person(900_000_001, "N")
        await nieves.start(invited["link"].rpartition("=")[2])
        assert (await nieves.next(seconds=PATIENCE_SECONDS)).text
        zoila = gateway.phones["+51900000009"]
        await zoila.write("hola")
        assert await zoila.next(PATIENCE_SECONDS)

        first.process.kill()
        await nieves.write("si")
        assert (await nieves.next(seconds=PATIENCE_SECONDS)).text

        status, told = await web.get("/readyz")
        assert (status, json.loads(told)["heard"]) == (200, {})
        for running in (web, second, beats):
            code, took = await running.stop()
            assert code == 0, running.err
            assert took < 12
            assert "Traceback" not in "".join(running.err)
    postgres_server.drop(url)


async def test_a_database_that_dies_and_comes_back_finds_the_program_waiting(
    outside: tuple[BotApi, AndroidGateway], tmp_path: Path
) -> None:
    needs(POSTGRES)
    server = PostgresServer()
    zoila = outside[1].phones["+51900000009"]
    try:
        server.start()
        ayni = Ayni(tmp_path, settings(outside, server.fresh()))
        async with ayni.running() as running:
            server.kill()
            assert (await running.get("/readyz"))[0] == 503
            server.start()
            await zoila.write("hola")
            assert await zoila.next(PATIENCE_SECONDS)
            assert (await running.stop())[0] == 0
            assert "Traceback" not in "".join(running.err)
    finally:
        server.stop()
