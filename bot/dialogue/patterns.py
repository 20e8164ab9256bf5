"""Phrases with holes, looked for in a list of heard words (pure). Their spelling is told in config/texts/phrases.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.vocabulary import Word

_WORD = re.compile(r"(?<![{\w])\w+(?![}\w])")
_WIDE = 4
"""Words that `..` may skip."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a phrase: what may stand there, how many other words may come before, may it be missing."""

    accepts: frozenset[str]
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One compiled phrase."""

    parts: tuple[Part, ...]
    from_start: bool
    to_end: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase was found, and how many of its words: the more, the surer."""

    start: int
    end: int
    weight: int


class Finder:
    """Finds any of many phrases."""

    def __init__(self, phrases: Iterable[str], sound: Callable[[str], str], gap: int) -> None:
        """`gap` words may be skipped between two neighbours of a phrase."""
        self._starting: dict[str, list[Form]] = defaultdict(list)
        for phrase in phrases:
            form = _compiled(phrase, sound, gap)
            for symbol in form.parts[0].accepts:
                self._starting[symbol].append(form)

    def hits(self, words: Sequence[Word], *, sure: bool = False) -> Iterator[Hit]:
        """All places; with `sure`, through words that needed no correction only."""
        for position, word in enumerate(words):
            for symbol in word.symbols:
                for form in self._starting.get(symbol, ()):
                    if hit := _match(form, words, position, sure=sure):
                        yield hit


def named(phrases: Iterable[str]) -> Iterator[str]:
    """The single words that phrases name outside groups."""
    for phrase in phrases:
        yield from _WORD.findall(phrase)


def _compiled(phrase: str, sound: Callable[[str], str], usual_gap: int) -> Form:
    parts: list[Part] = []
    gap = 0
    pieces = phrase.split()
    for piece in pieces:
        if piece == "..":
            gap = _WIDE
        elif piece not in {"^", "$"}:
            names = piece.removesuffix("?").split("|")
            accepts = frozenset(name if name.startswith("{") else sound(name) for name in names)
            parts.append(Part(accepts, gap, piece.endswith("?")))
            gap = usual_gap
    return Form(tuple(parts), pieces[0] == "^", pieces[-1] == "$")


def _match(form: Form, words: Sequence[Word], start: int, *, sure: bool) -> Hit | None:
    if form.from_start and start:
        return None
    position, weight = start, 0
    for part in form.parts:
        found = _place(part, words, position, sure=sure)
        if found is not None:
            position, weight = found + 1, weight + 1
        elif not part.optional:
            return None
    if form.to_end and position < len(words):
        return None
    return Hit(start, position, weight)


def _place(part: Part, words: Sequence[Word], position: int, *, sure: bool) -> int | None:
    # The first place that fits is taken for good: linear, whatever is typed.
    for place in range(position, min(position + part.gap + 1, len(words))):
        word = words[place]
        if (word.sure or not sure) and not part.accepts.isdisjoint(word.symbols):
            return place
    return None
