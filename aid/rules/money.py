"""Sums of money: whole céntimos inside, soles in what people type and read. Never a float."""

from __future__ import annotations

import re
from typing import Final, NewType
from unicodedata import normalize

from aid.errors import NotUnderstood

Centimos = NewType("Centimos", int)

CENTIMOS_PER_SOL: Final = 100
LARGEST_SOLES: Final = 1_000_000
LONGEST_TEXT: Final = 60  # characters; a sum is short, and a long run of digits is a telephone or a mistake

BAND_SMALL_BELOW: Final = Centimos(50_00)
BAND_MEDIUM_UP_TO: Final = Centimos(150_00)

_BEFORE = r"(?:(?:son|como|unos|unas)\s+)?(?:s\s*/\s*\.?|pen)?\s*"
_AFTER = r"\s*(?:(?:nuevos\s+)?sol(?:es|cito|citos)?|lu[ck]as?|luquitas?|pen)?\s*[.!]*"

# A comma before exactly three digits parts thousands, as Peru writes it; a dot there might be decimals
# gone wrong (1.200), and a sum a thousand times too large is worse than asking once more.
_NUMBER = re.compile(
    _BEFORE
    + r"(?:(?P<commas>[1-9]\d{0,2}(?:,\d{3})+)(?:\.(?P<d1>\d{1,2}))?"
    + r"|(?P<dots>[1-9]\d{0,2}(?:\.\d{3})+),(?P<d2>\d{1,2})"
    + r"|(?P<spaces>[1-9]\d{0,2}(?: \d{3})+)(?:[.,](?P<d3>\d{1,2}))?"
    + r"|(?P<whole>\d+)(?:[.,](?P<d4>\d{1,2}))?)"
    + _AFTER,
    re.ASCII | re.IGNORECASE,
)
_UNITS: Final = (
    "un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiun veintidos veintitres veinticuatro veinticinco "
    "veintiseis veintisiete veintiocho veintinueve"
)
_TENS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_HUNDREDS: Final = (
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)

_SOUNDS: Final = (
    ("qu", "k"), ("c", "k"), ("v", "b"), ("h", ""), ("uno", "un"), ("una", "un"), ("sientas", "sientos"),
    ("beinti", "beinte y "), ("diesi", "dies y "),
)  # fmt: skip

_WORDS = re.compile(_BEFORE + r"(?P<words>[a-záéíóúü ]+?)" + _AFTER, re.IGNORECASE)


def read_soles(text: str) -> Centimos:
    """The sum somebody typed: "50", "S/ 50.50", "50,5 soles", "1,200", "cien". Raises NotUnderstood."""
    typed = " ".join(text.split())
    centimos = _read_digits(typed) if len(typed) <= LONGEST_TEXT else None
    if centimos is None and len(typed) <= LONGEST_TEXT:
        centimos = _read_words(typed)
    if centimos is None or not 0 < centimos <= LARGEST_SOLES * CENTIMOS_PER_SOL:
        raise NotUnderstood("error-amount")
    return Centimos(centimos)


def say_soles(centimos: Centimos) -> str:
    """The sum as a person reads it: "S/ 1,200.50"."""
    soles, rest = divmod(abs(centimos), CENTIMOS_PER_SOL)
    sign = "-" if centimos < 0 else ""
    return f"{sign}S/ {soles:,}.{rest:02d}"


def band(centimos: Centimos) -> str:
    """The key of the rough size a volunteer sees before she claims: under S/ 50, up to S/ 150, above."""
    if centimos < BAND_SMALL_BELOW:
        return "band-small"
    return "band-medium" if centimos <= BAND_MEDIUM_UP_TO else "band-large"


def _read_digits(typed: str) -> int | None:
    found = _NUMBER.fullmatch(typed)
    if found is None:
        return None
    parts = found.groupdict()
    whole = parts["commas"] or parts["dots"] or parts["spaces"] or parts["whole"]
    decimals = parts["d1"] or parts["d2"] or parts["d3"] or parts["d4"] or ""
    return int(re.sub(r"\D", "", whole)) * CENTIMOS_PER_SOL + int(decimals.ljust(2, "0"))


def _read_words(typed: str) -> int | None:
    found = _WORDS.fullmatch(typed)
    soles = _SAID.get(_sound(found["words"])) if found else None
    return None if soles is None else soles * CENTIMOS_PER_SOL


def _sound(words: str) -> str:
    """Spelling as it is heard: cincuenta, sincuenta and cinkuenta are one word."""
    plain = "".join(letter for letter in normalize("NFD", words.lower()) if letter.isascii())
    heard = re.sub("c(?=[ei])|z", "s", plain)
    for written, sounds in _SOUNDS:
        heard = heard.replace(written, sounds)
    return heard


def _say_number(number: int) -> str:
    units, tens, hundreds = _UNITS.split(), _TENS.split(), _HUNDREDS.split()
    said = []
    if number >= 100:  # noqa: PLR2004 - a hundred is a hundred
        said.append(hundreds[number // 100 - 1])
    if 0 < (below := number % 100) <= len(units):
        said.append(units[below - 1])
    elif below:
        ten, unit = divmod(below, 10)
        said.append(tens[ten - 3] + (f" y {units[unit - 1]}" if unit else ""))
    return " ".join(said)


_SAID: Final = {_sound(_say_number(number)): number for number in range(1, 1000)} | {
    _sound("cien"): 100,
    _sound("mil"): 1000,
}
"""Every number up to a thousand as it sounds."""
