"""By which lines persons are reached: an organisation speaks by its own lines, never by those of another."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Index, PrimaryKeyConstraint, String, Table, delete, insert, select, update

from aid.db import Tx
from aid.messages import ChannelName
from aid.store.columns import instant, metadata, ref, word

lines = Table(
    "lines",
    metadata,
    Column("id", String(64), primary_key=True),
    ref("organisation"),
    word("channel"),
    Index("ix_lines_organisation", "organisation", "channel"),
)

ways = Table(
    "ways",
    metadata,
    ref("address"),
    Column("line", String(64), nullable=False),
    ref("person"),
    instant("heard"),
    PrimaryKeyConstraint("address", "line"),
    Index("ix_ways_person", "person"),
)


async def set_lines(tx: Tx, organisation: str, channels: Mapping[str, ChannelName]) -> None:
    """The lines that an organisation has from now on, each with its channel."""
    await tx.run(delete(lines).where((lines.c.organisation == organisation) | lines.c.id.in_(channels)))
    for line, channel in channels.items():
        await tx.run(insert(lines).values(id=line, organisation=organisation, channel=channel))


async def note(tx: Tx, address: str, line: str, person: str, heard: int) -> None:
    """She was heard on this line (milliseconds UTC)."""
    values = {"address": address, "line": line, "person": person, "heard": heard}
    if not await tx.insert_new(ways, values):
        here = (ways.c.address == address, ways.c.line == line)
        await tx.run(update(ways).where(*here).values(person=person, heard=heard))


async def forget(tx: Tx, address: str) -> None:
    """The address is no more."""
    await tx.run(delete(ways).where(ways.c.address == address))


async def heard_on(tx: Tx, address: str, line: str) -> int:
    """When she last wrote from this address to this line; 0 when never."""
    heard = await tx.scalar(select(ways.c.heard).where(ways.c.address == address, ways.c.line == line))
    return int(heard or 0)


async def line_for(tx: Tx, organisation: str, channel: ChannelName, address: str, last: str) -> str | None:
    """The organisation's own line to an address, where she wrote last; None when none of them reaches her.

    Any SMS line can write to a number; a bot only to whom has begun with it. `last`: the line she wrote to
    last, which serves while no organisation has registered any.
    """
    chosen = select(lines.c.id).where(lines.c.organisation == organisation, lines.c.channel == channel)
    own = [row.id for row in await tx.all(chosen.order_by(lines.c.id))]
    heard = await tx.first(
        select(ways.c.line)
        .where(ways.c.address == address, ways.c.line.in_(own))
        .order_by(ways.c.heard.desc())
    )
    if heard is not None:
        return str(heard.line)
    if own:
        return own[0] if channel is ChannelName.SMS else None
    return last if await tx.first(select(lines.c.id).limit(1)) is None else None
