"""The `ayni` command itself, in real time: run, killed with SIGKILL, run again, and asked for numbers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.app.clock import clock
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.telegram import BotApi
from tests.rigs.programs import Program, free_ports
from tests.stories.cast import SmsPhone, TelegramPhone, Woman, receipt
from tests.stories.theatre import BOT, PASSWORD, SIGNING_KEY, TOKEN
from tests.stories.theatre_judges import judged, unspoken
from tests.stories.theatre_steps import JOINING, ask_for_food, join

ROOT = Path(__file__).parents[2]


class Unhurried:
    """Real time passes by itself, and the story kills where it wants."""

    async def typed(self) -> None:
        pass

    async def sent(self) -> None:
        pass

    async def read(self) -> None:
        pass


class Command:
    """The `ayni` command in an empty folder, with nothing set but what is given."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.settings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}

    def __call__(self, *words: str) -> Program:
        command = (sys.executable, "-m", "bot", *words)
        return Program(*command, folder=self.folder, environment=self.settings)

    async def json(self, *words: str) -> object:
        """What a command prints."""
        async with self(*words) as program:
            assert await program.ended() == 0, program.lines
        return json.loads("\n".join(line for line in program.lines if not line.startswith("20")))


def settings(telegram: str, telephone: str, folder: Path) -> dict[str, str]:
    """Everything by the environment, as in a `.env`."""
    return {
        "AYNI_DATA_DIR": str(folder / "data"),
        "AYNI_HTTP_PORT": str(free_ports(1)[0]),
        "AYNI_TELEGRAM_TOKEN": TOKEN,
        "AYNI_TELEGRAM_API_URL": telegram,
        "AYNI_SMS_PROVIDER": "android",
        "AYNI_ANDROID_URL": telephone,
        "AYNI_ANDROID_USERNAME": "sms",
        "AYNI_ANDROID_PASSWORD": PASSWORD,
        "AYNI_ANDROID_SIGNING_KEY": SIGNING_KEY,
    }


async def test_the_command_is_killed_between_messages_and_goes_on(tmp_path: Path) -> None:
    async with BotApi(clock) as api, AndroidGateway(clock, password=PASSWORD, key=SIGNING_KEY) as telephone:
        api.bot(TOKEN, BOT)
        ayni = Command(tmp_path, settings(api.url, telephone.url, tmp_path))
        invited = await ayni.json("invite", "organiser", "--json")
        assert isinstance(invited, dict)
        assert invited["link"].endswith(f"{BOT}?start={invited['code']}")
        irma = Woman("Irma", TelegramPhone(api.person(900_000_006, "Irma")), Unhurried())
        nieves = Woman("Nieves", SmsPhone(telephone.phones["+51900000001"]), Unhurried())
        async with ayni("run") as program:
            await program.says("en marcha")
            await join(irma, invited["code"])
            await irma.write("INVITAR integrante")
            await nieves.open(receipt(await irma.hears("7 días")))
            await nieves.answers(*JOINING[:-1])
            await nieves.hears(JOINING[-1][0])
            await program.kill()
        said = program.lines
        async with ayni("run") as program:
            await program.says("en marcha")
            await nieves.write(JOINING[-1][1])
            await nieves.hears("Listo,")
            number = await ask_for_food(nieves)
            await program.kill()
        said += program.lines
        async with ayni("run") as program:
            await program.says("en marcha")
            await nieves.write("ESTADO")
            await nieves.hears(number)
        exported = json.dumps(await ayni.json("export", "requests", "--json"))
        assert number in exported
        unspoken("\n".join([*said, *program.lines, exported]), [irma, nieves], TOKEN, PASSWORD, SIGNING_KEY)
        judged(api, telephone)
