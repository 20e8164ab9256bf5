from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.simulator.telegram import BotApi
from bot.simulator.telegram_people import Person
from bot.telegram.face import TelegramLine
from tests.bot.telegram.judge import complaints, may_judge
from tests.bot.telegram.world import LINE, NIEVES, TOKEN, account, now, say, sign


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A simulated Telegram; whatever it was asked is judged in the end."""
    async with BotApi(now) as api:
        api.bot(TOKEN, "red_amancay_bot")
        yield api
    if may_judge():
        assert complaints(api.calls) == []


@pytest.fixture
async def line(api: BotApi) -> AsyncIterator[TelegramLine]:
    async with TelegramLine(LINE, account(api.url), sign=sign, say=say) as line:
        yield line


@pytest.fixture
async def nieves(api: BotApi) -> Person:
    """A member who has already opened the chat."""
    nieves = api.person(NIEVES, "Nieves")
    await nieves.start()
    return nieves
