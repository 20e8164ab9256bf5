"""One language's phrases compiled, and a text heard in it (pure)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bot.dialogue.normal import normalise, undoubled
from bot.dialogue.patterns import Finder, Hit, Rule, named
from bot.dialogue.vocabulary import Vocabulary
from config.texts.phrases import Phrases

STRICT = frozenset({"stop", "erase", "start"})
"""Topics whose words must stand side by side; elsewhere one other word may come between."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text heard once: `bare` letter by letter, and all phrases found in its words."""

    bare: str
    question: bool
    length: int
    found: Mapping[tuple[str, str], Sequence[Hit]]

    def whole(self, topic: str) -> bool:
        """It is one phrase of the topic and nothing else, courtesies apart."""
        return bool(self.found.get((topic, "alone")))

    def begins(self, topic: str) -> bool:
        """It begins with a word of the topic."""
        return any(hit.start == 0 for hit in self.found.get((topic, "begins"), ()))

    def clearly(self, topic: str) -> bool:
        """A sentence that says it without a doubtful word, and nothing anywhere that takes it back."""
        sure = any(hit.sure for hit in self.found.get((topic, "phrases"), ()))
        return sure and not self.found.get((topic, "unless"))

    def weight(self, topic: str, kind: str = "phrases", unless: str = "") -> int:
        """Words of the longest phrase that nothing overlapping it takes back, 0 if none."""
        hits = self.found.get((topic, kind), ())
        back = (*self.found.get((topic, "unless"), ()), *self.found.get((unless, "unless"), ()))
        kept = (hit for hit in hits if not any(b.start < hit.end and hit.start < b.end for b in back))
        return max((hit.weight for hit in kept), default=0)


class Language:
    """All topics of one language, sharing one vocabulary."""

    def __init__(self, phrases: Phrases) -> None:
        lists = [(name, topic.lists) for name, topic in phrases.topics.items()]
        written = (word for _, kinds in lists for kind in kinds.values() for word in named(kind))
        fillers = frozenset().union(*map(str.split, phrases.fillers))
        self._phrases = phrases
        self._vocabulary = Vocabulary(phrases, fillers.union(written))
        self._fillers = Finder((Rule("filler", "", each) for each in phrases.fillers), self._vocabulary.sound)
        self._finder = Finder(_rules(phrases), self._vocabulary.sound)
        self._literal = {topic: frozenset(map(undoubled, phrases.topics[topic].alone)) for topic in STRICT}

    def hear(self, text: str) -> Text:
        """Recognise the words of a text, and find all phrases in them."""
        words = self._vocabulary.hear(self._vocabulary.typed(text))
        hits = self._fillers.hits(words).get(("filler", ""), ())
        skipped = {place for hit in hits if hit.sure for place in range(hit.start, hit.end)}
        words = [word for place, word in enumerate(words) if place not in skipped] or words
        return Text(self._bare(text), "?" in text, len(words), self._finder.hits(words))

    def literally(self, text: Text, topic: str) -> bool:
        """The bare word of a strict topic, letter by letter, nothing around it, and no question."""
        return not text.question and undoubled(text.bare) in self._literal[topic]

    def number(self, text: Text) -> int | None:
        """The number that the whole message is, in digits or in a word."""
        spoken = " ".join(word for word in text.bare.split() if word not in self._phrases.choosing)
        if spoken.isdecimal() and spoken.isascii():
            return int(spoken)
        return self._phrases.numbers.get(spoken)

    def _bare(self, text: str) -> str:
        words = [word for word, _ in groupby(normalise(text).split())]
        polite = self._phrases.polite
        first = next((place for place, word in enumerate(words) if word not in polite), 0)
        last = next(
            (place for place in range(len(words), 0, -1) if words[place - 1] not in polite), len(words)
        )
        return " ".join(words[first:last])


def _rules(phrases: Phrases) -> Iterator[Rule]:
    for name, topic in phrases.topics.items():
        for kind, written in topic.lists.items():
            gap = 1 if kind == "phrases" and name not in STRICT and "." not in name else 0
            for phrase in written:
                yield Rule(name, kind, f"^ {phrase} $" if kind == "alone" else phrase, gap)


@lru_cache(maxsize=8)
def compiled(phrases: Phrases) -> Language:
    """The language of these phrases; the second call costs nothing."""
    return Language(phrases)
