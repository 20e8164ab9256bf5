"""Claiming, giving back, handing over and arriving, as use cases: who may, and what is counted."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from aid import (
    approvals,
    arrivals,
    claims,
    deliveries,
    handovers,
    matching,
    members,
    payouts,
    privacy,
    requests,
)
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.members import Newcomer
from aid.requests import Request
from aid.store import claims as rows
from aid.store import fulfilments, reservations
from aid.store.ids import new_id
from tests.aid.giving import COMAS, asks, cash, gives, goods, woman
from tests.world import World

HOUR = 3_600_000


async def claimed(
    tx: Tx, organisation: str, volunteer: str, *, urgency: int = 2
) -> tuple[claims.Claim, Request]:
    """A request that a volunteer has taken."""
    asker = await woman(tx, organisation, "member")
    request = await asks(tx, organisation, asker, 4, kind="goods", category="food", urgency=urgency)
    return await claims.claim(tx, request, volunteer), request


async def code_of(tx: Tx, request: Request) -> str:
    return str((await handovers.new_code(tx, request)).values["code"])


def another(*codes: str) -> str:
    """Six digits that are none of these."""
    return next(f"{n:06d}" for n in range(9) if f"{n:06d}" not in codes)


async def test_nobody_claims_her_own_nor_hers_for_whom_she_acts(world: World) -> None:
    async with world.tx() as tx:
        carer = await woman(tx, world.organisation, "member", "volunteer")
        facts = Newcomer("geranio azul", COMAS, 1950, out_of_work=True, dependants=0)
        ward = await members.add_ward(tx, world.organisation, carer, "geranio 1", "es", facts)
        await members.give_role(tx, world.organisation, ward.id, "volunteer", actor=None)
        own = await asks(tx, world.organisation, carer, 100)
        hers = await asks(tx, world.organisation, ward.id, 100)
        for request, claimer in ((own, carer), (hers, carer), (own, ward.id)):
            with pytest.raises(Refused, match="claim-own"):
                await claims.claim(tx, request, claimer)


@pytest.mark.parametrize("near", ["asker", "behalf"])
async def test_the_database_itself_refuses_such_a_claim(world: World, near: str) -> None:
    claimer, other = new_id(), new_id()
    asker, behalf = (claimer, None) if near == "asker" else (other, claimer)
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await rows.add(
                tx,
                world.organisation,
                new_id(),
                new_id(),
                claimer=claimer,
                asker=asker,
                behalf=behalf,
                lease=tx.now + HOUR,
                remind=tx.now,
            )


async def test_only_volunteers_of_the_organisation_claim(world: World) -> None:
    async with world.tx() as tx:
        request = await asks(tx, world.organisation, await woman(tx, world.organisation, "member"), 100)
        for zoila in (await woman(tx, new_id(), "volunteer"), await woman(tx, world.organisation, "member")):
            with pytest.raises(NotAllowed):
                await claims.claim(tx, request, zoila)


@pytest.mark.parametrize(("urgency", "hours"), [(0, 4), (1, 24), (2, 48)])
async def test_a_lease_is_as_long_as_the_need_allows(world: World, urgency: int, hours: int) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        held, _ = await claimed(tx, world.organisation, tula, urgency=urgency)
        assert held.lease - held.start == hours * HOUR


async def test_each_claim_of_a_request_has_a_higher_fence_and_a_code_of_its_own(world: World) -> None:
    async with world.tx() as tx:
        tula, rosa = [await woman(tx, world.organisation, "volunteer") for _ in range(2)]
        first, request = await claimed(tx, world.organisation, tula)
        old = await code_of(tx, request)
        await claims.give_back(tx, first, reason="")
        again = await requests.by_id(tx, request.id)
        assert again is not None
        second = await claims.claim(tx, again, rosa)
        assert (first.fence, second.fence) == (1, 2)
        assert await deliveries.type_code(tx, tula, world.organisation, old) is None
        assert not await claims.give_back(tx, first, reason="")
        told = await deliveries.type_code(tx, rosa, world.organisation, old)
        assert told is not None
        assert told.result == "wrong"


async def test_a_lease_that_is_over_closes_nothing_even_before_the_beat_has_seen_it(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        held, request = await claimed(tx, world.organisation, tula)
        code = await code_of(tx, request)
        tx.now = held.lease
        assert await deliveries.type_code(tx, tula, world.organisation, code) is None
        with pytest.raises(Refused, match="code-none"):
            await handovers.new_code(tx, request)


async def test_fifty_guesses_at_once_are_five_guesses(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        held, request = await claimed(tx, world.organisation, tula)
        code = await code_of(tx, request)

    async def guess() -> str:
        async with world.tx() as tx:
            told = await deliveries.type_code(tx, tula, world.organisation, another(code))
            return told.result if told else ""

    results = await asyncio.gather(*(guess() for _ in range(50)))
    async with world.tx() as tx:
        now = await fulfilments.by_id(tx, held.fulfilment)
        assert now is not None
        assert now.tries == fulfilments.MOST_TRIES
        told = await deliveries.type_code(tx, tula, world.organisation, code)
    assert told is not None
    assert told.result == "spent"
    assert results.count("wrong") == 4
    assert results.count("spent") == 46


async def test_a_wrong_code_is_a_guess_at_each_and_a_right_one_at_none_of_the_others(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        (one, first), (two, second) = [await claimed(tx, world.organisation, tula) for _ in range(2)]
        codes = await code_of(tx, first), await code_of(tx, second)
        await deliveries.type_code(tx, tula, world.organisation, another(*codes))
        assert await _tries(tx, one, two) == [1, 1]
        await deliveries.type_code(tx, tula, world.organisation, f"{first.receipt} {another(*codes)}")
        assert await _tries(tx, one, two) == [2, 1]
        told = await deliveries.type_code(tx, tula, world.organisation, codes[1])
        assert told is not None
        assert (told.result, told.receipt) == ("delivered", second.receipt)
        assert (await _tries(tx, one, two))[0] == 2


async def _tries(tx: Tx, *held: claims.Claim) -> list[int]:
    found = [await fulfilments.by_id(tx, one.fulfilment) for one in held]
    return [one.tries for one in found if one is not None]


async def test_a_code_is_kept_only_as_a_keyed_hash(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        held, request = await claimed(tx, world.organisation, tula)
        code = await code_of(tx, request)
        table = fulfilments.fulfilments
        row = await tx.first(select(table).where(table.c.id == held.fulfilment))
        assert row is not None
        assert all(code not in str(value) for value in row)


async def test_what_was_set_aside_is_given_with_the_delivery(world: World) -> None:
    async with world.tx() as tx:
        await gives(tx, world.organisation, goods(4))
        tula = await woman(tx, world.organisation, "volunteer")
        _, request = await claimed(tx, world.organisation, tula)
        await matching.match(tx, world.organisation)
        assert await reservations.reserved_amount(tx, request.id) == 4
        await deliveries.type_code(tx, tula, world.organisation, await code_of(tx, request))
        assert [one.amount for one in await reservations.of_request(tx, request.id, "given")] == [4]


async def test_withdrawing_frees_what_was_set_aside_and_ends_the_claim(world: World) -> None:
    async with world.tx() as tx:
        await gives(tx, world.organisation, goods(4))
        tula = await woman(tx, world.organisation, "volunteer")
        _, request = await claimed(tx, world.organisation, tula)
        await matching.match(tx, world.organisation)
        await claims.withdraw(tx, request, actor=request.person)
        assert await reservations.reserved_amount(tx, request.id) == 0
        assert await claims.held_by(tx, tula, world.organisation) == []
        with pytest.raises(Refused, match="request-closed"):
            await claims.withdraw(tx, request, actor=request.person)


async def paying(tx: Tx, organisation: str) -> tuple[Request, str, str, str]:
    """A request for cash that a treasurer has paid, with her and the second person; the payout."""
    payer, second = [await woman(tx, organisation, "treasurer") for _ in range(2)]
    await gives(tx, organisation, cash(5000))
    request = await asks(tx, organisation, await woman(tx, organisation, "member"), 5000)
    await matching.match(tx, organisation)
    payout = await payouts.begin(
        tx, organisation, request.receipt, payer=payer, operation="0012345", amount=5000
    )
    return request, payout, payer, second


async def test_what_is_being_paid_can_neither_be_claimed_nor_freed(world: World) -> None:
    async with world.tx() as tx:
        request, *_ = await paying(tx, world.organisation)
        with pytest.raises(Refused, match="claim-paying"):
            await claims.claim(tx, request, await woman(tx, world.organisation, "volunteer"))
        now = await requests.by_id(tx, request.id)
        assert now is not None
        assert now.state == "open"
        await claims.withdraw(tx, request, actor=request.person)
        assert await reservations.reserved_amount(tx, request.id) == 5000


async def test_a_payment_is_asked_about_too_and_its_two_people_may_not_answer_for_her(world: World) -> None:
    async with world.tx() as tx:
        request, payout, payer, second = await paying(tx, world.organisation)
        found = await payouts.by_id(tx, payout)
        assert found is not None
        await approvals.approve(tx, found, actor=second)
        assert not await arrivals.ask_next(tx)
        tx.now += 24 * HOUR
        assert await arrivals.ask_next(tx)
        assert not await arrivals.ask_next(tx)
        for near in (payer, second):
            with pytest.raises(NotAllowed, match="arrival-another"):
                await arrivals.answer(tx, request, arrived=True, actor=near)
        await arrivals.answer(tx, request, arrived=False, actor=request.person)
        now = await requests.by_id(tx, request.id)
        assert now is not None
        assert (now.state, now.opened) == ("open", request.opened)
        assert [one.amount for one in await reservations.of_request(tx, request.id, "given")] == [5000]


async def test_what_she_has_asked_for_anew_is_not_reopened_beside_it(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        _, request = await claimed(tx, world.organisation, tula)
        await deliveries.type_code(tx, tula, world.organisation, await code_of(tx, request))
        tx.now += 24 * HOUR
        await arrivals.ask_next(tx)
        tx.now += 72 * HOUR
        assert await arrivals.close_next(tx)
        await asks(tx, world.organisation, request.person, 4, kind="goods", category="food")
        with pytest.raises(Refused, match="request-one-open"):
            await arrivals.answer(tx, request, arrived=False, actor=request.person)


async def test_it_reopens_too_when_she_who_carried_it_has_been_erased(world: World) -> None:
    async with world.tx() as tx:
        tula = await woman(tx, world.organisation, "volunteer")
        _, request = await claimed(tx, world.organisation, tula)
        await deliveries.type_code(tx, tula, world.organisation, await code_of(tx, request))
        assert await privacy.erase(tx, tula)
        await arrivals.answer(tx, request, arrived=False, actor=request.person)
        now = await requests.by_id(tx, request.id)
        assert now is not None
        assert now.state == "open"
