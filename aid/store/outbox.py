"""What must be said, to whom, on which line, until when. Rows, not timers; only conditional updates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    literal,
    select,
    text,
    update,
)

from aid.db import Tx
from aid.messages import Message, Option
from aid.rules import lifecycles
from aid.store.columns import BigKey, instant, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.rows import columns_of
from aid.store.sealing import seal

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    ref("organisation"),
    Column("line", String(64), nullable=False),
    ref("person"),
    ref("address"),
    word("channel"),
    Column("cause", String(96), nullable=False),
    Column("priority", Integer, nullable=False),
    instant("due"),
    instant("expires"),
    Column("segments", Integer, nullable=False, server_default="0"),
    word("policy"),
    word("condition", optional=True),
    ref("about", optional=True),
    word("state"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    instant("lease", optional=True),
    ref("token", optional=True),
    sealed("content", optional=True),
    sealed("reference", optional=True),
    instant("forget", optional=True),
    word("reason", optional=True),
    instant("created"),
    UniqueConstraint("cause", "person", "channel"),
    CheckConstraint(f"state IN {lifecycles.states('outbox')!r}", name="state"),
    CheckConstraint("policy IN ('repeat', 'hold')", name="policy"),
    Index(
        "ix_outbox_ready",
        "line",
        "priority",
        "seq",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
    Index(
        "ix_outbox_sending",
        "lease",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "ix_outbox_due",
        "line",
        "due",
        sqlite_where=text("state = 'ready'"),
        postgresql_where=text("state = 'ready'"),
    ),
    Index("ix_outbox_person", "person"),
    Index("ix_outbox_forget", "forget"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    ref("outbox"),
    instant("ended"),
    word("verdict"),
    word("reason", optional=True),
    Index("ix_attempts_outbox", "outbox"),
)


READY = literal("ready", literal_execute=True)
SENDING = literal("sending", literal_execute=True)
"""Written into the statement: a partial index is of no use to a state that comes as a parameter."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One row to be. `policy` (repeat or hold): what happens when nobody knows whether it left."""

    organisation: str
    line: str
    person: str
    address: str
    channel: str
    cause: str
    message: Message
    opener: str
    priority: int
    due: int
    expires: int
    policy: str
    condition: str | None
    about: str | None


def write_message(message: Message, opener: str) -> str:
    """A message as it is kept inside the seal."""
    return json.dumps(asdict(message) | {"opener": opener}, ensure_ascii=False)


def read_message(content: str) -> tuple[Message, str]:
    """A message out of the seal, and the key of its discreet first word ("" when it has none of its own)."""
    kept = json.loads(content)
    opener = kept.pop("opener")
    options = tuple(Option(**option) for option in kept.pop("options"))
    return Message(**kept, options=options), opener


async def add(tx: Tx, saying: Saying, *, state: str = "ready") -> bool:
    """Put a row in; the same cause, person and channel twice is one row. Tell whether it is new."""
    row = new_id()
    content = write_message(saying.message, saying.opener)
    tx.wake("outbox")
    return await tx.insert_new(
        outbox,
        {
            **columns_of(saying, "message", "opener"),
            "id": row,
            "state": state,
            "content": await seal(tx, saying.person, outbox.c.content, row, content),
            "created": tx.now,
        },
    )


async def said_since(tx: Tx, about: str, instant_ms: int) -> int:
    """How many rows about a thing were written since an instant."""
    written = select(func.count()).where(outbox.c.about == about, outbox.c.created > instant_ms)
    return int(await tx.scalar(written))


async def cancel_about(tx: Tx, about: str) -> None:
    """What has not left yet about a thing need not be said any more."""
    await tx.run(
        update(outbox)
        .where(outbox.c.about == about, outbox.c.state == READY)
        .values(state="cancelled", content=None)
    )


async def cancel_for(tx: Tx, person: str, *, but_priority: int) -> None:
    """She stopped: nothing that waits for her leaves, but answers to herself."""
    await tx.run(
        update(outbox)
        .where(outbox.c.person == person, outbox.c.state == READY, outbox.c.priority > but_priority)
        .values(state="cancelled", content=None)
    )


async def next_due(tx: Tx, line: str) -> int | None:
    """When the next waiting row of a line is due (milliseconds UTC); None when none waits."""
    found: int | None = await tx.scalar(
        select(func.min(outbox.c.due)).where(outbox.c.line == line, outbox.c.state == READY)
    )
    return found


async def counts(tx: Tx, organisation: str) -> Mapping[tuple[str, str], int]:
    """How many rows of an organisation are in each channel and state."""
    rows = await tx.all(
        select(outbox.c.channel, outbox.c.state, func.count().label("rows"))
        .where(outbox.c.organisation == organisation)
        .group_by(outbox.c.channel, outbox.c.state)
    )
    return {(row.channel, row.state): int(row.rows) for row in rows}
