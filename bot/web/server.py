"""The web door: FastAPI on uvicorn, in the same process and event loop as everything else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self, TypeAlias

import uvicorn
from fastapi import APIRouter, FastAPI

from aid.errors import Misconfigured

Router: TypeAlias = APIRouter
"""A set of doors, for those who hand it on without knowing FastAPI."""

STOP_SECONDS = 2
"""How long a stop waits for requests under way."""
MOST_AT_ONCE = 200
"""Connections; beyond them a caller hears 503 and comes again, and we keep our memory."""


class _Quiet(uvicorn.Server):
    """A server that leaves the signals to the program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the program stops its parts itself, in order."""
        yield


class Web:
    """`async with Web(host, port, routers) as web:` serves them under `web.url`; `web.task` ends with it."""

    task: asyncio.Task[None]

    def __init__(self, host: str, port: int, routers: Sequence[Router]) -> None:
        app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        for router in routers:
            app.include_router(router)
        self._host, self._port = host, port
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            server_header=False,
            limit_concurrency=MOST_AT_ONCE,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Quiet(config)
        self.url = ""

    async def __aenter__(self) -> Self:
        bound = self._bound()
        name = f"[{self._host}]" if bound.family is socket.AF_INET6 else self._host
        self.url = f"http://{name}:{bound.getsockname()[1]}"
        self.task = asyncio.create_task(self._server.serve(sockets=[bound]), name="web")
        while not self._server.started:
            if self.task.done():
                self.task.result()
            await asyncio.sleep(0.01)
        return self

    def _bound(self) -> socket.socket:
        """The door's socket. Raises Misconfigured when the port is taken or not ours to open."""
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms.
        made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((self._host, self._port))
        except OSError as fault:
            made.close()
            raise Misconfigured("error-port", host=self._host, port=str(self._port)) from fault
        return made

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await asyncio.wait({self.task})
