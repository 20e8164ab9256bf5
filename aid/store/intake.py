"""Raw messages as they came, sealed, kept before they are acknowledged. Unique by line and provider's id."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint, func, select, text, update

from aid.db import Tx
from aid.store.addresses import addresses
from aid.store.columns import BigKey, instant, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.sealing import seal, unseal

intake = Table(
    "intake",
    metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    Column("row", String(32), nullable=False),
    ref("organisation"),
    Column("line", String(64), nullable=False),
    Column("provider_id", String(128), nullable=False),
    Column("sender", String(32), nullable=False),
    sealed("raw", optional=True),
    word("state"),
    Column("tries", Integer, nullable=False),
    word("fault", optional=True),
    instant("received"),
    UniqueConstraint("line", "provider_id"),
    Index("ix_intake_new", "seq", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
)


@dataclass(frozen=True, slots=True)
class Raw:
    """One raw message. `whose`: the person, or the blind index of an unknown address."""

    seq: int
    organisation: str
    line: str
    whose: str
    raw: bytes
    tries: int
    received: int


async def keep(  # noqa: PLR0917 - the columns of a row, in their order
    tx: Tx, organisation: str, line: str, provider_id: str, sender: str, raw: bytes
) -> bool:
    """Keep a raw message; False when the provider brought it before."""
    row = new_id()
    body = await seal(tx, organisation, intake.c.raw, row, b64encode(raw).decode())
    return await tx.insert_new(
        intake,
        {
            "row": row,
            "organisation": organisation,
            "line": line,
            "provider_id": tx.keyring.index("provider-id", provider_id),
            "sender": sender,
            "raw": body,
            "state": "new",
            "tries": 0,
            "received": tx.now,
        },
    )


async def waiting(tx: Tx, limit: int) -> list[Raw]:
    """What has not been handled yet, in order of arrival."""
    whose = func.coalesce(addresses.c.person, intake.c.sender).label("whose")
    rows = await tx.all(
        select(intake, whose)
        .outerjoin(addresses, addresses.c.address_index == intake.c.sender)
        .where(intake.c.state == "new")
        .order_by(intake.c.seq)
        .limit(limit)
    )
    return [
        Raw(
            row.seq,
            row.organisation,
            row.line,
            row.whose,
            b64decode(await unseal(tx, row.organisation, intake.c.raw, row.row, row.raw)),
            row.tries,
            row.received,
        )
        for row in rows
    ]


async def finish(tx: Tx, seq: int) -> bool:
    """It is handled: empty it. False when another hand was faster."""
    return await _end(tx, seq, "done", None)


async def park(tx: Tx, seq: int, fault: str) -> bool:
    """It cannot be handled: keep it aside, sealed, for the health page; never try it for ever."""
    return await _end(tx, seq, "parked", fault)


async def count_try(tx: Tx, seq: int) -> None:
    """One more failed try."""
    await tx.run(update(intake).where(intake.c.seq == seq).values(tries=intake.c.tries + 1))


async def _end(tx: Tx, seq: int, state: str, fault: str | None) -> bool:
    values = {"state": state, "fault": fault} | ({"raw": None} if state == "done" else {})
    ended = await tx.first(
        update(intake)
        .where(intake.c.seq == seq, intake.c.state == "new")
        .values(**values)
        .returning(intake.c.seq)
    )
    return ended is not None
