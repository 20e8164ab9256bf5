"""Bringing a database to the present schema, and telling where it stands."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

FOLDER = Path(__file__).parent
BUSY_MS = 60_000
"""How long a second process waits on SQLite until the first has migrated."""


class Standing(Enum):
    """Where a database stands."""

    EMPTY = auto()
    """Nothing of ours was ever there."""
    BEHIND = auto()
    CURRENT = auto()
    AHEAD = auto()
    """A newer version of this program wrote it."""


async def migrate(url: str) -> None:
    """Run every migration that is missing. Two processes at once: one waits for the other."""
    await asyncio.to_thread(command.upgrade, config(url), "head")


async def standing(url: str) -> Standing:
    """Where the database stands."""
    return await asyncio.to_thread(_standing, url)


def config(url: str) -> Config:
    """Alembic's settings, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = url
    return made


def engine(url: str) -> Engine:
    """A plain engine on the same database, for migrations only."""
    made = create_engine(url.replace("+aiosqlite", ""), hide_parameters=True)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare)
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """The driver would commit before each change of the schema; ours is one transaction, begun by us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.close()


def load_tables() -> None:
    """Import every topic of the store, so that `metadata` holds all tables."""
    for module in iter_modules([str(FOLDER)]):
        if module.name != "migrations":
            import_module(f"aid.store.{module.name}")


def _standing(url: str) -> Standing:
    opened = engine(url)
    try:
        with opened.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            empty = not inspect(connection).get_table_names()
    finally:
        opened.dispose()
    if empty:
        return Standing.EMPTY
    script = ScriptDirectory.from_config(config(url))
    if found == script.get_current_head():
        return Standing.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return Standing.BEHIND if found is None or found in known else Standing.AHEAD
