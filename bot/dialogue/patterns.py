"""Phrases with holes, looked for in heard words (pure). How they are written: config/texts/phrases.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.vocabulary import Word

_WIDE = {"..": 4, "...": 10}
"""Words that a gap may skip."""
_WORD = re.compile(r"(?<![{\w])\w+(?![}\w])")


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase as written, the topic and list it stands in, and how many words neighbours may skip."""

    topic: str
    list: str
    phrase: str
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase was found, how many of its words (the more, the surer), and if none was a correction."""

    start: int
    end: int
    weight: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Part:
    accepts: frozenset[str]
    gap: int
    optional: bool


@dataclass(frozen=True, slots=True)
class _Form:
    key: tuple[str, str]
    parts: tuple[_Part, ...]
    from_start: bool
    to_end: bool

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(part.accepts for part in self.parts[1:] if not part.optional)


class Finder:
    """Finds all phrases of a language in one pass over the words."""

    def __init__(self, rules: Iterable[Rule], sound: Callable[[str], str]) -> None:
        # With each phrase, by its first word, what else it needs: most are out before they are tried.
        self._starting: dict[str, list[tuple[_Form, frozenset[str], frozenset[str]]]] = defaultdict(list)
        for rule in rules:
            for form in _beginnings(_compiled(rule, sound)):
                needs = form.needs or (form.parts[0].accepts,)
                for symbol in form.parts[0].accepts:
                    self._starting[symbol].append((form, needs[0], needs[-1]))

    def hits(self, words: Sequence[Word]) -> dict[tuple[str, str], list[Hit]]:
        """Every place of every phrase, by topic and list."""
        found: dict[tuple[str, str], list[Hit]] = defaultdict(list)
        said = frozenset[str]().union(*(word.symbols for word in words))
        for position, word in enumerate(words):
            for symbol in word.symbols:
                for form, second, last in self._starting.get(symbol, ()):
                    if second.isdisjoint(said) or last.isdisjoint(said):
                        continue
                    if hit := _match(form, words, position):
                        found[form.key].append(hit)
        return found


def named(phrases: Iterable[str]) -> Iterator[str]:
    """The single words that phrases name outside groups."""
    for phrase in phrases:
        yield from _WORD.findall(phrase)


def _compiled(rule: Rule, sound: Callable[[str], str]) -> _Form:
    parts: list[_Part] = []
    gap = 0
    pieces = rule.phrase.split()
    for piece in pieces:
        if piece in _WIDE:
            gap = _WIDE[piece]
        elif piece not in {"^", "$"}:
            names = piece.removesuffix("?").split("|")
            accepts = frozenset(name if name.startswith("{") else sound(name) for name in names)
            parts.append(_Part(accepts, gap, piece.endswith("?")))
            gap = rule.gap
    return _Form((rule.topic, rule.list), tuple(parts), pieces[0] == "^", pieces[-1] == "$")


def _beginnings(form: _Form) -> Iterator[_Form]:
    # A phrase is found by its first word, so it is filed once for each word that can be the first.
    yield form
    while form.parts[0].optional:
        form = replace(form, parts=(replace(form.parts[1], gap=0), *form.parts[2:]))
        yield form


def _match(form: _Form, words: Sequence[Word], start: int) -> Hit | None:
    if form.from_start and start:
        return None
    position, weight, sure = start, 0, True
    for part in form.parts:
        # The first place that fits is taken for good: linear, whatever is typed.
        for place in range(position, min(position + part.gap + 1, len(words))):
            if not part.accepts.isdisjoint(words[place].symbols):
                position, weight, sure = place + 1, weight + 1, sure and words[place].sure
                break
        else:
            if not part.optional:
                return None
    if form.to_end and position < len(words):
        return None
    return Hit(start, position, weight, sure)
