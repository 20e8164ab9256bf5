"""One call over HTTP: read its parameters, let the set wrongs strike, answer as the real one, note it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.simulator.loopback import Peer
from bot.simulator.telegram_chats import Json, SimulatedBot
from bot.simulator.telegram_faults import Fault, Faults, Mishap, Wrong
from bot.simulator.telegram_limits import Limits
from bot.simulator.telegram_methods import METHODS
from bot.simulator.telegram_params import ApiError
from bot.simulator.telegram_polling import get_updates

WORDS = {"text", "callback_query_id", "secret_token", "url", "data", "parse_mode"}
"""Parameters that stay words even when they look like a number or JSON."""

REFUSALS: dict[Wrong | Mishap, tuple[int, str]] = {
    Wrong.FLOOD_BARE: (429, ""),
    Wrong.FORBIDDEN: (403, "Forbidden: bot was blocked by the user"),
    Wrong.UNAUTHORIZED: (401, "Unauthorized"),
    Wrong.CONFLICT: (409, "Conflict: terminated by other getUpdates request"),
    Wrong.NOT_FOUND_CHAT: (400, "Bad Request: chat not found"),
    Wrong.ENTITIES: (400, "Bad Request: can't parse entities: Can't find end of the entity"),
    Wrong.BAD_GATEWAY: (502, "Bad Gateway"),
    Wrong.BAD_GATEWAY_AFTER: (502, "Bad Gateway"),
}
AFTER: set[Wrong | Mishap] = {Wrong.BAD_GATEWAY_AFTER, Wrong.CUT_AFTER, Wrong.GARBAGE_AFTER, Wrong.ODD_AFTER}

Cut: TypeAlias = Callable[[Peer], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it was received. `status` is what was answered; 0 when the connection was cut."""

    bot_id: int
    method: str
    params: Json
    status: int


@dataclass(slots=True)
class Counter:
    """Where calls arrive: the bots known by their token, the wrongs, the judge of speed, the record."""

    bots: dict[str, SimulatedBot]
    faults: Faults
    closing: asyncio.Event
    limits: Limits | None = None
    calls: list[Call] = field(default_factory=list)

    def application(self, cut: Cut) -> FastAPI:
        """The HTTP side. `cut` breaks the connection of a peer."""
        app = FastAPI(openapi_url=None)

        async def call(request: Request) -> Response:
            return await self._answer(request, cut)

        app.add_route("/bot{token}/{method}", call, methods=["GET", "POST"])
        return app

    async def _answer(self, request: Request, cut: Cut) -> Response:
        bot = self.bots.get(request.path_params["token"])
        method = request.path_params["method"]
        if bot is None:
            return _refusal(ApiError(401, "Unauthorized"))
        params = await _params(request)
        chat = params.get("chat_id")
        fault = self.faults.on_call(method, chat if isinstance(chat, int) else None)
        response = await self._perform(bot, method, params, fault)
        status = response.status_code if response else 0
        self.calls.append(Call(bot.bot_id, method, params, status))
        bot.changes.note()
        if response is None:
            await cut(_peer(request))
        return response or Response()

    async def _perform(
        self, bot: SimulatedBot, method: str, params: Json, fault: Fault | None
    ) -> Response | None:
        try:
            if fault:
                await self._before(fault)
            self._judge(bot, method, params)
            result = await self._result(bot, method, params)
            if fault and fault.wrong in AFTER:
                return _after(fault)
        except ApiError as error:
            return _refusal(error)
        except _Cut:
            return None
        return JSONResponse({"ok": True, "result": result})

    async def _before(self, fault: Fault) -> None:
        if fault.wrong is Wrong.SLOW:
            await asyncio.sleep(fault.seconds)
        elif fault.wrong is Wrong.HANG:
            await self.closing.wait()
            raise _Cut
        elif fault.wrong is Wrong.CUT:
            raise _Cut
        elif fault.wrong is Wrong.FLOOD:
            seconds = int(fault.seconds)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        elif fault.wrong in REFUSALS and fault.wrong not in AFTER:
            raise ApiError(*REFUSALS[fault.wrong])

    def _judge(self, bot: SimulatedBot, method: str, params: Json) -> None:
        if self.limits is None or method.lower() != "sendmessage":
            return
        if not self.limits.allows(bot.bot_id, int(params.get("chat_id", 0))):
            raise ApiError(429, "Too Many Requests: retry after 1", retry_after=1)

    async def _result(self, bot: SimulatedBot, method: str, params: Json) -> Any:  # noqa: ANN401 - any JSON
        if method.lower() == "getupdates":
            return await get_updates(bot, params, self.closing)
        if known := METHODS.get(method.lower()):
            return known(bot, params)
        raise ApiError(404, "Not Found")


class _Cut(Exception):
    """The connection is to be cut instead of an answer."""


def _after(fault: Fault) -> Response:
    if fault.wrong is Wrong.CUT_AFTER:
        raise _Cut
    if fault.wrong is Wrong.GARBAGE_AFTER:
        return Response("<html>it works</html>")
    if fault.wrong is Wrong.ODD_AFTER:
        return JSONResponse({"ok": True, "result": {"odd": True}})
    raise ApiError(*REFUSALS[fault.wrong])


def _refusal(error: ApiError) -> Response:
    if not error.description:
        return Response("Too Many Requests", status_code=error.status)
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.status)


def _peer(request: Request) -> Peer:
    return (request.client.host, request.client.port) if request.client else ("", 0)


async def _params(request: Request) -> Json:
    query = {name: _typed(name, value) for name, value in request.query_params.items()}
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        return query | _object(body)
    pairs = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
    return query | {name: _typed(name, value) for name, value in pairs}


def _object(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _typed(name: str, value: str) -> Any:  # noqa: ANN401 - any JSON
    """A form knows only strings; the real server reads numbers and JSON out of them."""
    if name in WORDS:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
