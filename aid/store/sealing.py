"""Sealing and opening fields: with the key of whom the field is about, bound to the place where it stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, String, Table, delete, insert, select

from aid.db import Tx
from aid.errors import Misconfigured
from aid.keys import Sealed, SubjectKey
from aid.store.columns import metadata


class KeyDestroyed(Misconfigured):
    """There is no such key any more: she was erased."""


keys = Table(
    "keys",
    metadata,
    Column("subject", String(32), primary_key=True),
    Column("key_id", Integer, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)


async def create_key(tx: Tx, subject: str) -> None:
    """Give a new person or organisation her data key."""
    key_id, wrapped = tx.keyring.new_subject(subject)
    await tx.run(insert(keys).values(subject=subject, key_id=key_id, wrapped=wrapped))


async def destroy_key(tx: Tx, subject: str) -> None:
    """Erase: without the key nothing that was sealed for her can be read, in no copy of the database."""
    tx.subject_keys.pop(subject, None)
    await tx.run(delete(keys).where(keys.c.subject == subject))


async def seal(tx: Tx, subject: str, column: Column[Any], row: str, text: str) -> Sealed:
    """Seal a field of a row with the key of its subject."""
    return (await _key(tx, subject)).seal(text, _bound(column, row, subject))


async def unseal(tx: Tx, subject: str, column: Column[Any], row: str, sealed: Sealed | None) -> str:
    """Open a field; an empty one is an empty text. Raises Misconfigured when it cannot be opened."""
    if sealed is None:
        return ""
    return (await _key(tx, subject)).open(sealed, _bound(column, row, subject))


async def _key(tx: Tx, subject: str) -> SubjectKey:
    known = tx.subject_keys.get(subject)
    if known is None:
        row = await tx.first(select(keys).where(keys.c.subject == subject))
        if row is None:
            raise KeyDestroyed("error-sealed")
        known = tx.keyring.unwrap(subject, row.key_id, row.wrapped)
        tx.subject_keys[subject] = known
    return known


def _bound(column: Column[Any], row: str, subject: str) -> str:
    return f"ayni1|{column.table.name}|{column.name}|{row}|{subject}"
