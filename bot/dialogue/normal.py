"""A text as typed on a cheap phone, made comparable: one case, no accents, no shouting (pure)."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 4_096
"""Characters that are read of one text: Telegram's own limit; ten joined SMS are shorter."""

_TILDE = "\u0303"
_SHOUTED = re.compile(r"([^\W\d_])\1{2,}")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_NO_WORD = re.compile(r"[^\w]+|_+")


def plain(text: str) -> str:
    """Casefolded, compatibility forms and accents undone (but ñ is a letter, not an n), signs kept."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    if folded.isascii():
        return folded
    kept = [
        char
        for char in unicodedata.normalize("NFD", folded)
        if char == _TILDE or unicodedata.category(char) not in {"Mn", "Me", "Cf"}
    ]
    return unicodedata.normalize("NFC", _only_over_n(kept))


def _only_over_n(chars: list[str]) -> str:
    pairs = zip(chars, ["", *chars], strict=False)
    return "".join(char for char, before in pairs if char != _TILDE or before == "n")


def normalise(text: str) -> str:
    """Lower-case words with one space between: "¡¡AYÚDAAAME, Señora!!" → "ayudame señora"."""
    return " ".join(_NO_WORD.sub(" ", _SHOUTED.sub(r"\1", plain(text))).split())


def undoubled(word: str) -> str:
    """Each doubled letter once: "paraa" → "para"."""
    return _DOUBLED.sub(r"\1", word)
