"""Erased means erased: no row, no field and no list leads to her, and the network goes on without her."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, String, select, update

from aid import claims, inbox, incidents, members, privacy, requests
from aid.db import Tx
from aid.errors import Misconfigured
from aid.members import Newcomer
from aid.requests import Draft
from aid.store import erasure
from aid.store.asks import asks
from aid.store.columns import SealedType, metadata
from aid.store.intake import intake
from aid.store.members import persons
from aid.store.outbox import outbox
from aid.store.sealing import seal, unseal
from jobs.beats import BEATS, expiry
from jobs.beats import erasure as beat
from tests.stories.people import enrol, met
from tests.world import World, sms, telegram

DAY_MS = 86_400_000
OF_NO_PERSON = frozenset(
    {
        *("organisation", "request", "fulfilment", "gift", "about", "outbox", "token", "address", "debit"),
        *("credit", "operation_index", "alias_index", "address_index"),
    }
)
"""References to rows of other topics, and indexes that stand in rows which are deleted."""
SEALED_FOR_ORGANISATION = frozenset(
    {"organisations.name", "points.place", "fulfilments.operation", "gifts.operation", "collecting.words"}
)


def named(column: Column[object]) -> str:
    return f"{column.table.name}.{column.name}"


def may_lead_to_her() -> Iterator[str]:
    """Every column of every table that holds an id of a person, or what her key has sealed."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, SealedType):
                yield named(column)
            elif isinstance(column.type, String) and column.type.length == 32:
                own_id = column.primary_key and column.name == "id" and table.name != "persons"
                if not own_id and column.name not in OF_NO_PERSON:
                    yield named(column)


def test_every_column_that_may_lead_to_her_has_its_fate() -> None:
    deleted_tables = {column.table.name for column in erasure.DELETED} | {"keys"}
    emptied = {named(column) for _, column in erasure.EMPTIED}
    by_hand = {"intake.sender", "intake.row", "intake.raw"}
    undecided = [
        column
        for column in may_lead_to_her()
        if column.partition(".")[0] not in deleted_tables
        and column not in emptied | by_hand | set(erasure.KEPT) | SEALED_FOR_ORGANISATION
    ]
    assert undecided == []


def test_a_column_without_a_fate_would_be_noticed() -> None:
    assert "requests.person" in set(may_lead_to_her())
    assert "requests.detail" in set(may_lead_to_her())


async def rows_with(tx: Tx, value: str) -> set[str]:
    """Where in the whole database a value stands."""
    found = set()
    for table in metadata.sorted_tables:
        for row in await tx.all(select(table)):
            found |= {f"{table.name}.{name}" for name, kept in row._mapping.items() if kept == value}
    return found


async def full_life(world: World) -> str:
    """Nieves in every role that leaves rows: she asks, claims, cares, complains, cries; her id."""
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    person = await enrol(world, nieves, "member", "volunteer", "organiser")
    await enrol(world, irma, "organiser", "auditor", "duty")
    other = await enrol(world, tula, "member", "volunteer")
    await nieves.write("necesito comida para mis hijos")
    await nieves.write("4")
    await nieves.write("1")
    async with world.tx() as tx:
        theirs = await requests.open_request(
            tx, world.organisation, other.id, Draft("medicine", "goods", 1, 0, "rápido"), behalf=None
        )
        await claims.claim(tx, theirs, person.id)
        await members.add_ward(
            tx,
            world.organisation,
            person.id,
            "geranio 1",
            "es",
            Newcomer("valle feliz", "lima-ate", None, out_of_work=False, dependants=0),
        )
    await nieves.write("queja me trataron mal")
    await nieves.write("invitar voluntaria")
    await nieves.write("me estan siguiendo auxilio")
    await world.settle()
    return person.id


async def test_once_she_is_erased_only_ids_that_lead_nowhere_are_left(world: World) -> None:
    person = await full_life(world)
    async with world.tx() as tx:
        before = await rows_with(tx, person)
    assert {"persons.id", "addresses.person", "keys.subject", "requests.person", "claims.claimer"} <= before
    assert {"asks.person", "outbox.person", "inbox.person", "alarms.person", "carers.carer"} <= before
    async with world.tx() as tx:
        index = tx.keyring.index("address-sms", sms(world, 1).address)
        assert await privacy.erase(tx, person)
    async with world.tx() as tx:
        assert await rows_with(tx, person) <= set(erasure.KEPT)
        assert await rows_with(tx, index) == set()
        assert await members.by_id(tx, person) is None


