"""The command that tells what is heard: one JSON object per line, whatever comes in."""

from __future__ import annotations

import json

import typer
from typer.testing import CliRunner

from bot.commands.understand import understand

app = typer.Typer()
app.command()(understand)


def told(*arguments: str, typed: bytes = b"") -> list[dict[str, str | None]]:
    result = CliRunner().invoke(app, list(arguments), input=typed, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_argument_is_answered_on_a_line_of_its_own() -> None:
    assert told("nesecito viveres xfa", "ESTADO") == [
        {"text": "nesecito viveres xfa", "intent": "ask", "category": "food"},
        {"text": "ESTADO", "intent": "status", "category": None},
    ]


def test_each_line_that_is_typed_is_answered_in_its_own_letters() -> None:
    lines = "necesito pañales 😭\r\n\nPARA\n"
    assert [(line["text"], line["intent"]) for line in told(typed=lines.encode())] == [
        ("necesito pañales 😭", "ask"),
        ("", "unknown"),
        ("PARA", "stop"),
    ]


def test_bytes_that_are_no_text_are_answered_too() -> None:
    assert [line["intent"] for line in told(typed=b"\xff\xfe\x00\nayuda\xe9\n2\n")][::2] == [
        "unknown",
        "digit",
    ]
