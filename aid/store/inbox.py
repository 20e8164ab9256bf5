"""What only a person can settle: the organisers' list of calls to make and words to answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Index, Row, String, Table, insert, select, text, update

from aid.db import Tx
from aid.rules import receipts
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import chance, new_id
from aid.store.rows import columns_of, made_from
from aid.store.sealing import seal, unseal

inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("receipt", String(12), nullable=False, unique=True),
    ref("organisation"),
    word("kind"),
    ref("person"),
    ref("about", optional=True),
    sealed("words", optional=True),
    word("state"),
    ref("reader", optional=True),
    instant("since"),
    instant("settled", optional=True),
    Index(
        "ix_inbox_open",
        "organisation",
        "since",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing for a person to settle. `reader`: the only one who may see it; None: every organiser."""

    id: str
    receipt: str
    organisation: str
    kind: str
    person: str
    about: str | None
    words: str
    state: str
    reader: str | None
    since: int


async def add(
    tx: Tx,
    organisation: str,
    kind: str,
    person: str,
    *,
    about: str | None,
    words: str = "",
    reader: str | None = None,
) -> Item:
    """Put a thing on the list."""
    made = Item(
        id=new_id(),
        receipt=receipts.receipt_number(chance(receipts.RANDOM_BYTES)),
        organisation=organisation,
        kind=kind,
        person=person,
        about=about,
        words=words,
        state="open",
        reader=reader,
        since=tx.now,
    )
    hidden = await seal(tx, person, inbox.c.words, made.id, words) if words else None
    await tx.run(insert(inbox).values(columns_of(made) | {"words": hidden}))
    return made


async def open_for(tx: Tx, organisation: str, reader: str) -> list[Item]:
    """What is open on the list as one organiser may see it, oldest first."""
    rows = await tx.all(
        select(inbox)
        .where(
            inbox.c.organisation == organisation,
            inbox.c.state == "open",
            inbox.c.reader.is_(None) | (inbox.c.reader == reader),
        )
        .order_by(inbox.c.since, inbox.c.id)
    )
    return [await _item(tx, row) for row in rows]


async def open_about(tx: Tx, kind: str, about: str) -> list[Item]:
    """What is open of a kind about one thing."""
    rows = await tx.all(
        select(inbox).where(inbox.c.about == about, inbox.c.kind == kind, inbox.c.state == "open")
    )
    return [await _item(tx, row) for row in rows]


async def open_by(tx: Tx, organisation: str, kind: str, person: str, reader: str | None) -> list[Item]:
    """What is open of one kind about one person for one reader (None: every organiser), oldest first."""
    rows = await tx.all(
        select(inbox)
        .where(
            inbox.c.organisation == organisation,
            inbox.c.state == "open",
            inbox.c.kind == kind,
            inbox.c.person == person,
            inbox.c.reader.is_(None) if reader is None else inbox.c.reader == reader,
        )
        .order_by(inbox.c.since, inbox.c.id)
    )
    return [await _item(tx, row) for row in rows]


async def set_words(tx: Tx, item: Item, words: str) -> Item:
    """Keep these words with a thing on the list."""
    hidden = await seal(tx, item.person, inbox.c.words, item.id, words)
    await tx.run(update(inbox).where(inbox.c.id == item.id).values(words=hidden))
    return replace(item, words=words)


async def by_receipt(tx: Tx, organisation: str, receipt: str) -> Item | None:
    """One thing of the list."""
    row = await tx.first(
        select(inbox).where(inbox.c.organisation == organisation, inbox.c.receipt == receipt)
    )
    return None if row is None else await _item(tx, row)


async def settle(tx: Tx, item: str) -> bool:
    """It is done; False when another was faster."""
    done = await tx.first(
        update(inbox)
        .where(inbox.c.id == item, inbox.c.state == "open")
        .values(state="done", settled=tx.now)
        .returning(inbox.c.id)
    )
    return done is not None


async def _item(tx: Tx, row: Row[Any]) -> Item:
    words = await unseal(tx, row.person, inbox.c.words, row.id, row.words)
    return made_from(Item, row, words=words)
