"""Logs that name nobody: plain or JSON lines with ids, numbers and secrets blotted out, libraries quiet.

We log ids only. The filter is for what slips through: an exception that quotes a row, a library that prints
an address with the token in it. It sits on the handler, because a filter on the root logger never sees the
lines of the loggers below.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import Final, Literal, TextIO
from urllib.parse import quote

SHORTEST_SECRET: Final = 6
"""A shorter one would blot out ordinary words."""
TOKEN: Final = re.compile(r"(?<!\d)\d{6,12}:[A-Za-z0-9_-]{30,}")
NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\+?\d(?:[ ()-]{0,2}\d){6,}(?![0-9A-Za-z])")
"""Seven digits or more that stand alone: telephones, Telegram ids. Beside letters they are an id of ours."""
QUIET: Final = (
    *(
        "httpx",
        "httpcore",
        "telegram",
        "aiohttp.access",
        "alembic",
        "apscheduler",
        "sqlalchemy",
        "uvicorn.access",
    ),
    *("aiosqlite", "asyncio", "psycopg", "urllib3", "uvicorn.error"),
)
"""Libraries that log each request, with its address or its values."""
IDS: Final = ("organisation", "line", "intake", "outbox", "person", "request", "beat")
"""What a line may carry beside its words: `extra={"intake": 7}`."""

_secrets: set[str] = set()


def register(secret: str) -> None:
    """Blot this out of every line from now on. Raises ValueError for what is too short to be told apart."""
    if len(secret) < SHORTEST_SECRET:
        raise ValueError("too short to be blotted out")
    _secrets.update({secret, quote(secret, safe="")})


def forget(secret: str) -> None:
    """The secret is no longer in use."""
    _secrets.difference_update({secret, quote(secret, safe="")})


def redact(text: str) -> str:
    """The text without secrets, tokens and long numbers."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    return NUMBER.sub("[number]", TOKEN.sub("[token]", text))


class Redacting(logging.Filter):
    """Rewrites each line, and the traceback under it, before any form is given to it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a line."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        for name in IDS:
            if name in record.__dict__:
                record.__dict__[name] = redact(str(record.__dict__[name]))
        return True


class Plain(logging.Formatter):
    """One line for a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line, its ids behind it, the traceback under it."""
        ids = " ".join(f"{name}={record.__dict__[name]}" for name in IDS if name in record.__dict__)
        first, *traceback = super().format(record).split("\n", 1)
        return "\n".join([f"{first} [{ids}]" if ids else first, *traceback])


class Lines(logging.Formatter):
    """One JSON object per line, for a machine."""

    def format(self, record: logging.LogRecord) -> str:
        """The object; keys are the same in every version."""
        kept = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        kept |= {name: record.__dict__[name] for name in IDS if name in record.__dict__}
        if record.exc_text:
            kept["fault"] = record.exc_text
        return json.dumps(kept, ensure_ascii=False)


def handler(form: Literal["plain", "json"], stream: TextIO | None = None) -> logging.Handler:
    """What writes lines of a form that name nobody."""
    made = logging.StreamHandler(stream or sys.stderr)
    made.addFilter(Redacting())
    made.setFormatter(Lines() if form == "json" else Plain())
    return made


def configure(form: Literal["plain", "json"], level: str) -> None:
    """Set up all logging of the program. `level` is ours; libraries that print what they send are quiet."""
    logging.basicConfig(handlers=[handler(form)], level=level, force=True)
    logging.captureWarnings(capture=True)
    quieten()


def quieten() -> None:
    """Have the libraries speak only when something is wrong."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
