"""What leaves: rows are taken in hand, looked at once more, sent by a worker, and settled."""

from __future__ import annotations

from dataclasses import replace

from aid import outbox
from aid.db import Tx
from aid.messages import ChannelName, Message, Outcome, Outgoing, Report, ReportState, Verdict
from aid.outbox import Priority
from aid.store import addresses, asks, claiming, inbox, members
from aid.store.claiming import Claimed, Trace, forgotten, to_forget
from aid.store.outbox import next_due, write_message

__all__ = ["Claimed", "Trace", "claim", "forgotten", "next_due", "report", "settle", "sweep", "to_forget"]

NOTICE = "notice"
"""The kind of ask whose code brings what waits behind a discreet first word."""
LEASE_MS = 60_000
TRACE_MS = 46 * 3_600_000
"""What is sensitive goes from her chat by then: a bot may delete its messages for 48 hours."""
MOST_TRIES = 8
BACKOFF_MS = (5_000, 15_000, 60_000, 300_000, 900_000, 3_600_000)


async def claim(tx: Tx, line: str, limit: int) -> list[tuple[Claimed, Outgoing]]:
    """Take what is due on a line, at most `limit`, and check each once more at the last moment."""
    taken = await claiming.claim(tx, line, limit, LEASE_MS)
    ready = [(held, await _prepare(tx, held)) for held in taken]
    return [(held, outgoing) for held, outgoing in ready if outgoing is not None]


async def _prepare(tx: Tx, held: Claimed) -> Outgoing | None:
    person = await members.by_id(tx, held.person)
    address = await addresses.address_by_id(tx, held.address)
    if person is None or address is None:
        await claiming.end(tx, held, "suppressed", reason="erased")
        return None
    if ended := await _obsolete(tx, held, stopped=person.stopped is not None):
        await claiming.end(tx, held, ended[0], reason=ended[1])
        return None
    is_sms = address.channel is ChannelName.SMS
    surprising = is_sms and await outbox.is_first_word(tx, held.address, held.line)
    message = await _discreet(tx, held) if surprising else held.message
    return Outgoing(
        id=held.id,
        line=held.line,
        address=address.address,
        language=person.language,
        message=message,
        urgent=held.priority <= Priority.REPLY,
    )


async def _obsolete(tx: Tx, held: Claimed, *, stopped: bool) -> tuple[str, str] | None:
    """The state and the reason with which a row ends that need not or must not leave any more."""
    if held.expires <= tx.now:
        return "expired", "late"
    if stopped and held.priority > Priority.REPLY:
        return "suppressed", "stopped"
    if held.condition == "ask-open" and not await _still_open(tx, held.about):
        return "cancelled", "answered"
    return None


async def _still_open(tx: Tx, about: str | None) -> bool:
    ask = await asks.by_id(tx, about) if about else None
    return ask is not None and ask.state == "open"


async def _discreet(tx: Tx, held: Claimed) -> Message:
    """The first word of an SMS, which anybody may read; the rest waits until she asks for it."""
    if held.message.key == "opener" or held.message.key.endswith(".opener"):
        return held.message
    if held.condition == "ask-open" and held.about:
        await asks.mark_shown(tx, held.about, shown=False)
    if held.opener:
        opening = replace(held.message, key=held.opener, options=())
    else:
        ask = await asks.open_ask(
            tx,
            held.organisation,
            held.person,
            NOTICE,
            held.id,
            expires=held.expires,
            content={"message": write_message(held.message, "")},
        )
        opening = Message("opener", {"code": ask.code})
    await claiming.replace(tx, held, opening)
    return opening


async def settle(tx: Tx, held: Claimed, outcome: Outcome) -> None:
    """Write down how an attempt ended, and what follows from it."""
    await claiming.note_attempt(tx, held.id, outcome.verdict, outcome.reason)
    if outcome.moved_to:
        await _move(tx, held, outcome.moved_to)
    match outcome.verdict:
        case Verdict.ACCEPTED:
            forget = tx.now + TRACE_MS if _leaves_a_trace(held) else None
            await claiming.end(tx, held, "accepted", reason=None, reference=outcome.reference, forget=forget)
        case Verdict.AGAIN if held.attempts < MOST_TRIES:
            await _again(tx, held, outcome)
        case Verdict.PERHAPS:
            await _doubt(tx, held, outcome.reason or "perhaps")
        case _:
            await _fail(tx, held, outcome)


