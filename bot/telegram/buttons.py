"""Answers as buttons: the keyboard under a message, and the signed words that a press brings back.

A button carries `v1:<question>:<value>:<mac>` in at most 64 bytes. The mac binds question and value to one
line and one chat, so a press can be neither made up nor carried over from somebody else's chat. A value that
does not fit travels as `#3`: the third answer the question offered.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.account import Sign

VERSION = "v1"
MAX_BYTES = 64
MAC_LENGTH = 12  # characters: 48 bits as hex, and each guess costs a press
STALE = "stale"
FIELDS = 3  # version, question, and the rest

# The longest label decides how many buttons stand in a row on a narrow phone: (letters, buttons).
COLUMNS = ((3, 5), (8, 3), (16, 2))
MAX_BUTTONS = 100


@dataclass(frozen=True, slots=True)
class Press:
    """What a button said: the question it belonged to and the value, or `stale` and nothing."""

    question: str
    value: str


@dataclass(frozen=True, slots=True)
class ChatSeal:
    """Makes and reads the data of the buttons of one chat on one line."""

    line: str
    chat_id: int
    sign: Sign

    def data(self, question: str, value: str, number: int) -> str:
        """The data of the button that answers `question` with `value`, its `number`th answer.

        Raises ValueError for a question that a button cannot hold: with a colon, or too long.
        """
        if not value or value.startswith("#") or len(_joined(question, value, "")) > MAX_BYTES - MAC_LENGTH:
            value = f"#{number}"
        data = _joined(question, value, self._mac(question, value))
        if ":" in question or len(data) > MAX_BYTES:
            raise ValueError("this question cannot be put on a button")
        return data.decode()

    def press(self, data: str) -> Press:
        """What a press means, if the button was ours and of this chat; otherwise it is stale."""
        fields = data.split(":", FIELDS - 1)
        if len(fields) == FIELDS and fields[0] == VERSION:
            question, (value, _, mac) = fields[1], fields[2].rpartition(":")
            if hmac.compare_digest(_bytes(mac), _bytes(self._mac(question, value))):
                return Press(question, value)
        return Press(STALE, "")

    def _mac(self, question: str, value: str) -> str:
        text = f"telegram-button\n{self.line}\n{self.chat_id}\n{question}\n{value}"
        return self.sign(text)[:MAC_LENGTH]


def keyboard(
    seal: ChatSeal, question: str, answers: Sequence[tuple[str, str]]
) -> InlineKeyboardMarkup | None:
    """The buttons for (value, label) pairs; None when there is nothing to press."""
    if not answers:
        return None
    buttons = [
        InlineKeyboardButton(label, callback_data=seal.data(question, value, number))
        for number, (value, label) in enumerate(answers[:MAX_BUTTONS], start=1)
    ]
    width = columns([label for _, label in answers])
    return InlineKeyboardMarkup([buttons[i : i + width] for i in range(0, len(buttons), width)])


def columns(labels: Sequence[str]) -> int:
    """How many buttons fit side by side."""
    longest = max(map(len, labels))
    return next((count for letters, count in COLUMNS if longest <= letters), 1)


def _joined(question: str, value: str, mac: str) -> bytes:
    return _bytes(f"{VERSION}:{question}:{value}:{mac}")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # a changed app may send half an emoji
