"""The one place that puts the parts together: starts them in order, stops them in reverse.

Every long-running task is named and watched: if one dies, the program stops, and its supervisor starts it
anew. What was under way is in rows, so nothing is lost by that.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aid.db import Database
from bot.app.clock import clock
from bot.app.lines import Lines, open_lines
from bot.app.opening import opened
from bot.dialogue import words
from bot.dialogue.listening import Listener
from bot.web.health import Health
from bot.web.server import Web
from config.lines import House
from config.settings import Settings
from jobs import limits
from jobs.beats import BEATS
from jobs.beats.traces import Traces
from jobs.heartbeat import Heartbeat
from jobs.limits import Pace
from jobs.worker import Worker

__all__ = ["PARTS", "App", "clock", "opened", "running"]

log = logging.getLogger(__name__)

PARTS = ("telegram", "web", "worker", "beats")
ANNOUNCE_SECONDS = 1.0
"""A provider that does not answer must not hold up the start."""
DRAIN_SECONDS = 6.0
"""How long a stop waits for what is in hand; then it is given up, and comes back by its lease."""
GIVE_UP_SECONDS = 1.0

Loop = tuple[str, Callable[[], Coroutine[Any, Any, None]]]


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
    web: Web | None = None

    async def beat_all(self) -> None:
        """Every duty once, now: the rehearsal's clock was turned."""
        for name in self.beats.beats:
            await self.beats.beat(name)

    async def watch(self) -> None:
        """Wait until a task ends, which none should. Raises what it died of."""
        served = [] if self.web is None else [self.web.task]
        if not self.tasks and not served:
            await asyncio.Event().wait()
        done, _ = await asyncio.wait([*self.tasks, *served], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            log.error("task %s ended", task.get_name())
            task.result()


@asynccontextmanager
async def running(
    settings: Settings,
    houses: Sequence[House],
    *,
    parts: Sequence[str] = PARTS,
    now: Callable[[], int] = clock,
    pace: Pace | None = None,
) -> AsyncIterator[App]:
    """The program, started; stopped at the end of the block, in reverse order. Raises Misconfigured.

    `pace`: for every line instead of its own, where nobody sends real SMS.
    """
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(opened(settings, houses, now, alone=True))
        for language in {house.language for house in houses} if "worker" in parts else ():
            words.warm(language)
        lines = await open_lines(stack, db, houses, settings, now)
        lines.pace = pace
        beats = Heartbeat(
            db, now, [*BEATS, Traces({line: bot.delete for line, bot in lines.telegram.items()})]
        )
        app = App(settings, db, lines, Health(db, now), beats)
        app.health.watch(beats=beats.report, heard=app.lines.heard)
        if "web" in parts:
            await _serve(stack, app)
            await _announce(stack, app.lines)
        loops = await _loops(stack, app, parts, now)
        if "beats" in parts:
            beats.start()
            stack.push_async_callback(beats.stop)
        app.tasks += [asyncio.create_task(loop(), name=name) for name, loop in loops]
        stack.push_async_callback(_end, app.tasks)
        yield app


async def _serve(stack: AsyncExitStack, app: App) -> None:
    web = Web(app.settings.http_host, app.settings.http_port, app.lines.routers(app.health))
    app.web = await stack.enter_async_context(web)
    app.url = web.url


async def _announce(stack: AsyncExitStack, lines: Lines) -> None:
    """Tell the providers where we are; the start does not wait long for them."""
    task = asyncio.create_task(lines.announce(), name="announce")
    stack.push_async_callback(_end, [task])
    await asyncio.wait({task}, timeout=ANNOUNCE_SECONDS)


async def _loops(stack: AsyncExitStack, app: App, parts: Sequence[str], now: Callable[[], int]) -> list[Loop]:
    """What goes on for ever, by its name."""
    loops: list[Loop] = app.lines.pollers() if "telegram" in parts else []
    if "worker" in parts:
        pace = await limits.opened(stack, app.settings.redis_url, app.lines.paces())
        loops += [
            ("listener", Listener(app.db, now, app.lines.readers).run),
            ("worker", Worker(app.db, now, app.lines.channels, pace).run),
        ]
    return loops


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    """No new work; what is in hand is finished or, after a while, given up."""
    for patience in (DRAIN_SECONDS, GIVE_UP_SECONDS):
        going = [task for task in tasks if not task.done()]
        for task in going:
            task.cancel()
        if going:
            await asyncio.wait(going, timeout=patience)
    for task in tasks:
        if task.done() and not task.cancelled() and task.exception() is not None:
            log.error("task %s died: %s", task.get_name(), type(task.exception()).__name__)
