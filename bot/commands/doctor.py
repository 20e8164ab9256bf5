"""`ayni doctor`: what is set, what works, what is missing, and which rules this organisation cannot meet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Literal

import typer
from rich.table import Table
from rich.text import Text

from aid import members, organisations, two_people
from aid.db import DatabaseAway, Tx
from aid.messages import Verdict
from aid.organisations import Organisation
from bot import app as program
from bot.app.lines import Lines, open_lines
from bot.commands import app
from bot.commands.opening import Opened, out, run, say, settled
from config.settings import Settings
from jobs import limits

NEEDED = ("organiser", "treasurer", "volunteer")
Mark = Literal["ok", "!", "x"]
Finding = tuple[Mark, str, str]
"""A mark (well, to think about, broken), a name, and a sentence."""


@app.command()
def doctor() -> None:
    """Look at everything and say, one line each, what is well and what is not."""

    async def work() -> None:
        opened = settled()
        table = Table(show_header=False, box=None)
        broken = False
        async for mark, name, sentence in _look(opened):
            table.add_row(Text(mark), Text(name), Text(sentence))
            broken = broken or mark == "x"
        out.print(table, soft_wrap=True)
        if broken:
            raise typer.Exit(1)

    run(work)


async def _look(opened: Opened) -> AsyncIterator[Finding]:
    yield await _redis(opened.settings)
    yield _key(opened.settings)
    if not any(house.lines for house in opened.houses):
        yield "!", "AYNI_TELEGRAM_TOKEN, AYNI_SMS_PROVIDER", say("doctor-no-line", {})
    try:
        async for finding in _inside(opened):
            yield finding
    except DatabaseAway:
        yield "x", "AYNI_DATABASE_URL", say("doctor-database-away", {})


def _key(settings: Settings) -> Finding:
    beside = settings.keys().resolve().is_relative_to(settings.data_dir.resolve())
    return ("!", "AYNI_KEY_FILE", say("doctor-key-beside", {})) if beside else ("ok", "AYNI_KEY_FILE", "")


async def _redis(settings: Settings) -> Finding:
    if not settings.redis_url:
        return "ok" if settings.is_sqlite else "!", "AYNI_REDIS_URL", say("doctor-redis", {"set": "False"})
    if not await limits.answers(settings.redis_url):
        return "x", "AYNI_REDIS_URL", say("doctor-redis-away", {})
    return "ok", "AYNI_REDIS_URL", say("doctor-redis", {"set": "True"})


async def _inside(opened: Opened) -> AsyncIterator[Finding]:
    """What only the opened database and the opened lines can tell."""
    settings = opened.settings
    async with AsyncExitStack() as stack:
        db = await stack.enter_async_context(program.opened(settings, opened.houses, program.clock))
        yield "ok", "AYNI_DATABASE_URL", "SQLite" if settings.is_sqlite else "PostgreSQL"
        lines = await open_lines(stack, db, opened.houses, settings, program.clock)
        async for finding in _lines(lines):
            yield finding
        async with db.reading(program.clock()) as tx:
            for organisation in await organisations.everyone(tx):
                async for finding in _people(tx, organisation):
                    yield finding


async def _lines(lines: Lines) -> AsyncIterator[Finding]:
    for line, bot in lines.telegram.items():
        name = await bot.username()
        yield ("ok", line, f"@{name}") if name else ("x", line, say("doctor-bot-silent", {}))
    for line, face in lines.sms.items():
        outcome = await face.provider.prepare()
        if outcome.verdict is Verdict.ACCEPTED:
            yield (
                "ok",
                line,
                say("doctor-sms-door", {"provider": lines.providers[line], "url": lines.door(line)}),
            )
        else:
            yield "x", line, say("doctor-sms-silent", {"reason": outcome.reason})
    if lines.sms and not lines.is_public:
        yield "!", "AYNI_PUBLIC_URL", say("doctor-no-public-url", {"url": lines.url})


async def _people(tx: Tx, organisation: Organisation) -> AsyncIterator[Finding]:
    for role in NEEDED:
        if not await members.holders(tx, organisation.id, role):
            yield "!", organisation.slug, say("doctor-no-role", {"role": role})
    for key in await two_people.cannot_meet(tx, organisation.id):
        yield "!", organisation.slug, say(key, {})
