"""A counter that grows with every change, and a way to wait for the next one: for pages and tests."""

from __future__ import annotations

import asyncio


class Changes:
    """Every change of a simulated world raises `version` by one and wakes all who wait."""

    def __init__(self) -> None:
        self.version = 0
        self._next = asyncio.Event()

    def note(self) -> None:
        """Something changed."""
        self.version += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, version: int, *, seconds: float) -> int:
        """Wait until there is more than `version`, at most so long; the version now."""
        try:
            async with asyncio.timeout(seconds):
                while self.version <= version:
                    await self._next.wait()
        except TimeoutError:
            pass
        return self.version
