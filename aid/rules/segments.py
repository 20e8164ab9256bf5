"""What a text costs by SMS: its alphabet, its length and how many messages it becomes.

á, í, ó and ú are outside the GSM alphabet: one of them shrinks a message from 160 characters to 70. é, ñ,
ü, ¿ and ¡ are inside and stay, because "ano" is not "año".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = frozenset("\f^{}\\[~]|€")
"""In the extension table: an escape and a letter, two septets that stay together."""

PLAIN = str.maketrans(
    {
        **dict(zip("áíóúÁÍÓÚ", "aiouAIOU", strict=True)),
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·‣▪●", "-"),
        **dict.fromkeys("º°", "o"),
        "ª": "a",
        "…": "...",
        "⁄": "/",
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Unicode categories that draw nothing alone: joiners, direction marks, skin tones' selectors."""


class Alphabet(StrEnum):
    """How the network spells a text."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


SIZES = {Alphabet.GSM7: (160, 153), Alphabet.UCS2: (70, 67)}
"""Units in a message that stands alone, and in each part of a longer one."""


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text costs. `units` are septets (GSM-7) or UTF-16 units (UCS-2)."""

    alphabet: Alphabet
    units: int
    segments: int


def fold(text: str) -> str:
    """The same text in the GSM alphabet; what has no likeness there becomes "?"."""
    composed = unicodedata.normalize("NFC", text).translate(PLAIN)
    return "".join(_folded(character) for character in composed)


def count(text: str) -> Segments:
    """How many messages the network will bill for this text as it stands. Nothing costs nothing."""
    alphabet = Alphabet.GSM7 if all(c in GSM or c in GSM_DOUBLE for c in text) else Alphabet.UCS2
    sizes = [_size(character, alphabet) for character in text]
    units = sum(sizes)
    alone, part = SIZES[alphabet]
    return Segments(alphabet, units, min(units, 1) if units <= alone else _parts(sizes, part))


def fits(text: str) -> bool:
    """Whether the folded text travels as one message."""
    return count(fold(text)).segments <= 1


def _folded(character: str) -> str:
    if character in GSM or character in GSM_DOUBLE:
        return character
    if unicodedata.category(character) in UNSEEN:
        return ""
    likeness = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    likeness = likeness.translate(PLAIN)
    return likeness if likeness and all(c in GSM or c in GSM_DOUBLE for c in likeness) else "?"


def _size(character: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM7:
        return 2 if character in GSM_DOUBLE else 1
    return 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004 - the end of the plane that UTF-16 writes in one unit


def _parts(sizes: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for size in sizes:
        if used + size > room:
            parts, used = parts + 1, 0
        used += size
    return parts
