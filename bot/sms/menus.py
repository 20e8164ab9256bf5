"""A message as plain text: the question, then its answers by number. Pure; previews use it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from aid.messages import Message, Value
from aid.rules.segments import fold


class Say(Protocol):
    """Turns a key and its values into words (config.texts.say)."""

    def __call__(self, key: str, values: Mapping[str, Value], *, language: str = ..., sms: bool = ...) -> str:
        """Give the text of the key; with `sms`, its short form."""
        ...


def render(message: Message, say: Say, language: str) -> str:
    """What the telephone shows, in the GSM alphabet: "Que necesitas? 1 comida 2 plata"."""
    lines = [say(message.key, message.values, language=language, sms=True)]
    numbered = () if message.open else message.options
    labels = (say(option.label, option.values, language=language, sms=True) for option in numbered)
    choices = " ".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    return fold("\n".join([*lines, choices] if choices else lines))
