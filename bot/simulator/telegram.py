"""The simulated Telegram: a real Bot API server on 127.0.0.1, with people on its other side.

    async with BotApi(now) as api:
        api.bot("123456:canary", "red_amancay_bot")
        nieves = api.person(900000001, "Nieves")
        ...                      # the program talks to api.url
        await nieves.write("hola")
        answer = await nieves.next()

It knows any number of bots, does wrong when told (`faults`), and keeps every call it received (`calls`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from bot.simulator.loopback import Loopback
from bot.simulator.telegram_calls import Call, Counter
from bot.simulator.telegram_changes import Changes
from bot.simulator.telegram_chats import Chat, Json, SimulatedBot
from bot.simulator.telegram_faults import Faults
from bot.simulator.telegram_limits import Limits
from bot.simulator.telegram_people import Person
from bot.simulator.telegram_webhook import deliver


class BotApi:
    """A Bot API server. `now` gives milliseconds UTC for the dates of messages; `limits` judges the speed."""

    def __init__(self, now: Callable[[], int], *, limits: Limits | None = None) -> None:
        """Take a free port; nothing is answered before `start`."""
        self.changes = Changes()
        self.faults = Faults()
        self._now = now
        self._closing = asyncio.Event()
        self._bots: dict[str, SimulatedBot] = {}
        self._people: dict[tuple[int, int], Person] = {}
        self._counter = Counter(self._bots, self.faults, self._closing, limits)
        self._server = Loopback(self._counter.application(self._cut))
        self._deliveries: list[asyncio.Task[None]] = []
        self._started = False

    @property
    def url(self) -> str:
        """The value for AYNI_TELEGRAM_API_URL."""
        return self._server.url

    @property
    def calls(self) -> list[Call]:
        """Every call received, in the order the answers were ready."""
        return self._counter.calls

    @property
    def limits(self) -> Limits | None:
        """The judge of speed, if there is one."""
        return self._counter.limits

    @property
    def people(self) -> list[Person]:
        """Everybody, in the order they came."""
        return list(self._people.values())

    def bot(self, token: str, username: str = "simulated_bot") -> SimulatedBot:
        """Make a token known: digits, a colon, and anything."""
        known = self._bots.get(token)
        if known is None:
            known = SimulatedBot(token, username, self._now, self.changes, self.faults)
            self._bots[token] = known
            if self._started:
                self._deliver(known)
        return known

    def person(self, user_id: int, first_name: str, *, token: str = "") -> Person:
        """A person and her chat with the bot of this token (empty: the first bot); the same one each time."""
        bot = self._known(token)
        key = (bot.bot_id, user_id)
        if key not in self._people:
            chat = bot.chats.setdefault(user_id, Chat(user_id, user_id, first_name))
            self._people[key] = Person(bot, chat)
        return self._people[key]

    def inject(self, update: Json, *, token: str = "") -> None:
        """Queue a ready-made update as it is, be it ever so odd."""
        self._known(token).queue(update)

    async def start(self) -> None:
        """Begin to answer."""
        await self._server.start()
        self._started = True
        for bot in self._bots.values():
            self._deliver(bot)

    async def stop(self) -> None:
        """End every long poll, then the server."""
        self._closing.set()
        self.changes.note()
        try:
            for delivery in self._deliveries:
                delivery.cancel()
                with suppress(asyncio.CancelledError):
                    await delivery
        finally:
            await self._server.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _known(self, token: str) -> SimulatedBot:
        for known, bot in self._bots.items():
            if token in ("", known):
                return bot
        raise LookupError("make the token known first, with bot()")

    def _deliver(self, bot: SimulatedBot) -> None:
        self._deliveries.append(asyncio.create_task(deliver(bot), name=f"webhook of bot {bot.bot_id}"))

    async def _cut(self, peer: tuple[str, int]) -> None:
        await self._server.cut(peer)
