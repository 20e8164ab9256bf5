"""How the weights of a language are learned from its examples (pure).

A passive-aggressive perceptron ("PA-I" of Crammer and others, Online Passive-Aggressive Algorithms, 2006),
averaged (Freund and Schapire, 1999). Only sums and products, always in the same order: the same examples give
the same weights on every machine.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.dialogue.language import Language
from config.texts.examples import UNIT, Weights, examples
from config.texts.phrases import load

_ROUNDS = 12
"""How often the examples are gone through; more change nothing on texts that were not among them."""
_STEP = 0.3
"""What one example may teach at most in one round."""
_MARGIN = 1.0
"""By how much the topic that is meant shall lead."""
_SEEN = 2
"""Examples that a trait must stand in, else it is chance."""
_LEAST = 3
"""What weighs less, in hundredths, is left out: half of the file, and no text is heard otherwise."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One example: the number of its topic, its traits, and what evens out short and long texts."""

    topic: int
    traits: Sequence[str]
    scale: float


class _Learner:
    """The weights as they move, and what is needed to average them in the end."""

    def __init__(self, topics: int) -> None:
        self._topics = topics
        self._steps = 0
        self._weights: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        self._past: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))

    def learn(self, lesson: Lesson) -> None:
        """Where the topic that is meant does not lead clearly enough, move its traits towards it."""
        self._steps += 1
        scores = self._scores(lesson)
        meant = scores[lesson.topic]
        scores[lesson.topic] = float("-inf")
        rival = max(scores)
        loss = _MARGIN - (meant - rival)
        if loss > 0 and lesson.traits:
            move = min(_STEP, loss / (2 * len(lesson.traits) * lesson.scale**2)) * lesson.scale
            self._move(lesson.traits, lesson.topic, move)
            self._move(lesson.traits, scores.index(rival), -move)

    def average(self) -> Iterator[tuple[str, Mapping[int, float]]]:
        """The weights, averaged over all steps: what was learned last counts no more than the rest."""
        for trait, row in self._weights.items():
            past = self._past[trait]
            yield trait, {topic: weight - past[topic] / self._steps for topic, weight in row.items()}

    def _scores(self, lesson: Lesson) -> list[float]:
        sums = [0.0] * self._topics
        for trait in lesson.traits:
            for topic, weight in self._weights[trait].items():
                sums[topic] += weight
        return [each * lesson.scale for each in sums]

    def _move(self, traits: Sequence[str], topic: int, move: float) -> None:
        for trait in traits:
            self._weights[trait][topic] += move
            self._past[trait][topic] += move * self._steps


def learned(labelled: Collection[tuple[str, str]], language: Language) -> Weights:
    """What these texts, each with its topic before it, teach."""
    heard = [(topic, text, sorted(language.traits(text))) for topic, text in labelled]
    topics = tuple(sorted({topic for topic, _, _ in heard}))
    seen = Counter(trait for _, _, traits in heard for trait in traits)
    lessons = {
        text: Lesson(
            topics.index(topic), [each for each in traits if seen[each] >= _SEEN], len(traits) ** -0.5
        )
        for topic, text, traits in heard
    }
    learner = _Learner(len(topics))
    for turn in range(_ROUNDS):
        for text in sorted(lessons, key=lambda text: crc32(f"{turn} {text}".encode())):
            learner.learn(lessons[text])
    rows = {trait: tuple(_written(row)) for trait, row in learner.average()}
    return Weights(topics, {trait: row for trait, row in rows.items() if row})


def _written(row: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    for topic, weight in sorted(row.items()):
        written = round(weight * UNIT)
        if abs(written) >= _LEAST:
            yield topic, written


if __name__ == "__main__":
    name = sys.argv[1]
    sys.stdout.write(str(learned(examples(name), Language(load(name)))))