def _leaves_a_trace(held: Claimed) -> bool:
    return held.message.protect and held.channel == ChannelName.TELEGRAM


async def _again(tx: Tx, held: Claimed, outcome: Outcome) -> None:
    """Surely not sent: later. Being told to wait is no failed try of this message."""
    backoff = BACKOFF_MS[min(held.attempts, len(BACKOFF_MS)) - 1]
    asked = int(outcome.pause_seconds * 1000)
    await claiming.again(tx, held, tx.now + max(backoff, asked), reason=outcome.reason, counted=not asked)


async def _doubt(tx: Tx, held: Claimed, reason: str) -> None:
    """Nobody knows whether it left: what does no harm twice goes once more, unless a report comes first."""
    if held.policy == "repeat" and held.attempts == 1:
        await claiming.doubt(tx, held, tx.now + BACKOFF_MS[0], reason=reason)
        return
    ended = await claiming.end(tx, held, "unknown", reason=reason)
    if ended and held.policy == "hold":
        await inbox.add(tx, held.organisation, "unknown", held.person, about=held.about)


async def _fail(tx: Tx, held: Claimed, outcome: Outcome) -> None:
    """It will never leave by this address: by another of hers, or the organisers hear of it."""
    if not await claiming.end(tx, held, "failed", reason=outcome.reason or "tries"):
        return
    if outcome.gone or outcome.opted_out:
        await addresses.mark_live(tx, held.address, live=False)
    if outcome.opted_out:
        await inbox.add(tx, held.organisation, "opted-out", held.person, about=None)
    elif not (outcome.gone and await _by_another(tx, held)) and held.priority > Priority.REPLY:
        await inbox.add(tx, held.organisation, "undelivered", held.person, about=None)


async def _by_another(tx: Tx, held: Claimed) -> bool:
    # The unique key holds cause, person and channel: a second number of hers needs a cause of its own.
    others = await addresses.addresses_of(tx, held.person)
    cause = f"{held.cause}+" if held.channel in {other.channel for other in others} else held.cause
    return await outbox.say(
        tx,
        held.organisation,
        held.person,
        held.message,
        cause=cause,
        priority=Priority(held.priority),
        opener=held.opener,
        policy=held.policy,
        condition=held.condition,
        about=held.about,
        expires=held.expires,
        alone=True,
    )


async def _move(tx: Tx, held: Claimed, moved_to: str) -> None:
    """The provider names the address she has now: what waits for the old one follows."""
    old = await addresses.address_by_id(tx, held.address)
    if old is None or await addresses.by_address(tx, old.channel, moved_to) is not None:
        return
    new = await addresses.move_address(tx, replace(old, address=moved_to), old.person)
    await claiming.readdress(tx, old.id, new.id)


async def sweep(tx: Tx) -> int:
    """What a dead worker left in hand is in doubt; what was in doubt long enough is repeated. How many."""
    left = await claiming.abandoned(tx)
    for held in left:
        await claiming.note_attempt(tx, held.id, Verdict.PERHAPS, "lease")
        await _doubt(tx, held, "lease")
    return len(left) + await claiming.repeat(tx)


async def report(tx: Tx, told: Report) -> None:
    """A provider's word, in any order. What failed for good becomes a call that the organisers make."""
    moved = await claiming.report(tx, told.message, told.state.value, told.reason)
    if moved is None or told.state is not ReportState.FAILED:
        return
    if told.gone or told.opted_out:
        await addresses.mark_live(tx, moved.address, live=False)
    kind = "opted-out" if told.opted_out else "undelivered"
    await inbox.add(tx, moved.organisation, kind, moved.person, about=None)
