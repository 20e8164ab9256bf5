"""How fast each line may send: in memory for one process, shared in Redis for several.

In Redis stand names of lines, instants and random marks: nothing about a person, and nothing that is missed.
"""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Awaitable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.0
"""A Redis that does not answer in this time counts as away."""
AWAY_MS = 2_000
"""So long nobody asks a Redis that was away."""
PAUSE_LIFE_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `most` messages in any window of `window_ms` milliseconds."""

    most: int
    window_ms: int


@dataclass(frozen=True, slots=True)
class Permits:
    """How many may be sent; `ready`: when the next may be (milliseconds UTC). `marks` name them in Redis."""

    granted: int
    ready: int
    marks: tuple[str, ...] = ()


class Limits(Protocol):
    """Who may send how much now. Two real things stand behind it: memory and Redis."""

    async def take(self, line: str, wanted: int, now: int) -> Permits:
        """Take up to `wanted` permits of a line."""
        ...

    async def give_back(self, line: str, permits: Permits, unused: int) -> None:
        """Return those of the permits that were not needed."""
        ...

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant (milliseconds UTC)."""
        ...


class MemoryLimits:
    """A sliding window per line: no window, wherever it begins, holds more than the pace allows."""

    def __init__(self, paces: Mapping[str, Pace]) -> None:
        self.paces = paces
        self._sent: dict[str, deque[int]] = defaultdict(deque)
        self._paused: dict[str, int] = {}

    async def take(self, line: str, wanted: int, now: int) -> Permits:
        """Take up to `wanted` permits of a line."""
        paused = self._paused.get(line, 0)
        if now < paused:
            return Permits(0, paused)
        pace, sent = self.paces[line], self._sent[line]
        _forget(sent, now, pace.window_ms)
        granted = max(0, min(wanted, pace.most - len(sent)))
        sent.extend([now] * granted)
        full = len(sent) >= pace.most
        return Permits(granted, sent[-pace.most] + pace.window_ms if full else now)

    async def give_back(self, line: str, permits: Permits, unused: int) -> None:
        """Return those of the permits that were not needed."""
        for _ in range(min(unused, permits.granted, len(self._sent[line]))):
            self._sent[line].pop()

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant (milliseconds UTC)."""
        self._paused[line] = max(until, self._paused.get(line, 0))

    def note(self, line: str, granted: int, now: int) -> None:
        """So many were granted elsewhere: the window knows of them, should it have to decide alone."""
        _forget(self._sent[line], now, self.paces[line].window_ms)
        self._sent[line].extend([now] * granted)


def _forget(sent: deque[int], now: int, window_ms: int) -> None:
    """Drop what has left the window. After the clock was set back, what seems to come was sent just now."""
    while sent and sent[0] <= now - window_ms:
        sent.popleft()
    ahead = 0
    while sent and sent[-1] > now:
        sent.pop()
        ahead += 1
    sent.extend([now] * ahead)


async def opened(stack: AsyncExitStack, redis_url: str, paces: Mapping[str, Pace]) -> Limits:
    """Limits in memory for one process; shared in Redis where one is set. Closed with the stack."""
    own = MemoryLimits(paces)
    if not redis_url:
        return own
    client = _client(redis_url)
    stack.push_async_callback(client.aclose)
    return RedisLimits(client, own)


async def answers(redis_url: str) -> bool:
    """Whether there is a Redis behind this address."""
    client = _client(redis_url)
    try:
        await client.get(_paused("doctor"))
    except (RedisError, OSError):
        return False
    finally:
        await client.aclose()
    return True


def _client(redis_url: str) -> Redis:
    return Redis.from_url(
        redis_url,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


TAKE = """
local sent, paused = KEYS[1], KEYS[2]
local most, window, now = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local till = tonumber(redis.call('GET', paused) or '0')
if now < till then return {0, till} end
redis.call('ZREMRANGEBYSCORE', sent, '-inf', now - window)
local held = redis.call('ZCARD', sent)
local granted = math.max(0, math.min(tonumber(ARGV[1]), most - held))
for i = 1, granted do redis.call('ZADD', sent, now, ARGV[5] .. ':' .. i) end
if granted > 0 then redis.call('PEXPIRE', sent, window * 2) end
held = held + granted
if held < most then return {granted, now} end
local first = redis.call('ZRANGE', sent, held - most, held - most, 'WITHSCORES')
return {granted, tonumber(first[2]) + window}
"""
"""One sliding window per line. It expires with its last permit: a clock set back blocks nobody for long."""

PAUSE = """
if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
end
"""


class RedisLimits:
    """The same window for all processes. While Redis is away each process keeps its own: messages go on."""

    def __init__(self, client: Redis, own: MemoryLimits) -> None:
        self._client = client
        self._own = own
        self._take = client.register_script(TAKE)
        self._pause = client.register_script(PAUSE)
        self._away_until = 0

    async def take(self, line: str, wanted: int, now: int) -> Permits:
        """Take up to `wanted` permits of a line."""
        if self._away_until - AWAY_MS <= now < self._away_until:
            return await self._own.take(line, wanted, now)
        try:
            permits = await self._ask(line, wanted, now)
        except RedisError as fault:
            self._note_away(fault, now)
            return await self._own.take(line, wanted, now)
        if self._away_until:
            log.warning("limits are shared again")
            self._away_until = 0
        self._own.note(line, permits.granted, now)
        return permits

    async def _ask(self, line: str, wanted: int, now: int) -> Permits:
        pace, token = self._own.paces[line], secrets.token_hex(8)
        granted, ready = await self._take(
            keys=[_sent(line), _paused(line)], args=[wanted, pace.most, pace.window_ms, now, token]
        )
        return Permits(int(granted), int(ready), tuple(f"{token}:{n}" for n in range(1, int(granted) + 1)))

    def _note_away(self, fault: RedisError, now: int) -> None:
        if not self._away_until:
            log.warning("limits are kept in memory: %s", type(fault).__name__)
        self._away_until = now + AWAY_MS

    async def give_back(self, line: str, permits: Permits, unused: int) -> None:
        """Return those of the permits that were not needed."""
        if unused <= 0:
            return
        await self._own.give_back(line, permits, unused)
        if permits.marks:
            await self._quietly(self._client.zrem(_sent(line), *permits.marks[-unused:]))

    async def pause(self, line: str, until: int) -> None:
        """The provider asked this line to wait until an instant (milliseconds UTC)."""
        await self._own.pause(line, until)
        await self._quietly(self._pause(keys=[_paused(line)], args=[until, PAUSE_LIFE_SECONDS]))

    async def _quietly(self, asked: Awaitable[object]) -> None:
        """What Redis misses while it is away it need not hear later."""
        try:
            await asked
        except RedisError as fault:
            log.debug("Redis was not told: %s", type(fault).__name__)


def _sent(line: str) -> str:
    return f"ayni:sent:{line}"


def _paused(line: str) -> str:
    return f"ayni:pause:{line}"
