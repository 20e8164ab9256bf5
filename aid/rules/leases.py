"""How long a claim holds before the request returns to its place in the line. Instants in milliseconds."""

from __future__ import annotations

from typing import Final

HOUR: Final = 3_600_000  # milliseconds

LEASE_HOURS: Final = (4, 24, 48)
"""By urgency class: today, this week, normal. Long enough for a bus across Lima and a day's work."""


def lease_end(start: int, urgency: int) -> int:
    """When a claim made at `start` ends by itself."""
    return start + LEASE_HOURS[urgency] * HOUR


def halfway(start: int, end: int) -> int:
    """When she who claimed is reminded."""
    return start + (end - start) // 2


def is_over(end: int, now: int) -> bool:
    """The lease has ended; at the very instant of its end it is no longer hers."""
    return now >= end
