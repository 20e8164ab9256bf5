"""Complaints: two people read each, and neither is part of the case. The member keeps her place."""

from __future__ import annotations

import re
from typing import Final

from aid import history, inbox, members
from aid.db import Tx
from aid.incidents import may_hear
from aid.rules.receipts import RECEIPT_ALPHABET, RECEIPT_LENGTH
from aid.store import incidents

TWO: Final = 2
READERS: Final = ("auditor", "organiser", members.DUTY, "treasurer")
"""Who may be given one to read, in this order."""
RECEIPT: Final = re.compile(rf"(?<!\w)[{RECEIPT_ALPHABET}]{{{RECEIPT_LENGTH}}}(?!\w)")


async def complain(tx: Tx, organisation: str, person: str, words: str, *, actor: str) -> tuple[str, int]:
    """Give a complaint to two people who are no part of the case: her receipt, and how many read it.

    No part of it: she, who writes for her, who is named by alias, who had a hand in the request that is named
    (or in any of hers), and who acts for one of these or the other way round.
    """
    involved = {person, actor} | await incidents.hands_in(
        tx, organisation, of=person, receipts=RECEIPT.findall(words.upper())
    )
    involved |= await members.bound_to(tx, *involved)
    readers = [
        candidate
        for candidate in await members.holders(tx, organisation, *READERS)
        if candidate not in involved and await may_hear(tx, organisation, candidate, person, words)
    ]
    first = None
    for reader in readers[:TWO]:
        item = await inbox.call(tx, organisation, "complaint", person, words=words, reader=reader)
        first = first or item
    if first is None:  # nobody may read it: it waits, sealed, until it is hers to hand on
        first = await inbox.add(tx, organisation, "complaint", person, about=None, words=words, reader=person)
    behalf = person if actor != person else None
    await history.append(tx, organisation, "complained", "inbox", first.id, actor=actor, behalf=behalf)
    return first.receipt, len(readers[:TWO])
