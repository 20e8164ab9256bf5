"""Which gift goes to which request: one pure decision behind `match`.

Requests are filled in the published order, each as far as the gifts that fit her allow. Gifts that spoil
soonest go first, then the narrowest wish, so that free gifts stay for those whom only they can reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from aid.rules.priority import LineKey

Kind: TypeAlias = Literal["cash", "goods"]

NEVER_SPOILS = 2**63 - 1  # milliseconds; the largest BIGINT, behind every real date


@dataclass(frozen=True, slots=True)
class Need:
    """What one open request still lacks: céntimos for cash, units for goods."""

    id: str
    category: str
    kind: Kind
    amount: int
    district: str
    order: LineKey


@dataclass(frozen=True, slots=True)
class Supply:
    """What is left of one received gift, with its giver's wish. None wishes nothing.

    Goods are of their category, so goods without one fit nobody until an organiser names it. They are
    given only before `use_by` (milliseconds).
    """

    id: str
    kind: Kind
    amount: int
    category: str | None = None
    district: str | None = None
    use_by: int | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """So much of this gift for this request, and the keys of why."""

    need: str
    supply: str
    amount: int
    reasons: tuple[str, ...]


_Signature: TypeAlias = tuple[Kind, str, str]


def match(requests: Sequence[Need], gifts: Sequence[Supply], now: int) -> list[Pairing]:
    """Share received gifts among open requests; the order in which rows are passed in changes nothing."""
    good = sorted((gift for gift in gifts if not is_expired(gift, now)), key=_first_used)
    left = {gift.id: gift.amount for gift in good if gift.amount > 0}
    lines: dict[_Signature, list[Supply]] = {}
    pairings: list[Pairing] = []
    for need in sorted(requests, key=lambda need: (need.order, need.id)):
        signature = (need.kind, need.category, need.district)
        if signature not in lines:
            lines[signature] = [gift for gift in reversed(good) if fits(need, gift)]
        pairings += _fill(need, lines[signature], left)
    return pairings


def fits(need: Need, gift: Supply) -> bool:
    """The giver's wish allows this request, and the gift is of the kind it asks for."""
    if gift.kind != need.kind or gift.district not in (None, need.district):
        return False
    return gift.category == need.category or (gift.category is None and gift.kind == "cash")


def is_expired(gift: Supply, now: int) -> bool:
    """Its use-by date has come."""
    return gift.use_by is not None and gift.use_by <= now


def _fill(need: Need, line: list[Supply], left: dict[str, int]) -> list[Pairing]:
    """Take from the end of a line of gifts that fit; what is used up leaves the line for good."""
    pairings = []
    lacking = need.amount
    while line and lacking > 0:
        gift = line[-1]
        taken = min(lacking, left.get(gift.id, 0))
        if taken:
            left[gift.id] -= taken
            lacking -= taken
            pairings.append(Pairing(need.id, gift.id, taken, _why(gift)))
        if not left.get(gift.id):
            line.pop()
    return pairings


def _first_used(gift: Supply) -> tuple[int, int, str]:
    use_by = NEVER_SPOILS if gift.use_by is None else gift.use_by
    return use_by, _freedom(gift), gift.id


def _freedom(gift: Supply) -> int:
    return (gift.category is None) + (gift.district is None)


def _why(gift: Supply) -> tuple[str, ...]:
    facts = (
        ("match-turn", True),
        ("match-spoils", gift.use_by is not None),
        ("match-wish-category", gift.kind == "cash" and gift.category is not None),
        ("match-wish-district", gift.district is not None),
    )
    return tuple(key for key, true in facts if true)
