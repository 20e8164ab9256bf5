"""A house, a telephone on the table, and the line between them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.simulator.gateways.android import AndroidGateway
from bot.sms.face import SmsLine
from bot.sms.providers.android import Android
from tests.bot.sms.house import Clock, House, open_house, settings_for


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[House]:
    async with open_house(clock) as opened:
        yield opened


@pytest.fixture
async def gateway(clock: Clock) -> AsyncIterator[AndroidGateway]:
    async with AndroidGateway(clock) as opened:
        yield opened


@pytest.fixture
async def line(house: House, gateway: AndroidGateway) -> SmsLine:
    """The line, prepared: the telephone knows where to call."""
    opened = house.move_in(Android(settings_for(gateway), house.place()))
    assert (await opened.provider.prepare()).verdict == "accepted"
    return opened
