"""What happened, appended and never changed: who did what, when, on whose behalf. A beat chains it afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Index, String, Table, Text, insert, select

from aid.db import Tx
from aid.messages import Value
from aid.store.columns import BigKey, instant, metadata, ref, word

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
    Column("seq", BigKey, primary_key=True, autoincrement=False),
    Column("link", String(64), nullable=False),
)


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
    return [Event(**found._mapping) for found in rows]
