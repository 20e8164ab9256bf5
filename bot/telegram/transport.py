"""The library's HTTP, on aiohttp: ten times the rate of its own, and the token in no log, repr or error.

The token lives in the address alone, and the address in a closure here. The library's `Bot` is built with a
stand-in token and an empty address; of the address it asks for, only the method's name is used.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
from telegram import Bot
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.telegram.account import Account
from bot.telegram.faults import MaybeSent, NotSent, fault_of

KEEPALIVE_SECONDS = (
    30.0  # shorter than common server sides: a reused dead connection is a send nobody can judge
)


@dataclass(slots=True)
class _Progress:
    """Whether anything of this call has left the machine."""

    left: bool = False


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API for one bot. Open it with `async with` or `initialize`."""

    __slots__ = ("_address", "_patience", "_pool_size", "_session")

    def __init__(self, account: Account, *, pool_size: int = 0) -> None:
        """Keep the account's address; `pool_size` overrides the account's own. Opens nothing yet."""
        self._address = _addresses(account)
        self._patience = account.patience
        self._pool_size = pool_size or account.pool_size
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds the answer may take when the call does not say otherwise."""
        return self._patience.read

    async def initialize(self) -> None:
        """Open the pool; harmless when it is open."""
        if self._session is None or self._session.closed:
            self._session = _session(self._pool_size)

    async def shutdown(self) -> None:
        """Close the pool; calls still under way end as MaybeSent or NotSent."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(
        self, method: str, parameters: Mapping[str, Any], *, read_seconds: float | None = None
    ) -> bytes:
        """Call one method and give the raw answer.

        Raises a TelegramError of `bot.telegram.faults`, always without a cause: the causes hold the address.
        """
        answer = await self._exchange(method, json.dumps(parameters).encode(), read_seconds)
        if isinstance(answer, TelegramError):
            raise answer
        status, body = answer
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return body
        raise fault_of(status, body)

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's signature
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's signature
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the library's signature
    ) -> tuple[int, bytes]:
        """The library's door. Files are neither fetched nor sent: nothing but a POST of words passes."""
        if method != "POST" or (request_data and request_data.contains_files):
            raise NotSent("no-files")
        parameters = request_data.parameters if request_data else {}
        seconds = float(read_timeout) if isinstance(read_timeout, int | float) else None
        body = await self.call(url.rpartition("/")[2], parameters, read_seconds=seconds)
        return HTTPStatus.OK, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """Read an answer that came with a 2xx. Unlike the library's own, logs nothing of it."""
        answer = _parsed(payload)
        if answer is None:
            raise MaybeSent("unreadable")
        return answer

    async def _exchange(
        self, method: str, body: bytes, read_seconds: float | None
    ) -> tuple[int, bytes] | TelegramError:
        # Faults are returned: raised from inside `except` they would carry the address as their context.
        if self._session is None or self._session.closed:
            return NotSent("closed")
        progress = _Progress()
        try:
            async with self._session.post(
                self._address(method),
                data=body,
                timeout=self._timeout(read_seconds),
                allow_redirects=False,
                trace_request_ctx=progress,
            ) as response:
                return response.status, await response.read()
        except (
            aiohttp.ClientError,
            OSError,
            ValueError,
        ) as error:  # a timeout is an OSError, a bad URL a ValueError
            reason = type(error).__name__
        return MaybeSent(reason) if progress.left else NotSent(reason)

    def _timeout(self, read_seconds: float | None) -> aiohttp.ClientTimeout:
        patience = self._patience
        read = patience.read if read_seconds is None else read_seconds
        ready = patience.pool + patience.connect
        return aiohttp.ClientTimeout(
            total=ready + 2 * read,  # writing may stall as well as reading
            connect=ready,
            sock_connect=patience.connect,
            sock_read=read,
        )


def bot_over(request: AiohttpRequest) -> Bot:
    """The library's methods over our transport. Knows no token and no address, so it cannot show them."""
    logging.getLogger("telegram").setLevel(logging.WARNING)  # at DEBUG it tells every text and address
    return Bot(
        "0:stand-in",
        base_url=lambda _: "",
        base_file_url=lambda _: "",
        request=request,
        get_updates_request=request,
    )


def _addresses(account: Account) -> Callable[[str], URL]:
    root = f"{account.api_url.rstrip('/')}/bot{account.token}/"
    return lambda method: URL(root + method, encoded=True)


def _session(pool_size: int) -> aiohttp.ClientSession:
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_note_departure)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=pool_size, keepalive_timeout=KEEPALIVE_SECONDS),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"Content-Type": "application/json"},
        trace_configs=[trace],
    )


async def _note_departure(
    _session: aiohttp.ClientSession,
    context: SimpleNamespace,
    _params: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    context.trace_request_ctx.left = True


def _parsed(payload: bytes) -> JSONDict | None:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) and "result" in answer else None
