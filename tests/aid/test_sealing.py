"""Sealing in rows: bound to table, column, row and subject; clear text cannot slip into a sealed column."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from aid.errors import Misconfigured
from aid.store.inbox import inbox
from aid.store.members import add_person, persons
from aid.store.sealing import KeyDestroyed, destroy_key, seal, unseal
from tests.world import World


async def test_a_field_opens_in_its_own_place_only(world: World) -> None:
    async with world.tx() as tx:
        nieves, zoila = await add_person(tx, "es"), await add_person(tx, "es")
        sealed = await seal(tx, nieves.id, persons.c.alias, nieves.id, "garza azul")
        assert await unseal(tx, nieves.id, persons.c.alias, nieves.id, sealed) == "garza azul"
        for subject, column, row in (
            (zoila.id, persons.c.alias, nieves.id),
            (nieves.id, persons.c.alias, zoila.id),
            (nieves.id, inbox.c.words, nieves.id),
        ):
            with pytest.raises(Misconfigured, match="error-sealed"):
                await unseal(tx, subject, column, row, sealed)


async def test_an_empty_field_is_an_empty_text(world: World) -> None:
    async with world.tx() as tx:
        assert await unseal(tx, "nobody", persons.c.alias, "row", None) == ""


async def test_without_her_key_nothing_of_hers_opens(world: World) -> None:
    async with world.tx() as tx:
        nieves = await add_person(tx, "es")
        sealed = await seal(tx, nieves.id, persons.c.alias, nieves.id, "garza azul")
        await destroy_key(tx, nieves.id)
        with pytest.raises(KeyDestroyed):
            await unseal(tx, nieves.id, persons.c.alias, nieves.id, sealed)
        with pytest.raises(KeyDestroyed):
            await seal(tx, nieves.id, persons.c.alias, nieves.id, "again")


@pytest.mark.parametrize("clear", ["garza azul", b"garza azul"], ids=["text", "bytes"])
async def test_a_sealed_column_takes_no_clear_text(world: World, clear: object) -> None:
    async with world.tx() as tx:
        with pytest.raises(StatementError, match="takes only Sealed") as told:
            await tx.run(insert(persons).values(id="x", language="es", alias=clear, created=1, heard=1))
        assert "garza" not in str(told.value)
        assert (await tx.first(select(persons.c.id).where(persons.c.id == "x"))) is None
