"""The `ayni` command as somebody types it: a real process in a folder of its own, with nothing left over."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 40
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
KANNEL = {
    "AYNI_SMS_PROVIDER": "kannel",
    "AYNI_KANNEL_URL": "http://127.0.0.1:1/cgi-bin/sendsms",
    "AYNI_KANNEL_USERNAME": "ayni",
    "AYNI_KANNEL_PASSWORD": "kannel-s3cret",
    "AYNI_KANNEL_TOKEN": "kannel-token-s3cret",
    "AYNI_KANNEL_SENDER": "51900000099",
}
"""A line that needs nobody at its other end."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Running:
    """An `ayni run` that is ready. `took`: the seconds until it said so."""

    process: asyncio.subprocess.Process
    url: str
    took: float
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)

    async def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end: its exit code, and the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        code = await asyncio.wait_for(self.process.wait(), PATIENCE_SECONDS)
        return code, time.monotonic() - began

    async def ended(self, seconds: float) -> int:
        """The exit code of its own end."""
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def get(self, path: str) -> tuple[int, str]:
        """Ask its door."""
        async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
            return answer.status, await answer.text()


class Ayni:
    """The command in one folder, with these settings."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.settings = {"AYNI_HTTP_PORT": "0", **settings}

    async def __call__(self, *words: str, **settings: str) -> Said:
        process = await self._start(*words, **settings)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
        return Said(process.returncode or 0, out.decode(), err.decode())

    @asynccontextmanager
    async def running(self, *words: str, **settings: str) -> AsyncIterator[Running]:
        """`ayni run`, ready; killed at the end of the block if it still runs."""
        began = time.monotonic()
        process = await self._start("run", *words, **settings)
        running = Running(process, "", 0.0)
        reading = [
            asyncio.create_task(_read(stream, kept))
            for stream, kept in ((process.stdout, running.out), (process.stderr, running.err))
        ]
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not running.out:
                    assert process.returncode is None, "".join(running.err)
                    await asyncio.sleep(0.01)
            running.took = time.monotonic() - began
            found = re.search(r"https?://\S+", running.out[0])
            running.url = found[0] if found else ""
            yield running
        finally:
            if process.returncode is None:
                process.kill()
            await asyncio.gather(*reading)
            await process.wait()

    async def _start(self, *words: str, **settings: str) -> asyncio.subprocess.Process:
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *words,
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(ROOT), **self.settings, **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )


async def _read(stream: asyncio.StreamReader | None, kept: list[str]) -> None:
    assert stream is not None
    while line := await stream.readline():
        kept.append(line.decode())
