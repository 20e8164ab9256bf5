"""The people of the stories and their phones: each writes, presses and reads alike by SMS and by Telegram."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from aid.messages import ChannelName
from aid.rules.segments import fold
from bot.simulator.gateways.handsets import Handset
from bot.simulator.telegram_chats import Shown
from bot.simulator.telegram_people import Person

PATIENCE_SECONDS = 15.0
NOTICE = re.compile(r"Hay un (?:aviso para ti|pendiente \w+)\. Responde ([A-Z]\d[A-Z]\d)")
"""A discreet first word whose code brings the rest."""
OFFER = re.compile(r"(?:en tu zona\.|La tomas\?|Para tomarlo) [Rr]esponde ([A-Z]\d[A-Z]\d)")
ASK_CODE = re.compile(r"\b[A-Z][2-9][A-Z][2-9]\b")
RECEIPT = re.compile(r"\b[2-9BCDFGHJKMNPQRSTVWXYZ]{6}\b")
HAND_OVER = re.compile(r"(?<!\d)\d{3} ?\d{3}(?!\d)")


def bare(text: str) -> str:
    """A text as SMS letters in one line, so that one phrase fits what every channel shows."""
    return " ".join(fold(text).casefold().split())


class Phone(Protocol):
    """What she holds: a plain telephone, or a Telegram chat."""

    channel: ChannelName
    address: str

    async def write(self, text: str) -> None:
        """Type and send."""

    async def press(self, label: str) -> None:
        """Choose what is offered under this label. Raises LookupError when nothing is."""

    async def next(self, seconds: float) -> str:
        """The next text she has not read. Raises TimeoutError."""

    @property
    def unread(self) -> int:
        """How many wait to be read."""


class SmsPhone:
    """A plain telephone: what is offered has a number before it."""

    channel = ChannelName.SMS

    def __init__(self, handset: Handset) -> None:
        self.address = handset.number
        self._handset = handset
        self._read = 0

    async def write(self, text: str) -> None:
        await self._handset.write(text)

    async def press(self, label: str) -> None:
        offered = rf"(\d+) {re.escape(bare(label))}(?= \d+ |$)"
        for text in reversed(self._handset.texts):
            if found := re.search(offered, bare(text)):
                await self.write(found[1])
                return
        raise LookupError(label)

    async def next(self, seconds: float) -> str:
        text = await self._handset.next(seconds)
        self._read += 1
        return text

    @property
    def unread(self) -> int:
        return len(self._handset.texts) - self._read


class TelegramPhone:
    """A Telegram chat with the bot: what is offered is a button."""

    channel = ChannelName.TELEGRAM

    def __init__(self, person: Person) -> None:
        self.address = str(person.user_id)
        self.person = person
        self._read: list[Shown] = []

    async def write(self, text: str) -> None:
        await self.person.write(text)

    async def press(self, label: str) -> None:
        """Under what she has read: after a kill an older question may have come once more behind it."""
        for shown in reversed(self._read):
            if label in {button.label for row in shown.buttons for button in row}:
                await self.person.press(shown.message_id, label)
                return
        raise LookupError(label)

    async def next(self, seconds: float) -> str:
        self._read.append(await self.person.next(seconds=seconds))
        return self._read[-1].text

    @property
    def unread(self) -> int:
        return self.person.unread


class Stage(Protocol):
    """What happens around a phone: time passes, the program may be killed."""

    async def typed(self) -> None:
        """Somebody is about to send."""

    async def sent(self) -> None:
        """Somebody has sent."""

    async def read(self) -> None:
        """Somebody has read."""


class Woman:
    """Somebody of a story. `heard`: all she has read, in order; `said`: all she wrote."""

    def __init__(self, name: str, phone: Phone, stage: Stage) -> None:
        self.name = name
        self.phone = phone
        self.heard: list[str] = []
        self.said: list[str] = []
        self._stage = stage

    def __repr__(self) -> str:
        return f"{self.name} ({self.phone.channel})"

    async def write(self, *texts: str) -> None:
        """Write these, one after the other, without waiting for an answer."""
        for text in texts:
            await self._stage.typed()
            self.said.append(text)
            await self.phone.write(text)
            await self._stage.sent()

    async def open(self, payload: str) -> None:
        """Tap a deep link; who has a plain telephone types the code."""
        telegram = self.phone.channel is ChannelName.TELEGRAM
        await self.write(f"/start {payload}" if telegram else payload)

    async def press(self, label: str) -> None:
        """Choose an answer by its button, or by the number before it."""
        await self._stage.typed()
        self.said.append(f"[{label}]")
        await self.phone.press(label)
        await self._stage.sent()

    async def next(self, seconds: float = PATIENCE_SECONDS) -> str:
        """The next text; what hides behind a discreet first word is asked for. Raises TimeoutError."""
        text = await self._next(seconds)
        while self.phone.channel is ChannelName.SMS and (notice := NOTICE.search(text)):
            await self.write(notice[1])
            text = await self._next(seconds)
        await self._stage.read()
        return text

    async def hears(self, *words: str) -> str:
        """Read on until a text has all these words. Raises AssertionError when none comes."""
        return await self.reads(lambda text: all(bare(word) in bare(text) for word in words), str(words))

    async def reads(self, fits: Callable[[str], object], wanted: str) -> str:
        """Read on until a text fits. Raises AssertionError when none comes."""
        since = len(self.heard)
        while True:
            try:
                text = await self.next()
            except TimeoutError:
                new, before = self.heard[since:], self.heard[:since][-6:]
                told = [
                    f"{self} never heard {wanted}, only:",
                    *new,
                    "before:",
                    *before,
                    "she said:",
                    *self.said[-3:],
                ]
                raise AssertionError("\n  ".join(told)) from None
            if fits(text):
                return text

    async def hears_new_code(self, *dead: str) -> str:
        """Six digits that are none of these: after a kill an older text may come once more."""
        return hand_over_code(
            await self.reads(
                lambda text: (found := HAND_OVER.search(text)) and found[0] not in dead, "a new code"
            )
        )

    async def offered(self) -> str:
        """She is told of a request; the code by which she may take it."""
        return ask_code(await self.reads(OFFER.search, "an offer"))

    async def take(self, code: str) -> None:
        """She takes it: by its code, or by the button where she has one."""
        if self.phone.channel is ChannelName.SMS:
            await self.write(code)
        else:
            await self.press("La tomo")

    async def answers(self, *pairs: tuple[str, str]) -> None:
        """For each pair: hear the question, then write the answer, or press it if it stands in brackets."""
        for question, answer in pairs:
            await self.hears(question)
            if answer.startswith("["):
                await self.press(answer.strip("[]"))
            else:
                await self.write(answer)

    async def _next(self, seconds: float) -> str:
        text = await self.phone.next(seconds)
        self.heard.append(text)
        return text


def ask_code(text: str) -> str:
    """The code of an ask in a text: "K7P4"."""
    return _found(ASK_CODE, text)


def receipt(text: str) -> str:
    """The number of a request or a gift in a text: "K7P4XM"."""
    return _found(RECEIPT, text)


def hand_over_code(text: str) -> str:
    """The six digits in a text."""
    return _found(HAND_OVER, text)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = list(dict.fromkeys(pattern.findall(text)))
    if len(found) != 1:
        raise AssertionError(f"not one {pattern.pattern} but {found} in: {text}")
    return str(found[0])
