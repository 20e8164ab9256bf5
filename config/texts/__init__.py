"""Every word a person reads. One folder per language, Fluent files per topic; no code to add a language.

A message may have an attribute `.sms`, its form in a text message, and `.opener`, its discreet first word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle, FluentResource, resolver

FOLDER = Path(__file__).parent
FALLBACK = "es"
LONGEST_VALUE = 16_384
"""Letters of one value. What a woman in danger writes may be as long as Telegram lets her."""

# Fluent stops at 2,500, against patterns of strangers that unfold without end; ours are our own.
resolver.MAX_PART_LENGTH = LONGEST_VALUE


class Say(Protocol):
    """What turns a key and its values into words: `say` below, or the few texts of a test."""

    def __call__(
        self, key: str, values: Mapping[str, str | int], *, language: str = ..., sms: bool = ...
    ) -> str:
        """Give the text of the key; with `sms`, its short form."""
        ...


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a folder."""
    return tuple(sorted(path.name for path in FOLDER.iterdir() if any(path.glob("*.ftl"))))


@cache
def bundle(language: str) -> FluentBundle:
    """All messages of a language, without isolating marks: invisible, they double the price of an SMS."""
    made = FluentBundle([language], use_isolating=False)
    for path in sorted((FOLDER / language).glob("*.ftl")):
        made.add_resource(FluentResource(path.read_text("utf-8")))
    return made


def say(key: str, values: Mapping[str, str | int], *, language: str = FALLBACK, sms: bool = False) -> str:
    """A text in a language, in the form of a channel. Raises KeyError for a missing key or value."""
    texts = bundle(language if language in languages() else FALLBACK)
    name, _, attribute = key.partition(".")
    message = texts.get_message(name)
    pattern = message.value
    if attribute:
        pattern = message.attributes[attribute]
    elif sms and "sms" in message.attributes:
        pattern = message.attributes["sms"]
    if pattern is None:
        raise KeyError(f"{key} has no text of its own")
    text, errors = texts.format_pattern(pattern, dict(values))
    if errors:
        raise KeyError(f"{key}: {errors[0]}")
    return str(text)
