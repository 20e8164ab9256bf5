"""Kannel: what we ask of it, what it answers, what it tells us."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from aid.messages import ChannelName, Incoming, Message, Outcome, Outgoing, Report, ReportState, Verdict
from bot.simulator.gateways.faults import Fault
from bot.simulator.gateways.kannel import KannelGateway
from bot.sms.face import SmsLine
from bot.sms.providers.contract import Call, Kind
from bot.sms.providers.kannel import Kannel, KannelSettings
from tests.bot.sms.house import LINE, MESSAGE, NIEVES, Clock, House

NOTICE = Outgoing(MESSAGE, LINE, NIEVES, "es", Message("notice", {"code": "K7P4"}))
TOKEN = "a-secret-word-in-the-path"


@pytest.fixture
async def kannel(clock: Clock) -> AsyncIterator[KannelGateway]:
    async with KannelGateway(clock) as opened:
        yield opened


@pytest.fixture
async def own(house: House, kannel: KannelGateway) -> SmsLine:
    settings = KannelSettings(
        url=kannel.send_url, username="ayni", password=SecretStr("rehearsal"), token=SecretStr(TOKEN)
    )
    provider = Kannel(settings, house.place())
    kannel.inbound = provider.inbound_url
    return house.move_in(provider)


async def test_a_notice_arrives_and_its_reports_carry_our_id(
    own: SmsLine, kannel: KannelGateway, house: House
) -> None:
    assert await own.send(NOTICE) == Outcome(Verdict.ACCEPTED)
    assert await kannel.phones[NIEVES].next() == "Hay un aviso para ti. Responde K7P4"
    await kannel.idle()
    assert house.keeper.heard(own) == [
        Report(MESSAGE, ReportState.ACCEPTED),
        Report(MESSAGE, ReportState.DELIVERED),
    ]
    asked = kannel.calls[0].query
    assert (asked["coding"], asked["charset"], asked["priority"]) == ("0", "UTF-8", "0")


async def test_a_text_outside_the_gsm_alphabet_says_so(own: SmsLine, kannel: KannelGateway) -> None:
    await own.provider.send(MESSAGE, NIEVES, "reunión 🙏", urgent=True)
    asked = kannel.calls[0].query
    assert (asked["coding"], asked["text"], asked["priority"]) == ("2", "reunión 🙏", "3")


async def test_queued_because_the_operator_is_away_is_accepted(
    own: SmsLine, kannel: KannelGateway, house: House
) -> None:
    kannel.away = True
    kannel.faults.plan(Fault.BACKWARDS)
    assert (await own.send(NOTICE)).verdict is Verdict.ACCEPTED
    await kannel.idle()
    states = [heard.state for heard in house.keeper.heard(own) if isinstance(heard, Report)]
    assert states == [ReportState.ACCEPTED, ReportState.DELIVERED, ReportState.ACCEPTED]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("NACK/11/Invalid Destination Address", ("nack-11", True)),
        ("NACK/0x0000000b/Invalid Destination Address", ("nack-11", True)),
        ("NACK/88/Throttling error", ("nack-88", False)),
        ("id:1 sub:001 dlvrd:000 stat:UNDELIV err:001 text:Hay un aviso", ("undeliv-001", False)),
        ("no words", ("kannel-2", False)),
    ],
)
async def test_a_failure_is_a_short_code_without_the_words(
    own: SmsLine, kannel: KannelGateway, house: House, answer: str, expected: tuple[str, bool]
) -> None:
    kannel.phones[NIEVES].failure = answer
    await own.send(NOTICE)
    await kannel.idle()
    reason, gone = expected
    assert house.keeper.heard(own) == [Report(MESSAGE, ReportState.FAILED, reason, gone=gone)]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.BROKEN, Outcome(Verdict.AGAIN, reason="kannel-temporary")),
        (Fault.CUT, Outcome(Verdict.PERHAPS, reason="cut")),
        (Fault.CUT_AFTER, Outcome(Verdict.PERHAPS, reason="cut")),
        (Fault.LOCKED, Outcome(Verdict.AGAIN, reason="http-401", pause_seconds=300)),
    ],
)
async def test_a_broken_line_never_makes_a_second_sms(
    own: SmsLine, kannel: KannelGateway, fault: Fault, expected: Outcome
) -> None:
    kannel.faults.plan(fault)
    assert await own.send(NOTICE) == expected
    await kannel.idle()
    assert len(kannel.calls) == 1  # aiohttp repeats a GET by itself where nobody stops it
    assert len(kannel.phones[NIEVES].texts) <= 1


async def test_a_slow_answer_is_nobody_knows(house: House, kannel: KannelGateway) -> None:
    settings = KannelSettings(
        url=kannel.send_url, username="ayni", password=SecretStr("rehearsal"), token=SecretStr(TOKEN)
    )
    line = house.move_in(Kannel(settings, house.place(), answer_seconds=0.2))
    kannel.faults.plan(Fault.SLOW)
    assert await line.send(NOTICE) == Outcome(Verdict.PERHAPS, reason="timeout")


async def test_what_she_writes_is_kept_once_though_told_twice(
    own: SmsLine, kannel: KannelGateway, house: House
) -> None:
    kannel.faults.plan(Fault.TWICE)
    await kannel.phones[NIEVES].write("víveres & ñandú + 100%")
    [raw] = house.keeper.rows.values()
    expected = Incoming(LINE, ChannelName.SMS, NIEVES, "víveres & ñandú + 100%", house.clock.now)
    assert own.read(raw) == expected
    assert (own.sender(raw), house.keeper.repeats) == (NIEVES, 1)


@pytest.mark.parametrize(
    ("charset", "octets"),
    [
        ("UTF-8", "víveres".encode()),
        ("UTF-16BE", "víveres".encode("utf-16-be")),
        ("WINDOWS-1252", "víveres".encode("cp1252")),
        ("", "víveres".encode()),
        ("klingon", "víveres".encode()),
        ("UTF-8", "víveres".encode("cp1252")),
    ],
)
async def test_words_are_read_in_the_character_set_named_or_the_likeliest(
    own: SmsLine, charset: str, octets: bytes
) -> None:
    query = f"from=51900000001&text={quote(octets)}&charset={charset}"
    heard = own.read(Call("GET", Kind.IN, at=1, query=query).pack())
    assert heard == Incoming(LINE, ChannelName.SMS, NIEVES, "víveres", 1)
