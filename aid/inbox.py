"""The organisers' list: what only a person can settle."""

from __future__ import annotations

from aid import history, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import Message
from aid.store import inbox, members
from aid.store.inbox import Item

__all__ = ["Item", "add", "answer", "by_receipt", "call", "open_for", "settle"]

by_receipt = inbox.by_receipt
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


add = inbox.add


async def answer(tx: Tx, item: Item, words: str, *, actor: str) -> None:
    """Answer through the bot. Raises Refused when it is settled already."""
    await settle(tx, item, actor=actor)
    await outbox.say(
        tx,
        item.organisation,
        item.person,
        Message("inbox-answer", {"text": words}),
        cause=f"inbox-answer:{item.id}",
    )


async def settle(tx: Tx, item: Item, *, actor: str) -> None:
    """It is done. Raises Refused when another organiser was faster."""
    if not await inbox.settle(tx, item.id):
        raise Refused("inbox-settled")
    await history.append(tx, item.organisation, "inbox-settled", "inbox", item.id, actor=actor)
