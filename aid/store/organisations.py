"""Organisations, and the versioned rules each was born with: categories, zones, priorities, points."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Integer, Row, Table, Text, UniqueConstraint, insert, select, update

from aid.db import Tx
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.sealing import create_key, seal, unseal

organisations = Table(
    "organisations",
    metadata,
    key(),
    Column("slug", Text, nullable=False, unique=True),
    sealed("name"),
    word("zone"),
    word("language"),
    word("bot", optional=True),
    instant("created"),
)

defaults = Table(
    "defaults",
    metadata,
    key(),
    ref("organisation"),
    word("topic"),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    instant("since"),
    UniqueConstraint("organisation", "topic", "version"),
)

points = Table(
    "points",
    metadata,
    key(),
    ref("organisation"),
    word("district"),
    sealed("place"),
    Column("open", Boolean, nullable=False),
    instant("since"),
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the installation. `zone`: its IANA time zone. `bot`: the user name for its links."""

    id: str
    slug: str
    name: str
    zone: str
    language: str
    bot: str = ""


async def add(tx: Tx, slug: str, name: str, zone: str, language: str) -> Organisation:
    """Bring an organisation into being, with its key."""
    made = Organisation(new_id(), slug, name, zone, language)
    await create_key(tx, made.id)
    await tx.run(
        insert(organisations).values(
            id=made.id,
            slug=slug,
            name=await seal(tx, made.id, organisations.c.name, made.id, name),
            zone=zone,
            language=language,
            created=tx.now,
        )
    )
    return made


async def set_bot(tx: Tx, organisation: str, bot: str) -> None:
    """Keep the user name of an organisation's bot, for its links."""
    await tx.run(update(organisations).where(organisations.c.id == organisation).values(bot=bot))


async def by_slug(tx: Tx, slug: str) -> Organisation | None:
    """The organisation a lines file calls by this short name."""
    return await _one(tx, await tx.first(select(organisations).where(organisations.c.slug == slug)))


async def by_id(tx: Tx, organisation: str) -> Organisation:
    """An organisation that is known to exist."""
    found = await _one(tx, await tx.first(select(organisations).where(organisations.c.id == organisation)))
    if found is None:
        raise LookupError("no such organisation")
    return found


async def everyone(tx: Tx) -> list[Organisation]:
    """All organisations of the installation."""
    rows = await tx.all(select(organisations).order_by(organisations.c.created))
    return [made for row in rows if (made := await _one(tx, row)) is not None]


async def _one(tx: Tx, row: Row[Any] | None) -> Organisation | None:
    if row is None:
        return None
    name = await unseal(tx, row.id, organisations.c.name, row.id, row.name)
    return Organisation(row.id, row.slug, name, row.zone, row.language, row.bot or "")


async def set_defaults(tx: Tx, organisation: str, topic: str, version: int, content: object) -> None:
    """Keep one version of a table of rules; the same version twice changes nothing."""
    await tx.insert_new(
        defaults,
        {
            "id": new_id(),
            "organisation": organisation,
            "topic": topic,
            "version": version,
            "content": json.dumps(content, ensure_ascii=False, sort_keys=True),
            "since": tx.now,
        },
    )


async def get_defaults(tx: Tx, organisation: str, topic: str) -> tuple[int, Any]:
    """The newest version of a table of rules: its number and content."""
    row = await tx.first(
        select(defaults.c.version, defaults.c.content)
        .where(defaults.c.organisation == organisation, defaults.c.topic == topic)
        .order_by(defaults.c.version.desc())
        .limit(1)
    )
    if row is None:
        raise LookupError(f"no defaults for {topic}")
    return row.version, json.loads(row.content)


async def set_point(tx: Tx, organisation: str, district: str, place: str) -> None:
    """Set where goods change hands in a district; the earlier point is closed, not overwritten."""
    await tx.run(
        update(points)
        .where(points.c.organisation == organisation, points.c.district == district, points.c.open)
        .values(open=False)
    )
    row = new_id()
    await tx.run(
        insert(points).values(
            id=row,
            organisation=organisation,
            district=district,
            place=await seal(tx, organisation, points.c.place, row, place),
            open=True,
            since=tx.now,
        )
    )


async def point_of(tx: Tx, organisation: str, district: str) -> str:
    """The meeting point of a district, or an empty text when none is set."""
    row = await tx.first(
        select(points).where(
            points.c.organisation == organisation, points.c.district == district, points.c.open
        )
    )
    return "" if row is None else await unseal(tx, organisation, points.c.place, row.id, row.place)
