"""`ayni export`: receipt numbers, states, counts and districts; never a personal field."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.table import Table

from aid import organisations, outbox, requests
from aid.db import Tx
from bot import app as program
from bot.commands import app
from bot.commands.opening import out, run, settled, tell


class What(StrEnum):
    """What can be exported."""

    REQUESTS = "requests"
    OUTBOX = "outbox"


Row = dict[str, Any]


@app.command()
def export(
    what: What,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Say how requests or messages stand, without a word about who they are of."""

    async def work() -> None:
        opened = settled()
        rows: list[Row] = []
        async with (
            program.opened(opened.settings, opened.houses, program.clock) as db,
            db.reading(program.clock()) as tx,
        ):
            for organisation in await organisations.everyone(tx):
                rows += await EXPORTS[what](tx, organisation.id, organisation.slug)
        if as_json:
            tell(json.dumps(rows, ensure_ascii=False))
        else:
            out.print(_table(rows))

    run(work)


async def _requests(tx: Tx, organisation: str, slug: str) -> list[Row]:
    return [
        {
            "organisation": slug,
            "receipt": one.receipt,
            "state": one.state,
            "category": one.category,
            "urgency": one.urgency,
            "district": one.district,
            "opened_ms": one.opened,
        }
        for one in await requests.everything(tx, organisation)
    ]


async def _outbox(tx: Tx, organisation: str, slug: str) -> list[Row]:
    counted = await outbox.counts(tx, organisation)
    return [
        {"organisation": slug, "channel": channel, "state": state, "count": count}
        for (channel, state), count in sorted(counted.items())
    ]


EXPORTS: dict[What, Callable[[Tx, str, str], Awaitable[list[Row]]]] = {
    What.REQUESTS: _requests,
    What.OUTBOX: _outbox,
}


def _table(rows: list[Row]) -> Table:
    table = Table()
    for column in rows[0] if rows else ("—",):
        table.add_column(column)
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    return table
