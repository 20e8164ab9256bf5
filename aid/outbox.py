"""Saying something to somebody: a row, written in the transaction that decides it. It leaves afterwards."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum

from aid.db import Tx
from aid.messages import ChannelName, Message
from aid.store import addresses, carers, members, outbox, ways
from aid.store.addresses import Address
from aid.store.outbox import Saying

ANSWERING_MS = 15 * 60_000
"""So long after hers an SMS counts as an answer; any later one is a first word that anybody may read."""
NOTICE_LIFE_MS = 7 * 86_400_000
REPLY_LIFE_MS = 86_400_000

counts = outbox.counts
said_since = outbox.said_since


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
    alone: bool = False,
) -> bool:
    """Have something said. False when there is nobody to say it to: the caller decides who else must know.

    `answering`: the address she has just written from; a reply goes there. `opener`: the key of a discreet
    first word of its own. A woman whom no line reaches hears through her who acts for her, unless she `alone`
    may read it.
    """
    spoken = await _spoken(tx, organisation, person, message, answering, alone=alone)
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
    if priority is not Priority.REPLY and await _stopped(tx, person, address.person):
        await outbox.add(tx, saying, state="suppressed")
        return False
    await outbox.add(tx, saying)
    return True


async def _stopped(tx: Tx, *persons: str) -> bool:
    """Whether she, or she through whom she hears, wants to be left alone."""
    known = [await members.by_id(tx, person) for person in dict.fromkeys(persons)]
    return any(one is not None and one.stopped is not None for one in known)


async def _spoken(
    tx: Tx, organisation: str, person: str, message: Message, answering: Address | None, *, alone: bool
) -> tuple[Address, Message] | None:
    if answering is not None:
        return answering, message
    own = await reaching(tx, organisation, person)
    if own is not None:
        return own, message
    for bond in [] if alone else await carers.carers_of(tx, person):
        through = await reaching(tx, organisation, bond.carer)
        if through is not None:
            return through, replace(message, values={**message.values, "cover": bond.cover})
    return None


async def reaching(tx: Tx, organisation: str, person: str) -> Address | None:
    """Her first address that a line of this organisation reaches, with that line."""
    for address in await addresses.addresses_of(tx, person):
        line = await ways.line_for(tx, organisation, address.channel, address.id, address.line)
        if line is not None:
            return replace(address, line=line)
    return None


async def is_first_word(tx: Tx, address: str, line: str) -> bool:
    """Whether she has not written to this very line lately: another number of ours is a stranger."""
    return tx.now - await ways.heard_on(tx, address, line) > ANSWERING_MS


async def channel_to(tx: Tx, organisation: str, person: str) -> ChannelName | None:
    """By which channel she would hear something now; None when nothing reaches her."""
    spoken = await _spoken(tx, organisation, person, Message("plain", {"text": ""}), None, alone=False)
    return spoken[0].channel if spoken else None


async def cancel_for(tx: Tx, person: str) -> None:
    """She stopped: nothing that still waits for her leaves, but answers to her own words."""
    await outbox.cancel_for(tx, person, but_priority=Priority.REPLY)


async def cancel_about(tx: Tx, about: str) -> None:
    """A thing is over: what has not left yet about it need not be said any more."""
    await outbox.cancel_about(tx, about)
