"""How fast each line may send: in memory for one process, shared in Redis for several."""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PAUSE_LIFE_SECONDS = 86_400
TAKE = """
if tonumber(ARGV[4]) < tonumber(redis.call('GET', KEYS[2]) or '0') then return 0 end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[4] - ARGV[3])
local granted = math.max(0, math.min(ARGV[1], ARGV[2] - redis.call('ZCARD', KEYS[1])))
for i = 1, granted do
  redis.call('ZADD', KEYS[1], ARGV[4], ARGV[4] .. ':' .. redis.call('INCR', KEYS[1] .. ':n'))
end
redis.call('PEXPIRE', KEYS[1], ARGV[3] * 2)
return granted
"""
"""One sliding window per line. Line names and counts only: nothing about a person is ever in Redis."""


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


async def opened(stack: AsyncExitStack, redis_url: str, paces: Mapping[str, Pace]) -> Limits:
    """Limits in memory for one process; shared in Redis where one is set. Closed with the stack."""
    if not redis_url:
        return MemoryLimits(paces)
    client = Redis.from_url(redis_url)
    stack.push_async_callback(client.aclose)
    return RedisLimits(client, MemoryLimits(paces), paces)


class RedisLimits:
    """The same window for all processes. While Redis is away each process keeps its own: messages go on."""

    def __init__(self, client: Redis, own: MemoryLimits, paces: Mapping[str, Pace]) -> None:
        self.paces = paces
        self._client = client
        self._own = own
        self._take = client.register_script(TAKE)

    async def take(self, line: str, wanted: int, now: int) -> int:
        """Take up to `wanted` permits of a line; how many were granted."""
        pace = self.paces[line]
        try:
            granted = await self._take(
                keys=[f"ayni:sent:{line}", f"ayni:pause:{line}"],
                args=[wanted, pace.most, pace.window_ms, now],
            )
        except RedisError as fault:
            log.warning("limits are kept in memory: %s", type(fault).__name__)
            return await self._own.take(line, wanted, now)
        return int(granted)

    async def give_back(self, line: str, unused: int) -> None:
        """Return permits that were not needed."""
        if unused <= 0:
            return
        try:
            await self._client.zpopmax(f"ayni:sent:{line}", unused)
        except RedisError:
            await self._own.give_back(line, unused)

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant."""
        await self._own.pause(line, until)
        with suppress(RedisError):
            await self._client.set(f"ayni:pause:{line}", until, ex=PAUSE_LIFE_SECONDS)
