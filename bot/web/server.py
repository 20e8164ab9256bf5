"""The web door: FastAPI on uvicorn, in the same process and event loop as everything else."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self

import uvicorn
from fastapi import APIRouter, FastAPI

STOP_SECONDS = 5


class _Quiet(uvicorn.Server):
    """A server that leaves the signals to the program."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the program stops its parts itself, in order."""
        yield


class Web:
    """`async with Web(host, port, routers) as web:` serves them under `web.url`."""

    def __init__(self, host: str, port: int, routers: Sequence[APIRouter]) -> None:
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
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Quiet(config)
        self.url = ""

    async def __aenter__(self) -> Self:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((self._host, self._port))
        port = self._socket.getsockname()[1]
        host = f"[{self._host}]" if family is socket.AF_INET6 else self._host
        self.url = f"http://{host}:{port}"
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]), name="web")
        while not self._server.started:
            if self._task.done():
                self._task.result()
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await self._task
