"""Questions, and the replay of answers. Pure: a conversation is a generator that is run again from the top.

What is kept is the list of canonical answers, so she may begin by SMS and end in
Telegram, or after a restart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from aid.errors import NotUnderstood
from aid.messages import Message, Option
from aid.rules.money import read_soles
from bot.dialogue.normal import normalise

MOST_TEXT: Final = 600
"""Letters of a free answer that are kept; a story longer than this is told to a person."""
MOST_DIGITS: Final = 9
DIGITS: Final = re.compile(r"(?<![\d.,])\d+(?![\d.,]*\d)", re.ASCII)
PASS: Final = "pass"  # noqa: S105 - an answer, not a secret
"""The canonical answer of her who would rather not say. Offered as a button; by SMS the text says how."""
CENTIMOS: Final = "centimos:"
CANONICAL_SUM: Final = re.compile(rf"{CENTIMOS}[1-9]\d{{0,8}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """A question: what is said, what may be answered, and how an answer is read into its canonical form."""

    message: Message
    read: Callable[[str], str]
    optional: bool = False

    def takes(self, canonical: str) -> bool:
        """Whether this canonical answer is one of those offered."""
        return any(option.value == canonical for option in self.message.options)


Flow: TypeAlias = Generator[Question, str, Any]


@dataclass(frozen=True, slots=True)
class Asking:
    """The flow waits for an answer to this."""

    question: Question
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The flow has all it needs; `result` is what it returned."""

    result: Any
    answers: tuple[str, ...]


def replay(flow: Flow, answers: Sequence[str]) -> Asking | Finished:
    """Run a flow over kept answers. One that no longer fits is asked again, with all after it."""
    kept: list[str] = []
    try:
        question = next(flow)
        for answer in answers:
            try:
                canonical = question.read(answer)
            except NotUnderstood:
                break
            kept.append(canonical)
            question = flow.send(canonical)
    except StopIteration as end:
        return Finished(end.value, tuple(kept))
    return Asking(question, tuple(kept))


def choice(key: str, options: Sequence[Option], **values: str | int) -> Question:
    """One of a printed list: by its number, its button, its canonical word or its label."""
    by_value = {option.value: option.value for option in options}
    by_label = {normalise(str(text)): o.value for o in options if (text := o.values.get("text"))}

    def read(text: str) -> str:
        told = normalise(text)
        if told.isdecimal() and 1 <= int(told) <= len(options):
            return options[int(told) - 1].value
        found = by_value.get(text) or by_value.get(told) or by_label.get(told)
        if found is None:
            raise NotUnderstood("error-choice")
        return found

    return Question(Message(key, values, tuple(options)), read)


def yes_or_no(key: str, **values: str | int) -> Question:
    """Yes or no."""
    return choice(key, (Option("yes", "option-yes"), Option("no", "option-no")), **values)


def number(key: str, *, least: int, most: int, optional: bool = False, **values: str | int) -> Question:
    """A whole number between two bounds; when `optional`, she may pass."""

    def read(text: str) -> str:
        digits = DIGITS.findall(text)
        if len(digits) != 1 or len(digits[0]) > MOST_DIGITS or not least <= int(digits[0]) <= most:
            raise NotUnderstood("error-number", least=least, most=most)
        return str(int(digits[0]))

    return _open(key, values, read, optional=optional)


def amount(key: str, **values: str | int) -> Question:
    """A sum in soles, kept in centimos."""

    def read(text: str) -> str:
        if CANONICAL_SUM.fullmatch(text):
            return text
        return f"{CENTIMOS}{read_soles(text)}"

    return _open(key, values, read, optional=False)


def free_text(key: str, *, optional: bool = False, **values: str | int) -> Question:
    """Her own words."""

    def read(text: str) -> str:
        told = " ".join(text.split())[:MOST_TEXT]
        if not told:
            raise NotUnderstood("error-words")
        return told

    return _open(key, values, read, optional=optional)


def _open(
    key: str, values: Mapping[str, str | int], read: Callable[[str], str], *, optional: bool
) -> Question:
    options = (Option(PASS, "option-pass"),) if optional else ()

    def read_or_pass(text: str) -> str:
        return PASS if optional and text == PASS else read(text)

    return Question(Message(key, values, options, open=True), read_or_pass, optional=optional)
