"""The `ayni` command: one file per group of subcommands. An error is one sentence and an exit code."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="ayni",
    help="Telegram and SMS broadcast and mutual-aid coordinator.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
