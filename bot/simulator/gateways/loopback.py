"""A real HTTP server on a free port of 127.0.0.1, inside the running loop."""

from __future__ import annotations

import socket
from typing import Self

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol


class Loopback:
    """`async with Loopback(app) as server:` serves the app under `server.url` until the end of the block.

    It starts and stops uvicorn by hand: several servers stand in one process, and the signals are not theirs.
    """

    def __init__(self, app: FastAPI, port: int = 0) -> None:
        self._port = port
        self._config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            http="h11",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(self._config)
        self.url = ""

    async def __aenter__(self) -> Self:
        # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", self._port))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._config.load()
        self._server.lifespan = self._config.lifespan_class(self._config)
        await self._server.startup(sockets=[self._socket])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.shutdown(sockets=[self._socket])

    def cut(self, client: tuple[str, int]) -> None:
        """Tear the connection of this client, as a bad line does."""
        for connection in list(self._server.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == client:
                connection.transport.abort()
