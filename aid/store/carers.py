"""Who acts for whom, and the cover word under which they speak of her."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    CheckConstraint,
    PrimaryKeyConstraint,
    Table,
    insert,
    select,
)

from aid.db import Tx
from aid.store.columns import instant, metadata, ref, sealed
from aid.store.sealing import seal, unseal

carers = Table(
    "carers",
    metadata,
    ref("ward"),
    ref("carer"),
    ref("organisation"),
    sealed("cover"),
    instant("since"),
    PrimaryKeyConstraint("ward", "carer"),
    CheckConstraint("ward <> carer", name="another"),
)


@dataclass(frozen=True, slots=True)
class Ward:
    """A woman for whom another acts, and the cover word under which they speak of her."""

    person: str
    carer: str
    cover: str


async def add_ward(tx: Tx, ward: str, carer: str, organisation: str, cover: str) -> None:
    """One woman acts for another from now on."""
    await tx.run(
        insert(carers).values(
            ward=ward,
            carer=carer,
            organisation=organisation,
            cover=await seal(tx, carer, carers.c.cover, ward, cover),
            since=tx.now,
        )
    )


async def wards_of(tx: Tx, carer: str) -> list[Ward]:
    """For whom she acts."""
    rows = await tx.all(select(carers).where(carers.c.carer == carer).order_by(carers.c.since))
    return [
        Ward(row.ward, row.carer, await unseal(tx, row.carer, carers.c.cover, row.ward, row.cover))
        for row in rows
    ]


async def carers_of(tx: Tx, ward: str) -> list[Ward]:
    """Who acts for her."""
    rows = await tx.all(select(carers).where(carers.c.ward == ward).order_by(carers.c.since))
    return [
        Ward(row.ward, row.carer, await unseal(tx, row.carer, carers.c.cover, row.ward, row.cover))
        for row in rows
    ]


async def bound_to(tx: Tx, *persons: str) -> set[str]:
    """Who acts for any of these persons, or is one for whom any of them acts."""
    rows = await tx.all(
        select(carers.c.ward, carers.c.carer).where(carers.c.ward.in_(persons) | carers.c.carer.in_(persons))
    )
    wards = {row.ward for row in rows if row.carer in persons}
    return wards | {row.carer for row in rows if row.ward in persons}
