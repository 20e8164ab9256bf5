"""What the three fake providers share: a server, a record of our calls, misfortunes, and calls back to us."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl

import aiohttp
from fastapi import FastAPI, Request, Response

from bot.simulator.gateways.faults import Fault, Faults
from bot.simulator.gateways.handsets import Handset, Handsets
from bot.simulator.loopback import Loopback

TRIES = 8
FIRST_WAIT_SECONDS = 0.05
"""Doubles each time; the last of eight tries comes after about six seconds."""
FINE = range(200, 300)


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that the program made to the provider, for a judge."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    def form(self) -> dict[str, str]:
        """The body as form fields."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


class Gateway:
    """The ground a fake provider stands on."""

    def __init__(
        self,
        app: FastAPI,
        clock: Callable[[], int],
        outbound: Callable[[Handset, str], Coroutine[None, None, None]],
    ) -> None:
        self.phones = Handsets(clock, outbound)
        self.faults = Faults()
        self.calls: list[Asked] = []
        self.unheard = 0
        """Calls back to us that were given up."""
        self._server = Loopback(app)
        self._tasks: set[asyncio.Task[None]] = set()
        app.middleware("http")(self._record)

    @property
    def url(self) -> str:
        """Where the provider answers."""
        return self._server.url

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        await self._server.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._server.__aexit__()

    def start(self, work: Coroutine[None, None, None]) -> None:
        """Do it in the background, until the gateway closes."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until nothing is under way: all SMS shown, all reports told."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def stumble(self, request: Request, *candidates: Fault) -> Response | None:
        """Let the next planned misfortune happen to this call; None if all goes well."""
        fault = self.faults.take(*candidates)
        if fault in (Fault.CUT, Fault.CUT_AFTER) and request.client:
            await self._server.cut((request.client.host, request.client.port))
        if fault is Fault.SLOW:
            await asyncio.sleep(self.faults.slow_seconds)
        status = {Fault.TOO_MANY: 429, Fault.LOCKED: 401, Fault.SLOW: 0}.get(fault, 503) if fault else 0
        headers = {"Retry-After": "7"} if fault is Fault.TOO_MANY else {}
        return Response("{}", status, headers=headers, media_type="application/json") if status else None

    async def tell(
        self, method: str, url: str, *, body: bytes = b"", headers: Callable[[], Mapping[str, str]] = dict
    ) -> None:
        """Call the program back, again and again until it says yes. `headers` are made anew for each try."""
        if self.faults.take(Fault.LOST):
            return
        for attempt in range(TRIES):
            try:
                async with self._session.request(method, url, data=body or None, headers=headers()) as answer:
                    if answer.status in FINE:
                        return
            except (aiohttp.ClientError, TimeoutError):
                pass  # the program is being started again: that is what the tries are for
            await asyncio.sleep(FIRST_WAIT_SECONDS * 2**attempt)
        self.unheard += 1

    async def _record(
        self, request: Request, proceed: Callable[[Request], Coroutine[None, None, Response]]
    ) -> Response:
        self.calls.append(await read(request))
        return await proceed(request)


async def read(request: Request) -> Asked:
    """The call, for a record or to obey it."""
    return Asked(
        request.method,
        request.url.path,
        dict(parse_qsl(request.url.query, keep_blank_values=True)),
        dict(request.headers),
        await request.body(),
    )
