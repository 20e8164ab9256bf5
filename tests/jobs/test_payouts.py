"""A payout that waits: its second people are reminded once after a day, and after three days it is over."""

from __future__ import annotations

import asyncio

import pytest

from aid import approvals, conversations, history, inbox
from aid.db import Tx
from aid.errors import Refused
from aid.payouts import ASK
from aid.store.fulfilments import Fulfilment
from jobs.beats import BEATS
from jobs.beats import payouts as beat
from tests.aid.test_payouts import Case, begun, case, given_so_far, state_of
from tests.world import World

HOUR_MS = 3_600_000
ROUNDS = 6


async def waiting(world: World) -> tuple[Case, Fulfilment]:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payout = await begun(tx, made)
        world.now = tx.now  # who asks asks a moment after whoever asked before her
        return made, payout


async def verbs(tx: Tx, made: Case) -> list[str]:
    return [event.verb for event in await history.of(tx, "request", made.request.id)]


async def later(world: World, hours: int) -> dict[str, int]:
    world.now += hours * HOUR_MS
    return await beat.run(world.db, world.now)


def test_the_beat_is_one_of_those_that_run() -> None:
    assert beat in BEATS


async def test_it_reminds_after_a_day_and_only_once(world: World) -> None:
    await waiting(world)
    assert await later(world, 23) == {"expired": 0, "reminded": 0}
    assert await later(world, 1) == {"expired": 0, "reminded": 1}
    assert await later(world, 47) == {"expired": 0, "reminded": 0}


async def test_two_processes_remind_once(world: World) -> None:
    await waiting(world)
    world.now += 24 * HOUR_MS
    counts = await asyncio.gather(*(beat.run(world.db, world.now) for _ in range(2)))
    assert sum(one["reminded"] for one in counts) == 1


async def test_what_was_answered_is_neither_reminded_nor_given_up(world: World) -> None:
    made, payout = await waiting(world)
    async with world.tx() as tx:
        await approvals.approve(tx, payout, actor=made.irma)
    assert await later(world, 24) == {"expired": 0, "reminded": 0}
    assert await later(world, 72) == {"expired": 0, "reminded": 0}


async def test_after_three_days_it_is_over_and_can_be_paid_again(world: World) -> None:
    made, payout = await waiting(world)
    assert await later(world, 72) == {"expired": 1, "reminded": 0}
    async with world.tx() as tx:
        assert await conversations.open_about(tx, ASK, payout.id) == []
        assert await state_of(tx, made) == "open"
        assert await given_so_far(tx, world.organisation) == 0
        assert "payout-expired" in await verbs(tx, made)
        items = await inbox.open_for(tx, world.organisation, made.irma)
        assert ("payout", made.request.id) in {(item.kind, item.about) for item in items}
        again = await begun(tx, made)
        await approvals.approve(tx, again, actor=made.irma)
        assert await state_of(tx, made) == "delivered"
        assert await given_so_far(tx, world.organisation) == 50_00


async def test_a_late_yes_changes_nothing(world: World) -> None:
    made, payout = await waiting(world)
    await later(world, 72)
    async with world.tx() as tx:
        with pytest.raises(Refused, match="payout-decided"):
            await approvals.approve(tx, payout, actor=made.irma)
        assert await given_so_far(tx, world.organisation) == 0


async def test_two_processes_give_it_up_once(world: World) -> None:
    await waiting(world)
    world.now += 72 * HOUR_MS
    counts = await asyncio.gather(*(beat.run(world.db, world.now) for _ in range(2)))
    assert sum(one["expired"] for one in counts) == 1


async def test_of_a_yes_and_the_end_at_the_same_moment_exactly_one_happens(world: World) -> None:
    seen = set()
    for turn in range(ROUNDS):
        made, payout = await waiting(world)
        world.now += 72 * HOUR_MS

        async def says_yes(made: Case = made, payout: Fulfilment = payout) -> bool:
            try:
                async with world.tx() as tx:
                    await approvals.approve(tx, payout, actor=made.irma)
            except Refused:
                return False
            return True

        async def is_over(payout: Fulfilment = payout) -> bool:
            async with world.tx() as tx:
                return await approvals.expire(tx, payout)

        async with world.tx() as tx:
            before = await given_so_far(tx, world.organisation)
        both = [says_yes(), is_over()]
        first, second = await asyncio.gather(*(both if turn % 2 else reversed(both)))
        assert first != second
        async with world.tx() as tx:
            paid = await given_so_far(tx, world.organisation) - before
            told = await verbs(tx, made)
            assert (paid, "paid" in told, "payout-expired" in told) in {
                (50_00, True, False),
                (0, False, True),
            }
        seen.add(paid)
    assert seen == {0, 50_00}
