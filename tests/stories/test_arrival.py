"""A day later: did it arrive?"""

from __future__ import annotations

from tests.stories.claiming import (
    ask_code,
    ask_for_food,
    code_of,
    enrolled,
    later,
    listed,
    people,
    request_of,
)
from tests.world import Phone, World, telegram


async def test_it_did_not_come_reopens_it_and_tells_an_organiser(world: World) -> None:
    nieves, tula, irma = await people(world, "telegram", "telegram")
    receipt = await ask_for_food(nieves)
    before = await request_of(world, receipt)
    await tula.write("si")
    await tula.write(await code_of(nieves))
    await later(world, 24.1)
    world.new(nieves)
    world.new(tula)
    assert receipt in (await nieves.press("no"))[0]
    after = await request_of(world, receipt)
    assert (after.state, after.opened) == ("open", before.opened)
    assert await listed(world, irma) == ["not-arrived"]
    assert world.new(tula) == []


async def test_silence_is_not_confirmed_and_never_yes(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    await tula.write(await code_of(nieves))
    await later(world, 24.1)
    assert receipt in world.new(nieves)[0]
    await later(world, 71)
    assert (await request_of(world, receipt)).state == "delivered"
    await later(world, 1.1)
    assert (await request_of(world, receipt)).state == "unconfirmed"
    assert "ya se cerró" in (await nieves.press("yes"))[0]


async def test_by_sms_her_code_and_no_in_one_message_are_enough(world: World) -> None:
    receipt, nieves, _, irma = await delivered(world, "sms")
    await later(world, 24.1)
    notice = ask_code(world.new(nieves))
    assert receipt in (await nieves.write(f"{notice} no me llego nada"))[0]
    assert (await request_of(world, receipt)).state == "open"
    assert await listed(world, irma) == ["not-arrived"]


async def test_she_is_asked_once_however_often_the_beat_comes(world: World) -> None:
    _, nieves, _, _ = await delivered(world, "telegram")
    await later(world, 23.5)
    assert world.new(nieves) == []
    await later(world, 1)
    assert len(world.new(nieves)) == 1
    await later(world, 1)
    assert world.new(nieves) == []


async def test_what_came_late_after_all_is_told_to_an_organiser(world: World) -> None:
    receipt, _, _, irma = await delivered(world, "telegram")
    await later(world, 24.1)
    await later(world, 72.1)
    world.new(irma)
    assert receipt in (await irma.write(f"LLEGO {receipt} SI"))[0]
    assert (await request_of(world, receipt)).state == "confirmed"


async def test_an_organiser_who_leaves_out_the_answer_hears_how_to_say_it(world: World) -> None:
    receipt, _, _, irma = await delivered(world, "telegram")
    assert "LLEGO K7P4XM SI" in (await irma.write(f"llego {receipt}"))[0]
    assert (await request_of(world, receipt)).state == "delivered"


async def test_she_who_carried_it_is_not_offered_it_again_when_it_did_not_come(world: World) -> None:
    receipt, nieves, tula, _ = await delivered(world, "telegram")
    zoe = await enrolled(telegram(world, 4), "volunteer")
    await later(world, 24.1)
    world.new(nieves)
    world.new(tula)
    await nieves.press("no")
    assert world.new(tula) == []
    await zoe.write(ask_code(world.new(zoe)))
    assert (await request_of(world, receipt)).state == "claimed"


async def delivered(world: World, hers: str) -> tuple[str, Phone, Phone, Phone]:
    """A request that Tula says she handed over."""
    nieves, tula, irma = await people(world, hers, "telegram")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    await tula.write(await code_of(nieves))
    world.new(nieves)
    return receipt, nieves, tula, irma
