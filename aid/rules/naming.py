"""Whether a text speaks of somebody by her alias, however it is typed."""

from __future__ import annotations

import re
import unicodedata


def names(text: str, alias: str) -> bool:
    """Whether the alias stands in the text as whole words; case, accents and signs do not matter."""
    told = _words(alias)
    return bool(told) and f" {told} " in f" {_words(text)} "


def _words(text: str) -> str:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"\w+", plain))
