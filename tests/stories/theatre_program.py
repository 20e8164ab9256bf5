"""The program in a process of its own, so that a story can end it as a power cut does: with SIGKILL.

It is forked from a process that has imported everything already: a new interpreter each time takes a second.
"""

from __future__ import annotations

import asyncio
import ctypes
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.app import App, running
from bot.dialogue.words import understand
from config import logs
from config.lines import House
from config.settings import Settings
from config.texts import say

PATIENCE_SECONDS = 30
BEAT, END, DONE = "beat", "end", "done"

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        __name__,
        "aiosqlite",
        "psycopg",
        "pydantic.v1",
        "pytest",
        "uvicorn.lifespan.off",
        "uvicorn.protocols.http.h11_impl",
    ]
)
if sys.platform == "darwin":  # libpq's look for Kerberos tickets is not allowed in a forked process there
    os.environ.setdefault("PGGSSENCMODE", "disable")

understand("hola", "es")  # the words of the language too are read once, before the first fork
say("plain", {"text": ""})


@dataclass(slots=True)
class Program:
    """One run of the program after the other, on one database. `now` is its clock, shared with the story."""

    settings: Settings
    houses: Sequence[House]
    log: Path
    now: Any = field(default_factory=lambda: CONTEXT.RawValue(ctypes.c_longlong))
    starts: int = 0
    _process: Any = None
    _line: Connection | None = None

    async def start(self) -> None:
        """Start it and wait until all its parts stand."""
        ours, theirs = CONTEXT.Pipe()
        arguments = (self.settings, self.houses, self.log, self.now, theirs)
        self._process = CONTEXT.Process(target=_play, args=arguments, daemon=True)
        self._process.start()
        theirs.close()
        self._line = ours
        self.starts += 1
        await self._answer()

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is finished."""
        self._process.kill()
        self._gone()

    async def beat(self) -> None:
        """Let every duty look once, and all loops too: the clock was turned."""
        self._tell(BEAT)
        await self._answer()

    async def end(self) -> int:
        """Stop it gently; its exit code."""
        self._tell(END)
        await self._answer()
        return self._gone()

    def _gone(self) -> int:
        self._process.join(PATIENCE_SECONDS)
        code = int(self._process.exitcode)
        self._process.close()
        if self._line is not None:
            self._line.close()
        return code

    def _tell(self, word: str) -> None:
        if self._line is not None:
            self._line.send(word)

    async def _answer(self) -> None:
        """Wait for its word. Raises RuntimeError with the end of its log when it died instead."""
        if self._line is None:
            raise RuntimeError("the program was not started")
        came = asyncio.Event()
        loop, door = asyncio.get_running_loop(), self._line.fileno()
        loop.add_reader(door, came.set)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await came.wait()
            self._line.recv()
        except (EOFError, ConnectionError) as gone:
            raise RuntimeError(f"the program died:\n{self.log.read_text()[-4000:]}") from gone
        finally:
            loop.remove_reader(door)


def _play(settings: Settings, houses: Sequence[House], log: Path, now: Any, line: Connection) -> None:  # noqa: ANN401 - a ctypes value
    """What runs in the other process."""
    kept = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(kept, 1)
    os.dup2(kept, 2)
    logs.configure("plain", "DEBUG")
    asyncio.run(_run(settings, houses, now, line))


async def _run(settings: Settings, houses: Sequence[House], now: Any, line: Connection) -> None:  # noqa: ANN401 - a ctypes value
    words: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().add_reader(line.fileno(), lambda: words.put_nowait(line.recv()))
    async with running(settings, houses, now=lambda: int(now.value)) as app:
        line.send(DONE)
        watch = asyncio.create_task(app.watch(), name="watch")
        watch.add_done_callback(lambda _: words.put_nowait(END))
        while await words.get() != END:
            await _beat(app, int(now.value))
            line.send(DONE)
        watch.cancel()
    line.send(DONE)


async def _beat(app: App, now: int) -> None:
    await app.beat_all()
    async with app.db.transaction(now) as tx:
        tx.wake("intake")
        tx.wake("outbox")
