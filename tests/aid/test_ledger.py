"""The books add up to the céntimo, whatever happens to them, and nobody edits them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from aid import ledger
from aid.db import Tx
from aid.errors import Refused
from aid.store.ids import new_id
from aid.store.ledger import accounts, transfers
from tests.world import World

RUNS, OPERATIONS = 20, 100
"""2,000 operations for each database."""
WRITERS = 4
TOGETHER = 5
"""Operations in one transaction: a disk that must be sure of each would take a minute."""
WAYS = {
    "contribution": (ledger.CONTRIBUTIONS, ledger.FUND),
    "wish": (ledger.CONTRIBUTIONS, ledger.fund("food")),
    "reservation": (ledger.FUND, ledger.RESERVED),
    "wish-reservation": (ledger.fund("food"), ledger.RESERVED),
    "given": (ledger.RESERVED, ledger.GIVEN),
    "void": (ledger.RESERVED, ledger.FUND),
}
names = count(1)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done to the books. `fate`: once, again (a retry), twisted (the same key with another sum)."""

    key: int
    way: str
    amount: int
    fate: str
    undone: bool


operations = st.lists(
    st.builds(
        Operation,
        key=st.integers(0, 10**9),
        way=st.sampled_from(sorted(WAYS)),
        amount=st.integers(1, 100_00),
        fate=st.sampled_from(["once"] * 8 + ["again", "twisted"]),
        undone=st.sampled_from([False] * 9 + [True]),
    ),
    min_size=OPERATIONS,
    max_size=OPERATIONS,
    unique_by=lambda operation: operation.key,
)


async def attempt(tx: Tx, organisation: str, key: str, way: str, amount: int) -> bool | None:
    """One movement; None when the books refused it."""
    source, target = WAYS[way]
    try:
        return await ledger.move(tx, organisation, key, amount, source=source, target=target, code=way)
    except Refused:
        return None


async def move(world: World, organisation: str, key: str, way: str, amount: int) -> bool | None:
    """One movement in its own transaction."""
    async with world.tx() as tx:
        return await attempt(tx, organisation, key, way, amount)


async def perform(world: World, organisation: str, own: Sequence[Operation]) -> int:
    """One writer's share, some at a time; how many movements the books took."""
    taken = 0
    for start in range(0, len(own), TOGETHER):
        async with world.tx() as tx:
            for operation in own[start : start + TOGETHER]:
                taken += await one(tx, organisation, operation)
    return taken


async def one(tx: Tx, organisation: str, operation: Operation) -> int:
    """One operation with its retry, its twisted retry or its correction."""
    key = f"{organisation}:{operation.key}"
    if not await attempt(tx, organisation, key, operation.way, operation.amount):
        return 0
    if operation.fate == "again":
        assert await attempt(tx, organisation, key, operation.way, operation.amount) is False
    if operation.fate == "twisted":
        assert await attempt(tx, organisation, key, operation.way, operation.amount + 1) is None
    return 1 + (operation.undone and await undo(tx, organisation, key))


async def undo(tx: Tx, organisation: str, key: str) -> bool:
    """Reverse a movement, twice; whether the money was still there."""
    try:
        done = await ledger.reverse(tx, organisation, key, reason="mistake", actor="a" * 32)
    except Refused:
        return False
    assert not await ledger.reverse(tx, organisation, key, reason="mistake", actor="a" * 32)
    return done


async def balanced(world: World, organisation: str) -> bool:
    async with world.tx() as tx:
        return await ledger.is_balanced(tx, organisation)


