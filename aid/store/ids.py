"""Chance: random ids, and random bytes for the pure rules that make codes of them."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """A random id of 128 bits. Nothing about order or number can be read from it."""
    return secrets.token_hex(16)


def chance(size: int) -> bytes:
    """Random bytes for a pure rule (a receipt, a code, an alias)."""
    return secrets.token_bytes(size)
