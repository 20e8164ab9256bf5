"""A small world for tests: the real program on a real database, a clock that tests move, lines that record.

The recording lines stand where bots and telephones stand; everything behind them is the program itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from json import dumps, loads

import pytest
from sqlalchemy import create_engine

from aid import intake, invitations, keys, organisations
from aid.db import Database, Tx
from aid.intake import Arrived
from aid.messages import ChannelName, Heard, Incoming, Media, Outcome, Outgoing, Verdict
from aid.store import addresses
from aid.store.columns import metadata
from bot.dialogue.listening import Listener
from bot.sms.menus import render
from config.defaults import load
from config.texts import say
from jobs.limits import MemoryLimits, Pace
from jobs.worker import Worker

TEN_IN_THE_MORNING = 1_780_000_000_000 - 1_780_000_000_000 % 86_400_000 + 15 * 3_600_000
"""10:00 in Lima on a day of 2026, milliseconds UTC."""
SMS, TELEGRAM = "sms:amancay", "telegram:amancay"


class Recorder:
    """A line that delivers at once and remembers what it was given."""

    def __init__(self) -> None:
        self.sent: dict[str, list[Outgoing]] = defaultdict(list)
        self.outcomes: list[Outcome] = []

    async def send(self, outgoing: Outgoing) -> Outcome:
        if self.outcomes:
            return self.outcomes.pop(0)
        self.sent[outgoing.address].append(outgoing)
        return Outcome(Verdict.ACCEPTED, reference="r")


def read(raw: bytes) -> Heard:
    """The raw form of these tests: the fields of an Incoming as JSON."""
    kept = loads(raw)
    kept["channel"] = ChannelName(kept["channel"])
    kept["media"] = Media(kept["media"]) if kept["media"] else None
    return Incoming(**kept)


class World:
    """The program, its clock, and everybody's phones."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now = TEN_IN_THE_MORNING
        self.lines = {SMS: Recorder(), TELEGRAM: Recorder()}
        self.listener = Listener(db, self.clock, {SMS: read, TELEGRAM: read})
        self.worker = Worker(
            db, self.clock, self.lines, MemoryLimits(dict.fromkeys(self.lines, Pace(1000, 1000)))
        )
        self.organisation = ""
        self._ids = count(1)
        self._seen: dict[str, int] = defaultdict(int)

    def clock(self) -> int:
        return self.now

    async def found(self) -> None:
        """Bring the organisation into being."""
        async with self.db.transaction(self.now) as tx:
            made = await organisations.found(
                tx,
                "amancay",
                name="Red Amancay",
                zone="America/Lima",
                language="es",
                defaults={
                    "categories": load("categories"),
                    "zones": load("zones"),
                    "priorities": load("priorities"),
                },
            )
        self.organisation = made.id

    async def settle(self) -> None:
        """Let everything that waits happen."""
        while await self.listener.drain() + await self.worker.drain():
            pass

    async def write(
        self, phone: Phone, text: str, *, pressed: str = "", media: Media | None = None
    ) -> list[str]:
        """Somebody writes; what her phone shows in answer."""
        self.now += 1000
        line = SMS if phone.channel is ChannelName.SMS else TELEGRAM
        raw = dumps(
            {
                "line": line,
                "channel": phone.channel,
                "address": phone.address,
                "text": text,
                "sent": self.now,
                "pressed": pressed,
                "media": media,
            }
        ).encode()
        async with self.db.transaction(self.now) as tx:
            arrived = Arrived(str(next(self._ids)), phone.channel, phone.address, raw)
            await intake.keep(tx, self.organisation, line, [arrived])
        await self.settle()
        return self.new(phone)

    def new(self, phone: Phone) -> list[str]:
        """What her phone has shown since the last look."""
        sent = self.lines[SMS if phone.channel is ChannelName.SMS else TELEGRAM].sent[phone.address]
        fresh = sent[self._seen[phone.address] :]
        self._seen[phone.address] = len(sent)
        phone.shown.extend(fresh)
        return [phone.show(one) for one in fresh]

    async def invite(self, role: str) -> str:
        """A code for a role."""
        async with self.db.transaction(self.now) as tx:
            return (await invitations.invite(tx, self.organisation, role, actor=None)).code

    async def owner(self, tx: Tx, phone: Phone) -> str:
        """The person of a phone."""
        found = await addresses.by_address(tx, phone.channel, phone.address)
        assert found is not None
        return found.person

    @asynccontextmanager
    async def tx(self) -> AsyncIterator[Tx]:
        async with self.db.transaction(self.now) as tx:
            yield tx


class Phone:
    """Somebody's phone: plain SMS, or Telegram."""

    def __init__(self, world: World, channel: ChannelName, address: str) -> None:
        self.world = world
        self.channel = channel
        self.address = address
        self.shown: list[Outgoing] = []

    async def write(self, text: str) -> list[str]:
        """Type something; what comes back."""
        return await self.world.write(self, text)

    async def answer(self, *texts: str) -> list[str]:
        """Type several things, one after the other; what came back for the last."""
        shown: list[str] = []
        for text in texts:
            shown = await self.write(text)
        return shown

    async def press(self, value: str) -> list[str]:
        """Press a button of the newest message that has it."""
        for outgoing in reversed(self.shown):
            if any(option.value == value for option in outgoing.message.options):
                return await self.world.write(self, value, pressed=outgoing.message.question)
        raise AssertionError(f"no button {value}")

    async def send(self, media: Media) -> list[str]:
        """Send a picture or a voice note."""
        return await self.world.write(self, "", media=media)

    def show(self, outgoing: Outgoing) -> str:
        """The text as this phone shows it."""
        if self.channel is ChannelName.SMS:
            return render(outgoing.message, say, outgoing.language)
        return say(outgoing.message.key, outgoing.message.values, language=outgoing.language)

    async def join(self, role: str = "member", *, year: str = "1958", district: str = "1") -> None:
        """Join by the shortest way through all questions."""
        code = await self.world.invite(role)
        await self.answer(code, "si", "si", "1", "1", district, year, "si", "2")


def sms(world: World, last: int) -> Phone:
    """A plain phone, +51 900 000 0xx."""
    return Phone(world, ChannelName.SMS, f"+51900000{last:03d}")


def telegram(world: World, last: int) -> Phone:
    """A Telegram account."""
    return Phone(world, ChannelName.TELEGRAM, str(900_000_000 + last))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[World]:
    """A world on a database, with its tables."""
    db = Database(url, keys.fresh())
    world = World(db)
    await world.found()
    try:
        yield world
    finally:
        await db.close()


@pytest.fixture(scope="session")
def lay_schema() -> Callable[[str], None]:
    """The real schema, for the templates that tests copy."""

    def lay(url: str) -> None:
        engine = create_engine(url.replace("+aiosqlite", ""))
        metadata.create_all(engine)
        engine.dispose()

    return lay


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with opened(database_url) as made:
        yield made
