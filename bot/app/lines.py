"""Opening the lines: every bot and SMS number as a channel out, a reader in, and a door for its webhooks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from aid import intake, organisations
from aid.db import Database, DatabaseAway
from aid.errors import Misconfigured
from aid.intake import Arrived
from aid.messages import Channel, ChannelName, Verdict
from bot.dialogue.listening import Reader
from bot.sms.face import SmsLine
from bot.sms.providers import PROVIDERS, open_provider
from bot.sms.providers.contract import Kind, Place
from bot.sms.webhook import doors
from bot.telegram import updates, webhook
from bot.telegram.account import OFFICIAL_API, Account
from bot.telegram.face import TelegramLine
from bot.telegram.poller import Poller, Row
from bot.web.health import Health
from bot.web.health import router as health_router
from bot.web.server import Router
from config.lines import House, Line
from config.settings import Settings
from config.texts import say
from jobs.limits import Pace

log = logging.getLogger(__name__)

HOOK_LETTERS = 24
NAME_SECONDS = 5.0
AWAY_SECONDS = 2.0
SILENT_MS = 120_000
"""A bot that fetched nothing for so long is not being heard."""
TELEGRAM_PACE = Pace(28, 1000)
"""Telegram's free tier is about 30 a second for a whole bot; two are left for what goes out directly."""
SMS_PACES = {"android": Pace(25, 30 * 60_000), "twilio": Pace(1, 1000), "kannel": Pace(20, 1000)}
"""Stock Android lets an app send 30 in 30 minutes; a long number of Twilio's sends one a second."""


@dataclass(slots=True)
class Lines:
    """All lines of the installation, open."""

    db: Database
    now: Callable[[], int]
    url: str
    is_public: bool
    organisation_of: dict[str, str] = field(default_factory=dict)
    telegram: dict[str, TelegramLine] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    sms: dict[str, SmsLine] = field(default_factory=dict)
    providers: dict[str, str] = field(default_factory=dict)
    polls: dict[str, Poller] = field(default_factory=dict)
    pace: Pace | None = None

    @property
    def channels(self) -> Mapping[str, Channel]:
        """Where messages leave."""
        return {**self.telegram, **self.sms}

    @property
    def readers(self) -> Mapping[str, Reader]:
        """How each line's raw messages are read."""
        telegram = {line: partial(self._read_update, line) for line in self.telegram}
        return {**telegram, **{line: face.read for line, face in self.sms.items()}}

    def paces(self) -> Mapping[str, Pace]:
        """How fast each line may send."""
        telegram = dict.fromkeys(self.telegram, TELEGRAM_PACE)
        if self.pace is not None:
            return dict.fromkeys(self.channels, self.pace)
        return telegram | {line: SMS_PACES[self.providers[line]] for line in self.sms}

    def routers(self, health: Health) -> Sequence[Router]:
        """The doors: one per line, and health."""
        hooks = {self.hook(line): line for line in self.telegram}
        sms = {self.hook(line): face for line, face in self.sms.items()}
        return (
            health_router(health),
            webhook.router(hooks, self._keep_updates, self.secret),
            doors(sms, self._keep_sms, self.now),
        )

    def pollers(self) -> list[tuple[str, Callable[[], Coroutine[Any, Any, None]]]]:
        """A long poll per bot that does not call us."""
        for line, account in self.accounts.items():
            if not self._calls_us(account):
                keep = partial(self._keep_updates, line)
                self.polls[line] = Poller(line, account, keep=keep, now=self.now)
        return [(f"poll {line}", partial(_patiently, poller)) for line, poller in self.polls.items()]

    def _calls_us(self, account: Account) -> bool:
        """Whether this bot's updates come by webhook: Telegram itself calls nothing but https."""
        secure = self.url.startswith("https://") or account.api_url != OFFICIAL_API
        return self.is_public and secure

    async def announce(self) -> None:
        """Tell each provider where to call us. What fails is logged and shown by doctor; the rest goes on."""
        sms = [self._prepare(line, face) for line, face in self.sms.items()]
        await asyncio.gather(*sms, *(self._introduce(line, bot) for line, bot in self.telegram.items()))

    async def _prepare(self, line: str, face: SmsLine) -> None:
        outcome = await face.provider.prepare()
        if outcome.verdict is not Verdict.ACCEPTED:
            log.warning("line %s could not be prepared: %s", line, outcome.reason)

    async def _introduce(self, line: str, bot: TelegramLine) -> None:
        """Set the bot's webhook, where it has one, and keep its user name for the links people ask for."""
        if self._calls_us(self.accounts[line]):
            url = f"{self.url.rstrip('/')}/telegram/{self.hook(line)}"
            outcome = await webhook.set_webhook(bot, url, self.secret(line))
            if outcome.verdict is not Verdict.ACCEPTED:
                log.warning("line %s has no webhook: %s", line, outcome.reason)
        if name := await bot.username():
            async with self.db.transaction(self.now()) as tx:
                await organisations.set_bot(tx, self.organisation_of[line], name)

    def heard(self) -> Mapping[str, bool]:
        """Whether each polled bot answered lately."""
        return {line: self.now() - poll.heartbeat < SILENT_MS for line, poll in self.polls.items()}

    def hook(self, line: str) -> str:
        """The word in the path of a line's webhooks: nobody can guess it."""
        return self.db.keyring.code("hook", line)[:HOOK_LETTERS]

    def door(self, line: str) -> str:
        """The address that an SMS line's provider calls when somebody writes."""
        return Place(line, self.hook(line), self.url).url(Kind.IN)

    def secret(self, line: str) -> str:
        """What Telegram shows us with every call."""
        return self.db.keyring.code("webhook-secret", line)

    def sign(self, text: str) -> str:
        """The code on a button."""
        return self.db.keyring.code("button", text)

    def _read_update(self, line: str, raw: bytes) -> Any:  # noqa: ANN401 - Heard or None
        try:
            return updates.read(raw, line, self.sign, received=self.now())
        except updates.UnreadableUpdate as fault:
            raise ValueError(str(fault)) from fault

    async def _keep_updates(self, line: str, rows: list[Row]) -> None:
        arrived = [
            Arrived(provider_id, ChannelName.TELEGRAM, updates.sender(raw), raw) for provider_id, raw in rows
        ]
        await self._keep(line, arrived)
        for _, raw in rows:
            if query := updates.callback_query(raw):
                await self.telegram[line].acknowledge(query)

    async def _keep_sms(self, line: str, provider_id: str, raw: bytes) -> None:
        sender = self.sms[line].sender(raw)
        await self._keep(line, [Arrived(provider_id, ChannelName.SMS, sender, raw)])

    async def _keep(self, line: str, arrived: Sequence[Arrived]) -> None:
        async with self.db.transaction(self.now()) as tx:
            await intake.keep(tx, self.organisation_of[line], line, arrived)


