"""The ways each story is played: by SMS, by Telegram and mixed, on either database, killed and in peace."""

from __future__ import annotations

import os
import random
from collections.abc import Callable

import pytest

from tests.servers.fixtures import KINDS
from tests.stories.theatre import Fate, killed_between, killed_by_chance, unharmed

SEED = "STORY_SEED"
"""Set it to the seed that a failing test printed, and the program dies at the same places again."""


def in_peace() -> Fate:
    """Nobody kills the program."""
    return unharmed


def by_chance() -> Fate:
    """Killed at places that nobody chose."""
    return killed_by_chance(int(os.environ.get(SEED) or random.SystemRandom().randrange(1_000_000)))


WAYS = (
    ("sqlite", "sms", killed_between),
    ("postgresql", "telegram", killed_between),
    ("sqlite", "mixed", killed_between),
    ("postgresql", "sms", in_peace),
    ("sqlite", "telegram", in_peace),
)


def plays(*ways: tuple[str, str, Callable[[], Fate]]) -> pytest.MarkDecorator:
    """Play a story in these ways: the database, the phones, what befalls the program."""
    known = [(kind if kind in KINDS else "sqlite", channels, fate) for kind, channels, fate in ways]
    played = [pytest.param(*way, id=f"{way[1]}-{way[2].__name__}-{way[0]}") for way in known]
    return pytest.mark.parametrize(("kind", "channels", "fate"), played)


PLAYS = plays(*WAYS)
PLAYS_AND_CHANCE = plays(*WAYS, ("postgresql", "mixed", by_chance))
