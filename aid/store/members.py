"""Persons, what ties them to organisations, and their roles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Row,
    String,
    Table,
    and_,
    delete,
    exists,
    insert,
    select,
    update,
)

from aid.db import Tx
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.ids import new_id
from aid.store.sealing import create_key, seal, unseal

persons = Table(
    "persons",
    metadata,
    key(),
    word("language"),
    sealed("alias", optional=True),
    Column("alias_index", String(32), unique=True),
    instant("stopped", optional=True),
    instant("erase_due", optional=True),
    instant("created"),
    instant("heard"),
    Index("ix_persons_erase_due", "erase_due"),
)

affiliations = Table(
    "affiliations",
    metadata,
    ref("person"),
    ref("organisation"),
    word("district", optional=True),
    Column("birth_year", Integer),
    Column("out_of_work", Boolean, nullable=False),
    Column("dependants", Integer, nullable=False),
    instant("joined"),
    PrimaryKeyConstraint("person", "organisation"),
    Index("ix_affiliations_organisation", "organisation", "district"),
)

roles = Table(
    "roles",
    metadata,
    ref("person"),
    ref("organisation"),
    word("role"),
    instant("since"),
    PrimaryKeyConstraint("person", "organisation", "role"),
    Index("ix_roles_organisation", "organisation", "role"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the installation. `stopped`, `erase_due`: since when, until when; None when not."""

    id: str
    language: str
    alias: str
    stopped: int | None
    erase_due: int | None


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What ties a person to an organisation, and the facts that priority is made of."""

    person: str
    organisation: str
    district: str | None
    birth_year: int | None
    out_of_work: bool
    dependants: int


async def add_person(tx: Tx, language: str) -> Person:
    """A person of whom nothing is known yet, with her key."""
    person = Person(new_id(), language, "", None, None)
    await create_key(tx, person.id)
    await tx.run(insert(persons).values(id=person.id, language=language, created=tx.now, heard=tx.now))
    return person


async def by_id(tx: Tx, person: str) -> Person | None:
    """A person, or None when she was erased."""
    return await _person(tx, await tx.first(select(persons).where(persons.c.id == person)))


async def _person(tx: Tx, row: Row[Any] | None) -> Person | None:
    if row is None:
        return None
    alias = await unseal(tx, row.id, persons.c.alias, row.id, row.alias)
    return Person(row.id, row.language, alias, row.stopped, row.erase_due)


async def set_alias(tx: Tx, person: str, alias: str) -> bool:
    """Give her an alias; False when another woman has it."""
    index = tx.keyring.index("alias", alias.casefold())
    taken = await tx.scalar(
        select(persons.c.id).where(persons.c.alias_index == index, persons.c.id != person)
    )
    if taken:
        return False
    hidden = await seal(tx, person, persons.c.alias, person, alias)
    await tx.run(update(persons).where(persons.c.id == person).values(alias=hidden, alias_index=index))
    return True


async def by_alias(tx: Tx, alias: str) -> Person | None:
    """The woman of an alias."""
    index = tx.keyring.index("alias", alias.casefold())
    return await _person(tx, await tx.first(select(persons).where(persons.c.alias_index == index)))


async def set_stopped(tx: Tx, person: str, *, stopped: bool) -> None:
    """End or allow messages to her."""
    await tx.run(update(persons).where(persons.c.id == person).values(stopped=tx.now if stopped else None))


async def set_erase_due(tx: Tx, person: str, due: int | None) -> None:
    """Have her erased at an instant, or not."""
    await tx.run(update(persons).where(persons.c.id == person).values(erase_due=due))


async def due_for_erasure(tx: Tx, only: str | None) -> list[str]:
    """Who asked to be erased and did not undo it in time. `only`: if it is she."""
    return await _ids(tx, only, persons.c.erase_due <= tx.now)


async def strangers_before(tx: Tx, instant_ms: int, only: str | None) -> list[str]:
    """Persons who never joined nor gave anything and were not heard since an instant."""
    tied = exists().where(affiliations.c.person == persons.c.id)
    holds = exists().where(roles.c.person == persons.c.id)
    return await _ids(tx, only, persons.c.heard < instant_ms, ~tied, ~holds)


async def _ids(tx: Tx, only: str | None, *where: ColumnElement[bool]) -> list[str]:
    chosen = where if only is None else (*where, persons.c.id == only)
    return [row.id for row in await tx.all(select(persons.c.id).where(*chosen))]


async def affiliation(tx: Tx, person: str, organisation: str) -> Affiliation | None:
    """What ties her to an organisation, or None."""
    row = await tx.first(
        select(affiliations).where(
            affiliations.c.person == person, affiliations.c.organisation == organisation
        )
    )
    if row is None:
        return None
    return Affiliation(
        row.person, row.organisation, row.district, row.birth_year, row.out_of_work, row.dependants
    )


async def set_affiliation(tx: Tx, made: Affiliation) -> None:
    """Tie her to an organisation, or correct the facts."""
    facts = {
        "district": made.district,
        "birth_year": made.birth_year,
        "out_of_work": made.out_of_work,
        "dependants": made.dependants,
    }
    where = and_(affiliations.c.person == made.person, affiliations.c.organisation == made.organisation)
    key_values = {"person": made.person, "organisation": made.organisation, "joined": tx.now}
    if not await tx.insert_new(affiliations, key_values | facts):
        await tx.run(update(affiliations).where(where).values(**facts))


async def roles_of(tx: Tx, person: str, organisation: str) -> frozenset[str]:
    """The roles she holds in an organisation."""
    rows = await tx.all(
        select(roles.c.role).where(roles.c.person == person, roles.c.organisation == organisation)
    )
    return frozenset(row.role for row in rows)


async def organisations_of(tx: Tx, person: str) -> list[str]:
    """Where she holds any role."""
    rows = await tx.all(select(roles.c.organisation).where(roles.c.person == person).distinct())
    return [row.organisation for row in rows]


async def add_role(tx: Tx, person: str, organisation: str, role: str) -> None:
    """Give her a role; holding it already changes nothing."""
    await tx.insert_new(
        roles, {"person": person, "organisation": organisation, "role": role, "since": tx.now}
    )


async def drop_role(tx: Tx, person: str, organisation: str, role: str) -> None:
    """Take a role back."""
    await tx.run(
        delete(roles).where(
            roles.c.person == person, roles.c.organisation == organisation, roles.c.role == role
        )
    )


async def holders(tx: Tx, organisation: str, *wanted: str) -> list[str]:
    """Who holds one of some roles, in their order, in each the longest first, everybody once."""
    rows = await tx.all(
        select(roles.c.person, roles.c.role)
        .where(roles.c.organisation == organisation, roles.c.role.in_(wanted))
        .order_by(roles.c.since, roles.c.person)
    )
    by_role = sorted(rows, key=lambda row: wanted.index(row.role))
    return list(dict.fromkeys(row.person for row in by_role))


async def holders_in(tx: Tx, organisation: str, role: str, district: str) -> list[str]:
    """Who holds a role in a district, longest first."""
    rows = await tx.all(
        select(roles.c.person)
        .join(
            affiliations,
            and_(
                affiliations.c.person == roles.c.person,
                affiliations.c.organisation == roles.c.organisation,
            ),
        )
        .where(
            roles.c.organisation == organisation,
            roles.c.role == role,
            affiliations.c.district == district,
        )
        .order_by(roles.c.since, roles.c.person)
    )
    return [row.person for row in rows]
