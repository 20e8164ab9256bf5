"""The real Kannel, with fakesmsc as the operator: our words reach a telephone, hers reach our door."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from aid.messages import Incoming, Message, Option, Outcome, Outgoing, Report, ReportState, Verdict
from bot.sms.face import SmsLine
from bot.sms.providers.contract import Place
from bot.sms.providers.kannel import Kannel, KannelSettings
from tests.bot.sms.house import HOOK, LINE, MESSAGE, NIEVES, House
from tests.rigs import kannel as rig

ABSENT = rig.missing()
pytestmark = [
    pytest.mark.thirdparty,
    pytest.mark.skipif(
        bool(ABSENT) and os.environ.get("CI") != "true",
        reason=f"{ABSENT} is not installed (Debian: kannel, kannel-extras)",
    ),
]
TOKEN = "a-secret-word-in-the-path"


def line_through(house: House, send_url: str) -> SmsLine:
    settings = KannelSettings(
        url=send_url,
        username=rig.Kannel.username,
        password=SecretStr(rig.Kannel.password),
        token=SecretStr(TOKEN),
    )
    return house.move_in(Kannel(settings, house.place()))


def inbound_url(house: House) -> str:
    settings = KannelSettings(
        url="http://127.0.0.1:1", username="x", password=SecretStr("x"), token=SecretStr(TOKEN)
    )
    return Kannel(settings, Place(LINE, HOOK, house.url)).inbound_url


@pytest.fixture
async def kannel(house: House) -> AsyncIterator[rig.Kannel]:
    async with rig.Kannel(inbound_url(house)) as started:
        yield started


async def test_our_words_reach_a_telephone_and_both_receipts_reach_us(
    house: House, kannel: rig.Kannel
) -> None:
    line = line_through(house, kannel.send_url)
    question = Message("what", options=(Option("food", "food"), Option("cash", "cash")))
    outcome = await line.send(Outgoing(MESSAGE, LINE, NIEVES, "es", question))
    assert outcome == Outcome(Verdict.ACCEPTED)
    assert await kannel.received() == (NIEVES, "¿Qué necesitas?")
    assert await kannel.received() == (NIEVES, "1 comida 2 plata")
    await house.keeper.wait_for(2)
    states = {(heard.message, heard.state) for heard in house.keeper.heard(line) if isinstance(heard, Report)}
    assert states == {(MESSAGE, ReportState.ACCEPTED), (MESSAGE, ReportState.DELIVERED)}


async def test_her_words_reach_our_door_with_their_letters(house: House, kannel: rig.Kannel) -> None:
    line = line_through(house, kannel.send_url)
    for count, text in enumerate(("AYUDA", "nesecito víveres pa mi niño & + 100%", "AYUDA"), 1):
        await kannel.handset("51900000001", text)
        await house.keeper.wait_for(count)
        heard = house.keeper.heard(line)[-1]
        assert isinstance(heard, Incoming)
        assert (heard.address, heard.text) == (NIEVES, text)


async def test_letters_outside_the_gsm_alphabet_arrive_whole(house: House, kannel: rig.Kannel) -> None:
    line = line_through(house, kannel.send_url)
    await line.provider.send(MESSAGE, NIEVES, "reunión 🙏", urgent=True)
    assert await kannel.received() == (NIEVES, "reunión 🙏")


async def test_a_wrong_password_pauses_the_line(house: House, kannel: rig.Kannel) -> None:
    settings = KannelSettings(
        url=kannel.send_url, username="ayni", password=SecretStr("wrong"), token=SecretStr(TOKEN)
    )
    outcome = await house.move_in(Kannel(settings, house.place())).provider.send(
        MESSAGE, NIEVES, "Hola", urgent=False
    )
    assert outcome == Outcome(Verdict.AGAIN, reason="http-403", pause_seconds=300)


async def test_a_message_for_nobody_is_refused(house: House, kannel: rig.Kannel) -> None:
    line = line_through(house, kannel.send_url)
    assert (await line.provider.send(MESSAGE, "", "Hola", urgent=False)).verdict is Verdict.REFUSED
