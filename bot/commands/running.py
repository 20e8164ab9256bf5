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
from bot.commands.opening import Opened, out, run, settled
from config.settings import WrongSetting
from config.texts import say


@app.command("run")
def start(
    only: Annotated[str, typer.Option(help="Some parts only, on PostgreSQL: telegram,web,worker,beats")] = "",
) -> None:
    """Start Ayni. With no bot and no SMS line set it opens the rehearsal."""

    async def work() -> None:
        opened = settled()
        parts = _parts(only, opened)
        if not any(house.lines for house in opened.houses):
            await _rehearse(opened)
            return
        async with program.running(opened.settings, opened.houses, parts=parts) as started:
            out.print(say("command-running", {"url": started.url or "-"}), highlight=False)
            await _until_stopped(started)

    run(work)


@app.command()
def demo() -> None:
    """Start the rehearsal: phones in the browser, a network of invented people, no account needed."""

    async def work() -> None:
        await _rehearse(settled())

    run(work)


@app.command()
def migrate() -> None:
    """Make the database and its keys, or bring it to the present schema."""

    async def work() -> None:
        opened = settled()
        async with program.opened(opened.settings, opened.houses, program.clock):
            out.print(say("command-migrated", {}), highlight=False)

    run(work)


def _parts(only: str, opened: Opened) -> tuple[str, ...]:
    if not only:
        return program.PARTS
    parts = tuple(part.strip() for part in only.split(","))
    if unknown := set(parts) - set(program.PARTS):
        raise WrongSetting(f"--only: {', '.join(sorted(unknown))} is not one of {', '.join(program.PARTS)}")
    if opened.settings.url().startswith("sqlite"):
        raise Misconfigured("error-only-postgresql")
    return parts


async def _rehearse(opened: Opened) -> None:
    async with rehearsal.rehearsing(opened.settings) as stage:
        out.print(say("command-rehearsal", {"url": stage.url}), highlight=False)
        await _stop_signal().wait()


async def _until_stopped(started: program.App) -> None:
    """Until somebody stops it, or a task of it dies."""
    stop = asyncio.create_task(_stop_signal().wait(), name="stop")
    watch = asyncio.create_task(started.watch(), name="watch")
    done, pending = await asyncio.wait({stop, watch}, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    if watch in done:
        watch.result()
        raise Misconfigured("error-part-ended")


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
