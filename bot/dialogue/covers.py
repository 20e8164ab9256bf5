"""The word under which one woman speaks of another: it must swallow no word that means something (pure)."""

from __future__ import annotations

import re

from aid.errors import NotUnderstood
from aid.messages import Message
from aid.rules.receipts import read_code, read_hand_over_code
from bot.dialogue import words
from bot.dialogue.engine import Question
from bot.dialogue.given import betrays
from bot.dialogue.understand import Intent

COVER = re.compile(r"[^\W\d_]{4,16}(?: \w{1,3})?")
"""A word of four letters or more, and perhaps a number behind it: it stands in texts that must stay short."""
TAKEN = (
    *("command-code", "command-enrol", "command-telegram", "command-invite-one", "command-room"),
    *("command-point", "command-duty", "command-pending", "command-respond", "command-done", "command-pay"),
    *("command-gifts", "command-collect", "command-accounts", "command-arrived", "command-for"),
    *("words-going", "words-give-back", "words-pass", "words-complaint", "words-no-cover"),
)
"""Words that somebody types for herself."""


def cover(key: str, language: str) -> Question:
    """The cover word, as it will be typed before what she needs."""

    def read(text: str) -> str:
        told = " ".join(text.split())
        if not COVER.fullmatch(told) or _means_something(told, language) or betrays(told, ""):
            raise NotUnderstood("error-cover")
        return told

    return Question(Message(key, open=True), read)


def _means_something(told: str, language: str) -> bool:
    first = told.partition(" ")[0]
    if read_code(told) or read_hand_over_code(told):
        return True
    if words.urgent(told, language) or words.understand(first, language).intent is not Intent.UNKNOWN:
        return True
    return any(words.is_one_of(first, key, language) for key in TAKEN)