async def test_whoever_waits_for_her_waits_no_longer(world: World) -> None:
    person = await full_life(world)
    async with world.tx() as tx:
        await privacy.erase(tx, person)
    async with world.tx() as tx:
        standing = [request.state for request in await requests.in_state(tx, world.organisation, "open")]
        kinds = [item.kind for item in await inbox.open_for(tx, world.organisation, "")]
        assert standing == ["open"]
        assert await requests.live_of(tx, person, world.organisation) == []
        assert "ward-alone" in kinds


async def test_every_duty_and_every_list_goes_on_after_she_is_erased(world: World) -> None:
    person = await full_life(world)
    async with world.tx() as tx:
        await privacy.erase(tx, person)
    for hours in (0, 1, 30, 24 * 8):
        world.now += hours * 3_600_000
        for duty in BEATS:
            await duty.run(world.db, world.now)
        await world.settle()
    assert await telegram(world, 2).write("pendientes")
    assert await telegram(world, 3).write("estado")
    assert "invitadas" in (await sms(world, 1).write("hola"))[0]
    async with world.tx() as tx:
        await incidents.call_again(tx)


async def test_without_her_key_an_old_copy_of_her_row_stays_closed(world: World) -> None:
    person = await enrol(world, sms(world, 1))
    async with world.tx() as tx:
        copy = await tx.scalar(select(persons.c.alias).where(persons.c.id == person.id))
        assert await unseal(tx, person.id, persons.c.alias, person.id, copy) == person.alias
        await privacy.erase(tx, person.id)
    async with world.tx() as tx:
        with pytest.raises(Misconfigured):
            await unseal(tx, person.id, persons.c.alias, person.id, copy)


async def test_a_text_not_read_yet_is_read_before_she_is_erased(world: World) -> None:
    person = await enrol(world, sms(world, 1))
    async with world.tx() as tx:
        await privacy.ask_erasure(tx, world.organisation, person.id)
        index = tx.keyring.index("address-sms", sms(world, 1).address)
        await tx.insert_new(
            intake,
            {
                "row": "r",
                "organisation": world.organisation,
                "line": "sms:amancay",
                "provider_id": "p",
                "sender": index,
                "state": "new",
                "tries": 0,
                "received": world.now,
            },
        )
    world.now += 73 * 3_600_000
    assert await beat.run(world.db, world.now) == {"erased": 0, "waiting": 1}
    async with world.tx() as tx:
        await tx.run(update(intake).values(state="done"))
    assert await beat.run(world.db, world.now) == {"erased": 1, "waiting": 0}


async def test_a_stranger_is_forgotten_after_a_week_and_a_member_is_not(world: World) -> None:
    zoila, nieves = sms(world, 9), sms(world, 1)
    await zoila.write("hola quien eres")
    await enrol(world, nieves)
    world.now += 6 * DAY_MS
    assert (await beat.run(world.db, world.now))["erased"] == 0
    world.now += 2 * DAY_MS
    assert (await beat.run(world.db, world.now))["erased"] == 1
    async with world.tx() as tx:
        known = await tx.all(select(persons.c.alias_index))
    assert len(known) == 1
    assert (await met(world, nieves)).alias


async def test_what_has_served_its_purpose_is_emptied(world: World) -> None:
    nieves = await enrol(world, sms(world, 1))
    async with world.tx() as tx:
        await tx.run(
            intake.insert().values(
                row="r",
                organisation=world.organisation,
                line="sms:amancay",
                provider_id="p",
                sender="",
                state="parked",
                tries=5,
                received=world.now,
                raw=await seal(tx, world.organisation, intake.c.raw, "r", "x"),
            )
        )
        await requests.open_request(
            tx, world.organisation, nieves.id, Draft("food", "goods", 1, 1, ""), behalf=None
        )
    await enrol(world, telegram(world, 2), "volunteer")
    async with world.tx() as tx:
        open_ = await requests.in_state(tx, world.organisation, "open")
        await requests.offer(tx, open_[0])
    await world.settle()
    world.now += 8 * DAY_MS
    assert await expiry.run(world.db, world.now) == {"expired": 1, "parked": 1, "emptied": 0, "dropped": 0}
    world.now += 7 * DAY_MS
    assert await expiry.run(world.db, world.now) == {"expired": 0, "parked": 0, "emptied": 0, "dropped": 1}
    async with world.tx() as tx:
        assert await tx.all(select(asks)) == []
        assert [row.content for row in await tx.all(select(outbox))] == [None]
        assert [row.raw for row in await tx.all(select(intake).where(intake.c.state == "parked"))] == [None]
