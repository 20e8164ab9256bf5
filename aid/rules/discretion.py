"""Which words of an SMS would betray her to whoever reads her telephone over her shoulder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SUMS = re.compile(
    r"(?<![a-zñ])s/[. ]*(?:[0-9][0-9.,]*)?"
    r"|(?:us ?)?[$€£] ?[0-9][0-9.,]*|[0-9][0-9.,]* ?(?:us ?)?[$€£]"
    r"|(?<![0-9])[0-9][0-9.,]* ?"
    r"(?:sol(?:es|citos?)?|pen|usd|eur|euros?|dolar(?:es)?|dollars?"
    r"|lucas?|mangos?|cent(?:imos?|avos?|s)?)(?![a-zñ])"
    r"|(?<![a-zñ])(?:pen|usd|eur) ?[0-9][0-9.,]*"
)
"""S/ in every spelling, and amounts with a currency on either side. A bare number may be a menu or a code."""
LONE_LETTERS = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}(?:[a-z](?![a-z0-9]))?")
"""V.I.H. and P.N.P."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Words in their entries' spelling: a star stands for any ending, a space for any space."""

    never: tuple[str, ...]
    not_first: tuple[str, ...]

    def naming(self, names: Iterable[str]) -> Lists:
        """The same lists, and the names of an organisation among what is never said."""
        return Lists((*self.never, *(name for name in names if name.strip(" *"))), self.not_first)


def faults(text: str, lists: Lists, *, first: bool) -> list[str]:
    """The words that may not stand in this SMS, without accents. `first`: it answers nothing of hers."""
    plain = _plain(text)
    found = [*SUMS.finditer(plain), *_pattern(lists.never).finditer(plain)]
    if first:
        found += _pattern(lists.not_first).finditer(plain)
    found.sort(key=lambda match: match.start())
    return list(dict.fromkeys(match.group().strip() for match in found))


@lru_cache(maxsize=64)
def _pattern(entries: tuple[str, ...]) -> re.Pattern[str]:
    words = [_entry(entry) for entry in sorted(entries, key=len, reverse=True)]
    return re.compile(rf"(?<![a-zñ])(?:{'|'.join(words)})(?![a-zñ])" if words else r"(?!)")


def _entry(entry: str) -> str:
    """One entry as a pattern."""
    stem = r"\s+".join(re.escape(word) for word in _plain(entry.rstrip("*")).split())
    return stem + "[a-zñ]*" if entry.endswith("*") else stem


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold()).replace(
        "n\u0303", "ñ"
    )  # doña does not donate
    letters = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf"))
    return LONE_LETTERS.sub(lambda match: match.group().replace(".", ""), letters)
