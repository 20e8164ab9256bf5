"""Telephones of invented people: they write, they receive, they can be off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
    """One line on a telephone's screen. `mine`: she wrote it. `at` in milliseconds."""

    number: str
    text: str
    mine: bool
    at: int


class Feed:
    """Everything seen on all telephones, in order; a page waits here for what is new."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self.seen: list[Seen] = []
        self.clock = clock
        self._news = asyncio.Condition()

    async def add(self, number: str, text: str, *, mine: bool) -> None:
        """Show one more line."""
        async with self._news:
            self.seen.append(Seen(number, text, mine, self.clock()))
            self._news.notify_all()

    async def after(self, count: int) -> list[Seen]:
        """What came after the first `count`; waits until there is something."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.seen) > count)
            return self.seen[count:]


@dataclass(slots=True)
class Handset:
    """One telephone. `failure`: the reason with which every SMS to it fails."""

    number: str
    feed: Feed
    outbound: Callable[[Handset, str], Awaitable[None]]
    failure: str = ""
    texts: list[str] = field(default_factory=list)
    on: asyncio.Event = field(default_factory=asyncio.Event)
    _unread: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.on.set()

    async def write(self, text: str) -> None:
        """She sends an SMS to the network; returns when it was told to the program, or lost on the way."""
        await self.feed.add(self.number, text, mine=True)
        await self.outbound(self, text)

    async def show(self, text: str) -> None:
        """An SMS reaches her; one that comes while the telephone is off waits."""
        await self.on.wait()
        self.texts.append(text)
        self._unread.put_nowait(text)
        await self.feed.add(self.number, text, mine=False)

    async def next(self, seconds: float = 10.0) -> str:
        """The next SMS she has not read yet. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            return await self._unread.get()


class Handsets:
    """All telephones, by number; one that nobody used yet comes into being when called for."""

    def __init__(self, clock: Callable[[], int], outbound: Callable[[Handset, str], Awaitable[None]]) -> None:
        self.feed = Feed(clock)
        self._outbound = outbound
        self._all: dict[str, Handset] = {}

    def __getitem__(self, number: str) -> Handset:
        if number not in self._all:
            self._all[number] = Handset(number, self.feed, self._outbound)
        return self._all[number]

    def __iter__(self) -> Iterator[Handset]:
        return iter(self._all.values())
