"""Erasing a person: her key first, then every row that leads to her."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, delete

from aid.db import Tx
from aid.store.addresses import addresses
from aid.store.carers import carers
from aid.store.members import affiliations, persons, roles
from aid.store.sealing import destroy_key

LEADING_TO_HER: tuple[Column[Any], ...] = (
    addresses.c.person,
    affiliations.c.person,
    roles.c.person,
    carers.c.ward,
    carers.c.carer,
)


async def erase(tx: Tx, person: str) -> None:
    """Destroy her key and every row that leads to her."""
    await destroy_key(tx, person)
    for column in LEADING_TO_HER:
        await tx.run(delete(column.table).where(column == person))
    await tx.run(delete(persons).where(persons.c.id == person))
