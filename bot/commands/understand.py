"""`ayni understand`: what the program hears in a text, to try sentences and to judge it from outside."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.dialogue.understand import understand as understood
from config.texts.phrases import load


def understand(
    texts: Annotated[
        list[str] | None, typer.Argument(help="Texts; without any, one per line is read.")
    ] = None,
) -> None:
    """Print what each text wants, one JSON object per line."""
    phrases = load()
    for text in _given(texts) if texts else _read():
        heard = understood(text, phrases)
        found = {"text": text, "intent": heard.intent, "category": heard.category}
        typer.echo(json.dumps(found, ensure_ascii=False).encode())


def _given(texts: list[str]) -> Iterator[str]:
    # Arguments that are no UTF-8 arrive with lone surrogates, which no output could take.
    return (os.fsencode(text).decode(errors="replace") for text in texts)


def _read() -> Iterator[str]:
    return (line.decode(errors="replace").rstrip("\r\n") for line in sys.stdin.buffer)
