"""One bot as the installation knows it: its token, where the Bot API is, how patient we are with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

OFFICIAL_API = "https://api.telegram.org"

Sign: TypeAlias = Callable[[str], str]
"""The keyed code of a text, as letters and digits, without colons; at least 12 characters of it are used."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one call may take, in seconds, by the stage it is in."""

    pool: float = 5.0
    connect: float = 10.0
    read: float = 20.0


@dataclass(frozen=True, slots=True)
class Account:
    """A bot's token (never shown, not even in a repr) and the address of the Bot API it lives behind."""

    token: str = field(repr=False)
    api_url: str = OFFICIAL_API
    pool_size: int = 100
    patience: Patience = Patience()
