"""Claims: one volunteer takes a request for the time of a lease, gives it back, or lets it run out.

A request that comes back stands in its old place in the line: `opened` never changes.
"""

from __future__ import annotations

from aid import conversations, handovers, history, inbox, ledger, members, outbox, requests, reservations
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.messages import Message, Value
from aid.requests import Request
from aid.rules import leases
from aid.store import claims, fulfilments
from aid.store.claims import Claim
from aid.store.ids import new_id

__all__ = [
    "MOST_HELD",
    "Claim",
    "claim",
    "expire",
    "give_back",
    "held_by",
    "news",
    "offer_rested",
    "over",
    "remind",
    "withdraw",
]

MOST_HELD = 3
REST_MS = 12 * 3_600_000
"""So long she who gave a request back, or let it run out, is not offered it again."""
NO_POINT = "no-point"
"""The kind of the organisers' row when a district has no meeting point."""

held_by = claims.held_by
over = claims.over


async def claim(tx: Tx, request: Request, claimer: str) -> Claim:
    """Take a request: one conditional UPDATE decides among all who want it. The asker is told who comes.

    Raises NotAllowed to whoever is no volunteer here, Refused when it is hers, when she holds too many, when
    it is being paid, or when another was faster.
    """
    await _may_claim(tx, request, claimer)
    fulfilment = new_id()
    if not await requests.step(tx, request.id, "claimed", only_from=("open",), fulfilment=fulfilment):
        raise Refused("claim-lost")
    made = await _hold(tx, request, claimer, fulfilment)
    if made is None:
        # A payment began in the same moment. Whoever catches Refused may commit, so nothing half done stays.
        await requests.step(tx, request.id, "open", only_from=("claimed",))
        raise Refused("claim-paying")
    await conversations.settle_about(tx, requests.OFFER, request.id, "withdrawn")
    await history.append(
        tx,
        request.organisation,
        "claimed",
        "request",
        request.id,
        actor=claimer,
        facts={"fence": made.fence},
    )
    await handovers.tell_asker(tx, made, request)
    await _need_point(tx, made, request)
    return made


async def _may_claim(tx: Tx, request: Request, claimer: str) -> None:
    if "volunteer" not in await members.roles_of(tx, claimer, request.organisation):
        raise NotAllowed
    if not await requests.may_help(tx, request, claimer):
        raise Refused("claim-own")
    if request.state != "open":
        raise Refused("claim-lost")
    if len(await claims.held_by(tx, claimer, request.organisation)) >= MOST_HELD:
        raise Refused("claim-most", most=MOST_HELD)
    if await _is_being_paid(tx, request):
        raise Refused("claim-paying")


async def _is_being_paid(tx: Tx, request: Request) -> bool:
    under_way = await fulfilments.open_for(tx, request.id)
    return under_way is not None and under_way.kind == "payout"


async def _hold(tx: Tx, request: Request, claimer: str, fulfilment: str) -> Claim | None:
    begun = await fulfilments.begin(
        tx,
        request.organisation,
        request.id,
        "delivery",
        asker=request.person,
        behalf=request.behalf,
        row=fulfilment,
    )
    if begun is None:
        return None
    lease = leases.lease_end(tx.now, request.urgency)
    return await claims.add(
        tx,
        request.organisation,
        request.id,
        fulfilment,
        claimer=claimer,
        asker=request.person,
        behalf=request.behalf,
        lease=lease,
        remind=leases.halfway(tx.now, lease),
    )


async def _need_point(tx: Tx, made: Claim, request: Request) -> None:
    where = await handovers.where_and_until(tx, made, request)
    if where["place"] == handovers.NO_POINT:
        await inbox.call(tx, request.organisation, NO_POINT, request.person, about=request.id)


