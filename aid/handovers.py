"""Handing over: where and until when, and the six digits that the asker holds.

The code is kept only as a keyed hash, so whoever asks for it again gets another one and the old one is dead.
She who acts for another never receives that other's code: an organiser passes it on by mouth.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from aid import conversations, history, inbox, members, organisations, outbox, requests
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.members import Address
from aid.messages import ChannelName, Message, Value
from aid.requests import Request
from aid.rules import leases, receipts
from aid.store import claims, fulfilments
from aid.store.claims import Claim
from aid.store.ids import chance

__all__ = [
    "ASK",
    "TELL_CODE",
    "by_id",
    "by_mouth",
    "code_to_pass_on",
    "new_code",
    "tell_asker",
    "where_and_until",
]

ASK = "hand-over"
"""The kind of ask by which she learns, when it suits her, who comes and her code."""
TELL_CODE = "tell-code"
"""The kind of the organisers' row when a code can reach her only by mouth."""
NO_POINT = "none"

by_id = claims.by_id


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
    own = await outbox.reaching(tx, claim.organisation, request.person)
    if own is None:
        await _tell_carer(tx, claim, request)
        return
    ask = await _ask(tx, claim, request) if await _is_first_word(tx, own) else None
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
        alone=True,
    )
    if said and ask is None:
        await claims.mark_told(tx, claim.id)
    if not said:
        await conversations.settle_about(tx, ASK, claim.id, "withdrawn")
        await by_mouth(tx, request)


async def _is_first_word(tx: Tx, address: Address) -> bool:
    return address.channel is ChannelName.SMS and await outbox.is_first_word(tx, address.id, address.line)


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
    """No line reaches her: her carer hears that somebody comes, an organiser tells her the rest."""
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
    if not await inbox.open_about(tx, TELL_CODE, request.id):
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
    for item in await inbox.open_about(tx, TELL_CODE, request.id):
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
    if claim is None or leases.is_over(claim.lease, tx.now):
        raise Refused("code-none")
    return claim
