"""The six digits: who hears them, who types them, what wrong ones do."""

from __future__ import annotations

import re

from tests.stories.claiming import (
    PLACE,
    ask_code,
    ask_for_food,
    code_of,
    enrolled,
    found,
    later,
    listed,
    people,
    request_of,
    six,
    ward_of,
)
from tests.world import World, telegram


async def test_she_hears_who_comes_where_and_her_code_protected_in_telegram(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    await ask_for_food(nieves)
    world.new(tula)
    await tula.press("claim")
    told = world.new(nieves)
    assert PLACE in told[0]
    assert "hoy a las 14:00" in told[0]
    assert nieves.shown[-1].message.protect


async def test_within_a_quarter_of_an_hour_an_sms_says_it_all(world: World) -> None:
    nieves, tula, _ = await people(world, "sms", "sms")
    await ask_for_food(nieves)
    await tula.write("si")
    told = world.new(nieves)
    assert PLACE in told[0]
    assert six(told)


async def test_five_wrong_codes_end_it_until_she_asks_for_another(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    right = await code_of(nieves)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    lefts = [(await tula.write(wrong))[0] for _ in range(4)]
    assert "Te quedan 4" in lefts[0]
    assert "Te queda 1 " in lefts[3]
    assert "5 veces" in (await tula.write(wrong))[0]
    assert "CODIGO" in world.new(nieves)[0]
    assert "5 veces" in (await tula.write(right))[0]
    assert (await request_of(world, receipt)).state == "claimed"
    fresh = six(await nieves.write("codigo"))
    assert receipt in (await tula.write(f"{fresh[:3]} {fresh[3:]}"))[0]
    assert (await request_of(world, receipt)).state == "delivered"


async def test_codigo_kills_the_old_code(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    old = await code_of(nieves)
    new = six(await nieves.write("Kodigo"))
    assert new != old
    assert "Te quedan 4" in (await tula.write(old))[0]
    await tula.write(new)
    assert (await request_of(world, receipt)).state == "delivered"


async def test_codigo_without_anybody_on_her_way_says_so(world: World) -> None:
    nieves, _, _ = await people(world, "sms", "sms")
    assert "nadie" in (await nieves.write("codigo"))[0]


async def test_a_woman_without_a_phone_hears_her_code_from_an_organiser_only(world: World) -> None:
    nieves, tula, irma = await people(world, "telegram", "telegram")
    await ward_of(nieves)
    receipt = await ask_for_food(nieves, "geranio 1")
    world.new(nieves)
    world.new(irma)
    await tula.write("si")
    told = world.new(nieves)
    assert receipt in told[0]
    assert not re.search(r"\d{6}", told[0].replace(receipt, ""))
    assert PLACE not in told[0]
    refused = await nieves.write("geranio 1 codigo")
    world.new(irma)
    assert not re.search(r"\d{6}", refused[0])
    assert await listed(world, irma) == ["tell-code"]
    passed_on = await irma.write(f"codigo {receipt.lower()}")
    assert PLACE in passed_on[0]
    assert irma.shown[-1].message.protect
    assert await listed(world, irma) == []
    await tula.write(six(passed_on))
    assert (await request_of(world, receipt)).state == "delivered"

    world.new(nieves)
    await later(world, 24.1)
    world.new(irma)
    assert world.new(nieves) == []
    assert await listed(world, irma) == ["ask-arrival"]
    assert receipt in (await irma.write(f"llego {receipt} si"))[0]
    assert (await request_of(world, receipt)).state == "confirmed"


async def test_an_organiser_who_carries_it_may_neither_pass_on_the_code_nor_confirm(world: World) -> None:
    nieves, tula, irma = await people(world, "telegram", "telegram")
    await tula.write(await world.invite("organiser"))
    receipt = await ask_for_food(nieves)
    await tula.write("si")
    assert "otra organizadora" in (await tula.write(f"codigo {receipt}"))[0]
    await tula.write(await code_of(nieves))
    assert "otra organizadora" in (await tula.write(f"llego {receipt} si"))[0]
    assert (await request_of(world, receipt)).state == "delivered"
    await irma.write(f"llego {receipt} no")
    assert (await request_of(world, receipt)).state == "open"


async def test_several_at_once_are_closed_each_by_its_own_code_without_burning_the_others(
    world: World,
) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    rosa = await enrolled(telegram(world, 3), "member")
    first, second = await ask_for_food(nieves), await ask_for_food(rosa)
    for text in world.new(tula):
        await tula.write(found(r"[A-Z]\d[A-Z]\d", text))
    one, other = await code_of(nieves), await code_of(rosa)
    wrong = next(f"{n:06d}" for n in range(3) if f"{n:06d}" not in {one, other})
    assert "Te quedan 4" in (await tula.write(wrong))[0]
    assert "Te quedan 3" in (await tula.write(f"{first} {wrong}"))[0]
    assert second in (await tula.write(other))[0]
    assert "Te quedan 2" in (await tula.write(wrong))[0]
    assert first in (await tula.write(one))[0]
    assert (await request_of(world, first)).state == "delivered"


async def test_the_outsider_learns_nothing_from_codes(world: World) -> None:
    nieves, tula, _ = await people(world, "telegram", "telegram")
    zoila = telegram(world, 9)
    receipt = await ask_for_food(nieves)
    offer = ask_code(world.new(tula))
    await tula.write("si")
    code = await code_of(nieves)
    for text in (offer, code, receipt, f"codigo {receipt}", "codigo", f"llego {receipt} si"):
        answer = await zoila.write(text)
        assert PLACE not in answer[0]
        assert not re.search(r"\d{6}", answer[0].replace(receipt, ""))
    assert (await request_of(world, receipt)).state == "claimed"


async def test_stopped_messages_bring_the_code_to_an_organiser(world: World) -> None:
    nieves, tula, irma = await people(world, "sms", "telegram")
    await ask_for_food(nieves)
    await nieves.write("baja")
    await tula.write("si")
    assert world.new(nieves) == []
    assert await listed(world, irma) == ["tell-code"]
    assert six(await nieves.write("codigo"))
