"""Received gifts go to those who wait, in the published order and for no other reason."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import fields

from sqlalchemy import select

from aid import gifts, ledger, matching, members
from aid.db import Tx
from aid.members import Affiliation
from aid.rules.matching import Need, Supply
from aid.rules.priority import Facts
from aid.store import fulfilments, organisations, requests, reservations
from aid.store import members as member_rows
from aid.store.requests import Request
from aid.store.reservations import Waiting
from config.defaults import load
from jobs.beats import matching as beat
from tests.aid.giving import COMAS, SURCO, asks, cash, gives, goods, woman
from tests.world import World


class Undone(Exception):
    """Ends a transaction that must leave nothing behind."""


async def reserved(tx: Tx, *who: Request) -> list[int]:
    return [await reservations.reserved_amount(tx, one.id) for one in who]


async def closed(tx: Tx, request: Request, state: str) -> Request:
    await requests.step(tx, request.id, state)
    found = await requests.by_id(tx, request.id)
    assert found is not None
    return found


async def test_who_needs_it_today_comes_first_then_hardship_then_dependants_then_waiting(
    world: World,
) -> None:
    async with world.tx() as tx:
        home = world.organisation
        waits = await asks(tx, home, await woman(tx, home), 10_00)
        many = await asks(tx, home, await woman(tx, home, dependants=3), 10_00)
        older = await asks(tx, home, await woman(tx, home, birth_year=1958), 10_00)
        today = await asks(tx, home, await woman(tx, home), 10_00, urgency=0)
        line = (today, older, many, waits)
        for so_far in range(1, 5):
            await gives(tx, home, cash(10_00))
            await matching.match(tx, home)
            assert await reserved(tx, *line) == [10_00] * so_far + [0] * (4 - so_far)
        assert await ledger.is_balanced(tx, home)


async def test_the_weights_are_those_of_the_newest_version_and_it_is_kept(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        first = await asks(tx, home, await woman(tx, home), 10_00)
        older = await asks(tx, home, await woman(tx, home, birth_year=1958), 10_00)
        voted = load("priorities") | {"older": 0}
        await organisations.set_defaults(tx, home, "priorities", 2, voted)
        await gives(tx, home, cash(10_00))
        await matching.match(tx, home)
        assert await reserved(tx, first, older) == [10_00, 0]
        kept = (await reservations.of_request(tx, first.id, "reserved"))[0]
        assert kept.priority_version == 2
        assert kept.reasons == ("reason-urgency-2", "reason-waiting", "match-turn")


async def test_a_wish_about_category_and_district_is_kept(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        comas = await asks(tx, home, await woman(tx, home), 10_00, urgency=0)
        surco = await asks(tx, home, await woman(tx, home), 10_00, district=SURCO)
        rent = await asks(tx, home, await woman(tx, home), 10_00, category="shelter", district=COMAS)
        await gives(tx, home, cash(30_00, district=SURCO))
        await gives(tx, home, cash(30_00, category="shelter"))
        await matching.match(tx, home)
        assert await reserved(tx, comas, surco, rent) == [0, 10_00, 10_00]


async def test_one_request_is_filled_from_several_gifts_and_later_ones(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        request = await asks(tx, home, await woman(tx, home), 80_00)
        await gives(tx, home, cash(30_00))
        await gives(tx, home, cash(30_00))
        assert (await matching.match(tx, home)).reserved == 2
        await gives(tx, home, cash(30_00))
        await matching.match(tx, home)
        assert await reserved(tx, request) == [80_00]
        assert (await matching.match(tx, home)).reserved == 0


async def test_an_announced_gift_is_not_shared_out(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        request = await asks(tx, home, await woman(tx, home), 10_00)
        await gifts.announce(tx, home, await woman(tx, home), cash(10_00))
        await matching.match(tx, home)
        assert await reserved(tx, request) == [0]


async def test_what_a_withdrawn_request_held_goes_to_the_next(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        first = await asks(tx, home, await woman(tx, home), 10_00)
        second = await asks(tx, home, await woman(tx, home), 10_00)
        await gives(tx, home, cash(10_00))
        await matching.match(tx, home)
        await closed(tx, first, "withdrawn")
        matched = await matching.match(tx, home)
        assert (matched.reserved, matched.freed) == (1, 1)
        assert await reserved(tx, first, second) == [0, 10_00]
        assert await ledger.is_balanced(tx, home)


async def test_what_has_spoiled_is_given_to_nobody(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        request = await asks(tx, home, await woman(tx, home), 3, kind="goods", category="food")
        await gives(tx, home, goods(3, use_by=world.now + 1000))
        await matching.match(tx, home)
        assert await reserved(tx, request) == [3]
    world.now += 1000
    async with world.tx() as tx:
        matched = await matching.match(tx, home)
        assert (matched.reserved, matched.freed) == (0, 1)


async def test_two_rounds_at_the_same_moment_set_aside_what_one_would(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        line = [await asks(tx, home, await woman(tx, home), 10_00) for _ in range(4)]
        for _ in range(3):
            await gives(tx, home, cash(10_00))
    await asyncio.gather(*(beat.run(world.db, world.now) for _ in range(4)))
    async with world.tx() as tx:
        assert await reserved(tx, *line) == [10_00, 10_00, 10_00, 0]
        assert await ledger.is_balanced(tx, home)


async def test_a_payment_under_way_keeps_exactly_what_was_paid(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        nieves, olga = await woman(tx, home), await woman(tx, home, "treasurer")
        request = await asks(tx, home, nieves, 80_00)
        await gives(tx, home, cash(50_00))
        await matching.match(tx, home)
        await fulfilments.begin(
            tx, home, request.id, "payout", asker=nieves, behalf=None, payer=olga, amount=1
        )
        await gives(tx, home, cash(30_00))
        await matching.match(tx, home)
        assert await reserved(tx, request) == [50_00]
        await closed(tx, request, "withdrawn")
        await matching.match(tx, home)
        assert await reserved(tx, request) == [50_00]


async def test_the_order_knows_the_published_facts_and_nothing_else() -> None:
    published = {"id", "urgency", "since", "birth_year", "out_of_work", "dependants"}
    assert {field.name for field in fields(Facts)} == published
    assert {field.name for field in fields(Need)} == {
        "id", "category", "kind", "amount", "district", "order",
    }  # fmt: skip
    assert {field.name for field in fields(Supply)} == {
        "id", "kind", "amount", "category", "district", "use_by",
    }  # fmt: skip
    asked = {"category", "kind", "lacking", "district", "opened"}
    assert {field.name for field in fields(Waiting)} == published - {"since"} | asked


async def outcome(tx: Tx, organisation: str) -> bytes:
    """Everything one round decides, in bytes."""
    await matching.match(tx, organisation)
    table = reservations.reservations
    kept = (table.c.request, table.c.gift, table.c.amount, table.c.priority_version, table.c.reasons)
    rows = await tx.all(select(*kept).order_by(table.c.request, table.c.gift))
    return json.dumps([list(row) for row in rows]).encode()


async def decided(world: World, *flips: str) -> bytes:
    """What a round would decide after some flips, leaving nothing behind."""
    told = b""
    with suppress(Undone):
        async with world.tx() as tx:
            for person in flips:
                await flip(tx, world.organisation, person)
            told = await outcome(tx, world.organisation)
            raise Undone
    return told


async def flip(tx: Tx, organisation: str, person: str) -> None:
    """She comes to everything, belongs to another organisation too, holds every role, and was heard today."""
    for role in (*members.ROLES, members.DUTY):
        await member_rows.add_role(tx, person, organisation, role)
        await member_rows.add_role(tx, person, "e" * 32, role)
    await member_rows.set_affiliation(
        tx, Affiliation(person, "e" * 32, SURCO, 1930, out_of_work=True, dependants=9)
    )
    table = member_rows.affiliations
    own = (table.c.person == person) & (table.c.organisation == organisation)
    await tx.run(table.update().where(own).values(joined=1))
    await tx.run(
        member_rows.persons.update().where(member_rows.persons.c.id == person).values(heard=tx.now, created=1)
    )


async def test_attendance_affiliation_and_roles_leave_the_result_byte_for_byte_the_same(
    world: World,
) -> None:
    async with world.tx() as tx:
        home = world.organisation
        women = [await woman(tx, home, "member", dependants=number % 3) for number in range(8)]
        for number, person in enumerate(women):
            await asks(tx, home, person, 10_00 + number, urgency=number % 3)
        for number in range(4):
            await gives(tx, home, cash(9_00 + number))
    plain = await decided(world)
    assert plain.count(b"match-turn") >= 4
    for person in women:
        assert await decided(world, person) == plain
    assert await decided(world, *women) == plain


async def test_control_a_published_fact_does_change_the_result(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        women = [await woman(tx, home, "member") for _ in range(3)]
        for person in women:
            await asks(tx, home, person, 10_00)
        await gives(tx, home, cash(10_00))
    plain = await decided(world)
    async with world.tx() as tx:
        await member_rows.set_affiliation(
            tx, Affiliation(women[2], home, COMAS, 1930, out_of_work=True, dependants=0)
        )
    assert await decided(world) != plain


async def test_she_is_told_where_it_stands_and_why_without_a_sum(world: World) -> None:
    async with world.tx() as tx:
        home = world.organisation
        nieves = await woman(tx, home, birth_year=1958)
        request = await asks(tx, home, nieves, 80_00)
        assert (await matching.explain(tx, request)).key == "explain-none"
        await gives(tx, home, cash(30_00))
        await matching.match(tx, home)
        partly = await matching.explain(tx, request)
        assert (partly.key, partly.values["because"]) == ("explain-partly", "hardship")
        late = await asks(tx, home, await woman(tx, home), 10_00)
        assert (await matching.explain(tx, late)).key == "explain-others"
        await gives(tx, home, cash(50_00))
        await matching.match(tx, home)
        assert (await matching.explain(tx, request)).key == "explain-full"
        claimed = await closed(tx, request, "claimed")
        assert (await matching.explain(tx, claimed)).key == "status-claimed"


async def test_the_beat_goes_through_every_organisation(world: World) -> None:
    async with world.tx() as tx:
        defaults = {name: load(name) for name in ("categories", "zones", "priorities")}
        other = await organisations.add(tx, "other", "Otra", "America/Lima", "es")
        for topic, content in defaults.items():
            await organisations.set_defaults(tx, other.id, topic, 1, content)
        for home in (world.organisation, other.id):
            await asks(tx, home, await woman(tx, home), 10_00)
            await gives(tx, home, cash(10_00))
    assert await beat.run(world.db, world.now) == {"reserved": 2, "freed": 0}
    assert await beat.run(world.db, world.now) == {"reserved": 0, "freed": 0}


async def test_gifts_of_one_organisation_never_reach_another(world: World) -> None:
    async with world.tx() as tx:
        request = await asks(tx, world.organisation, await woman(tx, world.organisation), 10_00)
        other = await organisations.add(tx, "other", "Otra", "America/Lima", "es")
        await gives(tx, other.id, cash(10_00))
        await matching.match(tx, world.organisation)
        assert await reserved(tx, request) == [0]
