"""Offer, claim, give back, lease: over SMS, over Telegram and mixed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.stories.claiming import (
    MIXES,
    PLACE,
    QUARTER,
    ask_code,
    ask_for_food,
    code_of,
    enrolled,
    found,
    go_on,
    later,
    listed,
    people,
    request_of,
    restart,
    ward_of,
)
from tests.world import World, telegram


@pytest.mark.parametrize(("hers", "other"), MIXES)
async def test_a_request_is_claimed_handed_over_and_confirmed(world: World, hers: str, other: str) -> None:
    await whole_story(world, hers, other, go_on)


async def test_the_same_with_the_program_killed_between_any_two_messages(world: World) -> None:
    try:
        await whole_story(world, "sms", "telegram", restart)
    finally:
        await world.db.close()


async def whole_story(
    world: World, hers: str, other: str, between: Callable[[World], Awaitable[None]]
) -> None:
    nieves, tula, _ = await people(world, hers, other)
    world.now += QUARTER
    await nieves.write("necesito viveres")
    await between(world)
    await nieves.write("4")
    await between(world)
    receipt = found(r"[2-9B-Z]{6}", (await nieves.write("1"))[0])
    await between(world)
    offer = world.new(tula)
    if other == "sms":
        assert offer[0].startswith("Hay un aviso en tu zona. Responde ")
    world.now += QUARTER
    claimed = await tula.write(ask_code(offer))
    assert receipt in claimed[0]
    assert "para 4 personas" in claimed[0]
    assert PLACE in claimed[1]
    assert (await request_of(world, receipt)).state == "claimed"
    await between(world)
    code = await code_of(nieves)
    await between(world)
    assert receipt in (await tula.write(code))[0]
    assert (await request_of(world, receipt)).state == "delivered"
    assert receipt in world.new(nieves)[0]
    await between(world)

    await later(world, 24.1)
    asked = world.new(nieves)
    if hers == "sms":
        assert asked[0].startswith("Hay un aviso para ti. Responde ")
        asked = await nieves.write(ask_code(asked))
    assert receipt in asked[0]
    await between(world)
    assert "Gracias" in (await nieves.write("si"))[0]
    assert (await request_of(world, receipt)).state == "confirmed"


async def test_a_bare_yes_claims_only_when_one_ask_is_open(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    rosa = await enrolled(telegram(world, 3), "member")
    first, second = await ask_for_food(nieves), await ask_for_food(rosa)
    codes = [found(r"[A-Z]\d[A-Z]\d", text) for text in world.new(tula)]
    several = await tula.write("si")
    assert all(code in several[0] for code in codes)
    assert (await request_of(world, first)).state == "open"
    assert "no pasa nada" in (await tula.write(f"{codes[0]} no"))[0]
    await tula.write("si")
    assert (await request_of(world, first)).state == "open"
    assert (await request_of(world, second)).state == "claimed"


async def test_a_second_volunteer_gets_a_kind_answer(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    zoe = await enrolled(telegram(world, 4), "volunteer")
    await ask_for_food(nieves)
    world.new(tula)
    hers = ask_code(world.new(zoe))
    await tula.press("claim")
    assert "Gracias" in (await zoe.write(hers))[0]
    assert (await zoe.write("si")) != []


@pytest.mark.parametrize("words", ["NO PUEDO", "devolver", "no voy a poder ir, mi hija tiene fiebre"])
async def test_given_back_it_returns_to_its_place_and_the_old_code_is_dead(world: World, words: str) -> None:
    nieves, tula, _ = await people(world, "telegram", "sms")
    zoe = await enrolled(telegram(world, 4), "volunteer")
    receipt = await ask_for_food(nieves)
    before = await request_of(world, receipt)
    await tula.write("si")
    old = await code_of(nieves)
    world.new(zoe)
    answer = await tula.write(words)
    if len(words.split()) < 4:
        answer = await tula.write("mi hija tiene fiebre")
    assert "avisamos a otras" in answer[0]
    after = await request_of(world, receipt)
    assert (after.state, after.opened) == ("open", before.opened)
    assert receipt in world.new(nieves)[0]
    again = world.new(zoe)
    assert world.new(tula) == []
    await zoe.write(ask_code(again))
    assert (await request_of(world, receipt)).state == "claimed"
    late = await tula.write(old)
    assert "ya no vale" in late[0]
    assert (await request_of(world, receipt)).state == "claimed"
    assert "no es" in (await zoe.write(old))[0] or old == await code_of(nieves)


async def test_she_who_was_not_told_hears_nothing_when_it_comes_back(world: World) -> None:
    nieves, tula, _ = await people(world, "sms", "telegram")
    await ask_for_food(nieves)
    world.now += QUARTER
    world.new(tula)
    await tula.press("claim")
    notice = ask_code(world.new(nieves))
    await tula.write("no puedo")
    await tula.write("no")
    assert world.new(nieves) == []
    assert "ya se cerro" in (await nieves.write(notice))[0]


async def test_she_who_gave_it_back_is_offered_it_again_half_a_day_later(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    await tula.write("no puedo")
    await tula.write("no")
    await later(world, 11)
    assert world.new(tula) == []
    await later(world, 1.1)
    await tula.write(ask_code(world.new(tula)))
    assert (await request_of(world, receipt)).state == "claimed"


async def test_half_way_she_is_reminded_once_and_at_its_end_it_returns(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "sms")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    code = await code_of(nieves)
    world.new(tula)
    await later(world, 2.1)
    reminded = world.new(tula)
    assert len(reminded) == 1
    assert "NO PUEDO" in reminded[0]
    assert PLACE not in reminded[0]
    await later(world, 0.5)
    assert world.new(tula) == []
    await later(world, 1.5)
    assert (await request_of(world, receipt)).state == "open"
    assert receipt in world.new(tula)[0]
    assert "ya no vale" in (await tula.write(code))[0]
    assert (await request_of(world, receipt)).state == "open"


async def test_a_volunteer_is_never_offered_her_own_or_her_wards_request(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    await nieves.write(await world.invite("volunteer"))
    await ward_of(nieves)
    await ask_for_food(nieves, "geranio 1")
    assert all(not one.message.key.startswith("offer") for one in nieves.shown)
    assert world.new(tula) != []
    await ask_for_food(nieves)
    assert all(not one.message.key.startswith("offer") for one in nieves.shown)


async def test_withdrawn_after_it_was_claimed_tells_her_who_is_on_the_way(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "sms")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    code = await code_of(nieves)
    await nieves.write("cancelar")
    assert receipt in world.new(tula)[0]
    assert (await request_of(world, receipt)).state == "withdrawn"
    assert "ya no vale" in (await tula.write(code))[0]


async def test_a_district_without_a_point_calls_an_organiser(world: World) -> None:
    irma = await enrolled(telegram(world, 5), "organiser", district="lima-comas")
    tula = await enrolled(telegram(world, 2), "volunteer")
    nieves = await enrolled(telegram(world, 1), "member")
    await ask_for_food(nieves)
    world.new(tula)
    claimed = await tula.write("si")
    assert "organizadora" in claimed[1]
    assert await listed(world, irma) == ["no-point"]


async def test_a_volunteer_holds_three_at_most(world: World) -> None:
    tula = await enrolled(telegram(world, 2), "volunteer")
    receipts = [
        await ask_for_food(await enrolled(telegram(world, number), "member")) for number in range(10, 14)
    ]
    answers = [await tula.write(found(r"[A-Z]\d[A-Z]\d", text)) for text in world.new(tula)]
    assert "3" in answers[3][0]
    assert (await request_of(world, receipts[3])).state == "open"
