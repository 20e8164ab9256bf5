"""`ayni run`, `ayni demo` and `ayni migrate`."""

from __future__ import annotations

import asyncio
import signal
from typing import Annotated

import typer

from aid.errors import Misconfigured
from bot import app as program
from bot.app import rehearsal
from bot.commands import app
from bot.commands.opening import Opened, run, say, settled, tell
from config.settings import WrongSetting


@app.command("run")
def start(
    only: Annotated[str, typer.Option(help="Some parts only, on PostgreSQL: telegram,web,worker,beats")] = "",
) -> None:
    """Start Ayni. With no bot and no SMS line set it opens the rehearsal."""

    async def work() -> None:
        stop = _stop_signal()
        opened = settled()
        parts = _parts(only, opened)
        if not any(house.lines for house in opened.houses):
            await _rehearse(opened, stop)
            return
        async with program.running(opened.settings, opened.houses, parts=parts) as started:
            tell(say("command-running", {"url": started.url or "-"}))
            await _until_stopped(started, stop)

    run(work)


@app.command()
def demo() -> None:
    """Start the rehearsal: phones in the browser, a network of invented people, no account needed."""

    async def work() -> None:
        await _rehearse(settled(), _stop_signal())

    run(work)


@app.command()
def migrate() -> None:
    """Make the database and its keys, or bring it to the present schema."""

    async def work() -> None:
        opened = settled()
        async with program.opened(opened.settings, opened.houses, program.clock):
            tell(say("command-migrated", {}))

    run(work)


def _parts(only: str, opened: Opened) -> tuple[str, ...]:
    if not only:
        return program.PARTS
    parts = tuple(part.strip() for part in only.split(","))
    for part in parts:
        if part not in program.PARTS:
            raise WrongSetting(f"--only: {part} is not one of {', '.join(program.PARTS)}")
    if opened.settings.is_sqlite:
        raise Misconfigured("error-only-postgresql")
    if not any(house.lines for house in opened.houses):
        raise Misconfigured("error-only-line")
    return parts


async def _rehearse(opened: Opened, stop: asyncio.Event) -> None:
    async with rehearsal.rehearsing(opened.settings) as theatre:
        tell(say("command-rehearsal", {"url": theatre.url}))
        await stop.wait()


async def _until_stopped(started: program.App, stop: asyncio.Event) -> None:
    """Until somebody stops it, or a task of it ends, which none should. Raises Misconfigured then."""
    stopped = asyncio.create_task(stop.wait(), name="stop")
    watch = asyncio.create_task(started.watch(), name="watch")
    done, pending = await asyncio.wait({stopped, watch}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if watch in done:
        watch.result()
        raise Misconfigured("error-part-ended")


def _stop_signal() -> asyncio.Event:
    """Set by SIGINT and SIGTERM, from now on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
