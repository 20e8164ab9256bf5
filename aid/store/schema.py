"""Bringing a database to the present schema, and telling whether it ever held one."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, inspect

FOLDER = Path(__file__).parent


async def migrate(url: str) -> None:
    """Run every migration that is missing. Two processes at once: one waits for the other."""
    await asyncio.to_thread(command.upgrade, config(url), "head")


async def is_empty(url: str) -> bool:
    """Whether nothing of ours is there yet."""
    return await asyncio.to_thread(_has_no_tables, url)


def config(url: str) -> Config:
    """Alembic's settings, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER / "migrations"))
    made.attributes["url"] = url
    return made


def engine(url: str) -> Engine:
    """A plain engine on the same database, for migrations only."""
    return create_engine(url.replace("+aiosqlite", ""), hide_parameters=True)


def load_tables() -> None:
    """Import every topic of the store, so that `metadata` holds all tables."""
    for module in iter_modules([str(FOLDER)]):
        if module.name != "migrations":
            import_module(f"aid.store.{module.name}")


def _has_no_tables(url: str) -> bool:
    opened = engine(url)
    try:
        return "organisations" not in inspect(opened).get_table_names()
    finally:
        opened.dispose()
