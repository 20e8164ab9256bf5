"""Names, numbers and texts planted in a story, and a search for them, byte by byte, in every form."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Planted:
    """What was planted, each thing once. All words begin alike, and all numbers: one search finds them all.

    `beginning`: of every name and text, with letters outside ASCII. `prefix`: of every number.
    """

    beginning: str
    prefix: str
    words: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def word(self) -> str:
        """A new name or text, unlike any other."""
        self.words.append(f"{self.beginning}{len(self.words):03d}z")
        return self.words[-1]

    def number(self) -> str:
        """A new telephone number without its country, or a Telegram id."""
        self.numbers.append(f"{self.prefix}{len(self.numbers):03d}")
        return self.numbers[-1]

    def __len__(self) -> int:
        return len(self.words) + len(self.numbers)


def forms(text: str) -> Iterator[bytes]:
    """A text in each encoding a file might hold it in."""
    plain = text.encode()
    yield plain
    yield text.encode("latin-1")
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    escaped = json.dumps(text)[1:-1].encode()
    yield escaped
    for written in (plain, escaped):
        for shift in range(3):  # base64 of a text looks different at each of three places in a longer one
            turned = base64.b64encode(b"\0" * shift + written)
            yield turned[(8 * shift + 5) // 6 : 8 * (shift + len(written)) // 6]


def groups(number: str) -> Iterator[str]:
    """A number as people and programs write it."""
    yield number
    for between in (" ", "-", "."):
        yield between.join((number[:3], number[3:6], number[6:]))


def needles(planted: Planted) -> dict[bytes, str]:
    """Every form of every planted thing, and which it is."""
    found = {form: word for word in planted.words for form in forms(word)}
    for number in planted.numbers:
        for written in groups(number):
            found |= dict.fromkeys(forms(written), number)
    return found


def search(files: Iterable[Path], planted: Planted) -> dict[str, set[str]]:
    """Which planted things stand in which files. Their few beginnings are looked for first."""
    wanted = needles(planted)
    by_beginning: dict[bytes, list[bytes]] = {}
    for needle in wanted:
        by_beginning.setdefault(_beginning(needle), []).append(needle)
    hits: dict[str, set[str]] = {}
    for path in files:
        content = path.read_bytes()
        for beginning, longer in by_beginning.items():
            for place in _places(content, beginning):
                found = {wanted[needle] for needle in longer if content.startswith(needle, place)}
                hits.setdefault(path.name, set()).update(found)
    return hits


def _places(content: bytes, beginning: bytes) -> Iterator[int]:
    place = content.find(beginning)
    while place >= 0:
        yield place
        place = content.find(beginning, place + 1)


def _beginning(needle: bytes) -> bytes:
    """What many needles share at their front: a gigabyte is read for dozens of things, not for thousands."""
    return needle[: max(6, len(needle) - 10)]
