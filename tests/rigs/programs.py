"""A program of the system, run for a test: what it says is read, and it is ended by its own handle."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

PATIENCE_SECONDS = 20
LONGEST_LINE_BYTES = 1 << 20


class Program:
    """`async with Program("bearerbox", "kannel.conf", folder=...) as program:`."""

    def __init__(
        self,
        *command: str,
        folder: Path,
        listener: Callable[[str], None] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.lines: list[str] = []
        self._command, self._folder, self._listener = command, folder, listener
        self._environment = environment
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=self._folder,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LONGEST_LINE_BYTES,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        await self._reading

    async def kill(self) -> None:
        """SIGKILL."""
        self._process.kill()
        await self._process.wait()

    async def ended(self) -> int:
        """Wait until it ends by itself; its exit code. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            code = await self._process.wait()
        await self._reading
        return code

    async def says(self, words: str, start: int = 0) -> int:
        """Wait for a line with these words; gives the number of the line after it. Raises TimeoutError."""

        def found() -> int:
            return next((n + 1 for n, line in enumerate(self.lines[start:], start) if words in line), 0)

        async with asyncio.timeout(PATIENCE_SECONDS), self._news:
            return await self._news.wait_for(found)

    async def _read(self) -> None:
        output = self._process.stdout
        while output and (line := await output.readline()):
            async with self._news:
                self.lines.append(line.decode(errors="replace").rstrip("\n"))
                self._news.notify_all()
            if self._listener:
                self._listener(self.lines[-1])


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody uses at this moment."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
