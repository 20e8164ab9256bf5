"""The program's side of the tests: doors on a real server, and a keeper that behaves like intake."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI
from pydantic import SecretStr

from aid.messages import Heard, Value
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.loopback import Loopback
from bot.sms.face import SmsLine
from bot.sms.providers.android import AndroidSettings
from bot.sms.providers.contract import Place, Provider
from bot.sms.webhook import doors

NOW = 1_790_000_000_000
"""Milliseconds; 21 September 2026."""
LINE, HOOK = "sms:amancay", "amancay"
NIEVES = "+51900000001"
MESSAGE = "0123456789abcdef0123456789abcdef"
TEXTS = {
    "what": "¿Qué necesitas?",
    "food": "comida",
    "cash": "plata",
    "plain": "{text}",
    "notice": "Hay un aviso para ti. Responde {code}",
}


@dataclass
class Clock:
    """Time as the test wants it."""

    now: int = NOW

    def __call__(self) -> int:
        return self.now


@dataclass
class Keeper:
    """Keeps each event of a line once, as intake does."""

    rows: dict[tuple[str, str], bytes] = field(default_factory=dict)
    repeats: int = 0
    broken: int = 0
    """How many more times it fails."""
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, line: str, provider_id: str, raw: bytes) -> None:
        if self.broken:
            self.broken -= 1
            raise OSError("the disk is full")
        async with self.news:
            self.repeats += (line, provider_id) in self.rows
            self.rows.setdefault((line, provider_id), raw)
            self.news.notify_all()

    async def wait_for(self, count: int, seconds: float = 20) -> None:
        """Until so many rows are kept."""
        async with asyncio.timeout(seconds), self.news:
            await self.news.wait_for(lambda: len(self.rows) >= count)

    def heard(self, line: SmsLine) -> list[Heard | None]:
        """The kept rows, read."""
        return [line.read(raw) for raw in self.rows.values()]


@dataclass
class House:
    """The program: its public address, and what it kept."""

    url: str
    keeper: Keeper
    lines: dict[str, SmsLine]
    clock: Clock

    def place(self) -> Place:
        """Where the line of these tests stands."""
        return Place(LINE, HOOK, self.url)

    def move_in(self, provider: Provider) -> SmsLine:
        """Open the line with this provider."""
        self.lines[HOOK] = SmsLine(LINE, provider, say)
        return self.lines[HOOK]


@asynccontextmanager
async def open_house(clock: Clock) -> AsyncIterator[House]:
    """The doors, standing on a free port."""
    lines: dict[str, SmsLine] = {}
    keeper = Keeper()
    app = FastAPI()
    app.include_router(doors(lines, keeper, clock))
    async with Loopback(app) as server:
        yield House(server.url, keeper, lines, clock)
        for line in lines.values():
            await line.close()


def say(key: str, values: Mapping[str, Value], *, language: str = "es", sms: bool = False) -> str:
    """The few texts these tests need."""
    return TEXTS[key].format(**values)


def settings_for(gateway: AndroidGateway, device: str = "") -> AndroidSettings:
    """The settings with which this telephone lets us in."""
    return AndroidSettings(
        url=gateway.url,
        username="sms",
        password=SecretStr("rehearsal"),
        signing_key=SecretStr("rehearsal-signing-key"),
        device=device,
    )
