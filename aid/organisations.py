"""Organisations of the installation: born with the default rules, known by their short name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aid import history
from aid.db import Tx
from aid.store import organisations, ways
from aid.store.organisations import Organisation

__all__ = [
    "Category",
    "Organisation",
    "Zone",
    "by_id",
    "by_slug",
    "categories",
    "district_name",
    "everyone",
    "found",
    "point",
    "set_bot",
    "set_lines",
    "set_point",
    "zones",
]

by_id = organisations.by_id
by_slug = organisations.by_slug
everyone = organisations.everyone
set_bot = organisations.set_bot
set_lines = ways.set_lines
point = organisations.point_of


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of aid. `kinds`: cash, goods or both, the first assumed. `question`: amount or people."""

    id: str
    kinds: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A city and its districts (id and name)."""

    id: str
    name: str
    districts: tuple[tuple[str, str], ...]

    def name_of(self, district: str) -> str:
        """The name of a district, or an empty text when it is not of this city."""
        return dict(self.districts).get(district, "")


async def found(
    tx: Tx, slug: str, *, name: str, zone: str, language: str, defaults: Mapping[str, Any]
) -> Organisation:
    """The organisation of a short name; born now if need be, with the default rules as rows of its own."""
    known = await organisations.by_slug(tx, slug)
    if known is not None:
        return known
    made = await organisations.add(tx, slug, name, zone, language)
    for topic, content in defaults.items():
        await organisations.set_defaults(tx, made.id, topic, 1, content)
    await history.append(tx, made.id, "founded", "organisation", made.id, actor=None)
    return made


async def categories(tx: Tx, organisation: str) -> tuple[Category, ...]:
    """What may be asked for, in the order of the menu."""
    _, content = await organisations.get_defaults(tx, organisation, "categories")
    return tuple(Category(row["id"], tuple(row["kinds"]), row["question"]) for row in content["category"])


async def zones(tx: Tx, organisation: str) -> tuple[Zone, ...]:
    """Cities and districts, in the order of the menu."""
    _, content = await organisations.get_defaults(tx, organisation, "zones")
    return tuple(
        Zone(city["id"], city["name"], tuple((row["id"], row["name"]) for row in city["districts"]))
        for city in content["city"]
    )


async def district_name(tx: Tx, organisation: str, district: str) -> str:
    """How people call a district; what is not on the list is called as it was written."""
    for zone in await zones(tx, organisation):
        name = zone.name_of(district)
        if name:
            return name
    return district


async def set_point(tx: Tx, organisation: str, district: str, place: str, *, actor: str) -> None:
    """Set where goods change hands in a district."""
    await organisations.set_point(tx, organisation, district, place)
    await history.append(
        tx, organisation, "point-set", "point", None, actor=actor, facts={"district": district}
    )
