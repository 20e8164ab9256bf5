"""The door to the database: what is promised about writing, reading, waiting and being cut off."""

from __future__ import annotations

import asyncio
import logging
import traceback
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from aid import keys
from aid.db import Database, Tx
from aid.store.organisations import organisations
from tests.servers.fixtures import sqlite_url
from tests.world import World

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "temp_store": 2}


@pytest.fixture
async def sqlite(sqlite_path: Path) -> Database:
    return Database(sqlite_url(sqlite_path), keys.fresh())


async def pragmas(tx: Tx) -> dict[str, object]:
    return {name: await tx.scalar(text(f"PRAGMA {name}")) for name in (*PRAGMAS, "query_only")}


async def note(tx: Tx, slug: str) -> None:
    """Any row."""
    await tx.run(
        insert(organisations).values(
            id=slug, slug=slug, name=keys.Sealed(b"x"), zone="UTC", language="es", created=tx.now
        )
    )


async def noted(db: Database) -> set[str]:
    async with db.reading(0) as tx:
        return set((await tx.connection.execute(select(organisations.c.slug))).scalars()) - {"amancay"}


async def test_the_writer_is_durable_and_overwrites_what_it_deletes(sqlite: Database) -> None:
    async with sqlite.transaction(0) as tx:
        assert await pragmas(tx) == {**PRAGMAS, "query_only": 0}
    await sqlite.close()


async def test_readers_cannot_write(sqlite: Database) -> None:
    async with sqlite.reading(0) as tx:
        assert await pragmas(tx) == {**PRAGMAS, "query_only": 1}
        with pytest.raises(DBAPIError):
            await note(tx, "never")
    await sqlite.close()


async def test_readers_do_not_wait_for_the_writer(sqlite: Database) -> None:
    async with sqlite.transaction(0) as tx:
        await note(tx, "writing")
        async with asyncio.timeout(5):
            assert await noted(sqlite) == set()
    assert await noted(sqlite) == {"writing"}
    await sqlite.close()


async def test_writers_are_served_in_the_order_they_came(sqlite: Database) -> None:
    served: list[int] = []

    async def write(number: int) -> None:
        async with sqlite.transaction(0) as tx:
            await note(tx, f"n{number}")
            await asyncio.sleep(0.001 * (number % 3))
            served.append(number)

    await asyncio.gather(*(write(number) for number in range(40)))
    assert served == list(range(40))
    await sqlite.close()


async def test_another_process_waits_until_the_writer_is_done(sqlite: Database) -> None:
    other = Database(sqlite.url, keys.fresh())

    async def write() -> None:
        async with other.transaction(0) as tx:
            await note(tx, "second")

    async with sqlite.transaction(0) as tx:
        await note(tx, "first")
        waiting = asyncio.create_task(write())
        await asyncio.sleep(0.1)
        assert not waiting.done()
    await waiting
    assert await noted(sqlite) == {"first", "second"}
    await other.close()
    await sqlite.close()


async def test_all_of_a_transaction_happens_or_nothing(world: World) -> None:
    async def fails() -> None:
        async with world.db.transaction(0) as tx:
            await note(tx, "half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await noted(world.db) == set()


async def test_what_is_refused_is_undone_and_the_rest_stays(world: World) -> None:
    async def refused(tx: Tx) -> None:
        async with tx.attempt():
            await note(tx, "refused")
            raise ZeroDivisionError

    async with world.db.transaction(0) as tx:
        await note(tx, "before")
        with pytest.raises(ZeroDivisionError):
            await refused(tx)
        await note(tx, "after")
    assert await noted(world.db) == {"before", "after"}


async def test_an_error_of_the_database_shows_no_values(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    async def twice() -> None:
        async with world.db.transaction(0) as tx:
            for _ in range(2):
                values = {"id": "planted-id", "slug": "nieves-900000001", "name": keys.Sealed(b"x")}
                await tx.run(
                    insert(organisations).values(**values, zone="UTC", language="es", created=tx.now)
                )

    with pytest.raises(IntegrityError) as told:
        await twice()
    assert "nieves" not in "".join(traceback.format_exception(told.value))
    assert "nieves" not in caplog.text


async def test_nothing_is_lost_or_half_done_when_a_task_is_cut_off_inside(world: World) -> None:
    """At each moment of a transaction in turn: all of it is there or nothing, and the door opens."""
    complete = False
    for moment in range(60):
        pair = {f"a{moment}", f"b{moment}"}

        async def write(moment: int = moment) -> None:
            async with world.db.transaction(0) as tx:
                await note(tx, f"a{moment}")
                await note(tx, f"b{moment}")

        task = asyncio.create_task(write())
        for _ in range(moment):
            await asyncio.sleep(0 if world.db.is_sqlite else 0.0002)
        task.cancel()
        await asyncio.wait({task})
        async with asyncio.timeout(10):
            found = await noted(world.db) & pair
        assert found in (set(), pair)
        if not task.cancelled():
            assert found == pair
            complete = True
    async with asyncio.timeout(10), world.db.transaction(0) as tx:
        await note(tx, "open")
    assert complete or "open" in await noted(world.db)


async def test_listeners_hear_of_what_was_committed_and_of_nothing_else(world: World) -> None:
    heard: list[set[str]] = []
    world.db.listen(lambda topics: heard.append(set(topics)))

    async def fails() -> None:
        async with world.db.transaction(0) as tx:
            tx.wake("outbox")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert heard == []
    async with world.db.transaction(0) as tx:
        tx.wake("intake")
        tx.wake("outbox")
    async with world.db.transaction(0):
        pass
    assert heard == [{"intake", "outbox"}]


async def test_the_same_row_twice_is_told_and_changes_nothing(world: World) -> None:
    values = {"id": "x", "slug": "x", "name": keys.Sealed(b"x"), "zone": "UTC", "language": "es"}
    async with world.db.transaction(5) as tx:
        assert await tx.insert_new(organisations, {**values, "created": 5})
        assert not await tx.insert_new(organisations, {**values, "created": 6})
        assert await tx.scalar(select(organisations.c.created).where(organisations.c.id == "x")) == 5
