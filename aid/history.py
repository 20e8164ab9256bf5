"""What happened, for those who must answer for it. Use cases append; nobody edits, and who does is found out.

Each row is linked to the one before by a keyed hash. A change, a loss or a swap breaks the chain. Who holds
the key could make a new chain; only a head that was written down outside shows that.
"""

from __future__ import annotations

from dataclasses import dataclass

from aid.db import Tx
from aid.keys import same
from aid.store import history
from aid.store.history import Event, append, of

__all__ = ["Event", "Flaw", "Head", "append", "head", "link_new", "of", "verify"]

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: how long the chain is, and what it ends with. Kept outside, it proves the past."""

    place: int
    link: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """Where the history was tampered with. `kind`: changed, missing, gap, shortened."""

    place: int
    kind: str


async def link_new(tx: Tx) -> int:
    """Link what is new, in the order it was written; how many rows that were."""
    place, link = await history.last_link(tx)
    new = await history.unlinked(tx, BATCH)
    for event in new:
        place, link = place + 1, tx.keyring.link(link, event.fact())
        await history.add_link(tx, place, event.seq, link)
    return len(new)


async def head(tx: Tx) -> Head:
    """The end of the chain as it stands."""
    return Head(*await history.last_link(tx))


async def verify(tx: Tx, *, known: Head | None = None) -> list[Flaw]:
    """Walk the chain; an empty list says that nothing was touched. `known`: a head written down outside.

    After a flaw the walk goes on from the link as it stands, so that each is named once.
    """
    flaws: list[Flaw] = []
    before = Head(0, "")
    agrees = known is None or known.place == 0
    while batch := await history.linked(tx, before.place, BATCH):
        for one in batch:
            if one.place != before.place + 1:
                flaws.append(Flaw(before.place + 1, "gap"))
            elif one.event is None:
                flaws.append(Flaw(one.place, "missing"))
            elif not same(one.link, tx.keyring.link(before.link, one.event.fact())):
                flaws.append(Flaw(one.place, "changed"))
            before = Head(one.place, one.link)
            agrees = agrees or before == known
    if not agrees:
        flaws.append(Flaw(before.place, "shortened"))
    return flaws
