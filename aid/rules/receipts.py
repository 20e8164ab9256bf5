"""Codes that people say aloud and type on cheap keys. All are pure functions of random bytes passed in.

A receipt number has no vowels, so it spells nothing; no alphabet holds 0 O 1 I L, which look alike.
"""

from __future__ import annotations

import re
from typing import Final

RANDOM_BYTES: Final = 16
"""How much chance each code takes: so much more than it needs that the remainder favours no letter."""

RECEIPT_ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
RECEIPT_LETTERS: Final = RECEIPT_ALPHABET.lstrip("23456789")
RECEIPT_LENGTH: Final = 6
CODE_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_DIGITS: Final = "23456789"
HAND_OVER_DIGITS: Final = 6

MOST_WORDS_AROUND: Final = 8
_PAIR = f"[{CODE_LETTERS}][{CODE_DIGITS}]"
_JOINED = re.compile(rf"(?<!\w)({_PAIR})-?({_PAIR})(?!\w)")
# Two pairs apart may be a street ("Mz K7 lote P4"), so then only these words may stand around them.
_APART = re.compile(rf"(?<!\w)({_PAIR})[ .,]{{1,2}}({_PAIR})(?!\w)")
_COMPANIONS: Final = frozenset(
    {
        "HOLA",
        "MI",
        "EL",
        "LA",
        "ES",
        "SI",
        "SÍ",
        "CODIGO",
        "CÓDIGO",
        "KODIGO",
        "COD",
        "CLAVE",
        "VOY",
        "GRACIAS",
    }
)
_SIX_DIGITS = re.compile(r"(?<![\d+])(?<!\d[ .-])(\d{3})[ .-]?(\d{3})(?![ .-]?\d)", re.ASCII)


def receipt_number(random_bytes: bytes) -> str:
    """The short number of a request or gift that a person sees: "K7P4XM"."""
    # A letter first: six digits would be taken for a hand-over code.
    return _spell(random_bytes, (RECEIPT_LETTERS, *(RECEIPT_ALPHABET,) * (RECEIPT_LENGTH - 1)))


def ask_code(random_bytes: bytes) -> str:
    """The code that names an open ask: letter, digit, letter, digit, as in "K7P4"."""
    return _spell(random_bytes, (CODE_LETTERS, CODE_DIGITS) * 2)


def hand_over_code(random_bytes: bytes) -> str:
    """The six digits the member gives to whoever brings her help."""
    return _spell(random_bytes, ("0123456789",) * HAND_OVER_DIGITS)


def read_code(text: str) -> str | None:
    """The one ask code in a text, however she typed it ("k7 p4", "Mi codigo es K7P4."), or None."""
    shouted = text.upper()
    if len(shouted.split()) > MOST_WORDS_AROUND:
        return None
    found = {"".join(pairs) for pairs in _JOINED.findall(shouted)}
    if not found:
        found = _read_apart(shouted)
    return found.pop() if len(found) == 1 else None


def read_hand_over_code(text: str) -> str | None:
    """The one run of six digits in a text ("es 123 456"), or None. Longer numbers are telephones."""
    found = {"".join(halves) for halves in _SIX_DIGITS.findall(text)}
    return found.pop() if len(found) == 1 else None


def _read_apart(shouted: str) -> set[str]:
    around = re.findall(r"\w+", _APART.sub(" ", shouted))
    if not _COMPANIONS.issuperset(around):
        return set()
    return {"".join(pairs) for pairs in _APART.findall(shouted)}


def _spell(random_bytes: bytes, alphabets: tuple[str, ...]) -> str:
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a code takes {RANDOM_BYTES} random bytes")
    rest = int.from_bytes(random_bytes)
    spelled = []
    for alphabet in alphabets:
        rest, index = divmod(rest, len(alphabet))
        spelled.append(alphabet[index])
    return "".join(spelled)
