"""The web door over real HTTP: health, readiness, and bodies that are too long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import ModuleType

import aiohttp
import pytest

from aid.db import Database
from aid.errors import Misconfigured
from bot.web.health import Health, router
from bot.web.server import Web
from jobs.heartbeat import Heartbeat
from tests.world import World


class Door:
    """A served health page, and what it looks at."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.heard: dict[str, bool] = {}
        self.fault = False
        self.beats = Heartbeat(world.db, world.clock, [self._beat("fails"), self._beat("fine")])
        self.health = Health(world.db, world.clock)
        self.health.watch(beats=self.beats.report, heard=lambda: self.heard)
        self.url = ""

    def _beat(self, name: str) -> ModuleType:
        async def run(_db: Database, _now: int) -> dict[str, int]:
            if name == "fails" and self.fault:
                raise ZeroDivisionError("Nieves")
            return {"done": 1}

        made = ModuleType(name)
        made.NAME, made.EVERY_SECONDS, made.run = name, 5, run  # type: ignore[attr-defined]  # as the files of jobs/beats have them
        return made

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    made = Door(world)
    async with Web("127.0.0.1", 0, [router(made.health)]) as web:
        made.url = web.url
        yield made


async def test_the_process_says_that_it_answers(door: Door) -> None:
    assert await door.get("/healthz") == (200, "ok")


async def test_ready_means_database_bots_and_beats(door: Door) -> None:
    await door.beats.beat("fine")
    status, told = await door.get("/readyz")
    assert (status, '"ready":true' in told, '"database":"ok"' in told) == (200, True, True)


async def test_a_beat_that_fails_is_seen_and_the_others_go_on(door: Door) -> None:
    door.fault = True
    await door.beats.beat("fails")
    await door.beats.beat("fine")
    status, told = await door.get("/readyz")
    assert status == 503
    assert '"fault":"ZeroDivisionError"' in told
    assert '"counts":{"done":1}' in told
    assert "Nieves" not in told
    door.fault = False
    await door.beats.beat("fails")
    assert (await door.get("/readyz"))[0] == 200


async def test_a_bot_that_is_not_heard_is_seen(door: Door) -> None:
    door.heard["telegram:amancay"] = False
    assert (await door.get("/readyz"))[0] == 503


async def test_a_database_that_is_away_is_seen_and_the_process_still_answers(door: Door) -> None:
    door.health.db = Database("postgresql+psycopg://ayni:s3cret@127.0.0.1:1/ayni", door.world.db.keyring)
    status, told = await door.get("/readyz")
    assert (status, '"database":"OperationalError"' in told) == (503, True)
    assert "s3cret" not in told
    assert (await door.get("/healthz"))[0] == 200
    await door.health.db.close()


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/rehearsal/", "/telegram", "/sms"])
async def test_nothing_else_is_served(door: Door, path: str) -> None:
    assert (await door.get(path))[0] == 404


async def test_a_taken_port_is_named(door: Door) -> None:
    port = int(door.url.rpartition(":")[2])
    with pytest.raises(Misconfigured, match="error-port") as told:
        async with Web("127.0.0.1", port, []):
            pass
    assert told.value.values == {"host": "127.0.0.1", "port": str(port)}
