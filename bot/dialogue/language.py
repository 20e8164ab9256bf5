"""One language's phrases compiled, and a text heard in it (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.normal import normalise, undoubled
from bot.dialogue.patterns import Finder, Hit, named
from bot.dialogue.vocabulary import Vocabulary, Word
from config.texts.phrases import Pattern, Phrases

STRICT = frozenset({"stop", "erase", "start"})
"""Topics whose words must stand side by side; elsewhere one other word may come between."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text heard once: `bare` letter by letter, `words` recognised, `dense` the same without fillers."""

    bare: str
    question: bool
    words: list[Word]
    dense: list[Word]


class Topic:
    """The compiled phrases of one intent or category."""

    def __init__(self, pattern: Pattern, vocabulary: Vocabulary, gap: int) -> None:
        sound = vocabulary.sound
        self._literal = frozenset(undoubled(phrase) for phrase in pattern.alone)
        self._whole = Finder((f"^ {phrase} $" for phrase in pattern.alone), sound, 0)
        self._phrases = Finder(pattern.phrases, sound, gap)
        self._begins = Finder(pattern.begins, sound, 0)
        self._weak = Finder(pattern.weak, sound, 0)
        self._unless = Finder(pattern.unless, sound, 0)

    def literally(self, text: Text) -> bool:
        """The bare word, nothing around it, no question."""
        return not text.question and undoubled(text.bare) in self._literal

    def clearly(self, text: Text) -> bool:
        """A sentence that says it plainly, and nothing anywhere in the text that takes it back."""
        return any(self._phrases.hits(text.words, sure=True)) and not any(self._unless.hits(text.words))

    def whole(self, text: Text) -> bool:
        """The whole message, courtesies apart."""
        return any(self._whole.hits(text.dense)) or any(self._whole.hits(text.words))

    def weight(self, words: Sequence[Word]) -> int:
        """Words of the longest phrase found, 0 if none."""
        return max((hit.weight for hit in self._kept(self._phrases.hits(words), words)), default=0)

    def weak(self, words: Sequence[Word]) -> bool:
        """Named, but not firmly."""
        return bool(self._kept(self._weak.hits(words), words))

    def begins(self, words: Sequence[Word]) -> bool:
        """A word that usually says it at the beginning of a text that says nothing else."""
        return any(self._begins.hits(words))

    def without_denied(self, words: Sequence[Word]) -> list[Word]:
        """The words that `unless` does not take back."""
        denied = {place for hit in self._unless.hits(words) for place in range(hit.start, hit.end)}
        return [word for place, word in enumerate(words) if place not in denied]

    def _kept(self, hits: Iterable[Hit], words: Sequence[Word]) -> list[Hit]:
        found = list(hits)
        back = list(self._unless.hits(words)) if found else []
        return [hit for hit in found if not any(b.start < hit.end and hit.start < b.end for b in back)]


class Language:
    """All topics of one language, sharing one vocabulary."""

    def __init__(self, phrases: Phrases) -> None:
        written = (
            word for topic in phrases.topics.values() for list_ in topic.lists for word in named(list_)
        )
        self._phrases = phrases
        self._vocabulary = Vocabulary(phrases, frozenset(written).union(*map(str.split, phrases.fillers)))
        self._fillers = Finder(phrases.fillers, self._vocabulary.sound, 0)
        self.topics = {
            name: Topic(pattern, self._vocabulary, 0 if name in STRICT or "." in name else 1)
            for name, pattern in phrases.topics.items()
        }

    def hear(self, text: str) -> Text:
        """Recognise the words of a text."""
        words = self._vocabulary.hear(self._vocabulary.typed(text))
        skipped = {
            place for hit in self._fillers.hits(words, sure=True) for place in range(hit.start, hit.end)
        }
        dense = [word for place, word in enumerate(words) if place not in skipped]
        return Text(self._bare(text), "?" in text, words, dense or words)

    def number(self, text: Text) -> int | None:
        """The number that the whole message is, said in digits or in a word."""
        spoken = " ".join(word for word in text.bare.split() if word not in self._phrases.choosing)
        if spoken.isdecimal() and spoken.isascii():
            return int(spoken)
        return self._phrases.numbers.get(spoken)

    def _bare(self, text: str) -> str:
        words = normalise(text).split()
        polite = self._phrases.polite
        first = next((place for place, word in enumerate(words) if word not in polite), 0)
        last = next(
            (place for place in range(len(words), 0, -1) if words[place - 1] not in polite), len(words)
        )
        return " ".join(words[first:last])


@lru_cache(maxsize=8)
def compiled(phrases: Phrases) -> Language:
    """The language of these phrases; the second call costs nothing."""
    return Language(phrases)
