"""She leaves: silence by one word, erased by another, back by a third; her own words are always answered."""

from __future__ import annotations

import pytest

from aid import members, outbox, requests
from aid.messages import Message
from jobs.beats import erasure
from tests.stories.people import enrol, met
from tests.world import Phone, World, sms, telegram

HOUR_MS = 3_600_000


async def notice(world: World, phone: Phone, cause: str) -> list[str]:
    """Something is said to her that answers nothing; what her phone shows."""
    person = await met(world, phone)
    async with world.tx() as tx:
        await outbox.say(
            tx, world.organisation, person.id, Message("inbox-settled"), cause=cause, opener="opener"
        )
    await world.settle()
    return world.new(phone)


@pytest.fixture(params=[sms, telegram], ids=["sms", "telegram"])
async def nieves(world: World, request: pytest.FixtureRequest) -> Phone:
    phone: Phone = request.param(world, 1)
    await enrol(world, phone)
    return phone


@pytest.mark.parametrize("word", ["BAJA", "stop", "Para", "ya no me manden mensajes"])
async def test_one_word_ends_all_messages_and_her_own_are_still_answered(
    world: World, nieves: Phone, word: str
) -> None:
    assert await notice(world, nieves, "before")
    assert "ALTA" in (await nieves.write(word))[0]
    assert await notice(world, nieves, "after") == []
    assert await nieves.write("estado")


async def test_a_sentence_with_the_word_in_it_stops_nothing(world: World, nieves: Phone) -> None:
    await nieves.write("es para mi nieta")
    assert await notice(world, nieves, "after")


async def test_she_returns_by_one_word(world: World, nieves: Phone) -> None:
    await nieves.write("baja")
    assert "Bienvenida" in (await nieves.write("alta"))[0]
    assert await notice(world, nieves, "again")


async def test_stop_ends_messages_on_every_channel_of_hers(world: World) -> None:
    nieves, her_telegram = sms(world, 1), telegram(world, 1)
    person = await enrol(world, nieves)
    async with world.tx() as tx:
        _, address = await members.meet(tx, her_telegram.channel, "telegram:amancay", "900000001", "es")
        await members.join_addresses(tx, address, person.id, world.organisation)
    await her_telegram.write("baja")
    assert await notice(world, nieves, "after") == []
    assert world.new(her_telegram) == []


async def test_she_is_silent_at_once_and_erased_after_72_hours(world: World, nieves: Phone) -> None:
    person = await met(world, nieves)
    assert "72 horas" in (await nieves.write("borrar"))[0]
    assert await notice(world, nieves, "after") == []
    world.now += 71 * HOUR_MS
    assert await erasure.run(world.db, world.now) == {"erased": 0, "waiting": 0}
    world.now += 2 * HOUR_MS
    assert await erasure.run(world.db, world.now) == {"erased": 1, "waiting": 0}
    async with world.tx() as tx:
        assert await members.by_id(tx, person.id) is None
    assert "personas invitadas" in (await nieves.write("estado"))[0]


async def test_she_may_undo_it_until_then(world: World, nieves: Phone) -> None:
    await nieves.write("borrar")
    world.now += 71 * HOUR_MS
    assert "no se borran" in (await nieves.write("alta"))[0]
    world.now += 48 * HOUR_MS
    assert await erasure.run(world.db, world.now) == {"erased": 0, "waiting": 0}
    assert await notice(world, nieves, "again")


async def test_the_volunteer_who_was_on_her_way_is_told_when_a_woman_is_erased(world: World) -> None:
    nieves, tula = telegram(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await enrol(world, tula, "volunteer")
    for told in ("necesito viveres", "4", "1", "no"):
        await nieves.write(told)
    assert world.new(tula)
    await tula.press("claim")
    await nieves.write("borrar")
    world.now += 73 * HOUR_MS
    world.new(tula)
    assert (await erasure.run(world.db, world.now))["erased"] == 1
    await world.settle()
    assert world.new(tula)


async def test_what_a_volunteer_had_taken_on_returns_to_the_line(world: World) -> None:
    nieves, tula, other = telegram(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await enrol(world, tula, "volunteer")
    for told in ("necesito viveres", "4", "1", "no"):
        await nieves.write(told)
    world.new(tula)
    await tula.press("claim")
    await enrol(world, other, "volunteer")
    await tula.write("borrar")
    async with world.tx() as tx:
        assert len(await requests.in_state(tx, world.organisation, "open")) == 1
    assert world.new(other)
