"""`ayni invite`: the first organiser, and anybody after her."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from aid import invitations, members, organisations
from bot import app as program
from bot.app.lines import name_of
from bot.commands import app
from bot.commands.opening import Opened, run, say, settled, tell
from config.settings import WrongSetting


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help=", ".join(members.ROLES))],
    organisation: Annotated[str, typer.Option(help="Its short name, when there are several")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For other programs")] = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Make an invitation, single use, for seven days: a code to type, and a link where there is a bot."""

    async def work() -> None:
        if role not in members.ROLES:
            raise WrongSetting(f"ROLE: {role} is not one of {', '.join(members.ROLES)}")
        opened = settled()
        slug = _slug(opened, organisation)
        async with (
            program.opened(opened.settings, opened.houses, program.clock) as db,
            db.transaction(program.clock()) as tx,
        ):
            found = await organisations.by_slug(tx, slug)
            if found is None:  # opening the database has founded every organisation of the lines
                raise LookupError(slug)
            made = await invitations.invite(tx, found.id, role, actor=None)
        bot = found.bot or await _ask_name(opened, slug)
        link = f"https://t.me/{bot}?start={made.payload}" if bot else ""
        if as_json:
            told = {"role": role, "code": made.code, "link": link, "expires_ms": made.expires}
            tell(json.dumps(told, ensure_ascii=False))
        else:
            tell(say("command-invite", {"role": role, "code": made.code, "link": link or "-"}))

    run(work)


def _slug(opened: Opened, organisation: str) -> str:
    """Which organisation is meant: the only one, or the one that was named."""
    slugs = [house.slug for house in opened.houses]
    if not organisation and len(slugs) == 1:
        return slugs[0]
    if organisation not in slugs:
        raise WrongSetting(f"--organisation: name one of {', '.join(slugs)}")
    return organisation


async def _ask_name(opened: Opened, slug: str) -> str:
    """The bot's user name from Telegram, before the program ever ran; "" when it does not answer."""
    for house in opened.houses:
        for line in house.lines:
            if house.slug == slug and line.kind == "telegram":
                return await name_of(line)
    return ""
