"""Telegram's knocks on our door: the secret first, then the size, then kept, and only then 200."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TypeAlias

from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect
from telegram.error import TelegramError

from aid.messages import Outcome, Verdict
from bot.telegram.face import TelegramLine
from bot.telegram.outcomes import outcome_of
from bot.telegram.poller import ALLOWED_UPDATES, Row
from bot.telegram.updates import provider_id

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MAX_BODY = 1024 * 1024  # bytes; an update with 4,096 characters is a few thousand
MAX_CONNECTIONS = 20

KeepFor: TypeAlias = Callable[[str, list[Row]], Awaitable[None]]
"""Commits what came in on a line."""


def router(lines: Mapping[str, str], keep: KeepFor, secret_for: Callable[[str], str]) -> APIRouter:
    """POST /telegram/{hook}: `lines` gives the line behind a hook's id, `secret_for` the secret of a line.

    An unknown hook and a wrong secret get the same 404. Whatever has the right secret is kept, be it ever so
    odd: an error would only bring it back.
    """
    routes = APIRouter()

    @routes.post("/telegram/{hook}", include_in_schema=False)
    async def receive(hook: str, request: Request) -> Response:
        line = lines.get(hook, "")
        if not _may_enter(request, secret_for(line) if line else ""):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        raw = await _body(request)
        if raw is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        await keep(line, [(provider_id(raw), raw)])
        return Response(status_code=HTTPStatus.OK)

    return routes


async def set_webhook(line: TelegramLine, url: str, secret: str) -> Outcome:
    """Tell Telegram where to knock. `secret`: 1 to 256 letters, digits, _ and -."""
    try:
        await line.bot.set_webhook(
            url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, max_connections=MAX_CONNECTIONS
        )
    except TelegramError as error:
        return outcome_of(error)
    return Outcome(Verdict.ACCEPTED)


def _may_enter(request: Request, secret: str) -> bool:
    shown = request.headers.get(SECRET_HEADER, "")
    equal = hmac.compare_digest(shown.encode(), secret.encode())
    return equal and bool(secret)


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is too long or breaks off."""
    raw = bytearray()
    try:
        async for chunk in request.stream():
            raw += chunk
            if len(raw) > MAX_BODY:
                return None
    except ClientDisconnect:
        return None
    return bytes(raw)
