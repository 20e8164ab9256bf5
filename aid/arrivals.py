"""Did it arrive? Asked a day later of the asker herself, never through her who carried it or acts for her."""

from __future__ import annotations

from aid import conversations, history, inbox, outbox, requests
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.messages import Message, Option
from aid.requests import Request
from aid.store import arrivals as rows
from aid.store import claims as carriers
from aid.store.fulfilments import Fulfilment

__all__ = ["ASK", "answer", "ask_next", "close_next", "may_answer", "question"]

ASK = "arrival"
"""The kind of ask by which she says whether it came."""
ASK_BY_MOUTH = "ask-arrival"
NOT_ARRIVED = "not-arrived"
AFTER_MS = 24 * 3_600_000
LIFE_MS = 72 * 3_600_000
SURE_OF = ("delivered", "unconfirmed")
"""States in which her word still counts."""


async def ask_next(tx: Tx) -> bool:
    """Ask about one thing that was handed over or paid a day ago; False when there is none."""
    done = await rows.next_to_ask(tx, tx.now - AFTER_MS)
    if done is None:
        return False
    request = await requests.by_id(tx, done.request)
    if request is not None and request.state == "delivered" and not await _asked(tx, request):
        await inbox.call(tx, request.organisation, ASK_BY_MOUTH, request.person, about=request.id)
    return True


async def _asked(tx: Tx, request: Request) -> bool:
    """Ask her where she alone reads it; False when there is no such place."""
    ask = await conversations.open_ask(
        tx, request.organisation, request.person, ASK, request.id, expires=tx.now + LIFE_MS
    )
    message = question(request, ask)
    said = await outbox.say(
        tx,
        request.organisation,
        request.person,
        message,
        cause=f"arrival:{ask.id}",
        opener=f"{message.key}.opener",
        condition="ask-open",
        about=ask.id,
        expires=ask.expires,
        alone=True,
    )
    if not said:
        await conversations.settle(tx, ask.id, "withdrawn")
    return said


def question(request: Request, ask: conversations.Ask) -> Message:
    """The question itself."""
    return Message(
        "arrival-asked",
        {"receipt": request.receipt, "code": ask.code},
        options=(Option("yes", "option-yes"), Option("no", "option-no")),
        question=f"a{ask.code}",
    )


async def close_next(tx: Tx) -> bool:
    """Take one silence of three days for what it is, "not confirmed"; False when there is none."""
    silent = await rows.next_silent(tx, tx.now - LIFE_MS)
    if silent is None:
        return False
    if await requests.step(tx, silent.request, "unconfirmed", only_from=("delivered",)):
        await conversations.settle_about(tx, ASK, silent.request, "expired")
        await history.append(tx, silent.organisation, "unconfirmed", "request", silent.request, actor=None)
    return True


async def may_answer(tx: Tx, request: Request, speaker: str) -> bool:
    """Whether somebody may say for her that it came: nobody who carried or paid it, nor who acts for her."""
    if speaker == request.person:
        return True
    done = await rows.done_for(tx, request.id)
    if speaker in await _hands(tx, request, done):
        return False
    return await requests.may_help(tx, request, speaker)


async def _hands(tx: Tx, request: Request, done: Fulfilment | None) -> set[str | None]:
    """Through whose hands it went."""
    carried = await carriers.delivered_for(tx, request.id)
    hands = {carried.claimer if carried else None}
    return hands | ({done.payer, done.approver} if done else set())


async def answer(tx: Tx, request: Request, *, arrived: bool, actor: str) -> None:
    """She, or an organiser who asked her, says whether it came. "No" puts it back in its place in the line.

    The books are not rewritten: what was given stays given, an organiser looks into it. Raises NotAllowed to
    whoever may not say it, Refused when it is closed or she has asked for the same again meanwhile.
    """
    if not await may_answer(tx, request, actor):
        raise NotAllowed("arrival-another")
    if not arrived:
        await _alone(tx, request)
    if not await requests.step(tx, request.id, "confirmed" if arrived else "open", only_from=SURE_OF):
        raise Refused("request-closed", receipt=request.receipt)
    await rows.answer(tx, request.id, "yes" if arrived else "no")
    await conversations.settle_about(tx, ASK, request.id, "answered")
    await history.append(
        tx,
        request.organisation,
        "confirmed" if arrived else "not-arrived",
        "request",
        request.id,
        actor=actor,
        behalf=request.person if actor != request.person else None,
    )
    if not arrived:
        await inbox.call(tx, request.organisation, NOT_ARRIVED, request.person, about=request.id)
        carried = await carriers.delivered_for(tx, request.id)
        await requests.offer(tx, request, but=carried.claimer if carried else None)


async def _alone(tx: Tx, request: Request) -> None:
    """One live request per kind of help: reopening must not make two."""
    for other in await requests.live_of(tx, request.person, request.organisation):
        if other.id != request.id and other.category == request.category:
            raise Refused("request-one-open", category=request.category)
