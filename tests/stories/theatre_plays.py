"""The ways each story is played: by SMS, by Telegram and mixed, on either database, killed and in peace."""

from __future__ import annotations

import os
import random

import pytest

from tests.servers.fixtures import KINDS
from tests.stories.theatre import Fate, killed_between, killed_by_chance, unharmed

SEED = "AYNI_TEST_SEED"
"""Set it to the seed that a failing test printed, and the program dies at the same places again."""


def in_peace() -> Fate:
    """Nobody kills the program."""
    return unharmed


def by_chance() -> Fate:
    """Killed at places that nobody chose."""
    return killed_by_chance(int(os.environ.get(SEED) or random.SystemRandom().randrange(1_000_000)))


PLAYS = pytest.mark.parametrize(
    ("kind", "channels", "fate"),
    [
        pytest.param(
            kind if kind in KINDS else "sqlite", channels, fate, id=f"{channels}-{fate.__name__}-{kind}"
        )
        for kind, channels, fate in (
            ("sqlite", "sms", killed_between),
            ("postgresql", "telegram", killed_between),
            ("sqlite", "mixed", killed_between),
            ("postgresql", "mixed", by_chance),
            ("postgresql", "sms", in_peace),
            ("sqlite", "telegram", in_peace),
        )
    ],
)
