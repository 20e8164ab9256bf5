"""What women wrote and what they meant, from which the meaning of other texts is learned.

`config/texts/<language>/examples.toml` is written by hand: under each topic its texts, one per line.
`learned.toml` beside it is made from it by `scripts/learn`: how much each trait of a text speaks for or
against each topic. A language without the two is understood by its phrases alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

UNIT = 100
"""Weights are written in hundredths."""
_FORM = """\
# Made from examples.toml by scripts/learn. A line: a trait, then by the number of a topic how much it weighs.
topics = "{topics}"
weights = '''
{rows}
'''
"""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: the topics, and for each trait pairs of a topic's number and a weight."""

    topics: tuple[str, ...]
    rows: Mapping[str, tuple[tuple[int, int], ...]]

    def __str__(self) -> str:
        """As the file has it."""
        rows = (
            f"{trait}\t" + " ".join(f"{topic}:{weight}" for topic, weight in row)
            for trait, row in sorted(self.rows.items())
        )
        return _FORM.format(topics=" ".join(self.topics), rows="\n".join(rows))


def examples(language: str = "es") -> list[tuple[str, str]]:
    """Topic and text of each example; none for a language that is understood by its phrases alone."""
    topics = _read(language, "examples")
    return [(topic, text) for topic, texts in topics.items() for text in texts.splitlines() if text]


def weights(language: str) -> Weights:
    """What the examples of a language taught; nothing where there are none."""
    raw = _read(language, "learned")
    rows = (line.split("\t") for line in raw.get("weights", "").splitlines())
    return Weights(tuple(raw.get("topics", "").split()), {trait: _row(pairs) for trait, pairs in rows})


def _row(pairs: str) -> tuple[tuple[int, int], ...]:
    halves = (pair.split(":") for pair in pairs.split())
    return tuple((int(topic), int(weight)) for topic, weight in halves)


def _read(language: str, name: str) -> dict[str, str]:
    path = Path(__file__).parent / language / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
