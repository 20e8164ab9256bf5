"""`ayni doctor`: what is set, what works, what is missing, and which rules this organisation cannot meet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import typer
from rich.table import Table

from aid import incidents, members, organisations
from aid.db import Tx
from aid.organisations import Organisation
from bot import app as program
from bot.app.lines import open_lines
from bot.commands import app
from bot.commands.opening import Opened, out, run, settled
from config.texts import say

NEEDED = ("organiser", "treasurer", "volunteer")
Finding = tuple[str, str, str]
"""A mark (ok, !, x), a name, and a sentence."""


@app.command()
def doctor() -> None:
    """Look at everything and say, one line each, what is well and what is not."""

    async def work() -> None:
        opened = settled()
        findings = [finding async for finding in _look(opened)]
        table = Table(show_header=False, box=None)
        for mark, name, sentence in findings:
            table.add_row(mark, name, sentence)
        out.print(table)
        if any(mark == "x" for mark, _, _ in findings):
            raise typer.Exit(1)

    run(work)


async def _look(opened: Opened) -> AsyncIterator[Finding]:
    settings = opened.settings
    yield (
        "ok",
        "AYNI_DATABASE_URL",
        "PostgreSQL" if settings.database_url.startswith("postgresql") else "SQLite",
    )
    beside = settings.keys().resolve().is_relative_to(settings.data_dir.resolve())
    yield ("!", "AYNI_KEY_FILE", say("doctor-key-beside", {})) if beside else ("ok", "AYNI_KEY_FILE", "")
    yield (
        "ok" if settings.redis_url else "!",
        "AYNI_REDIS_URL",
        say("doctor-redis", {"set": str(bool(settings.redis_url))}),
    )
    if not any(house.lines for house in opened.houses):
        yield "!", "AYNI_TELEGRAM_TOKEN, AYNI_SMS_PROVIDER", say("doctor-no-line", {})
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(program.opened(settings, opened.houses, program.clock))
        lines = await open_lines(stack, db, opened.houses, settings, program.clock)
        for line, bot in lines.telegram.items():
            name = await bot.username()
            yield ("ok", line, f"@{name}") if name else ("x", line, say("doctor-bot-silent", {}))
        for line, face in lines.sms.items():
            outcome = await face.provider.prepare()
            well = outcome.verdict == "accepted"
            yield ("ok", line, lines.providers[line]) if well else ("x", line, outcome.reason)
        async with db.reading(program.clock()) as tx:
            for organisation in await organisations.everyone(tx):
                async for finding in _people(tx, organisation):
                    yield finding


async def _people(tx: Tx, organisation: Organisation) -> AsyncIterator[Finding]:
    for role in NEEDED:
        if not await members.holders(tx, organisation.id, role):
            yield "!", organisation.slug, say("doctor-no-role", {"role": role})
    for key in await incidents.cannot_meet(tx, organisation.id):
        yield "!", organisation.slug, say(key, {})
