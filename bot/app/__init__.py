"""The one place that puts the parts together: starts them in order, stops them in reverse.

Every long-running task is named and watched: if one dies, the program stops, and its supervisor starts it anew.
What was under way is in rows, so nothing is lost by that.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aid import keys, organisations, schema
from aid.db import Database
from bot.app.lines import Lines, name_of, open_lines
from bot.app.lock import only_one
from bot.dialogue.listening import Listener
from bot.web.health import Health
from bot.web.server import Web
from config import lines as line_settings
from config.defaults import load
from config.settings import Settings
from jobs import limits
from jobs.beats import BEATS
from jobs.heartbeat import Heartbeat
from jobs.worker import Worker

log = logging.getLogger(__name__)

PARTS = ("telegram", "web", "worker", "beats")
DRAIN_SECONDS = 10.0
"""How long a stop waits for what is in hand; then it is given up, and comes back by its lease."""


def clock() -> int:
    """Now, milliseconds UTC. The only clock of the program; everything else is told the time."""
    return time.time_ns() // 1_000_000


@dataclass(slots=True)
class App:
    """The running program."""

    settings: Settings
    db: Database
    lines: Lines
    health: Health
    beats: Heartbeat
    url: str = ""
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def beat_all(self) -> None:
        """Every duty once, now: the rehearsal's clock was turned."""
        for name in self.beats.beats:
            await self.beats.beat(name)

    async def watch(self) -> None:
        """Wait until a task dies. Raises what it died of."""
        done, _ = await asyncio.wait(self.tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            log.error("task %s ended", task.get_name())
            task.result()


@asynccontextmanager
async def running(
    settings: Settings,
    houses: Sequence[line_settings.House],
    *,
    parts: Sequence[str] = PARTS,
    now: Callable[[], int] = clock,
) -> AsyncIterator[App]:
    """The program, started; stopped at the end of the block, in reverse order."""
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(opened(settings, houses, now))
        if db.is_sqlite:
            stack.enter_context(only_one(settings.data_dir))
        beats = Heartbeat(db, now, BEATS)
        app = App(settings, db, await open_lines(stack, db, houses, settings, now), Health(db, now), beats)
        pace = await limits.opened(stack, settings.redis_url, app.lines.paces())
        if "web" in parts:
            web = Web(settings.http_host, settings.http_port, app.lines.routers(app.health))
            app.url = (await stack.enter_async_context(web)).url
            app.lines.public_url = settings.public_url or app.url
            await app.lines.announce(polling="telegram" in parts and not settings.public_url)
        loops: list[tuple[str, Callable[[], Coroutine[Any, Any, None]]]] = []
        if "telegram" in parts and not settings.public_url:
            loops += app.lines.pollers()
        if "worker" in parts:
            loops += [
                ("listener", Listener(db, now, app.lines.readers).run),
                ("worker", Worker(db, now, app.lines.channels, pace).run),
            ]
        if "beats" in parts:
            beats.start()
            stack.callback(beats.stop)
        app.health.watch(beats=beats.report, heard=app.lines.heard)
        app.tasks += [asyncio.create_task(loop(), name=name) for name, loop in loops]
        stack.push_async_callback(_end, app.tasks)
        yield app


@asynccontextmanager
async def opened(
    settings: Settings, houses: Sequence[line_settings.House], now: Callable[[], int]
) -> AsyncIterator[Database]:
    """The database, migrated, with every organisation of the lines in it."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    keyring = key_file(settings.keys(), new=await schema.is_empty(settings.url()))
    await schema.migrate(settings.url())
    db = Database(settings.url(), keyring)
    try:
        async with db.transaction(now()) as tx:
            for house in houses:
                await organisations.found(
                    tx,
                    house.slug,
                    name=house.name,
                    zone=house.zone,
                    language=house.language,
                    defaults={
                        "categories": load("categories"),
                        "zones": load("zones"),
                        "priorities": load("priorities"),
                    },
                )
        yield db
    finally:
        await db.close()


def key_file(path: Path, *, new: bool) -> keys.Keyring:
    """The keys. Made where there are none, but never beside a database that was sealed with others."""
    if new and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys.save_new(keys.fresh(), path)
        log.warning("a new key file was made; keep a copy on another disk: without it nothing can be read")
    return keys.load(path)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """No new work; what is in hand is finished or given up."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=DRAIN_SECONDS)


async def bot_name(houses: Sequence[line_settings.House], slug: str) -> str:
    """The user name of an organisation's bot, for links; "" when there is none or it does not answer."""
    tokens = [
        line for house in houses if house.slug == slug for line in house.lines if line.kind == "telegram"
    ]
    return await name_of(tokens[0]) if tokens else ""
