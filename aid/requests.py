"""Requests: opening one, telling the volunteers near, saying where it stands and why, withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aid import history, inbox, members, organisations, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import Message, Option, Value
from aid.rules import money
from aid.store import asks, incidents, requests
from aid.store.asks import Ask
from aid.store.requests import Request

__all__ = [
    "OFFER",
    "Draft",
    "Request",
    "by_id",
    "by_receipt",
    "everything",
    "in_state",
    "live_of",
    "may_ask",
    "may_help",
    "offer",
    "offer_values",
    "open_request",
    "question",
    "step",
    "withdraw",
]

OFFER_LIFE_MS = 7 * 86_400_000
OFFER = "offer"
"""The kind of ask by which a volunteer is told of a request and may claim it."""

by_id = requests.by_id
by_receipt = requests.by_receipt
everything = requests.everything
in_state = requests.in_state
live_of = requests.live_of
step = requests.step


@dataclass(frozen=True, slots=True)
class Draft:
    """What she asks for. `amount`: centimos for kind cash, persons for goods. `urgency`: 0, 1 or 2."""

    category: str
    kind: str
    amount: int
    urgency: int
    detail: str


async def open_request(
    tx: Tx, organisation: str, person: str, draft: Draft, *, behalf: str | None
) -> Request:
    """Open a request and tell the volunteers of her district.

    `behalf`: who asks for her. Raises Refused when she has one of this category open, is no member, or is to
    be protected.
    """
    tie = await members.affiliation(tx, person, organisation)
    if tie is None or tie.district is None:
        raise Refused("request-not-member")
    await may_ask(tx, organisation, person)
    opened = await requests.add(
        tx,
        organisation,
        person,
        behalf=behalf,
        category=draft.category,
        kind=draft.kind,
        amount=draft.amount,
        urgency=draft.urgency,
        district=tie.district,
        detail=draft.detail,
    )
    if opened is None:
        raise Refused("request-one-open", category=draft.category)
    await history.append(
        tx,
        organisation,
        "opened",
        "request",
        opened.id,
        actor=behalf or person,
        behalf=person if behalf else None,
        facts={"category": draft.category, "urgency": draft.urgency},
    )
    if await offer(tx, opened) == 0:
        await inbox.call(tx, organisation, "nobody-near", person, about=opened.id)
    return opened


async def may_ask(tx: Tx, organisation: str, person: str) -> None:
    """Raises Refused for a girl or a forced woman while people see to her: no queue, no volunteer told."""
    if await incidents.is_open(tx, person, organisation, "protect"):
        raise Refused("request-protected")


async def offer(tx: Tx, request: Request, *, but: str | None = None) -> int:
    """Tell the volunteers of the district who may claim it and were not told yet; how many are new.

    `but`: she who has just given it back.
    """
    told = {ask.person for ask in await asks.open_about(tx, OFFER, request.id)} | {but}
    near = await members.holders_in(tx, request.organisation, "volunteer", request.district)
    too_near = await _too_near(tx, request)
    new = [volunteer for volunteer in near if volunteer not in told | too_near]
    values = await offer_values(tx, request)
    for volunteer in new:
        await _offer_to(tx, request, volunteer, values)
    return len(new)


async def may_help(tx: Tx, request: Request, helper: str) -> bool:
    """Nobody helps herself, nor her for whom she acts, nor her who acts for her."""
    return helper not in await _too_near(tx, request)


async def _too_near(tx: Tx, request: Request) -> set[str | None]:
    return {request.person, request.behalf, *await members.bound_to(tx, request.person)}


async def _offer_to(tx: Tx, request: Request, volunteer: str, values: Mapping[str, Value]) -> None:
    ask = await asks.open_ask(
        tx, request.organisation, volunteer, OFFER, request.id, expires=tx.now + OFFER_LIFE_MS
    )
    await outbox.say(
        tx,
        request.organisation,
        volunteer,
        _offered(values, ask),
        cause=f"offer:{ask.id}",
        opener="offer-new.opener",
        condition="ask-open",
        about=ask.id,
    )


async def question(tx: Tx, request: Request, ask: Ask) -> Message:
    """The offer as it was made to a volunteer."""
    return _offered(await offer_values(tx, request), ask)


def _offered(values: Mapping[str, Value], ask: Ask) -> Message:
    return Message(
        "offer-new",
        {**values, "code": ask.code},
        options=(Option("claim", "option-claim"), Option("no", "option-not-now")),
        question=f"a{ask.code}",
    )


async def offer_values(tx: Tx, request: Request) -> dict[str, Value]:
    """What a volunteer may know before she claims: alias, district, kind, urgency, a band of the amount."""
    person = await members.by_id(tx, request.person)
    return {
        "alias": person.alias if person else "",
        "district": await organisations.district_name(tx, request.organisation, request.district),
        "category": request.category,
        "urgency": request.urgency,
        "band": money.band(money.Centimos(request.amount)) if request.kind == "cash" else "people",
    }


async def withdraw(tx: Tx, request: Request, *, actor: str) -> None:
    """She takes it back. Raises Refused when it is closed already."""
    if not await requests.step(tx, request.id, "withdrawn"):
        raise Refused("request-closed", receipt=request.receipt)
    await asks.settle_about(tx, OFFER, request.id, "withdrawn")
    await history.append(tx, request.organisation, "withdrawn", "request", request.id, actor=actor)
