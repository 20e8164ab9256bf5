"""Bringing a database to the present schema, and telling where it stands."""

from __future__ import annotations

import asyncio
from enum import Enum, auto
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from aid.db import CONNECT_SECONDS

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent
VERSION = "SELECT version_num FROM alembic_version"
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
    await asyncio.to_thread(_upgrade, url)


async def standing(url: str) -> Standing:
    """Where the database stands."""
    return await asyncio.to_thread(_standing, url)


def _upgrade(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - 0.1 s, and most starts have nothing to migrate

    command.upgrade(config(url), "head")


def config(url: str) -> Config:
    """Alembic's settings, without a file of its own."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    made = Config()
    made.set_main_option("script_location", str(FOLDER / "migrations").replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["url"] = url
    return made


def engine(url: str) -> Engine:
    """A plain engine on the same database, for migrations only."""
    waits = {} if url.startswith("sqlite") else {"connect_timeout": CONNECT_SECONDS}
    made = create_engine(url.replace("+aiosqlite", ""), hide_parameters=True, connect_args=waits)
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


def revisions() -> list[str]:
    """Every migration we know, oldest first: the numbers their files begin with."""
    return sorted(path.name.partition("_")[0] for path in (FOLDER / "migrations" / "versions").glob("0*.py"))


def _standing(url: str) -> Standing:
    """Read directly: Alembic takes a tenth of a second to load, and most starts find nothing to do."""
    opened = engine(url)
    try:
        with opened.connect() as connection:
            tables = inspect(connection).get_table_names()
            found = connection.scalar(text(VERSION)) if "alembic_version" in tables else None
    finally:
        opened.dispose()
    if not tables:
        return Standing.EMPTY
    if found == revisions()[-1]:
        return Standing.CURRENT
    return Standing.BEHIND if found is None or found in revisions() else Standing.AHEAD
