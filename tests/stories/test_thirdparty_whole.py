"""Stories through programs that others wrote, so that not only our own simulators understand us."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app.lines import HOOK_LETTERS
from bot.sms.providers.contract import Kind, Place
from config.lines import Line
from tests.rigs import kannel as kannels
from tests.rigs import telegram as telegrams
from tests.servers.fixtures import left_out
from tests.stories.cast import Woman, receipt
from tests.stories.theatre import SLUG, opened
from tests.stories.theatre_rigs import KannelPhone, RigPhone
from tests.stories.theatre_steps import ask_for_food, join

pytestmark = [pytest.mark.thirdparty, pytest.mark.parametrize("kind", ["sqlite"])]
WORD = "a-secret-word-in-the-path"


@pytest.mark.parametrize("channels", ["telegram", "mixed"], ids=["polling", "webhook"])
async def test_she_joins_by_the_link_asks_and_knows_in_a_bot_api_by_others(
    channels: str, empty_database_url: str, tmp_path: Path
) -> None:
    left_out(telegrams.missing())
    async with telegrams.TelegramTestApi() as api:
        bot = Line(f"telegram:{SLUG}", "telegram", "telegram", {"token": api.token, "api_url": api.url})
        async with opened(empty_database_url, tmp_path, channels=channels, lines=[bot]) as theatre:
            nieves = Woman("Nieves", RigPhone(api, 900_000_001), theatre)
            theatre.people.append(nieves)
            await join(nieves, (await theatre.invite("member")).payload)
            number = await ask_for_food(nieves)
            await theatre.restart()
            await nieves.write("ESTADO")
            await nieves.hears(number)
            await nieves.write("CANCELAR")
            await nieves.hears(number, "retiramos")


async def test_a_member_asks_by_sms_and_gets_her_receipt_through_the_real_kannel(
    empty_database_url: str, tmp_path: Path
) -> None:
    absent = kannels.missing()
    left_out(f"{absent} is not installed (Debian: kannel, kannel-extras)" if absent else "")
    kannel = kannels.Kannel("")
    login = {"username": kannel.username, "password": kannel.password, "token": WORD}
    line = Line(f"sms:{SLUG}", "sms", "kannel", {"url": kannel.send_url, **login})
    async with opened(empty_database_url, tmp_path, lines=[line]) as theatre:
        hook = theatre.db.keyring.code("hook", line.id)[:HOOK_LETTERS]
        door = Place(line.id, hook, theatre.program.settings.public_url).url(Kind.IN, WORD)
        kannel.inbound = f"{door}?from=%p&to=%P&text=%b&charset=%C&id=%I&ts=%T"
        async with kannel:
            nieves = Woman("Nieves", KannelPhone(kannel, "+51900000001"), theatre)
            theatre.people.append(nieves)
            await theatre.enrol(nieves, "member")
            await nieves.write("nesecito víveres")
            await nieves.answers(("¿Para cuántas", "4"), ("1 Hoy", "[Esta semana]"))
            number = receipt(await nieves.hears("Tu número es"))
            await nieves.write("ESTADO")
            await nieves.hears(number)
