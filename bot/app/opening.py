"""The database, ready for work: its keys, its schema, and the organisations of the lines in it."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

from aid import keys, organisations, schema
from aid.db import Database
from aid.errors import Misconfigured
from aid.messages import ChannelName
from aid.schema import Standing
from bot.app.lock import only_one
from config.defaults import load
from config.lines import House
from config.settings import Settings
from config.texts import say

log = logging.getLogger(__name__)


@asynccontextmanager
async def opened(
    settings: Settings, houses: Sequence[House], now: Callable[[], int], *, alone: bool = False
) -> AsyncIterator[Database]:
    """The database, at the present schema. `alone`: no other may do so meanwhile. Raises Misconfigured."""
    _make_folder(settings.data_dir)
    with only_one(settings.url()) if alone and settings.is_sqlite else nullcontext():
        keyring = await _bring_up_to_date(settings, locked=alone)
        db = Database(settings.url(), keyring)
        try:
            await _found(db, houses, now())
            yield db
        finally:
            await db.close()


async def _bring_up_to_date(settings: Settings, *, locked: bool) -> keys.Keyring:
    """Keys and schema. A schema is not changed under a running program, which may not know the new one."""
    standing = await schema.standing(settings.url())
    if standing is Standing.AHEAD:
        raise Misconfigured("error-schema-ahead")
    keyring = key_file(settings.keys(), new=standing is Standing.EMPTY)
    if standing is not Standing.CURRENT:
        with nullcontext() if locked or not settings.is_sqlite else only_one(settings.url()):
            await schema.migrate(settings.url())
    return keyring


async def _found(db: Database, houses: Sequence[House], now: int) -> None:
    """Every organisation is there. With a wrong key file this is where it shows: nothing opens."""
    defaults = {
        "categories": load("categories"),
        "zones": load("zones"),
        "priorities": load("priorities"),
    }
    async with db.transaction(now) as tx:
        for house in houses:
            made = await organisations.found(
                tx,
                house.slug,
                name=house.name,
                zone=house.zone,
                language=house.language,
                defaults=defaults,
            )
            channels = {line.id: ChannelName(line.kind) for line in house.lines}
            await organisations.set_lines(tx, made.id, channels)


def key_file(path: Path, *, new: bool) -> keys.Keyring:
    """The keys. Made where there are none, but never beside a database that was sealed with others."""
    if not path.exists():
        if not new:
            raise Misconfigured("error-key-file-missing", path=str(path))
        _make_folder(path.parent)
        try:
            keys.save_new(keys.fresh(), path)
            log.warning(say("command-key-made", {"path": str(path)}))
        except FileExistsError:
            log.info("another process made the key file")
        except OSError as fault:
            raise Misconfigured("error-folder", path=str(path.parent)) from fault
    return keys.load(path)


def _make_folder(path: Path) -> None:
    """A folder that is closed to others. Raises Misconfigured."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Misconfigured("error-folder", path=str(path)) from fault
    if not os.access(path, os.W_OK | os.X_OK):
        raise Misconfigured("error-folder", path=str(path))
