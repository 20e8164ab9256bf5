"""Matching: received gifts are set aside for open requests, in the order the assembly has published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from aid import ledger, reservations
from aid.db import Tx
from aid.messages import Message
from aid.rules import matching as decision
from aid.rules.matching import Need, Supply
from aid.rules.priority import Facts, Weights, line_key, reasons
from aid.store import fulfilments, organisations
from aid.store import gifts as gift_rows
from aid.store import reservations as rows
from aid.store.gifts import Gift
from aid.store.requests import Request
from aid.store.reservations import Waiting

__all__ = ["Matched", "explain", "match"]

BECAUSE: Final = (
    ("reason-urgency-0", "urgent"),
    ("reason-older", "hardship"),
    ("reason-out-of-work", "hardship"),
    ("reason-dependants", "dependants"),
)
"""What she is told of the kept reasons: the first that holds, else that she has waited longest."""


@dataclass(frozen=True, slots=True)
class Matched:
    """How many reservations one round made and freed."""

    reserved: int
    freed: int


async def match(tx: Tx, organisation: str) -> Matched:
    """One round: free what closed requests still hold, then set aside what is left for those who wait."""
    await ledger.hold(tx, organisation)
    stale = await rows.stale(tx, organisation)
    freed = sum([await reservations.free(tx, one) for one in stale])
    waiting = await rows.waiting(tx, organisation)
    received = await gift_rows.in_state(tx, organisation, "received")
    if not waiting or not received:
        return Matched(0, freed)
    weights = await _weights(tx, organisation)
    needs = [_need(one, weights, tx.now) for one in waiting]
    pairings = decision.match(needs, [_supply(gift) for gift in received], tx.now)
    facts = {one.id: _facts(one) for one in waiting}
    by_id = {gift.id: gift for gift in received}
    for pairing in pairings:
        because = (*reasons(facts[pairing.need], weights, tx.now), *pairing.reasons)
        await reservations.reserve(
            tx, by_id[pairing.supply], pairing.need, pairing.amount, version=weights.version, because=because
        )
    return Matched(len(pairings), freed)


async def _weights(tx: Tx, organisation: str) -> Weights:
    version, content = await organisations.get_defaults(tx, organisation, "priorities")
    return Weights(**{**content, "version": version})


def _facts(one: Waiting) -> Facts:
    return Facts(one.id, one.urgency, one.opened, one.birth_year, one.out_of_work, one.dependants)


def _need(one: Waiting, weights: Weights, now: int) -> Need:
    order = line_key(_facts(one), weights, now)
    return Need(one.id, one.category, _kind(one.kind), one.lacking, one.district, order)


def _supply(gift: Gift) -> Supply:
    return Supply(gift.id, _kind(gift.kind), gift.left, gift.category, gift.district, gift.use_by)


def _kind(kind: str) -> Literal["cash", "goods"]:
    return "cash" if kind == "cash" else "goods"


async def explain(tx: Tx, request: Request) -> Message:
    """Where a request stands and why it is or is not covered, in one plain sentence without a sum or a rank.

    Once somebody has taken it or it was handed over, that is what she hears.
    """
    if request.state != "open":
        return Message(f"status-{request.state}", {"receipt": request.receipt})
    under_way = await fulfilments.open_for(tx, request.id)
    lacking = await rows.waiting(tx, request.organisation, request.id)
    if under_way is not None:
        key = "explain-paying"
    elif not lacking:
        key = "explain-full"
    elif lacking[0].lacking < request.amount:
        key = "explain-partly"
    else:
        key = "explain-others" if await _came_for_others(tx, request, lacking[0]) else "explain-none"
    return Message(key, {"receipt": request.receipt, "because": await _because(tx, request)})


async def _came_for_others(tx: Tx, request: Request, one: Waiting) -> bool:
    """Whether something that fits her came, and is set aside for others to the last unit."""
    used = await gift_rows.in_state(tx, request.organisation, "used")
    need = _need(one, await _weights(tx, request.organisation), tx.now)
    return any(decision.fits(need, _supply(gift)) for gift in used)


async def _because(tx: Tx, request: Request) -> str:
    """The first of the published reasons that told in her favour, out of what was kept with the decision."""
    kept = {key for one in await rows.of_request(tx, request.id, "reserved") for key in one.reasons}
    return next((word for key, word in BECAUSE if key in kept), "waiting")
