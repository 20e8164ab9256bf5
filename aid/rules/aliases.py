"""Two plain Spanish words that stand for a woman's name, three offered to choose from."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Final

OFFERED: Final = 3
RANDOM_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Words:
    """Nouns by gender, and adjectives as (feminine, masculine)."""

    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    adjectives: tuple[tuple[str, str], ...]


def offers(random_bytes: bytes, taken: Container[str], words: Words) -> tuple[str, ...]:
    """Three free aliases with three different nouns; once all pairs are taken, numbered: "garza azul 2"."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"aliases take {RANDOM_BYTES} random bytes")
    rest = int.from_bytes(random_bytes)
    nouns = len(words.feminine) + len(words.masculine)
    offered: list[str] = []
    used: set[int] = set()
    while len(offered) < OFFERED:
        rest, start = divmod(rest, nouns * len(words.adjectives))
        noun, alias = next(
            free for free in _from(start, words) if free[0] not in used and free[1] not in taken
        )
        used.add(noun)
        offered.append(alias)
    return tuple(offered)


def _from(start: int, words: Words) -> Iterator[tuple[int, str]]:
    """The place of a noun and its pair: all pairs from `start` on, then all with a 2 behind, and so on."""
    pairs = (len(words.feminine) + len(words.masculine)) * len(words.adjectives)
    for step in count():
        noun, adjective = divmod((start + step) % pairs, len(words.adjectives))
        round_ = step // pairs + 1
        yield noun, _pair(noun, adjective, words) + (f" {round_}" if round_ > 1 else "")


def _pair(noun: int, adjective: int, words: Words) -> str:
    feminine, masculine = words.adjectives[adjective]
    if noun < len(words.feminine):
        return f"{words.feminine[noun]} {feminine}"
    return f"{words.masculine[noun - len(words.feminine)]} {masculine}"
