"""Handing over: where and until when, the six digits that the asker holds, what follows when they are typed.

The code is kept only as a keyed hash, so whoever asks for it again gets another one and the old one is dead.
She who acts for another never receives that other's code: an organiser passes it on by mouth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aid import conversations, gifts, history, inbox, members, organisations, outbox, requests
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.members import Address
from aid.messages import ChannelName, Message, Value
from aid.requests import Request
from aid.rules import receipts
from aid.store import claims, fulfilments
from aid.store.claims import Claim
from aid.store.ids import chance

__all__ = [
    "ASK",
    "TELL_CODE",
    "Typed",
    "by_id",
    "by_mouth",
    "code_to_pass_on",
    "new_code",
    "newest_of",
    "tell_asker",
    "type_code",
    "where_and_until",
]

ASK = "hand-over"
"""The kind of ask by which she learns, when it suits her, who comes and her code."""
TELL_CODE = "tell-code"
"""The kind of the organisers' row when a code can reach her only by mouth."""
NO_POINT = "none"

by_id = claims.by_id
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


async def where_and_until(tx: Tx, claim: Claim, request: Request) -> dict[str, Value]:
    """The meeting point and the hour, which open with the lease and close with it."""
    organisation = await organisations.by_id(tx, claim.organisation)
    place = await organisations.point(tx, claim.organisation, request.district)
    day, hour = _wall(tx.now, claim.lease, ZoneInfo(organisation.zone))
    return {"receipt": request.receipt, "place": place or NO_POINT, "day": day, "hour": hour}


def _wall(now: int, instant: int, zone: ZoneInfo) -> tuple[str, str]:
    """An instant on the wall: `today`, `tomorrow` or a date, and the time of day."""
    then = datetime.fromtimestamp(instant / 1000, UTC).astimezone(zone)
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    return near.get(then.date(), f"{then:%d/%m}"), f"{then:%H:%M}"


async def tell_asker(tx: Tx, claim: Claim, request: Request) -> None:
    """Somebody comes: where, until when, and her code. By SMS the first word is discreet."""
    own = await members.addresses_of(tx, request.person)
    if not own:
        await _tell_carer(tx, claim, request)
        return
    ask = await _ask(tx, claim, request) if _is_first_word(tx, own[0]) else None
    message = await _told(tx, claim, request, notice=ask.code if ask else "")
    said = await outbox.say(
        tx,
        claim.organisation,
        request.person,
        message,
        cause=f"claim:{claim.id}",
        opener=f"{message.key}.opener" if ask else "",
        policy="hold",
        condition="ask-open" if ask else None,
        about=ask.id if ask else claim.id,
        expires=claim.lease,
    )
    if said and ask is None:
        await claims.mark_told(tx, claim.id)
    if not said:
        await conversations.settle_about(tx, ASK, claim.id, "withdrawn")
        await by_mouth(tx, request)


def _is_first_word(tx: Tx, address: Address) -> bool:
    return address.channel is ChannelName.SMS and tx.now - address.heard > outbox.ANSWERING_MS


async def _ask(tx: Tx, claim: Claim, request: Request) -> conversations.Ask:
    return await conversations.open_ask(
        tx, claim.organisation, request.person, ASK, claim.id, expires=claim.lease
    )


async def _told(tx: Tx, claim: Claim, request: Request, *, notice: str = "") -> Message:
    """What only she may read. `notice`: the code of the ask that a discreet first word names."""
    claimer = await members.by_id(tx, claim.claimer)
    values = await where_and_until(tx, claim, request) | {
        "alias": claimer.alias if claimer else "",
        "code": await _fresh(tx, claim.fulfilment),
        "notice": notice,
    }
    return Message("handover-told", values, protect=True)


async def _fresh(tx: Tx, fulfilment: str) -> str:
    code = receipts.hand_over_code(chance(receipts.RANDOM_BYTES))
    await fulfilments.set_code(tx, fulfilment, code)
    return code


async def _tell_carer(tx: Tx, claim: Claim, request: Request) -> None:
    """She has no address of her own: her carer hears that somebody comes, an organiser tells her the rest."""
    await outbox.say(
        tx,
        claim.organisation,
        request.person,
        Message("handover-told-carer", {"receipt": request.receipt}),
        cause=f"claim:{claim.id}",
        about=claim.id,
        expires=claim.lease,
    )
    await claims.mark_told(tx, claim.id)
    await by_mouth(tx, request)


async def by_mouth(tx: Tx, request: Request) -> None:
    """Put her code on the organisers' list, once: somebody must tell her."""
    for item in await inbox.open_for(tx, request.organisation, reader=""):
        if (item.kind, item.about) == (TELL_CODE, request.id):
            return
    await inbox.call(tx, request.organisation, TELL_CODE, request.person, about=request.id)


async def new_code(tx: Tx, request: Request) -> Message:
    """A new code for the asker herself, with where and until when; the old one and its tries are dead.

    Raises Refused when nobody is on her way.
    """
    claim = await _held(tx, request)
    await claims.mark_told(tx, claim.id)
    await conversations.settle_about(tx, ASK, claim.id, "answered")
    await outbox.cancel_about(tx, claim.id)
    await history.append(
        tx, request.organisation, "code-renewed", "request", request.id, actor=request.person
    )
    return await _told(tx, claim, request)


async def code_to_pass_on(tx: Tx, request: Request, organiser: str) -> Message:
    """A new code for an organiser to say to the asker.

    Raises NotAllowed when she acts for her or carries it, Refused when nobody is on her way.
    """
    claim = await _held(tx, request)
    if organiser == claim.claimer or not await requests.may_help(tx, request, organiser):
        raise NotAllowed("code-another-organiser")
    await claims.mark_told(tx, claim.id)
    for item in await inbox.open_for(tx, request.organisation, organiser):
        if item.kind == TELL_CODE and item.about == request.id:
            await inbox.settle(tx, item, actor=organiser)
    await history.append(
        tx,
        request.organisation,
        "code-renewed",
        "request",
        request.id,
        actor=organiser,
        behalf=request.person,
    )
    asker = await members.by_id(tx, request.person)
    told = await _told(tx, claim, request)
    return Message("code-pass-on", {**told.values, "asker": asker.alias if asker else ""}, protect=True)


async def _held(tx: Tx, request: Request) -> Claim:
    claim = await claims.held_for(tx, request.id)
    if claim is None or claim.lease <= tx.now:
        raise Refused("code-none")
    return claim


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
    own = await members.addresses_of(tx, request.person)
    if not own or not await outbox.say(
        tx,
        request.organisation,
        request.person,
        Message("code-dead", {"receipt": request.receipt}),
        cause=f"code-dead:{claim.fulfilment}:{tx.now}",
        opener="code-dead.opener",
        about=claim.id,
        expires=claim.lease,
    ):
        await by_mouth(tx, request)


async def _deliver(tx: Tx, claim: Claim, request: Request) -> Typed:
    if await claims.end(tx, claim, "delivered") is None:
        return Typed("spent")
    await fulfilments.end(tx, claim.fulfilment, "done")
    if not await requests.step(tx, request.id, "delivered", only_from=("claimed",)):
        raise RuntimeError("a held claim of a request that nobody claimed")
    await conversations.settle_about(tx, ASK, claim.id, "withdrawn")
    await outbox.cancel_about(tx, claim.id)
    await gifts.spend(tx, request, claim.fulfilment, actor=claim.claimer)
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
