"""No cash leaves on one signature, and neither of the two is near the case."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from aid import approvals, conversations, gifts, ledger, matching, members, payouts, reservations
from aid.db import Tx
from aid.errors import AyniError, Refused
from aid.payouts import ASK
from aid.store import asks as ask_rows
from aid.store import carers, claims, fulfilments, requests
from aid.store.fulfilments import Fulfilment
from aid.store.requests import Request
from tests.aid.giving import asks, cash, gives, woman
from tests.world import World

OPERATION = "998877"
ROLES = ("member", "volunteer", "donor", "auditor", "organiser", "treasurer")
NEAR = ("asker", "behalf", "carer", "ward", "claimer")


@dataclass(frozen=True, slots=True)
class Case:
    """A cash request with money set aside for it, and its people."""

    request: Request
    asker: str
    olga: str
    irma: str


async def case(tx: Tx, organisation: str, *, behalf: str | None = None) -> Case:
    nieves = await woman(tx, organisation, "member")
    olga = await woman(tx, organisation, "treasurer")
    irma = await woman(tx, organisation, "organiser")
    request = await asks(tx, organisation, nieves, 50_00, behalf=behalf)
    await gives(tx, organisation, cash(50_00))
    await matching.match(tx, organisation)
    return Case(request, nieves, olga, irma)


async def begun(tx: Tx, made: Case) -> Fulfilment:
    """Olga has paid and typed the number."""
    home = made.request.organisation
    payout = await payouts.begin(
        tx, home, made.request.receipt, payer=made.olga, operation=OPERATION, amount=50_00
    )
    found = await payouts.by_id(tx, payout)
    assert found is not None
    return found


async def state_of(tx: Tx, made: Case) -> str:
    found = await requests.by_id(tx, made.request.id)
    assert found is not None
    return found.state


async def given_so_far(tx: Tx, organisation: str) -> int:
    return {one.code: one.balance for one in await ledger.balances(tx, organisation)}[ledger.GIVEN]


async def near(tx: Tx, made: Case, how: str, *roles: str) -> str:
    """Somebody with some roles who is near the case in some way."""
    home = made.request.organisation
    if how == "asker":
        person = made.asker
        for role in roles:
            await members.give_role(tx, home, person, role, actor=None)
        return person
    if how == "behalf":
        assert made.request.behalf is not None
        for role in roles:
            await members.give_role(tx, home, made.request.behalf, role, actor=None)
        return made.request.behalf
    person = await woman(tx, home, *roles)
    if how == "carer":
        await carers.add_ward(tx, made.asker, person, home, "geranio 1")
    elif how == "ward":
        await carers.add_ward(tx, person, made.asker, home, "geranio 2")
    elif how == "claimer":
        await claimed_once(tx, made.request, person)
    return person


async def claimed_once(tx: Tx, request: Request, volunteer: str) -> None:
    """She claimed it and gave it back."""
    work = await fulfilments.begin(
        tx, request.organisation, request.id, "delivery", asker=request.person, behalf=request.behalf
    )
    assert work is not None
    held = await claims.add(
        tx,
        request.organisation,
        request.id,
        work,
        claimer=volunteer,
        asker=request.person,
        behalf=None,
        lease=tx.now + 1000,
        remind=tx.now + 500,
    )
    assert held is not None
    await claims.end(tx, held, "given_back")
    await fulfilments.end(tx, work, "dead")


async def test_two_people_pay_and_the_books_and_the_request_say_so(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payout = await begun(tx, made)
        assert await state_of(tx, made) == "open"
        assert await given_so_far(tx, world.organisation) == 0
        await approvals.approve(tx, payout, actor=made.irma)
        assert await state_of(tx, made) == "delivered"
        assert await given_so_far(tx, world.organisation) == 50_00
        assert await ledger.is_balanced(tx, world.organisation)


async def test_only_those_who_may_decide_are_asked(world: World) -> None:
    async with world.tx() as tx:
        carer = await woman(tx, world.organisation, "organiser")
        made = await case(tx, world.organisation, behalf=carer)
        second = await woman(tx, world.organisation, "treasurer")
        await woman(tx, world.organisation, "volunteer", "member")
        payout = await begun(tx, made)
        asked = {ask.person for ask in await conversations.open_about(tx, ASK, payout.id)}
        assert asked >= {made.irma, second}
        assert not asked & {made.olga, made.asker, carer}


@pytest.mark.parametrize("how", NEAR)
async def test_nobody_near_the_case_pays_or_says_yes(world: World, how: str) -> None:
    async with world.tx() as tx:
        behalf = await woman(tx, world.organisation) if how == "behalf" else None
        made = await case(tx, world.organisation, behalf=behalf)
        person = await near(tx, made, how, "treasurer", "organiser")
        with pytest.raises(Refused, match="payout-too-near"):
            await payouts.due(tx, world.organisation, made.request.receipt, person)
        assert await payouts.payable(tx, world.organisation, person) == []
        payout = await begun(tx, made)
        for verb in (approvals.approve, approvals.refuse):
            with pytest.raises(Refused, match="payout-too-near"):
                await verb(tx, payout, actor=person)
        assert await given_so_far(tx, world.organisation) == 0


@pytest.mark.parametrize("first", ROLES)
@pytest.mark.parametrize("second", ROLES)
async def test_every_pair_of_roles_pays_only_as_treasurer_and_a_second(
    world: World, first: str, second: str
) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payer = await woman(tx, world.organisation, first)
        other = await woman(tx, world.organisation, second)
        paid = True
        try:
            payout = await payouts.begin(
                tx, world.organisation, made.request.receipt, payer=payer, operation=OPERATION, amount=50_00
            )
            found = await payouts.by_id(tx, payout)
            assert found is not None
            await approvals.approve(tx, found, actor=other)
        except AyniError:
            paid = False
        assert paid == (first == "treasurer" and second in {"treasurer", "organiser"})
        assert await given_so_far(tx, world.organisation) == (50_00 if paid else 0)


async def test_the_treasurer_alone_cannot(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payout = await begun(tx, made)
        with pytest.raises(Refused, match="payout-too-near"):
            await approvals.approve(tx, payout, actor=made.olga)
        assert await state_of(tx, made) == "open"


async def test_where_nobody_could_say_the_second_yes_nothing_is_begun(world: World) -> None:
    async with world.tx() as tx:
        nieves = await woman(tx, world.organisation, "member", "organiser")
        request = await asks(tx, world.organisation, nieves, 50_00)
        made = await gifts.announce(tx, world.organisation, await woman(tx, world.organisation), cash(50_00))
        olga = await woman(tx, world.organisation, "treasurer")
        await gifts.receive(tx, made, actor=olga)
        await matching.match(tx, world.organisation)
        with pytest.raises(Refused, match="payout-alone"):
            await payouts.due(tx, world.organisation, request.receipt, olga)


@pytest.mark.parametrize("approver", ["nobody", "payer", "asker"])
async def test_the_database_refuses_a_payout_without_two_distinct_people(world: World, approver: str) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payout = await begun(tx, made)
    who = {"nobody": None, "payer": made.olga, "asker": made.asker}[approver]
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await fulfilments.end(tx, payout.id, "done", approver=who)


async def test_two_seconds_at_the_same_moment_pay_once(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        other = await woman(tx, world.organisation, "treasurer")
        payout = await begun(tx, made)

    async def approve(person: str) -> bool:
        try:
            async with world.tx() as tx:
                await approvals.approve(tx, payout, actor=person)
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(approve(made.irma), approve(other))) == [False, True]
    async with world.tx() as tx:
        assert await given_so_far(tx, world.organisation) == 50_00


async def test_two_treasurers_at_the_same_moment_begin_one_payout(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        other = await woman(tx, world.organisation, "treasurer")

    async def begin(person: str) -> bool:
        try:
            async with world.tx() as tx:
                await payouts.begin(
                    tx,
                    world.organisation,
                    made.request.receipt,
                    payer=person,
                    operation=OPERATION,
                    amount=50_00,
                )
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(begin(made.olga), begin(other))) == [False, True]


async def test_a_no_gives_nothing_and_the_request_can_be_paid_again(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        await approvals.refuse(tx, await begun(tx, made), actor=made.irma)
        assert await given_so_far(tx, world.organisation) == 0
        assert (await payouts.due(tx, world.organisation, made.request.receipt, made.olga)).amount == 50_00


async def test_what_changed_since_she_was_shown_it_is_not_paid(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        with pytest.raises(Refused, match="payout-changed"):
            await payouts.begin(
                tx,
                world.organisation,
                made.request.receipt,
                payer=made.olga,
                operation=OPERATION,
                amount=40_00,
            )
        payout = await begun(tx, made)
        await reservations.release(tx, made.request.id)
        with pytest.raises(Refused, match="payout-changed"):
            await approvals.approve(tx, payout, actor=made.irma)


async def test_what_is_paid_stands_in_the_books_also_when_she_withdrew_meanwhile(world: World) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        payout = await begun(tx, made)
        await requests.step(tx, made.request.id, "withdrawn")
        await matching.match(tx, world.organisation)
        await approvals.approve(tx, payout, actor=made.irma)
        assert await state_of(tx, made) == "withdrawn"
        assert await given_so_far(tx, world.organisation) == 50_00


@pytest.mark.parametrize("obstacle", ["claimed", "nothing", "unknown", "begun"])
async def test_only_an_open_covered_cash_request_is_paid(world: World, obstacle: str) -> None:
    async with world.tx() as tx:
        made = await case(tx, world.organisation)
        receipt = made.request.receipt
        if obstacle == "claimed":
            await requests.step(tx, made.request.id, "claimed")
        elif obstacle == "nothing":
            await reservations.release(tx, made.request.id)
        elif obstacle == "begun":
            await begun(tx, made)
        else:
            receipt = "XXXXXX"
        with pytest.raises(Refused, match=f"payout-{obstacle}"):
            await payouts.due(tx, world.organisation, receipt, made.olga)


async def test_the_operation_number_is_sealed_in_the_payout_and_in_the_ask(world: World) -> None:
    async with world.tx() as tx:
        payout = await begun(tx, await case(tx, world.organisation))
        for table in (fulfilments.fulfilments, ask_rows.asks):
            for row in await tx.all(select(table)):
                assert OPERATION.encode() not in repr(tuple(row)).encode()
        assert payout.amount == 50_00
