"""Migrations: they give what the tables say, to two processes at once, and guards outlive a rebuilt table."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Integer, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from aid.schema import Standing, migrate, standing
from aid.store import guards, schema
from aid.store.columns import SealedType, metadata
from aid.store.consents import consents

TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
CHECKS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'",
    "postgresql": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = schema.engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def differences(url: str) -> list[object]:
    schema.load_tables()
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": same_type})
        return list(compare_metadata(context, metadata))


def same_type(*compared: object) -> bool | None:
    """Ours are stored as what they are made of."""
    ours = compared[4]
    return False if isinstance(ours, SealedType) else None


def named(url: str, what: dict[str, str]) -> dict[str, str]:
    with connected(url) as connection:
        rows = connection.execute(text(what[connection.dialect.name])).all()
    return {name: " ".join(str(sql).replace('"', "").split()) for name, sql in rows}


async def test_migrating_gives_what_the_tables_say(empty_database_url: str) -> None:
    await migrate(empty_database_url)
    assert differences(empty_database_url) == []


async def test_the_same_guards_stand_after_migrating_as_after_laying_the_tables(
    empty_database_url: str, database_url: str
) -> None:
    if empty_database_url.startswith("sqlite") != database_url.startswith("sqlite"):
        return  # the two fixtures run over both kinds each; only equal ones can be compared
    await migrate(empty_database_url)
    laid, migrated = named(database_url, TRIGGERS), named(empty_database_url, TRIGGERS)
    assert laid == migrated
    assert {name.partition("_refuses")[0] for name in migrated} >= {"history", "consents", "transfers"}


async def test_the_same_checks_stand_after_migrating(empty_database_url: str, database_url: str) -> None:
    if empty_database_url.startswith("sqlite") or database_url.startswith("sqlite"):
        return  # SQLite tells the text of a table only as it was written
    await migrate(empty_database_url)
    migrated = named(empty_database_url, CHECKS)
    migrated.pop("alembic_version_pkc")
    assert migrated == named(database_url, CHECKS)


async def test_a_database_knows_where_it_stands(empty_database_url: str) -> None:
    assert await standing(empty_database_url) is Standing.EMPTY
    await migrate(empty_database_url)
    assert await standing(empty_database_url) is Standing.CURRENT
    await migrate(empty_database_url)
    with connected(empty_database_url) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await standing(empty_database_url) is Standing.AHEAD
    with connected(empty_database_url) as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    assert await standing(empty_database_url) is Standing.BEHIND


def test_the_newest_migration_is_the_one_alembic_would_run_last() -> None:
    script = ScriptDirectory.from_config(schema.config("sqlite://"))
    assert schema.revisions()[-1] == script.get_current_head()
    assert schema.revisions() == [one.revision for one in reversed(list(script.walk_revisions()))]


async def test_two_processes_may_migrate_at_once(empty_database_url: str) -> None:
    words = f"import asyncio; from aid.schema import migrate; asyncio.run(migrate({empty_database_url!r}))"
    both = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", words, stderr=asyncio.subprocess.PIPE)
        for _ in range(2)
    ]
    told = await asyncio.gather(*(process.communicate() for process in both))
    assert [process.returncode for process in both] == [0, 0], told
    assert await standing(empty_database_url) is Standing.CURRENT
    assert differences(empty_database_url) == []


async def test_a_migration_that_is_killed_leaves_nothing_half_done(empty_database_url: str) -> None:
    def half() -> None:
        with connected(empty_database_url) as connection:
            metadata.create_all(connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert await standing(empty_database_url) is Standing.EMPTY


async def test_guards_are_laid_again_over_a_table_that_a_migration_rebuilt(empty_database_url: str) -> None:
    await migrate(empty_database_url)
    row = {
        "person": "p",
        "organisation": "o",
        "purpose": "help",
        "channel": "sms",
        "given": True,
        "text_version": 1,
        "text_hash": "h",
        "evidence": "test",
        "at": 1,
    }
    with connected(empty_database_url) as connection:
        connection.execute(insert(consents).values(**row))
        before = named_of(connection)
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("consents", recreate="auto") as batch:
            batch.alter_column("text_version", existing_type=Integer(), nullable=True)
        guards.lay(connection)
        assert named_of(connection) == before
    for change in (
        update(consents).values(given=False),
        consents.delete(),
        text("DELETE FROM consents"),
    ):
        with pytest.raises(DBAPIError, match=guards.REFUSED), connected(empty_database_url) as connection:
            connection.execute(change)
    with connected(empty_database_url) as connection:
        assert connection.execute(select(consents.c.given)).all() == [(True,)]


async def test_replacing_a_row_of_an_appended_table_is_refused_on_sqlite(sqlite_path: object) -> None:
    url = f"sqlite+aiosqlite:///{sqlite_path}"
    with connected(url) as connection:
        connection.execute(text("INSERT INTO chain (place, seq, link) VALUES (1, 1, 'a')"))
    for keys in ("(1, 2, 'b')", "(2, 1, 'b')"):
        with pytest.raises(DBAPIError, match=guards.REFUSED), connected(url) as connection:
            connection.execute(text(f"INSERT OR REPLACE INTO chain (place, seq, link) VALUES {keys}"))  # noqa: S608 - two literals above


def named_of(connection: Connection) -> set[str]:
    found = set(connection.execute(text(TRIGGERS[connection.dialect.name])).scalars())
    assert "consents" in inspect(connection).get_table_names()
    return found
