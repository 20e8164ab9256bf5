"""How fast each line may send: in memory for one process, shared in Redis for several."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `most` messages in any window of `window_ms` milliseconds."""

    most: int
    window_ms: int


class Limits(Protocol):
    """Who may send how much now. Two real things stand behind it: memory and Redis."""

    async def take(self, line: str, wanted: int, now: int) -> int:
        """Take up to `wanted` permits of a line; how many were granted."""
        ...

    async def give_back(self, line: str, unused: int) -> None:
        """Return permits that were not needed."""
        ...

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant."""
        ...


class MemoryLimits:
    """A sliding window per line: no window, wherever it begins, holds more than the pace allows."""

    def __init__(self, paces: Mapping[str, Pace]) -> None:
        self.paces = paces
        self._sent: dict[str, deque[int]] = defaultdict(deque)
        self._paused: dict[str, int] = {}

    async def take(self, line: str, wanted: int, now: int) -> int:
        """Take up to `wanted` permits of a line; how many were granted."""
        if now < self._paused.get(line, 0):
            return 0
        pace, sent = self.paces[line], self._sent[line]
        while sent and sent[0] <= now - pace.window_ms:
            sent.popleft()
        granted = max(0, min(wanted, pace.most - len(sent)))
        sent.extend([now] * granted)
        return granted

    async def give_back(self, line: str, unused: int) -> None:
        """Return permits that were not needed."""
        for _ in range(min(unused, len(self._sent[line]))):
            self._sent[line].pop()

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant."""
        self._paused[line] = max(until, self._paused.get(line, 0))
