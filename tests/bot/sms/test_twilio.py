"""Twilio: what we ask, what its codes mean, what it tells us."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from aid.messages import (
    ChannelName,
    Incoming,
    Media,
    Message,
    Outcome,
    Outgoing,
    Report,
    ReportState,
    Verdict,
)
from bot.simulator.gateways.faults import Fault
from bot.simulator.gateways.twilio import ACCOUNT, TwilioGateway
from bot.sms.face import SmsLine
from bot.sms.providers.contract import Kind
from bot.sms.providers.twilio import Twilio, TwilioSettings
from tests.bot.sms.house import LINE, MESSAGE, NIEVES, Clock, House

NOTICE = Outgoing(MESSAGE, LINE, NIEVES, "es", Message("notice", {"code": "K7P4"}))
WORDS = "Hay un aviso para ti. Responde K7P4"


@pytest.fixture
async def twilio(clock: Clock) -> AsyncIterator[TwilioGateway]:
    async with TwilioGateway(clock) as opened:
        yield opened


@pytest.fixture
async def rented(house: House, twilio: TwilioGateway) -> SmsLine:
    settings = TwilioSettings(
        url=twilio.url,
        account_sid=ACCOUNT,
        auth_token=SecretStr("rehearsal-auth-token"),
        sender="+51900000000",
    )
    twilio.inbound = house.place().url(Kind.IN)
    return house.move_in(Twilio(settings, house.place()))


async def test_a_notice_arrives_and_its_reports_carry_our_id(
    rented: SmsLine, twilio: TwilioGateway, house: House
) -> None:
    outcome = await rented.send(NOTICE)
    assert outcome.verdict is Verdict.ACCEPTED
    assert outcome.reference.startswith("SM")
    assert await twilio.phones[NIEVES].next() == WORDS
    await twilio.idle()
    assert house.keeper.heard(rented) == [
        Report(MESSAGE, ReportState.ACCEPTED),
        Report(MESSAGE, ReportState.DELIVERED),
    ]


async def test_reports_may_come_backwards_twice_and_before_the_acceptance(
    rented: SmsLine, twilio: TwilioGateway, house: House
) -> None:
    for fault in (Fault.BACKWARDS, Fault.REPORTS_FIRST, Fault.TWICE):
        twilio.faults.plan(fault)
    assert (await rented.send(NOTICE)).verdict is Verdict.ACCEPTED
    states = [heard.state for heard in house.keeper.heard(rented) if isinstance(heard, Report)]
    assert states == [ReportState.DELIVERED, ReportState.ACCEPTED]
    assert house.keeper.repeats == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.BROKEN, Outcome(Verdict.PERHAPS, reason="http-503")),
        (Fault.BROKEN_AFTER, Outcome(Verdict.PERHAPS, reason="http-503")),
        (Fault.CUT, Outcome(Verdict.PERHAPS, reason="cut")),
        (Fault.CUT_AFTER, Outcome(Verdict.PERHAPS, reason="cut")),
        (Fault.TOO_MANY, Outcome(Verdict.AGAIN, reason="http-429", pause_seconds=7)),
        (Fault.LOCKED, Outcome(Verdict.AGAIN, reason="http-401", pause_seconds=300)),
    ],
)
async def test_what_broke_after_the_words_had_left_is_not_tried_again(
    rented: SmsLine, twilio: TwilioGateway, fault: Fault, expected: Outcome
) -> None:
    twilio.faults.plan(fault)
    assert await rented.send(NOTICE) == expected
    assert len(twilio.calls) == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("21211", Outcome(Verdict.REFUSED, reason="twilio-21211", gone=True)),
        ("21614", Outcome(Verdict.REFUSED, reason="twilio-21614", gone=True)),
        ("21610", Outcome(Verdict.REFUSED, reason="twilio-21610", opted_out=True)),
        ("21606", Outcome(Verdict.AGAIN, reason="twilio-21606", pause_seconds=300)),
        ("21611", Outcome(Verdict.AGAIN, reason="twilio-21611", pause_seconds=300)),
        ("21408", Outcome(Verdict.REFUSED, reason="http-400")),
    ],
)
async def test_its_refusals_say_what_is_wrong(
    rented: SmsLine, twilio: TwilioGateway, code: str, expected: Outcome
) -> None:
    twilio.phones[NIEVES].failure = code
    assert await rented.send(NOTICE) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("30003", Report(MESSAGE, ReportState.FAILED, "twilio-30003")),
        ("30005", Report(MESSAGE, ReportState.FAILED, "twilio-30005", gone=True)),
        ("30006", Report(MESSAGE, ReportState.FAILED, "twilio-30006", gone=True)),
        ("30007", Report(MESSAGE, ReportState.FAILED, "twilio-30007")),
        ("unheard of", Report(MESSAGE, ReportState.FAILED)),
    ],
)
async def test_a_failed_report_says_whether_the_number_lives(
    rented: SmsLine, twilio: TwilioGateway, house: House, code: str, expected: Report
) -> None:
    twilio.phones[NIEVES].failure = code
    await rented.send(NOTICE)
    await twilio.idle()
    assert house.keeper.heard(rented) == [expected]


async def test_her_stop_to_twilio_itself_is_heard_and_told_when_we_write_again(
    rented: SmsLine, twilio: TwilioGateway, house: House
) -> None:
    await twilio.phones[NIEVES].write("STOP")
    [heard] = house.keeper.heard(rented)
    assert heard == Incoming(LINE, ChannelName.SMS, NIEVES, "STOP", house.clock.now)
    assert (await rented.send(NOTICE)).opted_out


async def test_what_she_writes_is_kept_once_though_told_twice(
    rented: SmsLine, twilio: TwilioGateway, house: House
) -> None:
    twilio.faults.plan(Fault.TWICE)
    await twilio.phones[NIEVES].write("¿hay víveres? ñandú & 100% =)")
    [raw] = house.keeper.rows.values()
    heard = rented.read(raw)
    assert isinstance(heard, Incoming)
    assert (heard.text, rented.sender(raw)) == ("¿hay víveres? ñandú & 100% =)", NIEVES)
    assert house.keeper.repeats == 1


@pytest.mark.parametrize(("media_type", "media"), [("image/jpeg", Media.PICTURE), ("audio/amr", Media.VOICE)])
async def test_media_are_noticed_and_never_fetched(
    rented: SmsLine, twilio: TwilioGateway, house: House, media_type: str, media: Media
) -> None:
    await twilio.picture(NIEVES, media_type)
    [heard] = house.keeper.heard(rented)
    assert heard == Incoming(LINE, ChannelName.SMS, NIEVES, "", house.clock.now, media=media)
    assert twilio.calls == []
