"""Payouts: a treasurer pays what is set aside for a request, and others are asked for the second yes.

Neither she nor who says yes has asked for it, acts for her who did, or has ever claimed the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aid import conversations, history, ledger, members, organisations, outbox, requests
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.messages import ChannelName, Message, Option, Value
from aid.rules.money import Centimos, say_soles
from aid.store import fulfilments
from aid.store import reservations as set_aside
from aid.store.fulfilments import Fulfilment
from aid.store.requests import Request

__all__ = [
    "ASK",
    "SECOND_ROLES",
    "Due",
    "begin",
    "by_id",
    "due",
    "may_decide",
    "number_of",
    "payable",
    "put",
    "request_of",
    "shown",
    "told_of",
]

ASK: Final = "payout-yes"
"""The kind of ask by which the second person says yes or no."""
ASK_LIFE_MS: Final = 30 * 86_400_000
SECOND_ROLES: Final = ("organiser", "treasurer")
"""The roles that may give the second yes, in the order in which they are asked."""

by_id = fulfilments.by_id


@dataclass(frozen=True, slots=True)
class Due:
    """What may be paid for a request now: centimos that are set aside for it."""

    request: Request
    amount: int


async def payable(tx: Tx, organisation: str, payer: str) -> list[str]:
    """The receipts of open cash requests that this treasurer may pay now, oldest first."""
    found = []
    for request in await set_aside.payable(tx, organisation):
        known = await requests.by_id(tx, request)
        if known is not None and await may_decide(tx, known, payer):
            found.append(known.receipt)
    return found


async def due(tx: Tx, organisation: str, receipt: str, payer: str) -> Due:
    """What this treasurer may pay for the request of a receipt.

    Raises NotAllowed to whoever is no treasurer; Refused when there is no such open cash request, nothing is
    set aside for it, another answers it already, she is too near to it, or nobody could give the second yes.
    """
    if "treasurer" not in await members.roles_of(tx, payer, organisation):
        raise NotAllowed
    await ledger.hold(tx, organisation)
    request = await requests.by_receipt(tx, organisation, receipt)
    if request is None or request.kind != "cash" or request.state not in {"open", "claimed"}:
        raise Refused("payout-unknown", receipt=receipt)
    if not await may_decide(tx, request, payer):
        raise Refused("payout-too-near", receipt=receipt)
    if request.state == "claimed":
        raise Refused("payout-claimed", receipt=receipt)
    if await fulfilments.open_for(tx, request.id) is not None:
        raise Refused("payout-begun", receipt=receipt)
    amount = await set_aside.reserved_amount(tx, request.id)
    if amount == 0:
        raise Refused("payout-nothing", receipt=receipt)
    if not await _seconds(tx, request, payer):
        raise Refused("payout-alone", receipt=receipt)
    return Due(request, amount)


async def number_of(tx: Tx, due_now: Due, payer: str) -> str:
    """The telephone of her who is to be paid, for this one payout; "" when none of her own is known.

    Each showing is written down. Whose telephone it is that she borrows is nobody's business here.
    """
    request = due_now.request
    own = await members.addresses_of(tx, request.person)
    number = next((one.address for one in own if one.channel is ChannelName.SMS), "")
    if number:
        await history.append(tx, request.organisation, "number-shown", "request", request.id, actor=payer)
    return number


async def begin(tx: Tx, organisation: str, receipt: str, *, payer: str, operation: str, amount: int) -> str:
    """She has paid: keep the operation number and ask the others for the second yes.

    `amount`: what she was shown, centimos. Raises as `due` does, and Refused when it is another sum by now.
    """
    told = await due(tx, organisation, receipt, payer)
    if told.amount != amount:
        raise Refused("payout-changed", receipt=receipt)
    request = told.request
    begun = await fulfilments.begin(
        tx,
        organisation,
        request.id,
        "payout",
        asker=request.person,
        behalf=request.behalf,
        payer=payer,
        amount=amount,
    )
    if begun is None:
        raise Refused("payout-begun", receipt=receipt)
    await fulfilments.set_operation(tx, begun, organisation, operation)
    await history.append(tx, organisation, "payout-begun", "request", request.id, actor=payer)
    for second in await _seconds(tx, request, payer):
        await _ask(tx, request, begun, second, operation)
    return begun


async def _ask(tx: Tx, request: Request, payout: str, second: str, operation: str) -> None:
    ask = await conversations.open_ask(
        tx,
        request.organisation,
        second,
        ASK,
        payout,
        expires=tx.now + ASK_LIFE_MS,
        content={"operation": operation},
    )
    found = await fulfilments.by_id(tx, payout)
    if found is None:
        raise LookupError("a payout that is gone")
    await put(tx, ask, found, cause=f"payout-yes:{ask.id}")


async def put(tx: Tx, ask: conversations.Ask, payout: Fulfilment, *, cause: str) -> None:
    """Put the question for the second yes to her whom an ask is for."""
    await outbox.say(
        tx,
        payout.organisation,
        ask.person,
        await shown(tx, ask, payout),
        cause=cause,
        opener="payout-asked.opener",
        policy="hold",
        condition="ask-open",
        about=ask.id,
    )


async def shown(tx: Tx, ask: conversations.Ask, payout: Fulfilment) -> Message:
    """The question for the second yes, with what she needs to judge it."""
    request = await request_of(tx, payout)
    values = await told_of(tx, request, payout.amount or 0)
    return Message(
        "payout-asked",
        values | {"operation": ask.content["operation"], "code": ask.code},
        options=(Option("yes", "option-yes"), Option("no", "option-no")),
        question=f"a{ask.code}",
        protect=True,
    )


async def told_of(tx: Tx, request: Request, amount: int) -> dict[str, Value]:
    """What payer and second may know: receipt, alias, district and the sum (never by SMS)."""
    person = await members.by_id(tx, request.person)
    return {
        "receipt": request.receipt,
        "alias": person.alias if person else "",
        "district": await organisations.district_name(tx, request.organisation, request.district),
        "amount": say_soles(Centimos(amount)),
    }


async def may_decide(tx: Tx, request: Request, person: str) -> bool:
    """Not for herself, nor her for whom she acts, nor her who acts for her, nor what she has claimed."""
    if not await requests.may_help(tx, request, person):
        return False
    return person not in await set_aside.claimers_of(tx, request.id)


async def _seconds(tx: Tx, request: Request, payer: str) -> list[str]:
    holders = await members.holders(tx, request.organisation, *SECOND_ROLES)
    return [one for one in holders if one != payer and await may_decide(tx, request, one)]


async def request_of(tx: Tx, payout: Fulfilment) -> Request:
    """The request that a payout answers."""
    found = await requests.by_id(tx, payout.request)
    if found is None:
        raise LookupError("a payout without a request")
    return found
