"""What the meaning of a text is learned from: its words, pairs of them, and pieces of their sound (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.dialogue.vocabulary import Word

_PIECES = (3, 4)
"""Letters of a piece: long enough to tell stems apart, short enough to outlive a misspelling."""
_MOST_WORDS = 60
"""Words that are weighed of one text, as many as three joined SMS hold."""
_MOST_LETTERS = 360
_MANY = 6
"""From here on a text is long, however long."""


def traits(words: Sequence[Word], sounds: Iterable[str], *, question: bool) -> frozenset[str]:
    """The traits of a text: `words` as heard, `sounds` as typed."""
    words = words[:_MOST_WORDS]
    row = ["^", *(word.sound for word in words), "$"]
    spoken = f" {' '.join(sounds)} "[:_MOST_LETTERS]
    return frozenset().union(
        *(word.symbols for word in words),
        (f"{one} {two}" for one, two in pairwise(row)),
        (f"~{spoken[at : at + size]}" for size in _PIECES for at in range(len(spoken) - size + 1)),
        [f"#{min(len(words), _MANY)}"],
        ["?"] if question else [],
    )
