"""A message as plain text: the question, then its answers by number. Pure; previews use it too."""

from __future__ import annotations

from aid.messages import Message
from aid.rules.segments import fold
from config.texts import Say


def render(message: Message, say: Say, language: str) -> str:
    """What the telephone shows, in the GSM alphabet: "Que necesitas? 1 comida 2 plata"."""
    lines = [say(message.key, message.values, language=language, sms=True)]
    numbered = () if message.open else message.options
    labels = (say(option.label, option.values, language=language, sms=True) for option in numbered)
    choices = " ".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    return fold("\n".join([*lines, choices] if choices else lines))