async def news(tx: Tx, made: Claim, request: Request) -> tuple[Message, Message]:
    """What she who claimed may know: what for whom, then where and until when."""
    offered = await requests.offer_values(tx, request)
    people = request.amount if request.kind == "goods" else 0
    return (
        Message("claim-yours", {**offered, "receipt": request.receipt, "people": people}),
        Message("claim-where", await handovers.where_and_until(tx, made, request), protect=True),
    )


async def give_back(tx: Tx, held: Claim, *, reason: str) -> bool:
    """She cannot: the request returns to its place and others are told. False when it was no longer hers."""
    return await _return(tx, held, "given_back", reason=reason, actor=held.claimer)


async def expire(tx: Tx, held: Claim) -> bool:
    """Her time is over: the request returns to its place, others are told, and so is she."""
    if not leases.is_over(held.lease, tx.now) or not await _return(tx, held, "expired", actor=None):
        return False
    await _tell_claimer(tx, held, "claim-over")
    return True


async def _return(tx: Tx, held: Claim, state: str, *, reason: str = "", actor: str | None) -> bool:
    ended = await _end(tx, held, state, reason=reason, again=tx.now + REST_MS, actor=actor)
    request = await requests.by_id(tx, held.request)
    if ended is None or request is None:
        return False
    if await requests.step(tx, request.id, "open", only_from=("claimed",)):
        await requests.offer(tx, request, but=held.claimer)
        if ended.told is not None:
            await outbox.say(
                tx,
                request.organisation,
                request.person,
                Message("claim-returned", {"receipt": request.receipt}),
                cause=f"returned:{held.id}",
            )
    return True


async def _end(
    tx: Tx, held: Claim, state: str, *, reason: str = "", again: int | None = None, actor: str | None
) -> Claim | None:
    """End a claim and all that was open with it: the code, the point, the hour, and what was not said yet."""
    ended = await claims.end(tx, held, state, reason=reason, again=again)
    if ended is None:
        return None
    await fulfilments.end(tx, held.fulfilment, "dead")
    await conversations.settle_about(tx, handovers.ASK, held.id, "withdrawn")
    await outbox.cancel_about(tx, held.id)
    facts: dict[str, Value] = {"fence": held.fence, "state": state}
    await history.append(
        tx, held.organisation, "claim-ended", "request", held.request, actor=actor, facts=facts
    )
    return ended


async def offer_rested(tx: Tx) -> int:
    """Offer what is still open to those, too, who gave it back half a day ago; how many were told."""
    told = 0
    for waiting in await claims.to_offer_again(tx):
        request = await requests.by_id(tx, waiting)
        if request is not None and request.state == "open":
            told += await requests.offer(tx, request)
    return told


async def remind(tx: Tx) -> int:
    """Remind those whose time is half over, once; how many."""
    half = await claims.to_remind(tx)
    for held in half:
        await _tell_claimer(tx, held, "claim-remind", about=held.id)
    return len(half)


async def _tell_claimer(tx: Tx, held: Claim, key: str, *, about: str | None = None) -> None:
    request = await requests.by_id(tx, held.request)
    if request is None:
        return
    await outbox.say(
        tx,
        held.organisation,
        held.claimer,
        Message(key, await handovers.where_and_until(tx, held, request), protect=True),
        cause=f"{key}:{held.id}",
        opener=f"{key}.opener",
        about=about,
        expires=held.lease if about else None,
    )


async def withdraw(tx: Tx, request: Request, *, actor: str) -> None:
    """The asker takes it back: what was set aside is free, and she who was on her way is told.

    Raises Refused when it is closed already.
    """
    await ledger.hold(tx, request.organisation)
    await requests.withdraw(tx, request, actor=actor)
    if not await _is_being_paid(tx, request):  # what a treasurer has paid already stays set aside for it
        await reservations.release(tx, request.id)
    held = await claims.held_for(tx, request.id)
    if held is not None and await _end(tx, held, "given_back", actor=actor) is not None:
        await _tell_claimer(tx, held, "claim-withdrawn")
