"""The fake telephones: what a page can show and what a test can break."""

from __future__ import annotations

import asyncio

import pytest

from aid.messages import Message, Outgoing
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.gateways.faults import Fault
from bot.sms.face import SmsLine
from tests.bot.sms.house import LINE, MESSAGE, NIEVES, NOW, House

TULA = "+51900000002"


async def test_a_page_that_waits_sees_what_is_written_and_what_arrives(
    line: SmsLine, gateway: AndroidGateway
) -> None:
    waiting = asyncio.create_task(gateway.phones.feed.after(0))
    await gateway.phones[NIEVES].write("AYUDA")
    [seen] = await waiting
    assert (seen.number, seen.text, seen.mine, seen.at) == (NIEVES, "AYUDA", True, NOW)
    await line.send(Outgoing(MESSAGE, LINE, TULA, "es", Message("what")))
    [answer] = await gateway.phones.feed.after(1)
    assert (answer.number, answer.mine) == (TULA, False)
    assert [phone.number for phone in gateway.phones] == [NIEVES, TULA]


async def test_a_lost_webhook_is_lost(line: SmsLine, gateway: AndroidGateway, house: House) -> None:
    gateway.faults.plan(Fault.LOST)
    await gateway.phones[NIEVES].write("AYUDA")
    assert house.keeper.rows == {}


async def test_what_the_program_cannot_keep_is_told_again_until_it_can(
    line: SmsLine, gateway: AndroidGateway, house: House
) -> None:
    house.keeper.broken = 2
    await gateway.phones[NIEVES].write("AYUDA")
    assert len(house.keeper.rows) == 1


async def test_a_telephone_nobody_writes_to_stays_silent(gateway: AndroidGateway) -> None:
    with pytest.raises(TimeoutError):
        await gateway.phones[NIEVES].next(seconds=0.01)
