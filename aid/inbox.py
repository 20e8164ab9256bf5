"""The organisers' list: what only a person can settle."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from aid import history, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import ChannelName, Message
from aid.outbox import Priority
from aid.store import inbox, members
from aid.store.inbox import Item

__all__ = [
    "Item",
    "add",
    "answer",
    "by_receipt",
    "call",
    "find",
    "is_read_by_sms",
    "may_read",
    "open_about",
    "open_for",
    "settle",
    "shown_to",
]

ANSWER_LIFE_MS = 7 * 86_400_000
AGAIN_MS = 3_600_000
MOST_OPEN: Final[Mapping[str, int]] = {"human": 1, "misunderstood": 1, "call-back": 1, "complaint": 3}
"""So many of a kind may be open for one person (and one reader): a stranger can write a thousand times."""
MOST_WORDS: Final = 4_000
TALKED_OVER = frozenset({"danger", "protect", "complaint"})
"""Kinds that an answer does not settle: there will be more to say."""

add = inbox.add
by_receipt = inbox.by_receipt
open_about = inbox.open_about
open_for = inbox.open_for


async def call(
    tx: Tx,
    organisation: str,
    kind: str,
    person: str,
    *,
    about: str | None = None,
    words: str = "",
    reader: str | None = None,
) -> Item:
    """Put something on the list and tell the organisers that there is something (or only its one reader).

    Who says the same sort of thing again and again adds to what is open already, and is announced once an
    hour: nobody can fill the list, or the organisers' telephones, alone.
    """
    item = await _grown(tx, organisation, kind, person, words=words, reader=reader)
    if item is None:
        item = await inbox.add(tx, organisation, kind, person, about=about, words=words, reader=reader)
    hours = (tx.now - item.since) // AGAIN_MS
    told = [reader] if reader else await members.holders(tx, organisation, "organiser")
    for organiser in told:
        await outbox.say(
            tx,
            organisation,
            organiser,
            Message("inbox-new", {"receipt": item.receipt, "kind": kind}),
            cause=f"inbox:{item.id}:{hours}" if hours else f"inbox:{item.id}",
            opener="inbox-new.opener",
        )
    return item


async def _grown(
    tx: Tx, organisation: str, kind: str, person: str, *, words: str, reader: str | None
) -> Item | None:
    """The open thing to which these words are added, when she has enough of this kind open; else None."""
    most = MOST_OPEN.get(kind)
    if most is None:
        return None
    open_ones = await inbox.open_by(tx, organisation, kind, person, reader)
    if len(open_ones) < most:
        return None
    newest = open_ones[-1]
    both = "\n".join(part for part in (newest.words, words) if part)[-MOST_WORDS:]
    return await inbox.set_words(tx, newest, both)


def may_read(item: Item, person: str, roles: Collection[str]) -> bool:
    """Its one reader, or any organiser when it has none; never she whom it is about."""
    if item.person == person:
        return False
    return item.reader == person if item.reader else "organiser" in roles


async def shown_to(tx: Tx, organisation: str, person: str, roles: Collection[str]) -> list[Item]:
    """What is open on the list and hers to see, oldest first."""
    return [item for item in await inbox.open_for(tx, organisation, person) if may_read(item, person, roles)]


async def find(tx: Tx, organisation: str, receipt: str, person: str, roles: Collection[str]) -> Item:
    """One thing of the list. Raises Refused when there is none of this number that is hers to see."""
    item = await inbox.by_receipt(tx, organisation, receipt)
    if item is None or not may_read(item, person, roles):
        raise Refused("inbox-unknown", receipt=receipt)
    return item


async def is_read_by_sms(tx: Tx, item: Item) -> bool:
    """Whether an answer would stand in an SMS, which others read too."""
    return await outbox.channel_to(tx, item.organisation, item.person) is ChannelName.SMS


async def answer(tx: Tx, item: Item, words: str, *, actor: str) -> bool:
    """Answer through the bot; False when she cannot be reached. Raises Refused when it is settled already.

    It answers her own words, so it reaches her also after she ended all messages.
    """
    if item.state != "open":
        raise Refused("inbox-settled")
    if item.kind not in TALKED_OVER:
        await settle(tx, item, actor=actor)
    await history.append(tx, item.organisation, "inbox-answered", "inbox", item.id, actor=actor)
    return await outbox.say(
        tx,
        item.organisation,
        item.person,
        Message("inbox-answer", {"text": words}),
        cause=f"inbox-answer:{item.id}:{tx.now}",
        priority=Priority.REPLY,
        expires=tx.now + ANSWER_LIFE_MS,
    )


async def settle(tx: Tx, item: Item, *, actor: str) -> None:
    """It is done. Raises Refused when another organiser was faster."""
    if not await inbox.settle(tx, item.id):
        raise Refused("inbox-settled")
    await history.append(tx, item.organisation, "inbox-settled", "inbox", item.id, actor=actor)
