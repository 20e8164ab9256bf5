"""The telephone on the table: what we ask of it, what it tells us, and what goes wrong."""

from __future__ import annotations

import json

import pytest

from aid.messages import (
    ChannelName,
    Incoming,
    Media,
    Message,
    Option,
    Outcome,
    Outgoing,
    Report,
    ReportState,
    Verdict,
)
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.gateways.faults import Fault
from bot.sms.face import SmsLine
from bot.sms.providers.android import Android
from bot.sms.providers.contract import Place
from tests.bot.sms.house import HOOK, LINE, MESSAGE, NIEVES, House, settings_for

QUESTION = Message("what", options=(Option("food", "food"), Option("cash", "cash")))


def outgoing(message: str = MESSAGE, *, urgent: bool = False) -> Outgoing:
    return Outgoing(message, LINE, NIEVES, "es", QUESTION, urgent=urgent)


async def test_a_question_reaches_her_telephone_with_numbered_answers(
    line: SmsLine, gateway: AndroidGateway
) -> None:
    assert await line.send(outgoing()) == Outcome(Verdict.ACCEPTED, reference=MESSAGE)
    assert await gateway.phones[NIEVES].next() == "¿Qué necesitas?\n1 comida 2 plata"


async def test_what_she_writes_is_kept_and_can_be_read_later(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    await gateway.phones[NIEVES].write("nesecito víveres 🙏")
    [raw] = house.keeper.rows.values()
    heard = line.read(raw)
    assert heard == Incoming(LINE, ChannelName.SMS, NIEVES, "nesecito víveres 🙏", house.clock.now)
    assert line.sender(raw) == NIEVES


async def test_a_picture_becomes_its_bare_news(line: SmsLine, gateway: AndroidGateway, house: House) -> None:
    await gateway.picture(NIEVES)
    [heard] = house.keeper.heard(line)
    assert heard == Incoming(LINE, ChannelName.SMS, NIEVES, "", house.clock.now, media=Media.PICTURE)


async def test_reports_say_how_far_it_has_come(line: SmsLine, gateway: AndroidGateway, house: House) -> None:
    await line.send(outgoing())
    await gateway.idle()
    assert house.keeper.heard(line) == [
        Report(MESSAGE, ReportState.ACCEPTED),
        Report(MESSAGE, ReportState.DELIVERED),
    ]
    assert [line.sender(raw) for raw in house.keeper.rows.values()] == ["", ""]


async def test_a_telephone_that_is_off_gets_it_later(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    phone = gateway.phones[NIEVES]
    phone.on.clear()
    await line.send(outgoing())
    await house.keeper.wait_for(1)
    assert phone.texts == []
    phone.on.set()
    await gateway.idle()
    assert len(phone.texts) == 1
    assert house.keeper.heard(line)[-1] == Report(MESSAGE, ReportState.DELIVERED)


async def test_a_failure_is_told_without_the_number(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    gateway.phones[NIEVES].failure = f"Send to {NIEVES}: RESULT_ERROR_NO_SERVICE"
    await line.send(outgoing())
    await gateway.idle()
    assert house.keeper.heard(line) == [Report(MESSAGE, ReportState.FAILED, reason="result_error_no_service")]


async def test_reports_may_come_backwards_and_before_the_acceptance(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    gateway.faults.plan(Fault.REPORTS_FIRST)
    gateway.faults.plan(Fault.BACKWARDS)
    assert (await line.send(outgoing())).verdict is Verdict.ACCEPTED
    states = [heard.state for heard in house.keeper.heard(line) if isinstance(heard, Report)]
    assert states == [ReportState.DELIVERED, ReportState.ACCEPTED]


@pytest.mark.parametrize(
    ("fault", "reason", "arrived"),
    [
        (Fault.BROKEN, "http-503", 0),
        (Fault.BROKEN_AFTER, "http-503", 1),
        (Fault.CUT, "cut", 0),
        (Fault.CUT_AFTER, "cut", 1),
        (Fault.TOO_MANY, "http-429", 0),
        (Fault.LOCKED, "http-401", 0),
    ],
)
async def test_whatever_breaks_it_is_tried_again_and_arrives_once(
    line: SmsLine, gateway: AndroidGateway, fault: Fault, reason: str, arrived: int
) -> None:
    gateway.faults.plan(fault)
    first = await line.send(outgoing())
    await gateway.idle()
    assert (first.verdict, first.reason) == (Verdict.AGAIN, reason)
    assert len(gateway.phones[NIEVES].texts) == arrived
    assert await line.send(outgoing()) == Outcome(Verdict.ACCEPTED, reference=MESSAGE)
    await gateway.idle()
    assert len(gateway.phones[NIEVES].texts) == 1


async def test_a_telephone_that_asks_for_a_pause_gets_it(line: SmsLine, gateway: AndroidGateway) -> None:
    gateway.faults.plan(Fault.TOO_MANY)
    assert (await line.send(outgoing())).pause_seconds == 7


async def test_a_telephone_that_does_not_answer_at_all_is_tried_again(
    line: SmsLine, gateway: AndroidGateway
) -> None:
    await gateway.__aexit__()
    assert await line.send(outgoing()) == Outcome(Verdict.AGAIN, reason="unreachable")
    assert (await line.provider.prepare()).verdict is Verdict.AGAIN


async def test_the_same_sms_told_twice_is_kept_once(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    gateway.faults.plan(Fault.TWICE)
    await gateway.phones[NIEVES].write("SI")
    assert (len(house.keeper.rows), house.keeper.repeats) == (1, 1)


async def test_the_same_word_written_twice_is_kept_twice(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    await gateway.phones[NIEVES].write("1")
    await gateway.phones[NIEVES].write("1")
    assert len(house.keeper.rows) == 2


async def test_an_operators_advertisement_is_nobodys_message(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    for sender in ("2000", "CLARO", "*123#"):
        await gateway.phones[sender].write("Recarga hoy y gana")
    assert house.keeper.heard(line) == [None, None, None]


async def test_urgent_messages_pass_before_the_limits_of_the_telephone(
    line: SmsLine, gateway: AndroidGateway
) -> None:
    await line.send(outgoing("a" * 32, urgent=True))
    await line.send(outgoing("b" * 32))
    urgent, calm = (json.loads(call.body) for call in gateway.calls if call.path == "/messages")
    assert urgent["priority"] == 100
    assert "priority" not in calm
    assert urgent["withDeliveryReport"] is True


async def test_a_new_public_address_takes_the_place_of_the_old_one(
    line: SmsLine, gateway: AndroidGateway
) -> None:
    moved = Android(settings_for(gateway), Place(LINE, HOOK, "https://new.example"))
    assert (await moved.prepare()).verdict is Verdict.ACCEPTED
    await moved.close()
    assert len(gateway.webhooks) == 5
    assert all(hook["url"].startswith("https://new.example/sms/") for hook in gateway.webhooks.values())


async def test_preparing_twice_registers_each_event_once_and_orders_the_queue(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    await line.provider.prepare()
    registered = {webhook["event"]: webhook["url"] for webhook in gateway.webhooks.values()}
    doors = {"in": f"{house.url}/sms/{HOOK}/in", "report": f"{house.url}/sms/{HOOK}/report"}
    assert len(gateway.webhooks) == 5
    assert registered == {
        "sms:received": doors["in"],
        "mms:received": doors["in"],
        "sms:sent": doors["report"],
        "sms:delivered": doors["report"],
        "sms:failed": doors["report"],
    }
    assert gateway.settings == {"messages": {"processing_order": "FIFO"}}
