"""A real HTTP server on a free port of 127.0.0.1, inside the running loop, whose connections can be cut."""

from __future__ import annotations

import asyncio
import socket
from typing import Self, TypeAlias

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

Peer: TypeAlias = tuple[str, int]


class _Silent(H11Protocol):
    """Logs no request, whatever the logger is set to: its path may hold a token."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's
        super().connection_made(transport)
        self.access_log = False


class Loopback:
    """`async with Loopback(app) as server:` serves the app under `server.url` until the end of the block.

    It starts and stops uvicorn by hand: several servers stand in one process, and the signals are not theirs.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the port at once, so that `url` is known before the start."""
        # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._config = uvicorn.Config(
            app,
            log_config=None,
            lifespan="off",
            http=_Silent,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(self._config)

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    async def start(self) -> None:
        """Begin to answer."""
        self._config.load()
        self._server.lifespan = self._config.lifespan_class(self._config)
        await self._server.startup(sockets=[self._socket])

    async def stop(self) -> None:
        """Stop answering; requests under way have a second to end."""
        if self._server.started:
            await self._server.shutdown(sockets=[self._socket])
        self._socket.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def cut(self, peer: Peer) -> None:
        """Break the connection of this peer as if the cable were pulled."""
        for connection in list(self._server.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == peer:
                connection.transport.abort()
        await asyncio.sleep(0)  # the loss is told to the server in the next turn of the loop
