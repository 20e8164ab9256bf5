"""What every command begins with: settings, lines, logs, a language for its words, and one way to fail."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from aid.errors import AyniError
from config import logs
from config.lines import House, houses
from config.settings import Settings, WrongSetting, read
from config.texts import say

out = Console()
err = Console(stderr=True)

WRONG_SETTING = 2
FAILED = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """What is set."""

    settings: Settings
    houses: Sequence[House]
    values: dict[str, str]


def settled() -> Opened:
    """Read all settings and set the logs up. Raises WrongSetting."""
    settings, values = read()
    logs.configure(settings.log_format, settings.log_level)
    return Opened(settings, houses(settings, values), values)


@contextmanager
def failing_kindly() -> Iterator[None]:
    """One sentence and an exit code instead of a traceback."""
    try:
        yield
    except WrongSetting as fault:
        _end(str(fault), WRONG_SETTING)
    except AyniError as fault:
        _end(say(fault.key, fault.values), FAILED)
    except SQLAlchemyError as fault:
        _end(say("command-database", {"fault": type(fault).__name__}), FAILED)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run the asynchronous part of a command, failing kindly."""
    with failing_kindly():
        asyncio.run(work())


def _end(sentence: str, code: int) -> None:
    err.print(sentence, style="red", highlight=False, soft_wrap=True)
    sys.stderr.flush()
    raise typer.Exit(code) from None
