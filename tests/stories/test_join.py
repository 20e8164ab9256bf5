"""Joining: by code and by link, alone or for another, and what undoes itself."""

from __future__ import annotations

from aid import invitations, organisations
from aid.store import members
from tests.world import World, sms, telegram


async def test_the_deep_link_and_the_code_are_one_invitation(world: World) -> None:
    code = await world.invite("member")
    paloma, flor = telegram(world, 2), sms(world, 3)
    assert "bienvenida" in (await paloma.write(f"/start {code}"))[0]
    last = await paloma.answer("si", "si", "1", "1", "1", "no", "no", "no")
    assert "Listo" in last[0]
    assert "ya se uso" in (await flor.write(code))[0]


async def test_a_link_that_nobody_made_is_said_so(world: World) -> None:
    assert "no existe" in (await telegram(world, 2).write("/start whatever"))[0]


async def test_an_outsider_learns_nothing(world: World) -> None:
    zoila = sms(world, 9)
    for text in ("hola", "ayuda", "necesito comida", "estado", "menu"):
        said = " ".join(await zoila.write(text)).lower()
        assert "amancay" not in said
        assert "invitadas" in said


async def test_she_who_declines_leaves_nothing_and_may_come_again(world: World) -> None:
    code = await world.invite("member")
    nieves = sms(world, 1)
    await nieves.write(code)
    assert "no guardamos" in (await nieves.write("no"))[0]
    assert "bienvenida" in (await nieves.write(code))[0]


async def test_an_alias_taken_meanwhile_costs_no_invitation(world: World) -> None:
    code = await world.invite("member")
    nieves, paloma = sms(world, 1), telegram(world, 2)
    await nieves.join()
    await paloma.answer(code, "si")
    offered = await paloma.write("si")
    assert offered
    async with world.tx() as tx:
        alias = paloma.shown[-1].message.options[0].value
        await members.set_alias(tx, await world.owner(tx, nieves), alias)
    last = await paloma.answer("1", "1", "1", "no", "no", "no")
    assert "otra compañera" in last[0]
    async with world.tx() as tx:
        found = await invitations.find(tx, code)
    assert found is not None
    assert found.uses_left == 1


async def test_a_girl_is_not_enrolled_and_two_people_hear_of_it(world: World) -> None:
    irma, olga, nieves = telegram(world, 7), telegram(world, 6), sms(world, 1)
    await irma.join("organiser")
    await olga.join("organiser")
    await nieves.write(await world.invite("member"))
    await nieves.answer("si", "si", "1", "1", "1")
    assert "mayores de edad" in (await nieves.write("2012"))[0]
    assert "proteger" in world.new(irma)[-1]
    assert "proteger" in world.new(olga)[-1]
    assert "invitadas" in (await nieves.write("estado"))[0]


async def test_telegram_is_added_by_a_one_use_link(world: World) -> None:
    nieves, app, thief = sms(world, 1), telegram(world, 1), telegram(world, 5)
    await nieves.join()
    assert "no tenemos Telegram" in (await nieves.write("telegram"))[0]
    async with world.tx() as tx:
        await organisations.set_bot(tx, world.organisation, "red_amancay_bot")
    link = (await nieves.write("telegram"))[0]
    payload = link.rpartition("start=")[2]
    assert "también" in (await app.write(f"/start {payload}"))[0]
    assert "No tienes pedidos" in (await app.write("estado"))[0]
    assert "ya se us" in (await thief.write(f"/start {payload}"))[0]


async def test_a_member_speaks_for_a_woman_without_a_phone(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    await nieves.write("inscribir")
    last = await nieves.answer("geranio 1", "si", "1", "1", "1", "1950", "si", "no")
    assert "geranio 1" in last[0]
    await nieves.write("geranio 1 necesito comida")
    await nieves.write("1")
    opened = await nieves.write("1")
    assert "Recibido" in opened[0]
    await nieves.write("necesito comida")
    await nieves.write("2")
    assert "Recibido" in (await nieves.write("2"))[0]
    assert "No tienes" not in (await nieves.write("geranio 1 estado"))[0]
