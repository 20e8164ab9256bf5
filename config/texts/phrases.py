"""What people type, by intent, from `config/texts/<language>/phrases.toml`: a third language is one folder.

How a phrase is written in the file (lists are text, one phrase per line or several between commas):

    word            that word, however it is spelled
    a|b             either
    {group}         any word of the group of that name in [words]; {#} is any number
    x?              may be missing
    .. and ...      up to four, up to ten other words
    ^ and $         the message begins, or ends, here
    stem~ar         (in [words] only) the stem with every ending of [endings] named "ar"
    *ndo            (in [words] only) every word that ends so
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

_GROUP = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The phrases of one topic. `alone` counts only as the whole message; `unless` takes a hit back.

    `weak` names a category only if nothing firmer does; `begins` counts at the start of a short text that
    nothing else explains.
    """

    alone: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """All its lists by name, for those who look at every phrase."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """One language's phrases as the file has them. Compared by identity, so that it can be compiled once."""

    language: str
    sounds: tuple[tuple[str, str], ...]
    signs: Mapping[str, str]
    abbreviations: Mapping[str, str]
    numbers: Mapping[str, int]
    groups: Mapping[str, frozenset[str]]
    common: frozenset[str]
    glue: frozenset[str]
    fillers: tuple[str, ...]
    polite: frozenset[str]
    choosing: frozenset[str]
    topics: Mapping[str, Pattern]


@cache
def load(language: str = "es") -> Phrases:
    """The phrases of a language.

    Raises OSError when the language has none, ValueError when a phrase names a group that is not there.
    """
    raw = tomllib.loads((Path(__file__).parent / language / "phrases.toml").read_text(encoding="utf-8"))
    endings = {name: text.split() for name, text in raw["endings"].items()}
    groups = {name: frozenset(_forms(text, endings)) for name, text in raw["words"].items()}
    topics = dict(_topics(raw["topics"]))
    _check(topics, groups, language)
    return Phrases(
        language=language,
        sounds=tuple((found, heard) for found, heard in raw["sounds"]["pairs"]),
        signs=raw["signs"],
        abbreviations=raw["abbreviations"],
        numbers=raw["numbers"],
        groups=groups,
        common=frozenset(_forms(raw["common"]["words"], endings)),
        glue=frozenset(raw["common"]["glue"].split()),
        fillers=_lines(raw["common"]["fillers"]),
        polite=frozenset(raw["common"]["polite"].split()),
        choosing=frozenset(raw["common"]["choosing"].split()),
        topics=topics,
    )


def _forms(text: str, endings: Mapping[str, list[str]]) -> Iterator[str]:
    for word in text.split():
        stem, mark, name = word.partition("~")
        yield from (stem + ending for ending in endings[name]) if mark else [word]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(phrase for line in text.splitlines() for part in line.split(",") if (phrase := part.strip()))


def _topics(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Pattern]]:
    for name, entry in table.items():
        lists = {key: _lines(value) for key, value in entry.items() if isinstance(value, str)}
        yield above + name, Pattern(**lists)
        yield from _topics(
            {key: value for key, value in entry.items() if isinstance(value, dict)}, f"{name}."
        )


def _check(topics: Mapping[str, Pattern], groups: Mapping[str, frozenset[str]], language: str) -> None:
    for name, topic in topics.items():
        for phrase in chain(*topic.lists.values()):
            for group in _GROUP.findall(phrase):
                if group not in groups:
                    raise ValueError(f"{language}/phrases.toml: {name} names the unknown group {group}")
