"""What every command begins with: settings, lines, logs, a language for its words, and one way to fail."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

import typer
from pydantic import SecretStr
from rich.console import Console

from aid.db import DatabaseAway
from aid.errors import AyniError
from aid.messages import Value
from bot.dialogue import faults
from bot.sms.providers import PROVIDERS
from config import logs, texts
from config.lines import House, Line, houses
from config.settings import Settings, WrongSetting, read, spoken

log = logging.getLogger(__name__)

out = Console()
err = Console(stderr=True)

WRONG_SETTING = 2
FAILED = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """What is set."""

    settings: Settings
    houses: Sequence[House]


def say(key: str, values: Mapping[str, Value]) -> str:
    """A text in the language of the installation."""
    return texts.say(key, values, language=spoken())


def tell(text: str) -> None:
    """Print a text as it is, whatever it looks like."""
    out.print(text, highlight=False, markup=False, soft_wrap=True)


OWNER_ONLY = 0o077
"""Whatever the program writes, the database among it, is nobody else's to read."""


def settled() -> Opened:
    """Read all settings and set the logs up. Raises WrongSetting."""
    os.umask(OWNER_ONLY)
    settings, values = read(others=provider_settings())
    logs.configure(settings.log_format, settings.log_level)
    found = houses(settings, values)
    for house in found:
        for line in house.lines:
            _hide(line)
    return Opened(settings, found)


def provider_settings() -> set[str]:
    """The AYNI_ names that the SMS providers declare."""
    return {
        f"{known.prefix}{name.upper()}"
        for known in PROVIDERS.values()
        for name in known.settings.model_fields
    }


def _hide(line: Line) -> None:
    """No log may show a secret of a line, whoever prints it."""
    for name, value in line.values.items():
        if _is_secret(line, name) and len(value) >= logs.SHORTEST_SECRET:
            logs.register(value)


def _is_secret(line: Line, name: str) -> bool:
    if line.kind == "telegram":
        return name == "token"
    fields = PROVIDERS[line.provider].settings.model_fields
    return name in fields and fields[name].annotation is SecretStr


@contextmanager
def failing_kindly() -> Iterator[None]:
    """One sentence and an exit code instead of a traceback."""
    try:
        yield
    except WrongSetting as fault:
        _end(str(fault), WRONG_SETTING)
    except AyniError as fault:
        _end(say(fault.key, fault.values), FAILED)
    except DatabaseAway as fault:
        _end(say("command-database", {"fault": type(fault).__name__}), FAILED)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
    except typer.Exit:
        raise
    except Exception as fault:  # noqa: BLE001 - a traceback shows values; its places in code go to the log
        log.error("the command failed: %s", faults.where(fault))  # noqa: TRY400 - for the same reason
        _end(say("command-fault", {"fault": type(fault).__name__}), FAILED)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the asynchronous part of a command, failing kindly."""
    with failing_kindly():
        asyncio.run(work())


def _end(sentence: str, code: int) -> NoReturn:
    err.print(sentence, style="red", highlight=False, markup=False, soft_wrap=True)
    sys.stderr.flush()
    raise typer.Exit(code) from None
