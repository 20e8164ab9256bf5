"""What the first words of a giver say already, and how payments are told (pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from aid.errors import NotUnderstood
from aid.messages import Message
from aid.rules.discretion import Lists, faults
from aid.rules.money import read_soles
from aid.rules.segments import fits
from bot.dialogue import words
from bot.dialogue.engine import CENTIMOS, Question
from bot.dialogue.normal import normalise
from config.defaults import load
from config.texts import languages, say

MOST_WORDS = 60
"""Nobody says a sum later than that; a text of two thousand words must not hold up everybody."""
SPOKEN_SUM_WORDS = 5
"""The longest sum in words that people write: "ciento cincuenta y cinco soles"."""
OPERATION = re.compile(r"(?=(?:\D*\d){4})[0-9A-Za-z]{4,20}", re.ASCII)
"""Wallets give six to eight digits, banks up to twelve, some with letters."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was said. `amount`: a canonical sum, or "". `paid`: she says so, or tells an operation number."""

    amount: str = ""
    paid: bool = False
    operation: str = ""


def read(text: str, language: str) -> Given:
    """Sum, operation number and that it is paid, as far as a text says so ("yapee 50 soles op 123456")."""
    told = text.split()[:MOST_WORDS]
    number = ""
    for place, word in enumerate(told[:-1]):
        if words.is_one_of(word, "words-operation", language) and OPERATION.fullmatch(told[place + 1]):
            number = told[place + 1].upper()
            told = told[:place] + told[place + 2 :]
            break
    paid = bool(number) or any(words.is_one_of(word, "words-paid", language) for word in told)
    return Given(_sum(told, language), paid, number)


def _sum(told: list[str], language: str) -> str:
    """A sum that is called one ("50 soles", "S/ 50"), or a bare number at the end ("quiero donar 50")."""
    for end in range(len(told), 0, -1):
        for start in range(max(0, end - SPOKEN_SUM_WORDS), end):
            phrase = told[start:end]
            marked = phrase[0].casefold().startswith("s/") or words.is_one_of(
                phrase[-1], "words-money", language
            )
            bare = end == len(told) and start == end - 1 and phrase[0][0].isdecimal()
            if (marked or bare) and (found := _soles(" ".join(phrase))):
                return found
    return ""


def _soles(text: str) -> str:
    try:
        return f"{CENTIMOS}{read_soles(text)}"
    except NotUnderstood:
        return ""


def operation(key: str, message: Message | None = None) -> Question:
    """The operation number of a payment, kept in capitals without what stands around it."""

    def read_number(text: str) -> str:
        found = [word for word in re.split(r"\W+", text) if OPERATION.fullmatch(word)]
        if len(found) != 1:
            raise NotUnderstood("error-operation")
        return str(found[0]).upper()

    return Question(replace(message or Message(key), open=True), read_number)


def worded(question: Question, keys: Mapping[str, str], language: str) -> Question:
    """The same question, which also takes words of the locale (canonical answer: key of the words)."""

    def read_words(text: str) -> str:
        try:
            return question.read(text)
        except NotUnderstood:
            for answer, key in keys.items():
                if any(words.is_one_of(word, key, language) for word in normalise(text).split()):
                    return answer
            raise

    return replace(question, read=read_words)


def is_short_enough(key: str, text: str) -> bool:
    """Whether a text with these words in it is one SMS in every language."""
    return all(fits(say(key, {"text": text}, language=one, sms=True)) for one in languages())


def betrays(text: str, organisation: str) -> bool:
    """Whether words that go into an SMS hold a sum, the organisation, or what else no SMS says."""
    return bool(faults(text, Lists(_never(), ()).naming([organisation]), first=False))


@cache
def _never() -> tuple[str, ...]:
    return load("discretion")["never"]
