"""What can go wrong at a provider, planned in advance: the next calls take it in turn."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum


class Fault(StrEnum):
    """One misfortune. The first group happens to our calls, the second to the provider's calls to us."""

    BROKEN = "broken"
    """5xx, and nothing was done."""
    BROKEN_AFTER = "broken-after"
    """5xx, but the message is on its way."""
    CUT = "cut"
    """The line breaks before anything was done."""
    CUT_AFTER = "cut-after"
    """The line breaks before the answer; the message is on its way."""
    SLOW = "slow"
    """The answer takes `Faults.slow_seconds`; the message is on its way."""
    TOO_MANY = "too-many"
    """429 with Retry-After: 7."""
    LOCKED = "locked"
    """Our credentials are refused."""

    LOST = "lost"
    """A webhook never comes."""
    TWICE = "twice"
    """A webhook comes twice."""
    BACKWARDS = "backwards"
    """"delivered" is reported before "sent"."""
    REPORTS_FIRST = "reports-first"
    """The reports come before our call is answered."""


BEFORE = (Fault.BROKEN, Fault.CUT, Fault.TOO_MANY, Fault.LOCKED)
AFTER = (Fault.BROKEN_AFTER, Fault.CUT_AFTER, Fault.SLOW)


class Faults:
    """The plan."""

    def __init__(self) -> None:
        self.slow_seconds = 30.0
        self._planned: Counter[Fault] = Counter()

    def plan(self, fault: Fault, times: int = 1) -> None:
        """Let it happen the next `times` times."""
        self._planned[fault] += times

    def take(self, *candidates: Fault) -> Fault | None:
        """The next planned one of these, used up by this call."""
        for fault in candidates:
            if self._planned[fault]:
                self._planned[fault] -= 1
                return fault
        return None
