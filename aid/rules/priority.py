"""Whose turn it is: the published order of the line.

First how soon it is needed (0 today, 1 this week, 2 normal); then being older or out of work; then how many
depend on her; then who has waited longest. Attendance, affiliation, dues and votes are no inputs, so they
cannot count. The weights are rows with a version, chosen by the assembly, and are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NamedTuple

TODAY: Final = 0
THIS_WEEK: Final = 1
NORMAL: Final = 2

MILLISECONDS: Final = 1000  # in a second


@dataclass(frozen=True, slots=True)
class Weights:
    """A version of what counts. Zero switches a fact off; more than `dependants_most` count as that many."""

    version: int
    older_from: int
    older: int
    out_of_work: int
    dependant: int
    dependants_most: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the order may know of a request. `id` is random and only breaks ties."""

    id: str
    urgency: int
    since: int
    birth_year: int | None = None
    out_of_work: bool = False
    dependants: int = 0


class LineKey(NamedTuple):
    """Her place in the line; the smallest comes first."""

    urgency: int
    hardship: int
    dependants: int
    since: int
    id: str


def line_key(facts: Facts, weights: Weights, now: int) -> LineKey:
    """Where a request stands in the published order."""
    older = weights.older if is_older(facts, weights, now) else 0
    out_of_work = weights.out_of_work if facts.out_of_work else 0
    return LineKey(
        facts.urgency, -max(older, out_of_work), -_dependants(facts, weights), facts.since, facts.id
    )


def reasons(facts: Facts, weights: Weights, now: int) -> list[str]:
    """The keys of the sentences that explain her place, in the order in which they count."""
    keys = [f"reason-urgency-{facts.urgency}"]
    if weights.older and is_older(facts, weights, now):
        keys.append("reason-older")
    if weights.out_of_work and facts.out_of_work:
        keys.append("reason-out-of-work")
    if _dependants(facts, weights):
        keys.append("reason-dependants")
    return [*keys, "reason-waiting"]


def is_older(facts: Facts, weights: Weights, now: int) -> bool:
    """She reaches the age this year. We keep no birthday, so the whole year counts for her."""
    if facts.birth_year is None:
        return False
    return datetime.fromtimestamp(now // MILLISECONDS, UTC).year - facts.birth_year >= weights.older_from


def _dependants(facts: Facts, weights: Weights) -> int:
    return weights.dependant * min(facts.dependants, weights.dependants_most)