async def open_lines(
    stack: AsyncExitStack, db: Database, houses: Sequence[House], settings: Settings, now: Callable[[], int]
) -> Lines:
    """Open every line; closed with the stack. Raises Misconfigured for a provider's wrong setting."""
    here = f"http://{settings.http_host}:{settings.http_port}"
    opened = Lines(db, now, settings.public_url or here, is_public=bool(settings.public_url))
    async with db.reading(now()) as tx:
        known = {one.slug: one.id for one in await organisations.everyone(tx)}
    for house in houses:
        for line in house.lines:
            opened.organisation_of[line.id] = known[house.slug]
            if line.kind == "telegram":
                await _open_telegram(stack, opened, line)
            else:
                _open_sms(stack, opened, line)
    return opened


async def _open_telegram(stack: AsyncExitStack, opened: Lines, line: Line) -> None:
    account = Account(line.values["token"], line.values.get("api_url", OFFICIAL_API))
    face = TelegramLine(line.id, account, sign=opened.sign, say=say)
    opened.accounts[line.id] = account
    opened.telegram[line.id] = await stack.enter_async_context(face)


def _open_sms(stack: AsyncExitStack, opened: Lines, line: Line) -> None:
    place = Place(line.id, opened.hook(line.id), opened.url)
    _refuse_unknown(line)
    try:
        provider = open_provider(line.provider, line.values, place)
    except Misconfigured as fault:
        setting = str(fault.values.get("setting", ""))
        raise Misconfigured("error-line", line=line.id, setting=setting) from fault
    face = SmsLine(line.id, provider, say)
    opened.sms[line.id] = face
    opened.providers[line.id] = line.provider
    stack.push_async_callback(face.close)


def _refuse_unknown(line: Line) -> None:
    """A typo among a provider's settings must not leave one silently unset. Raises Misconfigured."""
    known = PROVIDERS[line.provider]
    for name in line.values:
        if name not in known.settings.model_fields:
            raise Misconfigured("error-setting", setting=f"{known.prefix}{name.upper()}")


async def _patiently(poller: Poller) -> None:
    """Fetch for ever. What could not be kept is not confirmed, so Telegram brings it again."""
    while True:
        try:
            await poller.poll()
        except DatabaseAway as fault:
            log.warning("line %s waits for the database: %s", poller.line, type(fault).__name__)
            await asyncio.sleep(AWAY_SECONDS)


async def name_of(line: Line) -> str:
    """The user name of a bot; "" when it does not answer soon."""
    account = Account(line.values["token"], line.values.get("api_url", OFFICIAL_API))
    async with TelegramLine(line.id, account, sign=str, say=say) as face:
        try:
            return await asyncio.wait_for(face.username(), NAME_SECONDS)
        except TimeoutError:
            return ""
