"""Deliveries: the six digits that a claimer types close what she carries, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aid import conversations, handovers, history, outbox, requests, reservations
from aid.db import Tx
from aid.messages import Message
from aid.requests import Request
from aid.rules import receipts
from aid.store import claims, fulfilments
from aid.store.claims import Claim

__all__ = ["Typed", "newest_of", "type_code"]

newest_of = claims.newest_of


@dataclass(frozen=True, slots=True)
class Typed:
    """What became of typed digits: `delivered`, `wrong` or `spent`. `left`: tries until the code is dead.

    `several`: she holds more than one, so the number of the request should stand before the digits.
    """

    result: str
    left: int = 0
    several: bool = False
    receipt: str = ""


async def type_code(tx: Tx, claimer: str, organisation: str, text: str) -> Typed | None:
    """Digits that a claimer typed; None when there are none or she holds nothing.

    A wrong code is a guess at each delivery she holds and counts as one for each; the right code of one
    counts for none of the others. With the number of a request before it, only that one is tried.
    """
    held = await claims.held_by(tx, claimer, organisation) if _may_hold_code(text) else []
    theirs = {claim.id: await _request(tx, claim) for claim in held}
    told = text.upper().split()
    named = [claim for claim in held if theirs[claim.id].receipt in told]
    code = receipts.read_hand_over_code(
        " ".join(word for word in told if word not in {theirs[claim.id].receipt for claim in named})
    )
    if code is None or not held:
        return None
    tried = {claim: await fulfilments.try_code(tx, claim.fulfilment, code) for claim in named or held}
    right = next((claim for claim, (result, _) in tried.items() if result == "right"), None)
    if right is None:
        return await _wrong(tx, theirs, tried, several=len(held) > 1)
    for claim, (result, _) in tried.items():
        if result == "wrong":
            await fulfilments.give_try_back(tx, claim.fulfilment)
    return await _deliver(tx, right, theirs[right.id])


def _may_hold_code(text: str) -> bool:
    return sum(letter.isdecimal() for letter in text) >= receipts.HAND_OVER_DIGITS


async def _request(tx: Tx, claim: Claim) -> Request:
    request = await requests.by_id(tx, claim.request)
    if request is None:
        raise LookupError("a claim without a request")
    return request


async def _wrong(
    tx: Tx, theirs: Mapping[str, Request], tried: Mapping[Claim, tuple[str, int]], *, several: bool
) -> Typed:
    lefts = [left for result, left in tried.values() if result == "wrong"]
    for claim, (result, left) in tried.items():
        if result == "wrong" and left == 0:
            await _dead(tx, claim, theirs[claim.id])
    if not any(lefts):
        return Typed("spent", several=several)
    return Typed("wrong", left=min(left for left in lefts if left), several=several)


async def _dead(tx: Tx, claim: Claim, request: Request) -> None:
    """Five wrong ones: she must ask for a new code. Her carer is not told how."""
    await history.append(tx, request.organisation, "code-dead", "request", request.id, actor=claim.claimer)
    if not await outbox.say(
        tx,
        request.organisation,
        request.person,
        Message("code-dead", {"receipt": request.receipt}),
        cause=f"code-dead:{claim.fulfilment}:{tx.now}",
        opener="code-dead.opener",
        about=claim.id,
        expires=claim.lease,
        alone=True,
    ):
        await handovers.by_mouth(tx, request)


async def _deliver(tx: Tx, claim: Claim, request: Request) -> Typed:
    if await claims.end(tx, claim, "delivered") is None:
        return Typed("spent")
    await fulfilments.end(tx, claim.fulfilment, "done")
    if not await requests.step(tx, request.id, "delivered", only_from=("claimed",)):
        raise RuntimeError("a held claim of a request that nobody claimed")
    await conversations.settle_about(tx, handovers.ASK, claim.id, "withdrawn")
    await outbox.cancel_about(tx, claim.id)
    await reservations.spend(tx, request, claim.fulfilment, actor=claim.claimer)
    await history.append(
        tx,
        request.organisation,
        "delivered",
        "request",
        request.id,
        actor=claim.claimer,
        facts={"fence": claim.fence},
    )
    await outbox.say(
        tx,
        request.organisation,
        request.person,
        Message("handover-thanks", {"receipt": request.receipt}),
        cause=f"delivered:{claim.id}",
        opener="handover-thanks.opener",
    )
    return Typed("delivered", receipt=request.receipt)
