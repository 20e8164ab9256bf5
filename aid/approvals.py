"""Approvals: the second yes to a payout, or a no; asked once more after a day, given up after three.

None who decides has asked for the request, acts for her who did, has ever claimed it, or pays it.
"""

from __future__ import annotations

from typing import Final

from aid import conversations, history, inbox, ledger, members, outbox, requests, reservations
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.messages import Message
from aid.payouts import ASK, SECOND_ROLES, may_decide, put, request_of
from aid.store import fulfilments
from aid.store import payouts as rows
from aid.store import reservations as set_aside
from aid.store.fulfilments import Fulfilment
from aid.store.requests import Request

__all__ = ["approve", "expire", "over", "refuse", "remind"]

REMIND_AFTER_MS: Final = 24 * 3_600_000
OVER_AFTER_MS: Final = 72 * 3_600_000


async def approve(tx: Tx, payout: Fulfilment, *, actor: str) -> None:
    """The second yes: the payout is done, the money is given in the books, and she hears of it.

    Raises NotAllowed or Refused when this person may not say so, or another was faster.
    """
    request = await _decider(tx, payout, actor)
    if await set_aside.reserved_amount(tx, request.id) != payout.amount:
        raise Refused("payout-changed", receipt=request.receipt)
    if not await fulfilments.end(tx, payout.id, "done", approver=actor):
        raise Refused("payout-decided", receipt=request.receipt)
    await conversations.settle_about(tx, ASK, payout.id, "answered")
    await reservations.spend(tx, request, payout.id, actor=actor)
    await history.append(tx, request.organisation, "paid", "request", request.id, actor=actor)
    await _tell(tx, request, payout, payout.payer or "", "payout-approved")
    # She may have withdrawn it meanwhile: what is paid stands in the books, and she is asked nothing.
    if await requests.step(tx, request.id, "delivered", only_from=("open",), fulfilment=payout.id):
        await conversations.settle_about(tx, requests.OFFER, request.id, "withdrawn")
        await _tell(tx, request, payout, request.person, "payout-done")


async def refuse(tx: Tx, payout: Fulfilment, *, actor: str) -> None:
    """The second says no: nothing is given in the books, and the organisers hear that two disagree."""
    request = await _decider(tx, payout, actor)
    if not await _drop(tx, request, payout, "payout-refused", actor=actor):
        raise Refused("payout-decided", receipt=request.receipt)


async def remind(tx: Tx) -> int:
    """Remind those whose yes or no is missing for a day, once; of how many payouts."""
    late = await rows.to_remind(tx, tx.now - REMIND_AFTER_MS)
    for payout in late:
        for ask in await conversations.open_about(tx, ASK, payout.id):
            await put(tx, ask, payout, cause=f"payout-remind:{ask.id}")
    return len(late)


async def over(tx: Tx) -> list[Fulfilment]:
    """Payouts to which nobody has said the second yes for three days."""
    return await rows.over(tx, tx.now - OVER_AFTER_MS)


async def expire(tx: Tx, payout: Fulfilment) -> bool:
    """It is over without a second yes, and may be begun anew. False when somebody answered first."""
    request = await request_of(tx, payout)
    await ledger.hold(tx, request.organisation)
    return await _drop(tx, request, payout, "payout-expired", actor=None)


async def _drop(tx: Tx, request: Request, payout: Fulfilment, how: str, *, actor: str | None) -> bool:
    """Nothing is given in the books, but money may have left: payer and organisers hear. False: too late."""
    if not await fulfilments.end(tx, payout.id, "dead"):
        return False
    await conversations.settle_about(tx, ASK, payout.id, "answered" if actor else "withdrawn")
    await history.append(tx, request.organisation, how, "request", request.id, actor=actor)
    payer = payout.payer or request.person
    await _tell(tx, request, payout, payer, how)
    await inbox.call(tx, request.organisation, "payout", payer, about=request.id)
    return True


async def _decider(tx: Tx, payout: Fulfilment, actor: str) -> Request:
    request = await request_of(tx, payout)
    await ledger.hold(tx, request.organisation)
    if not await members.roles_of(tx, actor, request.organisation) & {*SECOND_ROLES}:
        raise NotAllowed
    if actor == payout.payer or not await may_decide(tx, request, actor):
        raise Refused("payout-too-near", receipt=request.receipt)
    return request


async def _tell(tx: Tx, request: Request, payout: Fulfilment, person: str, key: str) -> None:
    await outbox.say(
        tx,
        request.organisation,
        person,
        Message(key, {"receipt": request.receipt}),
        cause=f"{key}:{payout.id}",
        policy="hold",
    )
