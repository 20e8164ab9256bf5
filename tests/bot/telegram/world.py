"""What every Telegram test speaks of: one line, one bot, a simulated Telegram, and what was kept."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping

from aid.messages import Message, Option, Outgoing, Value
from bot.simulator.telegram_changes import Changes
from bot.telegram.account import Account, Patience

LINE = "telegram:amancay"
TOKEN = "900100:canary-token"
NIEVES = 900000001
NOW = 1_800_000_000_000
QUICK = Patience(pool=0.5, connect=1.0, read=1.0)


def now() -> int:
    return NOW


def sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def say(key: str, values: Mapping[str, Value], *, language: str = "es", sms: bool = False) -> str:
    """Stands for config.texts.say: `plain` says its text, any other key says its own name and language."""
    return str(values["text"]) if key == "plain" else f"{key} ({language})"


def account(url: str, patience: Patience = QUICK) -> Account:
    return Account(TOKEN, url, pool_size=100, patience=patience)


def outgoing(
    text: str = "Hola",
    *answers: tuple[str, str],
    address: int | str = NIEVES,
    question: str = "c17",
    protect: bool = False,
) -> Outgoing:
    options = tuple(Option(value, "plain", {"text": label}) for value, label in answers)
    message = Message("plain", {"text": text}, options, question, protect)
    return Outgoing("0" * 32, LINE, str(address), "es", message)


class Kept:
    """The intake of these tests: a list, and a way to wait until so much is in it."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, bytes]] = []
        self._changes = Changes()

    async def __call__(self, rows: list[tuple[str, bytes]]) -> None:
        self.rows += rows
        self._changes.note()

    async def of_line(self, line: str, rows: list[tuple[str, bytes]]) -> None:
        assert line == LINE
        await self(rows)

    async def until(self, count: int, *, seconds: float = 5.0) -> list[tuple[str, bytes]]:
        async with asyncio.timeout(seconds):
            while len(self.rows) < count:
                await self._changes.after(self._changes.version, seconds=seconds)
        return self.rows
