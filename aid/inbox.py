"""The organisers' list: what only a person can settle."""

from __future__ import annotations

from collections.abc import Collection

from aid import history, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import Message
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
    "may_read",
    "open_about",
    "open_for",
    "settle",
    "shown_to",
]

ANSWER_LIFE_MS = 7 * 86_400_000
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
    """Put something on the list and tell the organisers that there is something (or only its one reader)."""
    item = await inbox.add(tx, organisation, kind, person, about=about, words=words, reader=reader)
    told = [reader] if reader else await members.holders(tx, organisation, "organiser")
    for organiser in told:
        await outbox.say(
            tx,
            organisation,
            organiser,
            Message("inbox-new", {"receipt": item.receipt, "kind": kind}),
            cause=f"inbox:{item.id}",
            opener="inbox-new.opener",
        )
    return item


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
