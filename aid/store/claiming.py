"""Taking rows of the outbox in hand and settling them: one conditional update under a fresh token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Update, insert, select, update

from aid.db import Tx
from aid.messages import Message, Verdict
from aid.rules import lifecycles
from aid.store.ids import new_id
from aid.store.outbox import READY, SENDING, attempts, outbox, read_message, write_message
from aid.store.sealing import KeyDestroyed, seal, unseal


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


@dataclass(frozen=True, slots=True)
class Trace:
    """Words in somebody's chat that must go: the row, its line, and the channel's own name of the message."""

    id: str
    line: str
    reference: str


@dataclass(frozen=True, slots=True)
class Reported:
    """Whose row a report changed."""

    organisation: str
    person: str
    address: str


async def claim(tx: Tx, line: str, limit: int, lease_ms: int) -> list[Claimed]:
    """Take the most urgent due rows of a line. The commit of this is the statement of intent to send."""
    chosen = (
        select(outbox.c.seq)
        .where(outbox.c.line == line, outbox.c.state == READY, outbox.c.due <= tx.now)
        .order_by(outbox.c.priority, outbox.c.seq)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")  # PostgreSQL may run a plain subquery once per row, and take more than the limit
    )
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.seq.in_(select(chosen.c.seq)), outbox.c.state == READY)
        .values(state="sending", lease=tx.now + lease_ms, token=new_id(), attempts=outbox.c.attempts + 1)
        .returning(outbox)
    )
    return await _opened(tx, sorted(rows, key=lambda row: (row.priority, row.seq)))


async def _opened(tx: Tx, rows: Sequence[Row[Any]]) -> list[Claimed]:
    """The rows that can be opened; one whose woman was erased is over, and must not hold up the others."""
    found = []
    for row in rows:
        try:
            found.append(await _claimed(tx, row))
        except KeyDestroyed:
            await tx.run(
                update(outbox)
                .where(outbox.c.id == row.id, outbox.c.token == row.token)
                .values(state="suppressed", reason="erased", lease=None, token=None, content=None)
            )
    return found


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
    await tx.run(_in_hand(held).values(content=content))


async def end(
    tx: Tx, held: Claimed, state: str, *, reason: str | None, reference: str = "", forget: int | None = None
) -> bool:
    """Settle a held row, for good or until a report; False when the token is no longer ours.

    `forget`: when the words must be gone from her chat.
    """
    hidden = await seal(tx, held.person, outbox.c.reference, held.id, reference) if reference else None
    values = {"state": state, "reason": reason, "reference": hidden, "content": None, "forget": forget}
    return await _put_down(tx, held, values)


async def to_forget(tx: Tx, limit: int, again: int) -> list[Trace]:
    """Words whose time in her chat is over. Each is due anew at `again`, should whoever takes it now die."""
    due = (
        select(outbox.c.seq)
        .where(outbox.c.forget <= tx.now)
        .order_by(outbox.c.forget)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.seq.in_(select(due.c.seq)), outbox.c.forget <= tx.now)
        .values(forget=again)
        .returning(outbox.c.id, outbox.c.line, outbox.c.person, outbox.c.reference)
    )
    return [
        Trace(row.id, row.line, await unseal(tx, row.person, outbox.c.reference, row.id, row.reference))
        for row in rows
    ]


async def forgotten(tx: Tx, row: str) -> None:
    """They are gone from her chat, or can never be deleted."""
    await tx.run(update(outbox).where(outbox.c.id == row).values(forget=None))


async def again(tx: Tx, held: Claimed, due: int, *, reason: str, counted: bool = True) -> bool:
    """Give a held row back for a later try; False when the token is no longer ours."""
    attempts_now = held.attempts if counted else held.attempts - 1
    values = {"state": "ready", "due": due, "reason": reason or None, "attempts": attempts_now}
    return await _put_down(tx, held, values)


async def doubt(tx: Tx, held: Claimed, due: int, *, reason: str) -> bool:
    """Nobody knows whether it left; until `due` a report may still tell. False when the token is not ours."""
    return await _put_down(tx, held, {"state": "unknown", "due": due, "reason": reason})


async def repeat(tx: Tx) -> int:
    """Doubts whose time has come, of rows that do no harm twice: ready once more. How many."""
    rows = await tx.all(
        update(outbox)
        .where(
            outbox.c.state == "unknown",
            outbox.c.policy == "repeat",
            outbox.c.attempts == 1,
            outbox.c.due <= tx.now,
            outbox.c.content.is_not(None),
        )
        .values(state="ready")
        .returning(outbox.c.id)
    )
    if rows:
        tx.wake("outbox")
    return len(rows)


def _in_hand(held: Claimed) -> Update:
    return update(outbox).where(
        outbox.c.id == held.id, outbox.c.state == SENDING, outbox.c.token == held.token
    )


async def _put_down(tx: Tx, held: Claimed, values: Mapping[str, Any]) -> bool:
    put = _in_hand(held).values(lease=None, token=None, **values).returning(outbox.c.id)
    return await tx.first(put) is not None


async def note_attempt(tx: Tx, row: str, verdict: Verdict, reason: str) -> None:
    """Append how a try ended."""
    await tx.run(insert(attempts).values(outbox=row, ended=tx.now, verdict=verdict, reason=reason or None))


async def abandoned(tx: Tx) -> list[Claimed]:
    """Rows whose worker died with them in hand: their lease is over. Taken under a new token."""
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.state == SENDING, outbox.c.lease <= tx.now)
        .values(token=new_id())
        .returning(outbox)
    )
    return await _opened(tx, rows)


async def readdress(tx: Tx, old: str, new: str) -> None:
    """What waits for an address waits for another one instead."""
    waiting = outbox.c.state.in_(("ready", "sending", "unknown"))
    await tx.run(update(outbox).where(outbox.c.address == old, waiting).values(address=new))


async def report(tx: Tx, row: str, state: str, reason: str) -> Reported | None:
    """Apply a provider's report; None when it changed nothing. A state never steps down, however late."""
    moved = await tx.first(
        update(outbox)
        .where(outbox.c.id == row, outbox.c.state.in_(lifecycles.sources("outbox", state)))
        .values(state=state, reason=reason or None, lease=None, token=None, content=None)
        .returning(outbox.c.organisation, outbox.c.person, outbox.c.address)
    )
    return None if moved is None else Reported(moved.organisation, moved.person, moved.address)
