"""Every conversation there is, in one book. One more conversation: its file, and one line here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

from bot.dialogue.flows import (
    acting,
    arrivals,
    claims,
    gifts,
    handovers,
    incidents,
    join,
    me,
    notices,
    organisers,
    payouts,
    pending,
    requests,
)
from bot.dialogue.turn import Book

PAGES = (
    pending,
    acting,
    incidents,
    organisers,
    join,
    requests,
    gifts,
    claims,
    payouts,
    handovers,
    arrivals,
    notices,
    me,
)


def _all(name: str) -> Iterable[Any]:
    return (getattr(page, name) for page in PAGES if hasattr(page, name))


def _merged(name: str) -> dict[Any, Any]:
    """One table of all pages. Raises ValueError when two claim the same word."""
    pages = [table.items() for table in _all(name)]
    twice = [key for key, times in Counter(key for key, _ in chain(*pages)).items() if times > 1]
    if twice:
        raise ValueError(f"{name} twice: {twice}")
    return dict(chain(*pages))


BOOK = Book(
    kinds={kind.name: kind for kind in chain(*_all("KINDS"))},
    intents=_merged("INTENTS"),
    commands=tuple(chain(*_all("COMMANDS"))),
    asks=_merged("ASKS"),
    first=tuple(chain(*_all("FIRST"))),
    early=tuple(chain(*_all("EARLY"))),
    closed=_merged("CLOSED"),
    invited=join.invited,
)
