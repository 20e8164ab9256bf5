"""Danger, and girls or forced women: people answer these, not programs.

An alarm calls people at once and again every five minutes, each time two more, until one says that she goes.
Whoever is named in its words hears nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aid import conversations, history, inbox, members, organisations, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import ChannelName, Message, Option, Value
from aid.outbox import Priority
from aid.rules.naming import names
from aid.store import incidents
from aid.store.incidents import Alarm

__all__ = [
    "ALARM",
    "Alarm",
    "Going",
    "by_id",
    "call_again",
    "danger",
    "decline",
    "go",
    "is_protected",
    "may_hear",
    "protect",
    "show",
]

ALARM: Final = "alarm"
"""The kind of ask by which people are called to an alarm."""
ROUND_MS: Final = 5 * 60_000
MINUTE_MS: Final = 60_000
MOST_CALLS: Final = 3
"""So often in a minute one person is called to one alarm, however often is cried: each call costs credit."""
CALL_LIFE_MS: Final = 7 * 86_400_000
AFTERWARDS_MS: Final = 60 * 60_000
"""So long after somebody said that she goes, another cry belongs to the same alarm."""
MORE: Final = 2
"""How many more are called in each round; and how many hear of a girl or a forced woman."""
MOST_WORDS: Final = 1_200
PROTECTORS: Final = (members.DUTY, "organiser")
"""Who may be called to anything, in this order; to a woman in danger volunteers may, too."""

by_id = incidents.by_id


@dataclass(frozen=True, slots=True)
class Going:
    """What she who goes must know. `alias` is empty for a stranger, `number` when no telephone is known."""

    alias: str
    number: str
    words: str
    receipt: str


async def danger(tx: Tx, organisation: str, person: str, words: str) -> bool:
    """She is in danger: call people at once. False when there is nobody to call."""
    return await _raise(tx, organisation, person, "danger", words)


async def protect(tx: Tx, organisation: str, person: str, words: str = "") -> bool:
    """A girl, or a woman who is forced: neither enrolled nor queued. Two people hear of it, nobody else."""
    return await _raise(tx, organisation, person, "protect", words)


async def is_protected(tx: Tx, organisation: str, person: str) -> bool:
    """Whether she is not to be enrolled or queued."""
    return await incidents.ever(tx, person, organisation, "protect")


async def _raise(tx: Tx, organisation: str, person: str, kind: str, words: str) -> bool:
    alarm = await incidents.live_of(tx, person, organisation, tx.now - AFTERWARDS_MS)
    if alarm is not None:
        return await _more_words(tx, alarm, kind, words)
    alarm = await incidents.add(tx, organisation, person, kind, words[:MOST_WORDS], due=tx.now + ROUND_MS)
    if alarm is None:
        raise LookupError("an alarm is open and cannot be found")
    await history.append(
        tx, organisation, "alarm-raised", "alarm", alarm.id, actor=None, facts={"kind": kind}
    )
    return await _first_round(tx, alarm)


async def _more_words(tx: Tx, alarm: Alarm, kind: str, words: str) -> bool:
    """She cries again: no second alarm, but those who were called hear it at once."""
    both = "\n".join(part for part in (alarm.words, words) if part)[-MOST_WORDS:]
    kind = "protect" if "protect" in {alarm.kind, kind} else kind
    await incidents.set_words(tx, alarm, kind, both)
    if alarm.state == "open":
        return await _call_the_called(tx, alarm) > 0
    goer = alarm.goer or ""
    return await outbox.say(
        tx,
        alarm.organisation,
        goer,
        Message("alarm-more", await _who(tx, alarm) | {"words": words}, protect=True),
        cause=f"alarm-more:{alarm.id}:{tx.now}",
        priority=Priority.DANGER,
        opener="alarm-more.opener",
    )


async def _first_round(tx: Tx, alarm: Alarm) -> bool:
    line = await _line(tx, alarm)
    if alarm.kind == "protect":
        return await _call_new(tx, alarm, line, MORE) > 0
    on_duty = await members.holders(tx, alarm.organisation, members.DUTY)
    first = on_duty or await members.holders(tx, alarm.organisation, "organiser")
    return await _call_new(tx, alarm, first, len(first)) > 0 or await _call_new(tx, alarm, line, MORE) > 0


async def call_again(tx: Tx) -> int:
    """Alarms without an answer for five minutes: call everybody again, and two more. How many alarms."""
    waiting = await incidents.due(tx, ROUND_MS)
    for alarm in waiting:
        again = await _call_the_called(tx, alarm)
        wanted = MORE if alarm.kind == "danger" else MORE - again
        already = await incidents.called(tx, alarm.id, ALARM)
        line = await _line(tx, alarm)
        new = await _call_new(tx, alarm, [one for one in line if one not in already], wanted)
        if again + new == 0:  # everybody has said no: ask them all once more
            await _call_new(tx, alarm, line, wanted)
    return len(waiting)


async def _line(tx: Tx, alarm: Alarm) -> list[str]:
    """Everybody who may be called, in order."""
    more = ("volunteer",) if alarm.kind == "danger" else ()
    return await members.holders(tx, alarm.organisation, *PROTECTORS, *more)


async def _call_the_called(tx: Tx, alarm: Alarm) -> int:
    called = await conversations.open_about(tx, ALARM, alarm.id)
    return sum([await _call(tx, alarm, ask.person, ask.code, ask.id) for ask in called])


async def _call_new(tx: Tx, alarm: Alarm, line: Sequence[str], wanted: int) -> int:
    """Call the first `wanted` of a line who can be reached; how many were."""
    called = 0
    for person in line:
        if called >= wanted:
            break
        if not await may_hear(tx, alarm.organisation, person, alarm.person, alarm.words):
            continue
        ask = await conversations.open_ask(
            tx, alarm.organisation, person, ALARM, alarm.id, expires=tx.now + CALL_LIFE_MS
        )
        called += await _call(tx, alarm, person, ask.code, ask.id)
    return called


async def _call(tx: Tx, alarm: Alarm, person: str, code: str, ask: str) -> bool:
    if await outbox.said_since(tx, ask, tx.now - MINUTE_MS) >= MOST_CALLS:
        return True
    return await outbox.say(
        tx,
        alarm.organisation,
        person,
        await show(tx, alarm, code),
        cause=f"alarm:{alarm.id}:{tx.now}",
        priority=Priority.DANGER,
        opener="alarm-new.opener",
        condition="ask-open",
        about=ask,
        expires=tx.now + ROUND_MS,  # the next round brings it anew
    )


async def show(tx: Tx, alarm: Alarm, code: str) -> Message:
    """What those who are called may know before one of them goes: where, and no name."""
    tie = await members.affiliation(tx, alarm.person, alarm.organisation)
    district = tie.district if tie else None
    return Message(
        "alarm-new",
        {
            "kind": alarm.kind,
            "district": await organisations.district_name(tx, alarm.organisation, district)
            if district
            else "none",
            "code": code,
        },
        options=(Option("going", "option-going"), Option("no", "option-cannot-go")),
        question=f"a{code}",
        protect=True,
    )


async def go(tx: Tx, alarm: Alarm, goer: str) -> Going:
    """She goes: the others hear who. Raises Refused, with her who goes already, when another was faster."""
    if not await incidents.answer(tx, alarm.id, goer):
        now = await incidents.by_id(tx, alarm.id)
        raise Refused("alarm-taken", alias=await _alias(tx, (now or alarm).goer or ""))
    called = await incidents.called(tx, alarm.id, ALARM)
    await conversations.settle_about(tx, ALARM, alarm.id, "answered")
    alias = await _alias(tx, goer)
    for other in sorted(called - {goer}):
        await outbox.say(
            tx,
            alarm.organisation,
            other,
            Message("alarm-going", {"alias": alias}),
            cause=f"alarm-going:{alarm.id}",
            priority=Priority.DANGER,
            opener="alarm-going.opener",
        )
    item = await inbox.add(
        tx, alarm.organisation, alarm.kind, alarm.person, about=alarm.id, words=alarm.words, reader=goer
    )
    await history.append(tx, alarm.organisation, "alarm-answered", "alarm", alarm.id, actor=goer)
    return Going(await _alias(tx, alarm.person), await _number(tx, alarm.person), alarm.words, item.receipt)


async def decline(tx: Tx, alarm: Alarm, ask: str) -> None:
    """She cannot go: she is not called again as long as there are others, and another is called now."""
    await conversations.settle(tx, ask, "answered")
    already = await incidents.called(tx, alarm.id, ALARM)
    line = [one for one in await _line(tx, alarm) if one not in already]
    await _call_new(tx, alarm, line, 1)


async def may_hear(tx: Tx, organisation: str, person: str, about: str, words: str) -> bool:
    """Not she herself, not who is named, not who wants to be left alone or cannot be reached."""
    known = await members.by_id(tx, person)
    if known is None or known.stopped or person == about or names(words, known.alias):
        return False
    return await outbox.reaching(tx, organisation, person) is not None


async def _who(tx: Tx, alarm: Alarm) -> dict[str, Value]:
    return {
        "alias": await _alias(tx, alarm.person) or "none",
        "number": await _number(tx, alarm.person) or "none",
    }


async def _alias(tx: Tx, person: str) -> str:
    known = await members.by_id(tx, person)
    return known.alias if known else ""


async def _number(tx: Tx, person: str) -> str:
    """Her telephone, or that of her who acts for her; empty when none is known."""
    near = [person, *(bond.carer for bond in await members.carers_of(tx, person))]
    for one in near:
        for address in await members.addresses_of(tx, one):
            if address.channel is ChannelName.SMS:
                return address.address
    return ""
