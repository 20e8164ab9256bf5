"""One language's phrases and what its examples taught, compiled, and a text heard in it (pure)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from bot.dialogue.normal import normalise, undoubled
from bot.dialogue.patterns import Finder, Hit, Rule, named
from bot.dialogue.traits import traits
from bot.dialogue.vocabulary import Vocabulary, Word
from config.texts.examples import UNIT, Weights, weights
from config.texts.phrases import Phrases

STRICT = frozenset({"stop", "erase", "start"})
"""Topics whose words must stand side by side; elsewhere one other word may come between."""
_LONG = 20
"""Words of a text in which one sentence may be lost among the others."""
_AROUND = 5
"""Words before and after a place that are judged with it."""
NOTHING_LEARNED = Weights((), {})


@dataclass(frozen=True, slots=True)
class Text:
    """A text heard once: `bare` letter by letter, all phrases found in its words, and how examples judge it.

    `scores` tells how much each topic is meant, about 1 for the right one; without examples it is empty.
    """

    bare: str
    question: bool
    words: Sequence[Word]
    found: Mapping[tuple[str, str], Sequence[Hit]]
    scores: Mapping[str, float]

    @property
    def length(self) -> int:
        """Words without courtesies."""
        return len(self.words)

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
        return max((hit.weight for hit in self.hits(topic, kind, unless)), default=0)

    def hits(self, topic: str, kind: str = "phrases", unless: str = "") -> list[Hit]:
        """The places of its phrases that nothing overlapping them takes back."""
        hits = self.found.get((topic, kind), ())
        back = (*self.found.get((topic, "unless"), ()), *self.found.get((unless, "unless"), ()))
        return [hit for hit in hits if not any(b.start < hit.end and hit.start < b.end for b in back)]


class Language:
    """All topics of one language, sharing one vocabulary."""

    def __init__(self, phrases: Phrases, learned: Weights = NOTHING_LEARNED) -> None:
        lists = [(name, topic.lists) for name, topic in phrases.topics.items()]
        written = (word for _, kinds in lists for kind in kinds.values() for word in named(kind))
        fillers = frozenset().union(*map(str.split, phrases.fillers))
        self._phrases = phrases
        self._weights = learned
        self._vocabulary = Vocabulary(phrases, fillers.union(written))
        self._fillers = Finder((Rule("filler", "", each) for each in phrases.fillers), self._vocabulary.sound)
        self._finder = Finder(_rules(phrases), self._vocabulary.sound)
        self._literal = {topic: frozenset(map(undoubled, phrases.topics[topic].alone)) for topic in STRICT}

    def hear(self, text: str) -> Text:
        """Recognise the words of a text, and find all phrases in them."""
        words, found = self._listen(text)
        return Text(self._bare(text), "?" in text, words, self._finder.hits(words), self._scores(found))

    def near(self, text: Text, hit: Hit) -> Mapping[str, float]:
        """How examples judge the words around a place; of a text that is not long, all of them."""
        if text.length <= _LONG:
            return text.scores
        words = text.words[max(0, hit.start - _AROUND) : hit.end + _AROUND]
        return self._scores(traits(words, [word.sound for word in words], question=text.question))

    def traits(self, text: str) -> frozenset[str]:
        """What its meaning is learned from."""
        return self._listen(text)[1]

    def literally(self, text: Text, topic: str) -> bool:
        """The bare word of a strict topic, letter by letter, nothing around it, and no question."""
        return not text.question and undoubled(text.bare) in self._literal[topic]

    def number(self, text: Text) -> int | None:
        """The number that the whole message is, in digits or in a word."""
        spoken = " ".join(word for word in text.bare.split() if word not in self._phrases.choosing)
        if spoken.isdecimal() and spoken.isascii():
            return int(spoken)
        return self._phrases.numbers.get(spoken)

    def _listen(self, text: str) -> tuple[list[Word], frozenset[str]]:
        """The words that are no courtesies, and the traits of the text."""
        typed = self._vocabulary.typed(text)
        sounds = self._vocabulary.sounds(typed)
        words = self._vocabulary.hear(typed, sounds)
        hits = self._fillers.hits(words).get(("filler", ""), ())
        skipped = {place for hit in hits if hit.sure for place in range(hit.start, hit.end)}
        words = [word for place, word in enumerate(words) if place not in skipped] or words
        return words, traits(words, sounds, question="?" in text)

    def _scores(self, found: Collection[str]) -> dict[str, float]:
        sums = [0] * len(self._weights.topics)
        rows = self._weights.rows
        for trait in found:
            for topic, weight in rows.get(trait, ()):
                sums[topic] += weight
        scale = UNIT * len(found) ** 0.5
        return {topic: each / scale for topic, each in zip(self._weights.topics, sums, strict=True)}

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
    """The language of these phrases with all that it learned; the second call costs nothing."""
    return Language(phrases, weights(phrases.language))
