"""Saying something to somebody: the row is written in the transaction that decides it, and leaves afterwards."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from aid.db import Tx
from aid.messages import ChannelName, Message, Outcome, Outgoing, Report, ReportState, Verdict
from aid.store import addresses, asks, carers, inbox, members, outbox
from aid.store.addresses import Address
from aid.store.outbox import Claimed as Claimed  # noqa: PLC0414 - named here for the worker
from aid.store.outbox import Saying

ANSWERING_MS = 15 * 60_000
"""So long after hers an SMS counts as an answer; any later one is a first word that anybody may read."""
NOTICE_LIFE_MS = 7 * 86_400_000
REPLY_LIFE_MS = 86_400_000
LEASE_MS = 60_000
MOST_TRIES = 8
BACKOFF_MS = (5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000)


counts = outbox.counts


class Priority(IntEnum):
    """Who goes first on a line. Lower leaves earlier."""

    DANGER = -1
    REPLY = 0
    NOTICE = 5


async def say(
    tx: Tx,
    organisation: str,
    person: str,
    message: Message,
    *,
    cause: str,
    priority: Priority = Priority.NOTICE,
    opener: str = "",
    policy: str = "repeat",
    condition: str | None = None,
    about: str | None = None,
    expires: int | None = None,
    answering: Address | None = None,
) -> bool:
    """Have something said. False when there is nobody to say it to: the caller decides who else must know.

    `answering`: the address she has just written from; a reply goes there. `opener`: the key of a discreet
    first word of its own. A woman without an address hears through her who acts for her.
    """
    spoken = await _spoken(tx, person, message, answering)
    if spoken is None:
        return False
    address, message = spoken
    life = REPLY_LIFE_MS if priority is Priority.REPLY else NOTICE_LIFE_MS
    saying = Saying(
        organisation=organisation,
        line=address.line,
        person=address.person,
        address=address.id,
        channel=address.channel,
        cause=cause,
        message=message,
        opener=opener,
        priority=priority,
        due=tx.now,
        expires=expires or tx.now + life,
        policy=policy,
        condition=condition,
        about=about,
    )
    listener = await members.by_id(tx, address.person)
    if priority is not Priority.REPLY and listener is not None and listener.stopped:
        await outbox.add(tx, saying, state="suppressed")
        return False
    await outbox.add(tx, saying)
    return True


async def _spoken(
    tx: Tx, person: str, message: Message, answering: Address | None
) -> tuple[Address, Message] | None:
    if answering is not None:
        return answering, message
    own = await addresses.addresses_of(tx, person)
    if own:
        return own[0], message
    for bond in await carers.carers_of(tx, person):
        through = await addresses.addresses_of(tx, bond.carer)
        if through:
            return through[0], replace(message, values={**message.values, "cover": bond.cover})
    return None


async def claim(tx: Tx, line: str, limit: int) -> list[tuple[Claimed, Outgoing]]:
    """Take what is due on a line and check each once more at the last moment."""
    taken = await outbox.claim(tx, line, limit, LEASE_MS)
    ready = []
    for held in taken:
        outgoing = await _prepare(tx, held)
        if outgoing is not None:
            ready.append((held, outgoing))
    return ready


async def _prepare(tx: Tx, held: Claimed) -> Outgoing | None:
    person = await members.by_id(tx, held.person)
    address = await addresses.address_by_id(tx, held.address)
    if person is None or address is None:
        await outbox.end(tx, held, "suppressed", reason="erased")
        return None
    if held.expires <= tx.now:
        await outbox.end(tx, held, "expired", reason="late")
        return None
    if person.stopped and held.priority > Priority.REPLY:
        await outbox.end(tx, held, "suppressed", reason="stopped")
        return None
    if held.condition == "ask-open" and not await _still_open(tx, held.about):
        await outbox.end(tx, held, "cancelled", reason="answered")
        return None
    message = held.message
    if _would_surprise(tx.now, address):
        message = await _discreet(tx, held)
    return Outgoing(
        id=held.id,
        line=held.line,
        address=address.address,
        language=person.language,
        message=message,
        urgent=held.priority <= Priority.REPLY,
    )


async def _still_open(tx: Tx, about: str | None) -> bool:
    ask = await asks.by_id(tx, about) if about else None
    return ask is not None and ask.state == "open"


def _would_surprise(now: int, address: Address) -> bool:
    return address.channel is ChannelName.SMS and now - address.heard > ANSWERING_MS


async def _discreet(tx: Tx, held: Claimed) -> Message:
    """The first word of an SMS, which anybody may read; the rest waits until she asks for it."""
    if held.message.key == "opener" or held.message.key.endswith(".opener"):
        return held.message
    if held.opener:
        opening = replace(held.message, key=held.opener, options=())
    else:
        ask = await asks.open_ask(
            tx,
            held.organisation,
            held.person,
            "notice",
            held.id,
            expires=held.expires,
            content={"message": outbox.write_message(held.message, "")},
        )
        opening = Message("opener", {"code": ask.code})
    await outbox.replace(tx, held, opening)
    return opening


async def settle(tx: Tx, held: Claimed, outcome: Outcome) -> None:
    """Write down how an attempt ended, and what follows from it."""
    await outbox.note_attempt(tx, held.id, outcome.verdict, outcome.reason)
    if outcome.moved_to:
        await _move(tx, held.address, outcome.moved_to)
    match outcome.verdict:
        case Verdict.ACCEPTED:
            await outbox.end(tx, held, "accepted", reason=None, reference=outcome.reference)
        case Verdict.AGAIN if held.attempts < MOST_TRIES:
            wait = max(BACKOFF_MS[min(held.attempts, len(BACKOFF_MS)) - 1], int(outcome.pause_seconds * 1000))
            await outbox.again(tx, held, tx.now + wait, reason=outcome.reason)
        case Verdict.PERHAPS:
            await _resolve(tx, held, outcome.reason)
        case _:
            await outbox.end(tx, held, "failed", reason=outcome.reason or "tries")
            await _gone(tx, held, outcome)


async def _resolve(tx: Tx, held: Claimed, reason: str) -> None:
    """Nobody knows whether it left: repeat once what does no harm twice, hold the rest for a person."""
    if held.policy == "repeat" and held.attempts == 1:
        await outbox.again(tx, held, tx.now + BACKOFF_MS[0], reason=reason or "perhaps")
        return
    await outbox.end(tx, held, "unknown", reason=reason or "perhaps")
    if held.policy == "hold":
        await inbox.add(tx, held.organisation, "unknown", held.person, about=held.about)


async def _gone(tx: Tx, held: Claimed, outcome: Outcome) -> None:
    if not (outcome.gone or outcome.opted_out):
        return
    await addresses.mark_live(tx, held.address, live=False)
    if outcome.opted_out:
        await inbox.add(tx, held.organisation, "opted-out", held.person, about=None)
        return
    others = await addresses.addresses_of(tx, held.person)
    if others:
        await say(
            tx,
            held.organisation,
            held.person,
            held.message,
            cause=held.cause,
            priority=Priority(held.priority),
            opener=held.opener,
            policy=held.policy,
            condition=held.condition,
            about=held.about,
            expires=held.expires,
        )


async def _move(tx: Tx, address: str, moved_to: str) -> None:
    old = await addresses.address_by_id(tx, address)
    if old is not None:
        await addresses.move_address(tx, replace(old, address=moved_to), old.person)


async def sweep(tx: Tx) -> int:
    """Rows left in hand by a worker that died: nobody knows whether they left. How many there were."""
    left = await outbox.abandoned(tx)
    for held in left:
        await outbox.note_attempt(tx, held.id, Verdict.PERHAPS, "lease")
        await _resolve(tx, held, "lease")
    return len(left)


async def report(tx: Tx, told: Report) -> None:
    """A provider's word, in any order. What failed for good on one channel is tried on another."""
    moved = await outbox.report(tx, told.message, told.state.value, told.reason)
    if moved is None or told.state is not ReportState.FAILED:
        return
    address, organisation = moved
    if told.gone or told.opted_out:
        await addresses.mark_live(tx, address, live=False)
    owner = await addresses.address_by_id(tx, address)
    if owner is not None:
        kind = "opted-out" if told.opted_out else "undelivered"
        await inbox.add(tx, organisation, kind, owner.person, about=None)


async def cancel_for(tx: Tx, person: str) -> None:
    """She stopped: nothing that still waits for her leaves, but answers to her own words."""
    await outbox.cancel_for(tx, person, but_priority=Priority.REPLY)


async def cancel_about(tx: Tx, about: str) -> None:
    """A thing is over: what has not left yet about it need not be said any more."""
    await outbox.cancel_about(tx, about)
