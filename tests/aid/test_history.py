"""T18: the history cannot be rewritten quietly. Who tampers here has the database, but not the key."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import Executable, Table, delete, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from aid import history
from aid.db import Tx
from aid.history import Flaw, Head
from aid.keys import fresh
from aid.store.consents import consents
from aid.store.history import APPENDED
from aid.store.history import chain as links
from aid.store.history import history as table
from aid.store.outbox import attempts
from jobs.beats import chain
from tests.world import World

ROWS = 60
ATTACKS = 40
Attack = Callable[[Tx, random.Random], Awaitable[None]]


async def write_history(world: World) -> Head:
    """A history of some length, linked in several rounds."""
    for number in range(ROWS):
        async with world.tx() as tx:
            await history.append(
                tx,
                world.organisation,
                "tried",
                "test",
                f"{number:032x}",
                actor=None,
                facts={"number": number},
            )
        if number % 7 == 0:
            await chain.run(world.db, world.now)
    await chain.run(world.db, world.now)
    async with world.db.reading(world.now) as tx:
        return await history.head(tx)


async def let_in(tx: Tx) -> None:
    """Take the guards away, as somebody with the database in hand would."""
    if tx.connection.dialect.name == "sqlite":
        for table in ("history", "chain"):
            for verb in ("update", "delete"):
                await tx.run(text(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}"))
    else:
        for table in ("history", "chain"):
            await tx.run(text(f"DROP TRIGGER IF EXISTS {table}_refuses_change ON {table}"))


async def seqs(tx: Tx) -> list[int]:
    return [row.seq for row in await tx.all(select(table.c.seq).order_by(table.c.seq))]


async def edit(tx: Tx, chance: random.Random) -> None:
    column, value = chance.choice(
        [("verb", "other"), ("actor", "somebody"), ("at", 5), ("facts", "{}"), ("topic", "t"), ("row", None)]
    )
    seq = chance.choice(await seqs(tx))
    await tx.run(update(table).where(table.c.seq == seq).values({column: value}))


async def remove(tx: Tx, chance: random.Random) -> None:
    await tx.run(delete(table).where(table.c.seq == chance.choice(await seqs(tx))))


async def remove_with_its_link(tx: Tx, chance: random.Random) -> None:
    seq = chance.choice((await seqs(tx))[:-1])
    await tx.run(delete(table).where(table.c.seq == seq))
    await tx.run(delete(links).where(links.c.seq == seq))


async def swap(tx: Tx, chance: random.Random) -> None:
    one, other = chance.sample(await seqs(tx), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        await tx.run(update(table).where(table.c.seq == old).values(seq=new))


async def cut_the_end(tx: Tx, chance: random.Random) -> None:
    last = chance.choice((await seqs(tx))[1:])
    await tx.run(delete(table).where(table.c.seq >= last))
    await tx.run(delete(links).where(links.c.seq >= last))


async def found(world: World, attack: Attack, seed: int, known: Head | None) -> list[Flaw]:
    """What `verify` says after an attack, which is undone afterwards."""
    async with world.tx() as tx, tx.connection.begin_nested() as undo:
        await let_in(tx)
        await attack(tx, random.Random(seed))  # noqa: S311 - which row is attacked is no secret
        flaws = await history.verify(tx, known=known)
        await undo.rollback()
    return flaws


@pytest.mark.parametrize("attack", [edit, remove, remove_with_its_link, swap, cut_the_end])
async def test_whatever_is_done_to_the_history_is_found(world: World, attack: Attack) -> None:
    known = await write_history(world)
    missed = [seed for seed in range(ATTACKS) if not await found(world, attack, seed, known)]
    assert missed == []


async def test_a_history_that_nobody_touched_has_no_flaw(world: World) -> None:
    known = await write_history(world)
    async with world.db.reading(world.now) as tx:
        assert known.place > ROWS
        assert await history.verify(tx, known=known) == []


async def test_without_a_head_from_outside_a_cut_end_passes(world: World) -> None:
    await write_history(world)
    assert await found(world, cut_the_end, 1, None) == []


async def test_a_chain_made_anew_with_another_key_is_found(world: World) -> None:
    known = await write_history(world)

    async def forge(tx: Tx, _chance: random.Random) -> None:
        await tx.run(delete(links))
        own, tx.keyring = tx.keyring, fresh()
        await history.link_new(tx)
        tx.keyring = own

    assert await found(world, forge, 1, known)


async def test_a_row_that_is_committed_late_is_linked_after_later_ones(world: World) -> None:
    await write_history(world)
    async with world.tx() as tx:
        await tx.run(
            insert(table).values(seq=-5, organisation="o", at=1, verb="late", topic="test", facts="{}")
        )
    assert await chain.run(world.db, world.now) == {"linked": 1}
    async with world.db.reading(world.now) as tx:
        assert await history.verify(tx, known=await history.head(tx)) == []


@pytest.mark.parametrize("appended", APPENDED, ids=lambda appended: appended.name)
@pytest.mark.parametrize("change", [delete, lambda appended: update(appended).values(seq=appended.c.seq)])
async def test_the_database_itself_refuses_to_edit_what_is_only_appended(
    world: World, appended: Table, change: Callable[[Table], Executable]
) -> None:
    await write_history(world)
    async with world.tx() as tx:
        await tx.run(
            insert(consents).values(
                person="p",
                organisation="o",
                purpose="keep",
                channel="sms",
                given=True,
                text_version=1,
                text_hash="h",
                evidence="typed",
                at=1,
            )
        )
        await tx.run(insert(attempts).values(outbox="x", ended=1, verdict="accepted"))
    async with world.tx() as tx, tx.connection.begin_nested() as undo:
        with pytest.raises(DatabaseError, match="appended only"):
            await tx.run(change(appended))
        await undo.rollback()
