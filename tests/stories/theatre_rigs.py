"""Phones behind programs that others wrote: Telegram through telegram-test-api, SMS through Kannel."""

from __future__ import annotations

import re

from aid.messages import ChannelName
from tests.rigs.kannel import Kannel
from tests.rigs.telegram import TelegramTestApi
from tests.stories.cast import bare


class RigPhone:
    """A Telegram chat in telegram-test-api."""

    channel = ChannelName.TELEGRAM

    def __init__(self, api: TelegramTestApi, user: int) -> None:
        self.address = str(user)
        self._api, self._user = api, user
        self._read = 0

    async def write(self, text: str) -> None:
        await self._api.write(self._user, text)

    async def press(self, label: str) -> None:
        for said in reversed(await self._api.messages(self._user)):
            if label in said.buttons:
                await self._api.press(self._user, said, label)
                return
        raise LookupError(label)

    async def next(self, seconds: float) -> str:
        said = await self._api.messages(self._user, count=self._read + 1, seconds=seconds)
        if len(said) <= self._read:
            raise TimeoutError
        self._read += 1
        return said[self._read - 1].text

    @property
    def unread(self) -> int:
        return 0


class KannelPhone:
    """The telephone behind Kannel's fakesmsc, which shows a text line by line."""

    channel = ChannelName.SMS

    def __init__(self, kannel: Kannel, number: str) -> None:
        self.address = number
        self._kannel = kannel
        self._lines: list[str] = []

    async def write(self, text: str) -> None:
        await self._kannel.handset(self.address.removeprefix("+"), text)

    async def press(self, label: str) -> None:
        for line in reversed(self._lines):
            if found := re.search(rf"(\d+) {re.escape(bare(label))}(?= \d+ |$)", bare(line)):
                await self.write(found[1])
                return
        raise LookupError(label)

    async def next(self, seconds: float) -> str:
        number, line = await self._kannel.received()
        assert number == self.address
        self._lines.append(line)
        return line

    @property
    def unread(self) -> int:
        return 0
