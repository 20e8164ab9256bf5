"""QUEJA: two people who are no part of the case read it, and she keeps her place in the line."""

from __future__ import annotations

from aid import complaints, inbox, members, requests, two_people
from aid.requests import Draft
from aid.store import claims, fulfilments
from tests.stories.people import enrol, met
from tests.world import Phone, World, sms, telegram

STAFF = ("auditor", "organiser", "organiser", "treasurer")


async def staff(world: World) -> list[Phone]:
    phones = [telegram(world, number) for number in range(2, 6)]
    for phone, role in zip(phones, STAFF, strict=True):
        await enrol(world, phone, role)
    return phones


async def ask(world: World, phone: Phone) -> requests.Request:
    person = await met(world, phone)
    async with world.tx() as tx:
        return await requests.open_request(
            tx, world.organisation, person.id, Draft("food", "goods", 3, 1, ""), behalf=None
        )


async def readers(world: World) -> list[str]:
    """Who has a complaint on her list."""
    async with world.tx() as tx:
        holders = await members.holders(tx, world.organisation, *complaints.READERS)
        return [
            one
            for one in holders
            if await inbox.shown_to(tx, world.organisation, one, {"organiser", "auditor", "treasurer"})
        ]


async def test_a_complaint_reaches_two_people_and_she_gets_a_number(world: World) -> None:
    nieves = sms(world, 1)
    await enrol(world, nieves)
    people = await staff(world)
    answer = await nieves.write("QUEJA me atendieron muy mal en el reparto")
    assert "La leen dos personas" in answer[0]
    assert [bool(world.new(phone)) for phone in people] == [True, True, False, False]
    shown = (await people[0].write("pendientes"))[0]
    assert "me atendieron muy mal" in shown
    assert (await people[2].write("pendientes")) == ["No hay nada pendiente. Gracias."]


async def test_the_bare_word_asks_for_the_words_in_one_question(world: World) -> None:
    nieves = telegram(world, 1)
    await enrol(world, nieves)
    await staff(world)
    assert "Cuéntame qué pasó" in (await nieves.write("queja"))[0]
    assert "La leen dos personas" in (await nieves.write("La señora se guardo mi bolsa de arroz"))[0]


async def test_who_is_named_by_her_alias_does_not_read_it(world: World) -> None:
    nieves = telegram(world, 1)
    await enrol(world, nieves)
    people = await staff(world)
    auditor = await met(world, people[0])
    await nieves.write(f"queja {auditor.alias} me trato mal")
    assert await readers(world) == [(await met(world, phone)).id for phone in people[1:3]]


async def test_who_had_a_hand_in_the_request_does_not_read_it(world: World) -> None:
    nieves, tula = telegram(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    people = [telegram(world, number) for number in range(3, 7)]
    for phone, role in zip(people, STAFF, strict=True):
        await enrol(world, phone, role)
    await enrol(world, tula, "volunteer", "organiser")
    request = await ask(world, nieves)
    claimer, payer = await met(world, people[1]), await met(world, people[3])
    async with world.tx() as tx:
        fulfilment = await fulfilments.begin(
            tx, world.organisation, request.id, "payout", asker=request.person, behalf=None, payer=payer.id
        )
        await claims.add(
            tx,
            world.organisation,
            request.id,
            fulfilment or "",
            claimer=claimer.id,
            asker=request.person,
            behalf=None,
            lease=world.now + 1000,
            remind=world.now + 500,
        )
    await nieves.write(f"queja por mi pedido {request.receipt}, nunca llego")
    assert await readers(world) == [(await met(world, phone)).id for phone in (people[0], people[2])]


async def test_the_carer_who_writes_for_her_does_not_read_it(world: World) -> None:
    irma, ward_phone = telegram(world, 1), telegram(world, 9)
    await enrol(world, irma, "member", "organiser")
    people = [telegram(world, number) for number in range(3, 7)]
    for phone, role in zip(people, STAFF, strict=True):
        await enrol(world, phone, role)
    await irma.write("inscribir")
    for answer in ("geranio 1", "si", "1", "1", "1", "1950", "si", "0"):
        await irma.write(answer)
    await irma.write("geranio 1 quiero poner una queja: no me dieron nada")
    assert (await met(world, irma)).id not in await readers(world)
    assert len(await readers(world)) == 2
    assert world.new(ward_phone) == []


async def test_she_keeps_her_place_in_the_line(world: World) -> None:
    nieves = sms(world, 1)
    await enrol(world, nieves)
    await staff(world)
    before = await ask(world, nieves)
    await nieves.write("queja la voluntaria me grito")
    async with world.tx() as tx:
        after = await requests.by_id(tx, before.id)
    assert after == before


async def test_when_nobody_is_outside_the_case_it_waits_where_nobody_reads_it(world: World) -> None:
    nieves, irma = telegram(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    organiser = await enrol(world, irma, "organiser")
    answer = await nieves.write(f"queja {organiser.alias} pide plata por las canastas")
    assert "quedó guardada" in answer[0]
    assert await irma.write("pendientes") == ["No hay nada pendiente. Gracias."]


async def test_nobody_closes_a_complaint_that_is_not_hers_to_read(world: World) -> None:
    nieves = telegram(world, 1)
    await enrol(world, nieves)
    people = await staff(world)
    await nieves.write("queja me insultaron")
    receipt = world.new(people[0])[0].split("(")[1].split(")")[0]
    for told in (f"LISTO {receipt}", f"RESPONDER {receipt} hola"):
        assert await people[2].write(told) == [f"No hay un pendiente {receipt} para ti."]
    assert "enviado" in (await people[0].write(f"RESPONDER {receipt} Cuéntame más por favor"))[0]
    assert "Cuéntame más" in world.new(nieves)[0]
    assert "cerrado" in (await people[0].write(f"LISTO {receipt}"))[0]


async def test_a_stranger_may_complain_too(world: World) -> None:
    await staff(world)
    assert "dos personas" in (await sms(world, 9).write("queja una de ustedes me trato mal"))[0]


async def test_a_complaint_that_tells_of_danger_is_both(world: World) -> None:
    nieves = telegram(world, 1)
    await enrol(world, nieves)
    people = await staff(world)
    accused = await met(world, people[1])
    answers = await nieves.write(f"queja {accused.alias} me esta pegando")
    assert "dos personas" in answers[0]
    assert answers[1] == "Te leo. Ahora te llama alguien."
    assert world.new(people[1]) == []
    assert any("Urgente" in text for text in world.new(people[2]))


async def test_the_rules_of_two_people_that_cannot_be_met_are_named(world: World) -> None:
    async with world.tx() as tx:
        assert await two_people.cannot_meet(tx, world.organisation) == [
            "rule-nobody-on-duty",
            "rule-two-protect",
            "rule-two-complaint",
            "rule-two-payout",
        ]
    await staff(world)
    await enrol(world, telegram(world, 8), "organiser", "duty")
    async with world.tx() as tx:
        assert await two_people.cannot_meet(tx, world.organisation) == []
