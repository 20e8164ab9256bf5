"""What must be said, to whom, on which line, until when. Rows, not timers; only conditional updates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    insert,
    select,
    text,
    update,
)

from aid.db import Tx
from aid.messages import Message, Option, Verdict
from aid.store.columns import BigKey, instant, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.sealing import seal, unseal

STATES = (
    "ready",
    "sending",
    "accepted",
    "delivered",
    "answered",
    "failed",
    "expired",
    "cancelled",
    "suppressed",
    "unknown",
)

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
    word("reason", optional=True),
    instant("created"),
    UniqueConstraint("cause", "person", "channel"),
    CheckConstraint(f"state IN {STATES!r}", name="state"),
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
    Index("ix_outbox_person", "person"),
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


@dataclass(frozen=True, slots=True)
class Saying:
    """One row to be: whom, by which address, why, how urgent, and what happens when nobody knows if it left."""

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


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that one worker holds under its token."""

    id: str
    organisation: str
    line: str
    person: str
    address: str
    channel: str
    cause: str
    message: Message
    opener: str
    priority: int
    attempts: int
    expires: int
    policy: str
    condition: str | None
    about: str | None
    token: str


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
            "id": row,
            "organisation": saying.organisation,
            "line": saying.line,
            "person": saying.person,
            "address": saying.address,
            "channel": saying.channel,
            "cause": saying.cause,
            "priority": saying.priority,
            "due": saying.due,
            "expires": saying.expires,
            "policy": saying.policy,
            "condition": saying.condition,
            "about": saying.about,
            "state": state,
            "content": await seal(tx, saying.person, outbox.c.content, row, content),
            "created": tx.now,
        },
    )


async def claim(tx: Tx, line: str, limit: int, lease_ms: int) -> list[Claimed]:
    """Take the most urgent due rows of a line. The commit of this is the statement of intent to send."""
    chosen = (
        select(outbox.c.seq)
        .where(outbox.c.line == line, outbox.c.state == "ready", outbox.c.due <= tx.now)
        .order_by(outbox.c.priority, outbox.c.seq)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.seq.in_(chosen), outbox.c.state == "ready")
        .values(state="sending", lease=tx.now + lease_ms, token=new_id(), attempts=outbox.c.attempts + 1)
        .returning(outbox)
    )
    return [await _claimed(tx, row) for row in sorted(rows, key=lambda row: (row.priority, row.seq))]


async def _claimed(tx: Tx, row: Row[Any]) -> Claimed:
    message, opener = read_message(await unseal(tx, row.person, outbox.c.content, row.id, row.content))
    return Claimed(
        row.id,
        row.organisation,
        row.line,
        row.person,
        row.address,
        row.channel,
        row.cause,
        message,
        opener,
        row.priority,
        row.attempts,
        row.expires,
        row.policy,
        row.condition,
        row.about,
        row.token,
    )


async def replace(tx: Tx, held: Claimed, message: Message) -> None:
    """Send this instead: the words that a stranger's eyes may see."""
    content = await seal(tx, held.person, outbox.c.content, held.id, write_message(message, ""))
    await tx.run(update(outbox).where(outbox.c.id == held.id).values(content=content))


async def end(tx: Tx, held: Claimed, state: str, *, reason: str | None, reference: str = "") -> bool:
    """Settle a held row, for good or until a report; False when the token is no longer ours."""
    sealed_reference = (
        await seal(tx, held.person, outbox.c.reference, held.id, reference) if reference else None
    )
    ended = await tx.first(
        update(outbox)
        .where(outbox.c.id == held.id, outbox.c.state == "sending", outbox.c.token == held.token)
        .values(state=state, reason=reason, reference=sealed_reference, lease=None, token=None, content=None)
        .returning(outbox.c.id)
    )
    return ended is not None


async def again(tx: Tx, held: Claimed, due: int, *, reason: str) -> bool:
    """Give a held row back for a later try; False when the token is no longer ours."""
    given = await tx.first(
        update(outbox)
        .where(outbox.c.id == held.id, outbox.c.state == "sending", outbox.c.token == held.token)
        .values(state="ready", due=due, reason=reason, lease=None, token=None)
        .returning(outbox.c.id)
    )
    return given is not None


async def note_attempt(tx: Tx, row: str, verdict: Verdict, reason: str) -> None:
    """Append how a try ended."""
    await tx.run(insert(attempts).values(outbox=row, ended=tx.now, verdict=verdict, reason=reason or None))


async def abandoned(tx: Tx) -> list[Claimed]:
    """Rows whose worker died with them in hand: their lease is over. Taken under a new token."""
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.state == "sending", outbox.c.lease <= tx.now)
        .values(token=new_id())
        .returning(outbox)
    )
    return [await _claimed(tx, row) for row in rows]


REPORTED_FROM = {
    "accepted": ("unknown",),
    "delivered": ("accepted", "unknown", "failed", "sending"),
    "failed": ("accepted", "unknown"),
}
"""A report never steps a state down: delivered stays delivered, whatever comes late."""


async def report(tx: Tx, row: str, state: str, reason: str) -> tuple[str, str] | None:
    """Apply a provider's report; give (address, organisation) of the row it changed, None when it changed none."""
    moved = await tx.first(
        update(outbox)
        .where(outbox.c.id == row, outbox.c.state.in_(REPORTED_FROM[state]))
        .values(state=state, reason=reason or None, lease=None, token=None)
        .returning(outbox.c.address, outbox.c.organisation)
    )
    return None if moved is None else (moved.address, moved.organisation)


async def cancel_about(tx: Tx, about: str) -> None:
    """What has not left yet about a thing need not be said any more."""
    await tx.run(
        update(outbox)
        .where(outbox.c.about == about, outbox.c.state == "ready")
        .values(state="cancelled", content=None)
    )


async def cancel_for(tx: Tx, person: str, *, but_priority: int) -> None:
    """She stopped: nothing that waits for her leaves, but answers to herself."""
    await tx.run(
        update(outbox)
        .where(outbox.c.person == person, outbox.c.state == "ready", outbox.c.priority > but_priority)
        .values(state="cancelled", content=None)
    )


async def next_due(tx: Tx) -> int | None:
    """When the next waiting row is due."""
    found: int | None = await tx.scalar(
        select(outbox.c.due).where(outbox.c.state == "ready").order_by(outbox.c.due).limit(1)
    )
    return found


async def counts(tx: Tx, organisation: str) -> Mapping[tuple[str, str], int]:
    """How many rows of an organisation are in each channel and state."""
    found: dict[tuple[str, str], int] = {}
    rows = await tx.all(select(outbox.c.channel, outbox.c.state).where(outbox.c.organisation == organisation))
    for row in rows:
        found[row.channel, row.state] = found.get((row.channel, row.state), 0) + 1
    return found
