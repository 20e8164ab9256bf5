"""The only clock of the program; everything else is told the time."""

from __future__ import annotations

import time


def clock() -> int:
    """Now, milliseconds UTC."""
    return time.time_ns() // 1_000_000
