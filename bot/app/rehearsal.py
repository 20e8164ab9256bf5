"""The rehearsal: the real program between simulated phones, with a throwaway database.

What the page shows are the real faces at work. Killed and started again, it finds everything in its rows.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aid import keys
from aid.messages import ChannelName
from bot import app as program
from bot.simulator import cast, server
from bot.simulator.clock import TurnedClock
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.stage import Stage
from bot.simulator.telegram import BotApi
from bot.web.server import Web
from config.lines import House, Line
from config.settings import Settings
from jobs.limits import Pace

SLUG = "amancay"
TOKEN = "700000001:rehearsal"  # noqa: S105 - a bot that exists only in the emulator
BOT = "avisos_barrio_bot"
LINES = {ChannelName.TELEGRAM: f"telegram:{SLUG}", ChannelName.SMS: f"sms:{SLUG}"}
LOOPBACK = "127.0.0.1"
UNHURRIED = Pace(100, 1000)
"""A real telephone may send 25 SMS in half an hour; who plays would think that the program is broken."""


@dataclass(slots=True)
class Theatre:
    """The running rehearsal: where its page is, its phones, and the program between them."""

    stage: Stage
    clock: TurnedClock
    settings: Settings
    house: House
    url: str = ""
    _running: AsyncExitStack | None = None
    app: program.App | None = None

    async def start(self) -> None:
        """Start the program."""
        self._running = AsyncExitStack()
        started = program.running(self.settings, [self.house], now=self.clock, pace=UNHURRIED)
        self.app = await self._running.enter_async_context(started)

    async def stop(self) -> None:
        """Stop the program; what was under way stays in its rows."""
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def restart(self) -> None:
        """Kill the program and start it again."""
        await self.stop()
        await self.start()
        self.stage.turned()

    async def turned(self) -> None:
        """The clock was turned: every beat looks once, at once."""
        if self.app is not None:
            await self.app.beat_all()
        self.stage.turned()


@asynccontextmanager
async def rehearsing(settings: Settings) -> AsyncIterator[Theatre]:
    """The rehearsal, playing, until the end of the block. Its database and its keys are thrown away."""
    clock = TurnedClock(program.clock)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ayni-rehearsal-")))
        api = await stack.enter_async_context(BotApi(clock))
        api.bot(TOKEN, BOT)
        gateway = await stack.enter_async_context(AndroidGateway(clock))
        theatre = Theatre(
            Stage(cast.CAST, api, gateway, clock), clock, _settings(folder), _house(api.url, gateway.url)
        )
        keys.save_new(keys.fresh(), theatre.settings.keys())
        await _open_curtain(theatre, api)
        await theatre.start()
        stack.push_async_callback(theatre.stop)
        page = server.router(theatre.stage, clock, theatre.turned, theatre.restart)
        web = await stack.enter_async_context(Web(LOOPBACK, settings.http_port, [page]))
        stack.callback(theatre.stage.close)
        theatre.url = f"{web.url}/rehearsal/"
        yield theatre


async def _open_curtain(theatre: Theatre, api: BotApi) -> None:
    """Everybody is there before the first word: enrolled, and known to the bot."""
    async with program.opened(theatre.settings, [theatre.house], theatre.clock) as db:
        code = await cast.gather(db, theatre.clock(), SLUG, LINES)
    for player in cast.CAST:
        if player.channel is ChannelName.TELEGRAM:
            api.person(int(player.address), player.name).know()
        if player.ward:
            theatre.stage.notes[player.id] = f"{player.ward} …"
        if not player.roles:
            theatre.stage.notes[player.id] = code


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, http_host=LOOPBACK, http_port=_free_port())


def _house(telegram: str, gateway: str) -> House:
    bot = Line(LINES[ChannelName.TELEGRAM], "telegram", "telegram", {"token": TOKEN, "api_url": telegram})
    phone = {
        "url": gateway,
        "username": "sms",
        "password": "rehearsal",
        "signing_key": "rehearsal-signing-key",
    }
    number = Line(LINES[ChannelName.SMS], "sms", "android", phone)
    return House(SLUG, "Red Amancay", "America/Lima", "es", (bot, number))


def _free_port() -> int:
    """The gateway must know our port before we serve, and keep it over a restart."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