@settings(
    max_examples=RUNS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(done=operations)
async def test_the_books_balance_whatever_four_writers_do_at_once(
    world: World, done: list[Operation]
) -> None:
    organisation = f"{next(names):032x}"
    shares = [done[writer::WRITERS] for writer in range(WRITERS)]
    taken = await asyncio.gather(*(perform(world, organisation, share) for share in shares))
    async with world.tx() as tx:
        written = await tx.scalar(
            select(func.count()).select_from(transfers).where(transfers.c.organisation == organisation)
        )
        kept = {account.code: account.balance for account in await ledger.balances(tx, organisation)}
    assert written == sum(taken)
    assert sum(kept.values()) == 0
    assert all(balance >= 0 for code, balance in kept.items() if code != ledger.CONTRIBUTIONS)
    assert await balanced(world, organisation)


async def test_a_fund_cannot_give_what_it_does_not_hold(world: World) -> None:
    assert await move(world, world.organisation, "in", "contribution", 50_00)
    assert await move(world, world.organisation, "over", "reservation", 50_01) is None
    assert await move(world, world.organisation, "all", "reservation", 50_00)
    assert await balanced(world, world.organisation)


async def test_many_who_spend_the_same_money_at_once_spend_it_once(world: World) -> None:
    await move(world, world.organisation, "in", "contribution", 100_00)
    spent = await asyncio.gather(
        *(move(world, world.organisation, f"out-{one}", "reservation", 30_00) for one in range(8))
    )
    assert spent.count(True) == 3
    assert await balanced(world, world.organisation)


async def test_the_same_key_at_the_same_moment_moves_money_once(world: World) -> None:
    moved = await asyncio.gather(
        *(move(world, world.organisation, "tap", "contribution", 10_00) for _ in range(6))
    )
    assert sorted(moved, key=str) == [False] * 5 + [True]


async def test_a_movement_of_nothing_or_to_itself_is_refused(world: World) -> None:
    async with world.tx() as tx:
        for amount, target in ((0, ledger.FUND), (-5, ledger.FUND), (5, ledger.CONTRIBUTIONS)):
            with pytest.raises(Refused):
                await ledger.move(
                    tx,
                    world.organisation,
                    "k",
                    amount,
                    source=ledger.CONTRIBUTIONS,
                    target=target,
                    code="contribution",
                )


EDITS = (
    "UPDATE transfers SET amount = 1",
    "UPDATE transfers SET reason = 'x' WHERE id = 'in'",
    "DELETE FROM transfers",
)
ONLY_ON = {
    "sqlite": (
        """REPLACE INTO transfers SELECT id, organisation, debit, credit, 1, code, request, gift, actor,
        reverses, reason, at FROM transfers""",
    ),
    "postgresql": ("TRUNCATE transfers",),
}


async def test_the_database_refuses_every_edit_of_what_was_written(world: World) -> None:
    await move(world, world.organisation, "in", "contribution", 50_00)
    for edit in (*EDITS, *ONLY_ON["sqlite" if world.db.is_sqlite else "postgresql"]):
        with pytest.raises(DBAPIError, match="appended only"):
            async with world.tx() as tx:
                await tx.run(text(edit))
    async with world.tx() as tx:
        assert await tx.scalar(select(func.sum(transfers.c.amount))) == 50_00


async def test_the_database_refuses_an_overdraft_whatever_the_code_above_does(world: World) -> None:
    await move(world, world.organisation, "in", "contribution", 50_00)
    fund = accounts.c.code == ledger.FUND
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await tx.run(update(accounts).where(fund).values(debits=accounts.c.credits + 1))


@pytest.mark.parametrize("twist", [{"amount": 0}, {"amount": -1}, {"credit": "d" * 32}, {"reverses": "x"}])
async def test_the_database_refuses_a_row_that_is_no_transfer(
    world: World, twist: dict[str, int | str]
) -> None:
    row = {
        "id": new_id(),
        "organisation": world.organisation,
        "debit": "d" * 32,
        "credit": "c" * 32,
        "amount": 1,
        "code": "contribution",
        "at": 0,
    }
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await tx.run(insert(transfers).values(row | twist))


async def test_a_correction_is_a_row_of_its_own_and_is_not_corrected(world: World) -> None:
    await move(world, world.organisation, "in", "contribution", 50_00)
    async with world.tx() as tx:
        assert await undo(tx, world.organisation, "in")
        with pytest.raises(Refused):
            await ledger.reverse(tx, world.organisation, "reverse:in", reason="mistake", actor="a" * 32)
        assert await tx.scalar(select(func.count()).select_from(transfers)) == 2
        assert all(account.balance == 0 for account in await ledger.balances(tx, world.organisation))


async def test_what_was_spent_meanwhile_cannot_be_reversed(world: World) -> None:
    await move(world, world.organisation, "in", "contribution", 50_00)
    await move(world, world.organisation, "out", "reservation", 20_00)
    async with world.tx() as tx:
        assert not await undo(tx, world.organisation, "in")
    assert await balanced(world, world.organisation)


async def test_the_judge_catches_a_naive_balance(world: World) -> None:
    """The control: whoever reads a balance in one transaction and writes it in the next loses money."""
    await move(world, world.organisation, "in", "contribution", 50_00)
    both_have_read = asyncio.Barrier(2)

    async def naive(amount: int) -> None:
        async with world.tx() as tx:
            found = (await ledger.hold(tx, world.organisation))[ledger.FUND]
        await both_have_read.wait()
        async with world.tx() as tx:
            known = await ledger.hold(tx, world.organisation)
            written = {"debit": known[ledger.CONTRIBUTIONS].id, "credit": found.id, "amount": amount}
            base = {"organisation": world.organisation, "code": "contribution", "at": 0}
            await tx.run(insert(transfers).values(id=new_id(), **base, **written))
            for code, side in ((ledger.CONTRIBUTIONS, "debits"), (ledger.FUND, "credits")):
                new = known[code].debits + amount if side == "debits" else found.credits + amount
                await tx.run(update(accounts).where(accounts.c.id == known[code].id).values({side: new}))

    await asyncio.gather(naive(10_00), naive(20_00))
    assert not await balanced(world, world.organisation)
