"""Collecting: where givers send money, in a treasurer's own words.

Who changes these words could lead gifts astray, so the others who watch over the money hear of every change.
"""

from __future__ import annotations

from aid import history, members, outbox
from aid.db import Tx
from aid.errors import NotAllowed
from aid.messages import Message
from aid.store import gifts

__all__ = ["how", "set_how"]

WATCHERS = ("treasurer", "organiser")

how = gifts.collecting_of


async def set_how(tx: Tx, organisation: str, words: str, *, actor: str) -> None:
    """Keep the words, in place of the earlier ones. Raises NotAllowed to whoever is no treasurer."""
    if "treasurer" not in await members.roles_of(tx, actor, organisation):
        raise NotAllowed
    await gifts.set_collecting(tx, organisation, words)
    await history.append(tx, organisation, "collecting-set", "organisation", organisation, actor=actor)
    for other in await members.holders(tx, organisation, *WATCHERS):
        if other != actor:
            await outbox.say(
                tx, organisation, other, Message("collecting-changed"), cause=f"collecting:{tx.now}"
            )
