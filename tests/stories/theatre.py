"""The theatre: the real program between a simulated Telegram and a simulated telephone, on the story's clock.

    async with opened(database_url, tmp_path) as theatre:
        nieves = theatre.sms("Nieves", 1)
        await nieves.write("AYUDA")
        await nieves.hears("¿Qué necesitas?")
        await theatre.restart()                 # SIGKILL, and started again

In the end every call the program made is judged, and its log is searched for what people said.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from itertools import cycle
from pathlib import Path

from aid import consents, intake, invitations, keys, members, organisations, outbox, sending
from aid.db import Database
from aid.invitations import Made
from aid.members import Newcomer
from aid.messages import ChannelName
from aid.rules.aliases import Words
from bot.simulator.clock import TurnedClock
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.telegram import BotApi
from config.defaults import load
from config.lines import House, Line
from config.settings import Settings
from tests.rigs.programs import free_ports
from tests.stories.cast import PATIENCE_SECONDS, SmsPhone, TelegramPhone, Woman
from tests.stories.theatre_judges import judged, said_once, unspoken
from tests.stories.theatre_program import Program

START_MS = 1_779_980_400_000
"""10:00 in Lima on 28 May 2026."""
TYPING = timedelta(minutes=3)
"""How long a text takes on a cheap telephone. It also keeps a story within 25 SMS in half an hour."""
LEASE_OVER = (timedelta(seconds=61), timedelta(seconds=6))
"""A message that a killed program had in its hand is tried again after its lease and a pause."""
DAY_MS = 86_400_000
OLDER = 1960
DISTRICT = "lima-cercado"
SLUG, BOT = "amancay", "red_amancay_bot"
TOKEN = "700000001:theatre-token-that-no-log-shows"
PASSWORD = "theatre-password"
SIGNING_KEY = "theatre-signing-key"
MOMENT_SECONDS = 0.08
"""Within so long after a text almost all of its handling is over."""
IN_DOUBT = {"ready", "sending", "unknown"}
POLL_SECONDS = 0.01

Fate = Callable[[str], float | None]
"""Asked after each text that is "sent" or "read": None to live on, or in how many seconds to be killed."""


def unharmed(_what: str) -> float | None:
    """Nobody kills the program."""
    return None


def killed_between() -> Fate:
    """Killed after each text that somebody sends: before it is heard, while it is handled or answered."""
    moments = cycle((0.0, 0.015, 0.03))
    return lambda what: next(moments) if what == "sent" else None


def killed_by_chance(seed: int, odds: float = 0.3) -> Fate:
    """Killed now and then, at any moment of its work. The seed is printed with a failing test."""
    chance = random.Random(seed)  # noqa: S311 - dice that fall the same way for a seed
    print(f"killed by chance, seed {seed}")  # noqa: T201 - shown by pytest when the story fails
    return lambda _: chance.random() * MOMENT_SECONDS if chance.random() < odds else None


class Theatre:
    """One organisation, its program, and everybody's phones."""

    def __init__(
        self, program: Program, api: BotApi, gateway: AndroidGateway, clock: TurnedClock, db: Database
    ) -> None:
        self.program, self.api, self.gateway, self.clock, self.db = program, api, gateway, clock, db
        self.people: list[Woman] = []
        self.fate: Fate = unharmed
        self.channels = "mixed"

    def sms(self, name: str, last: int) -> Woman:
        """Somebody with a plain telephone, +51 900 000 0xx."""
        return self._enter(Woman(name, SmsPhone(self.gateway.phones[f"+51900000{last:03d}"]), self))

    def telegram(self, name: str, last: int) -> Woman:
        """Somebody with Telegram."""
        person = self.api.person(900_000_000 + last, name)
        person.know()
        return self._enter(Woman(name, TelegramPhone(person), self))

    def enter(self, *names: str) -> list[Woman]:
        """Everybody, with the phones that this play gives them: mixed, every other woman has Telegram."""
        return [self._dealt(name, last) for last, name in enumerate(names, 1)]

    def _dealt(self, name: str, last: int) -> Woman:
        plain = self.channels == "sms" or (self.channels == "mixed" and last % 2)
        return self.sms(name, last) if plain else self.telegram(name, last)

    def _enter(self, woman: Woman) -> Woman:
        self.people.append(woman)
        return woman

    async def restart(self) -> None:
        """SIGKILL, and started again; what was in its hand comes back."""
        self.program.kill()
        await self.program.start()
        for step in LEASE_OVER:
            if IN_DOUBT & await self._outbox_states():
                await self.later(step)
        await self.quiet()

    async def later(self, step: timedelta) -> None:
        """Turn the clock forward; every duty looks once."""
        self._forward(step)
        await self.program.beat()

    async def typed(self) -> None:
        """Typing takes time."""
        self._forward(TYPING)

    async def sent(self) -> None:
        """Perhaps the program dies of it."""
        await self._suffer("sent")

    async def read(self) -> None:
        """Perhaps the program dies after it."""
        await self._suffer("read")

    async def _suffer(self, what: str) -> None:
        moment = self.fate(what)
        if moment is not None:
            await asyncio.sleep(moment)
            await self.restart()

    async def quiet(self) -> None:
        """Until all that came in is handled and all that is due has left and been shown."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self._busy():  # noqa: ASYNC110 - the database of another process wakes nobody
                await asyncio.sleep(POLL_SECONDS)
        await self.gateway.idle()

    async def enrol(self, woman: Woman, *roles: str, born: int = 1985) -> None:
        """She is part of the network already; how one joins is another story."""
        channel, line = woman.phone.channel, f"{woman.phone.channel}:{SLUG}"
        async with self.db.transaction(self.clock() - DAY_MS) as tx:
            organisation = (await organisations.everyone(tx))[0].id
            person, _ = await members.meet(tx, channel, line, woman.phone.address, "es")
            alias = (await members.offer_aliases(tx, Words(**load("aliases"))))[0]
            facts = Newcomer(alias, DISTRICT, born, out_of_work=born < OLDER, dependants=2)
            for role in roles:
                await members.enrol(tx, organisation, person.id, role, facts, actor=person.id, behalf=None)
            await consents.give(
                tx, person.id, organisation, consents.JOINING, channel=channel, words="", evidence="theatre"
            )

    async def invite(self, role: str) -> Made:
        """As `ayni invite` does it."""
        async with self.db.transaction(self.clock()) as tx:
            organisation = (await organisations.everyone(tx))[0].id
            return await invitations.invite(tx, organisation, role, actor=None)

    def _forward(self, step: timedelta) -> None:
        self.clock.forward(int(step.total_seconds() * 1000))
        self.program.now.value = self.clock()

    async def _busy(self) -> bool:
        if any(bot.waiting for bot in self.api._bots.values()):
            return True
        async with self.db.reading(self.clock()) as tx:
            dues = [await sending.next_due(tx, f"{channel}:{SLUG}") for channel in ChannelName]
            if any(due is not None and due <= self.clock() for due in dues):
                return True
            if await intake.waiting(tx, 1):
                return True
        return "sending" in await self._outbox_states()

    async def _outbox_states(self) -> set[str]:
        async with self.db.reading(self.clock()) as tx:
            counts = await outbox.counts(tx, (await organisations.everyone(tx))[0].id)
        return {state for _, state in counts}


@asynccontextmanager
async def opened(
    url: str, folder: Path, *, channels: str = "mixed", fate: Fate = unharmed, lines: Sequence[Line] = ()
) -> AsyncIterator[Theatre]:
    """The program, playing. `channels`: "sms", "telegram", or "mixed", where Telegram comes by webhook.

    `lines` take the place of the simulated bot or telephone of the same kind.
    """
    clock = TurnedClock(lambda: START_MS)
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(BotApi(clock))
        api.bot(TOKEN, BOT)
        gateway = await stack.enter_async_context(AndroidGateway(clock, password=PASSWORD, key=SIGNING_KEY))
        settings = _settings(url, folder, webhook=channels == "mixed")
        keyring = keys.fresh()
        keys.save_new(keyring, settings.keys())
        house = House(SLUG, "Red Amancay", "America/Lima", "es", _lines(api.url, gateway.url, lines))
        program = Program(settings, [house], folder / "ayni.log")
        program.now.value = clock()
        await program.start()
        db = Database(settings.url(), keyring)
        stack.push_async_callback(db.close)
        theatre = Theatre(program, api, gateway, clock, db)
        theatre.channels, theatre.fate = channels, fate
        try:
            yield theatre
        except BaseException:
            program.kill()
            raise
        theatre.fate = unharmed
        await theatre.quiet()
        assert await program.end() == 0
        assert gateway.unheard == 0
        judged(api, gateway)
        said_once(api, gateway, doubt=program.starts > 1 or bool(api.faults.faults))
        unspoken(program.log.read_text(), theatre.people, TOKEN, PASSWORD, SIGNING_KEY)


def _settings(url: str, folder: Path, *, webhook: bool) -> Settings:
    [port] = free_ports(1)  # the telephone must know it before we serve, and it stays over a restart
    public = f"http://127.0.0.1:{port}" if webhook else ""
    return Settings(
        database_url=url, data_dir=folder, http_host="127.0.0.1", http_port=port, public_url=public
    )


def _lines(telegram: str, gateway: str, others: Sequence[Line]) -> tuple[Line, ...]:
    bot = Line(f"telegram:{SLUG}", "telegram", "telegram", {"token": TOKEN, "api_url": telegram})
    phone = {"url": gateway, "username": "sms", "password": PASSWORD, "signing_key": SIGNING_KEY}
    ours = {"telegram": bot, "sms": Line(f"sms:{SLUG}", "sms", "android", phone)}
    return tuple((ours | {line.kind: line for line in others}).values())
