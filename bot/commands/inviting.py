"""`ayni invite`: the first organiser, and anybody after her."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from aid import invitations, members, organisations
from bot import app as program
from bot.commands import app
from bot.commands.opening import out, run, settled
from config.settings import WrongSetting
from config.texts import say


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
        slug = organisation or opened.houses[0].slug
        async with program.opened(opened.settings, opened.houses, program.clock) as db:
            async with db.transaction(program.clock()) as tx:
                found = await organisations.by_slug(tx, slug)
                if found is None:
                    raise WrongSetting(f"--organisation: there is no {slug}")
                made = await invitations.invite(tx, found.id, role, actor=None)
        bot = await program.bot_name(opened.houses, slug)
        link = f"https://t.me/{bot}?start={made.payload}" if bot else ""
        if as_json:
            out.print_json(
                json.dumps({"role": role, "code": made.code, "link": link, "expires_ms": made.expires})
            )
            return
        out.print(
            say("command-invite", {"role": role, "code": made.code, "link": link or "-"}), highlight=False
        )

    run(work)
