"""A real HTTP server on 127.0.0.1, inside the running event loop, whose connections can be cut."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeAlias

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

Peer: TypeAlias = tuple[str, int]


class LoopbackServer:
    """Serves one application on a free port of 127.0.0.1. Started and stopped by hand, deaf to signals."""

    def __init__(self, application: ASGIApp) -> None:
        """Take the port at once, so that `url` is known before the start."""
        # Named as TCP: only then does asyncio switch off Nagle's delay, 40 ms on each answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._lines: dict[Peer, asyncio.Transport] = {}
        self._server = _Server(_config(application, _cuttable(self._lines)))
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def start(self) -> None:
        """Begin to answer."""
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="simulated Telegram")
        await self._server.ready.wait()

    async def stop(self) -> None:
        """Stop answering; requests under way have a second to end."""
        self._server.ending.set()
        if self._task:
            await self._task
        self._socket.close()

    async def cut(self, peer: Peer) -> None:
        """Break the connection of this peer as if the cable were pulled."""
        if line := self._lines.get(peer):
            line.abort()
            await asyncio.sleep(0)  # the loss is told to the server in the next turn of the loop


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.ending = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.ending.wait()  # uvicorn's own looks ten times a second whether to end

    @contextmanager
    def capture_signals(self) -> Iterator[None]:  # the program's own server listens to them
        yield


def _config(application: ASGIApp, protocol: type[H11Protocol]) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        timeout_graceful_shutdown=1,
    )


def _cuttable(lines: dict[Peer, asyncio.Transport]) -> type[H11Protocol]:
    class Cuttable(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
            super().connection_made(transport)
            self.access_log = False  # the path of every request holds a token
            lines[transport.get_extra_info("peername")] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            with suppress(KeyError):
                del lines[self.transport.get_extra_info("peername")]
            super().connection_lost(exc)

    return Cuttable
