"""What can go wrong with one call, told apart by what it means for the message, never by its prose.

TelegramError (the library's)
├── NotSent           nothing left this machine: try again
├── MaybeSent         the words had left when the line broke: nobody knows
│   └── Stumbled      a 5xx: a gateway may stumble after the message went through
├── Flooded           429, with or without a number of seconds
├── ChatMigrated      the chat has another id now
├── Forbidden         403: blocked, deactivated, never started
├── InvalidToken      401
├── EndPointNotFound  404: an unknown method or a malformed token
├── Conflict          409: somebody else polls, or a webhook is set
└── BadRequest        every other 4xx

Telegram's own sentences may quote the text of a message, so none is kept: `message` is a short code.
"""

from __future__ import annotations

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

BARE_FLOOD_SECONDS = 5.0
"""A 429 that names no time comes from a proxy in front of the Bot API, not from its rules: wait a little."""

# Parts of Telegram's sentences (lower case), in the order they are looked for.
CODES = (
    ("chat not found", "chat-not-found"),
    ("peer_id_invalid", "chat-not-found"),
    ("user not found", "chat-not-found"),
    ("blocked by the user", "blocked"),
    ("user is deactivated", "deactivated"),
    ("can't initiate conversation", "not-started"),
    ("can't parse entities", "entities"),
    ("message is too long", "too-long"),
    ("message text is empty", "empty"),
    ("message to delete not found", "already-gone"),
    ("message can't be deleted", "too-old"),
    ("query is too old", "query-too-old"),
    ("query id is invalid", "query-too-old"),
    ("webhook is active", "webhook-active"),
    ("terminated by other", "other-poller"),
    ("button_data_invalid", "button-data"),
)


class NotSent(NetworkError):
    """The call never left: no connection, no free place in the pool, no open session."""


class MaybeSent(NetworkError):
    """The call had left, and no answer that can be understood came back."""


class Stumbled(MaybeSent):
    """The server answered, but only that it is in trouble."""


class Flooded(RetryAfter):
    """Too many calls; `seconds` is how long to wait."""

    def __init__(self, seconds: float) -> None:
        """Fill the library's field without its own __init__, which in 22.8 warns of the field's next type."""
        TelegramError.__init__(self, "flood")
        self._retry_after = timedelta(seconds=seconds)
        self.seconds = seconds


def fault_of(status: int, body: bytes) -> TelegramError:
    """The error behind an answer that is not a 2xx, by its status and its parameters."""
    answer = _answer(body)
    parameters = _mapping(answer.get("parameters"))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Flooded(_seconds(parameters.get("retry_after")))
    if isinstance(moved := parameters.get("migrate_to_chat_id"), int):
        return ChatMigrated(moved)
    return _by_status(status, _code(answer.get("description"), status))


def _by_status(status: int, code: str) -> TelegramError:
    named: dict[int, type[TelegramError]] = {
        HTTPStatus.UNAUTHORIZED: InvalidToken,
        HTTPStatus.FORBIDDEN: Forbidden,
        HTTPStatus.NOT_FOUND: EndPointNotFound,
        HTTPStatus.CONFLICT: Conflict,
    }
    if status in named:
        return named[status](code)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return BadRequest(code)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return EndPointNotFound(code)  # a redirect: this is not the Bot API
    return Stumbled(code)


def _answer(body: bytes) -> dict[str, Any]:
    try:
        return _mapping(json.loads(body))
    except (ValueError, RecursionError):
        return {}


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else BARE_FLOOD_SECONDS


def _code(description: object, status: int) -> str:
    sentence = description.lower() if isinstance(description, str) else ""
    return next((code for part, code in CODES if part in sentence), f"http-{status}")
