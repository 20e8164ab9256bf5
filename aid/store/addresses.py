"""Where persons are reached. An address belongs to one person; one of hers is marked first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Row,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from aid.db import Tx
from aid.messages import ChannelName
from aid.store import ways
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.members import persons
from aid.store.sealing import seal, unseal

addresses = Table(
    "addresses",
    metadata,
    key(),
    ref("person"),
    word("channel"),
    Column("line", String(64), nullable=False),
    Column("address_index", String(32), nullable=False, unique=True),
    sealed("address"),
    Column("live", Boolean, nullable=False),
    Column("is_first", Boolean, nullable=False),
    instant("heard"),
    Index("ix_addresses_person", "person"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached. `heard`: when she last wrote from it, 0 when never."""

    id: str
    person: str
    channel: ChannelName
    line: str
    address: str
    live: bool
    heard: int


def address_index(tx: Tx, channel: str, address: str) -> str:
    """The blind index of an address; a phone never links to a Telegram id of the same digits."""
    return tx.keyring.index(f"address-{channel}", address)


async def by_address(tx: Tx, channel: str, address: str) -> Address | None:
    """Whose address this is."""
    index = address_index(tx, channel, address)
    return await _address(tx, await tx.first(select(addresses).where(addresses.c.address_index == index)))


async def add_address(
    tx: Tx, person: str, channel: ChannelName, line: str, address: str, *, heard: int
) -> Address:
    """Tie an address to a person; her first one is marked so."""
    first = (
        await tx.scalar(select(func.count()).where(addresses.c.person == person, addresses.c.is_first)) == 0
    )
    row = new_id()
    await tx.run(
        insert(addresses).values(
            id=row,
            person=person,
            channel=channel,
            line=line,
            address_index=address_index(tx, channel, address),
            address=await seal(tx, person, addresses.c.address, row, address),
            live=True,
            is_first=first,
            heard=heard,
        )
    )
    await ways.note(tx, row, line, person, heard)
    return Address(row, person, channel, line, address, live=True, heard=heard)


async def move_address(tx: Tx, address: Address, person: str) -> Address:
    """Give an address (and its seal) to another person: two rows of one woman become one."""
    await tx.run(delete(addresses).where(addresses.c.id == address.id))
    await ways.forget(tx, address.id)
    return await add_address(tx, person, address.channel, address.line, address.address, heard=address.heard)


async def heard_from(tx: Tx, address: Address, line: str, heard: int) -> None:
    """She wrote, at `heard`: the address lives, and answers go by the line she wrote to."""
    await tx.run(
        update(addresses).where(addresses.c.id == address.id).values(heard=heard, live=True, line=line)
    )
    await ways.note(tx, address.id, line, address.person, heard)
    await tx.run(update(persons).where(persons.c.id == address.person).values(heard=tx.now))


async def mark_live(tx: Tx, address: str, *, live: bool) -> None:
    """An address works again, or never will."""
    await tx.run(update(addresses).where(addresses.c.id == address).values(live=live))


async def addresses_of(tx: Tx, person: str) -> list[Address]:
    """Her live addresses, the first one first."""
    rows = await tx.all(
        select(addresses)
        .where(addresses.c.person == person, addresses.c.live)
        .order_by(addresses.c.is_first.desc(), addresses.c.heard.desc())
    )
    return [made for row in rows if (made := await _address(tx, row)) is not None]


async def address_by_id(tx: Tx, address: str) -> Address | None:
    """An address, or None when it is gone."""
    return await _address(tx, await tx.first(select(addresses).where(addresses.c.id == address)))


async def _address(tx: Tx, row: Row[Any] | None) -> Address | None:
    if row is None:
        return None
    clear = await unseal(tx, row.person, addresses.c.address, row.id, row.address)
    return Address(row.id, row.person, ChannelName(row.channel), row.line, clear, row.live, row.heard)
