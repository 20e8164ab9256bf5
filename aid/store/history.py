"""What happened, appended and never changed: who did what, when, for whom. A beat chains it afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import Column, Index, Row, String, Table, Text, insert, select

from aid.db import Tx
from aid.messages import Value
from aid.store.columns import BigKey, instant, metadata, ref, word
from aid.store.consents import consents
from aid.store.guards import append_only
from aid.store.outbox import attempts
from aid.store.rows import made_from

history = Table(
    "history",
    metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    ref("organisation"),
    instant("at"),
    word("verb"),
    ref("actor", optional=True),
    ref("behalf", optional=True),
    word("topic"),
    ref("row", optional=True),
    Column("facts", Text, nullable=False),
    Index("ix_history_topic_row", "topic", "row"),
)

chain = Table(
    "chain",
    metadata,
    # The order of linking: on PostgreSQL a row may be committed after one with a higher seq was linked.
    Column("place", BigKey, primary_key=True, autoincrement=False),
    Column("seq", BigKey, nullable=False, unique=True),
    Column("link", String(64), nullable=False),
)

APPENDED = (history, chain, consents, attempts)
"""Tables that nobody edits, not even erasure: once she is erased, the ids in them lead nowhere."""

for appended in APPENDED:
    append_only(appended)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history. `actor` None: the program itself. `behalf`: for whom she acted."""

    seq: int
    organisation: str
    at: int
    verb: str
    actor: str | None
    behalf: str | None
    topic: str
    row: str | None
    facts: str

    def fact(self) -> str:
        """All of it in one text, the same for ever: what a link is made over."""
        return json.dumps(astuple(self), ensure_ascii=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Linked:
    """One link of the chain with the event it was made over; None when that is gone."""

    place: int
    seq: int
    link: str
    event: Event | None


async def append(
    tx: Tx,
    organisation: str,
    verb: str,
    topic: str,
    row: str | None,
    *,
    actor: str | None,
    behalf: str | None = None,
    facts: Mapping[str, Value] | None = None,
) -> None:
    """Append what happened. `facts` hold codes and counts, never a personal field."""
    await tx.run(
        insert(history).values(
            organisation=organisation,
            at=tx.now,
            verb=verb,
            actor=actor,
            behalf=behalf,
            topic=topic,
            row=row,
            facts=json.dumps(dict(facts or {}), sort_keys=True),
        )
    )


async def of(tx: Tx, topic: str, row: str) -> list[Event]:
    """What happened to one thing, in order."""
    rows = await tx.all(
        select(history).where(history.c.topic == topic, history.c.row == row).order_by(history.c.seq)
    )
    return [_event(found) for found in rows]


async def unlinked(tx: Tx, limit: int) -> list[Event]:
    """What is not in the chain yet, in the order it was written."""
    rows = await tx.all(
        select(history)
        .outerjoin(chain, chain.c.seq == history.c.seq)
        .where(chain.c.seq.is_(None))
        .order_by(history.c.seq)
        .limit(limit)
    )
    return [_event(found) for found in rows]


async def last_link(tx: Tx) -> tuple[int, str]:
    """Place and text of the newest link, (0, "") before the first. Another who links waits for us."""
    row = await tx.first(select(chain).order_by(chain.c.place.desc()).limit(1).with_for_update())
    return (0, "") if row is None else (row.place, row.link)


async def add_link(tx: Tx, place: int, seq: int, link: str) -> None:
    """Append a link."""
    await tx.run(insert(chain).values(place=place, seq=seq, link=link))


async def linked(tx: Tx, after: int, limit: int) -> list[Linked]:
    """Links in their order, each with its event, from behind a place on."""
    rows = await tx.all(
        select(chain.c.place, chain.c.seq.label("linked_seq"), chain.c.link, history)
        .outerjoin(history, history.c.seq == chain.c.seq)
        .where(chain.c.place > after)
        .order_by(chain.c.place)
        .limit(limit)
    )
    return [
        Linked(row.place, row.linked_seq, row.link, None if row.seq is None else _event(row)) for row in rows
    ]


def _event(row: Row[Any]) -> Event:
    return made_from(Event, row)
