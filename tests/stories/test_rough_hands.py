"""At the edges: the wrong person is meant, a word swallows another, somebody writes for ever."""

from __future__ import annotations

from json import dumps

import pytest
from sqlalchemy import select

from aid import inbox, incidents, intake, members, organisations, requests
from aid.intake import Arrived
from aid.messages import ChannelName
from aid.store.intake import intake as rows
from tests.stories.people import enrol, met
from tests.world import SMS, Phone, World, sms, telegram

HOUR_MS = 3_600_000
COVER = ("geranio 1", "si", "1", "1", "1")
"""A ward's cover word, her consent, alias, city and district."""


async def parked(world: World) -> int:
    """How many texts were not answered."""
    async with world.tx() as tx:
        return len(await tx.all(select(rows.c.seq).where(rows.c.state != "done")))


async def on_duty(world: World, phone: Phone) -> None:
    """An organiser on duty."""
    person = await enrol(world, phone, "organiser")
    async with world.tx() as tx:
        await members.set_duty(tx, world.organisation, person.id, on=True)


@pytest.mark.parametrize("word", ["BAJA", "BORRAR"])
async def test_a_bare_word_of_leaving_is_hers_who_types_it_also_while_she_acts_for_another(
    world: World, word: str
) -> None:
    irma, nieves = telegram(world, 2), telegram(world, 1)
    await enrol(world, irma, "organiser")
    member = await enrol(world, nieves)
    await irma.write(f"POR {member.alias} ayuda")
    await irma.write(word)
    assert (await met(world, nieves)).stopped is None
    assert (await met(world, irma)).stopped is not None


async def test_a_cry_while_she_acts_for_another_calls_people_to_herself(world: World) -> None:
    irma, nieves, tula = sms(world, 2), sms(world, 1), telegram(world, 3)
    await enrol(world, irma, "organiser")
    member = await enrol(world, nieves)
    await on_duty(world, tula)
    await irma.write(f"POR {member.alias} ayuda")
    await irma.write("me estan siguiendo auxilio")
    assert irma.address in " ".join(await tula.write("voy"))
    assert world.new(irma) == []


async def test_who_is_called_goes_also_in_the_middle_of_a_question_that_takes_numbers(world: World) -> None:
    olga, nieves = telegram(world, 2), sms(world, 1)
    await on_duty(world, olga)
    await enrol(world, nieves)
    await olga.write("DONAR")
    await nieves.write("me estan pegando")
    assert nieves.address in " ".join(await olga.write("voy"))
    assert "llama alguien" not in (await olga.write("123456"))[0]


async def test_she_who_is_to_be_protected_is_not_queued_until_people_have_seen_to_it(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    person = await enrol(world, nieves)
    await on_duty(world, irma)
    await enrol(world, tula, "volunteer")
    await nieves.write("me obligan, me pegan")
    assert "llamar" in (await nieves.write("necesito comida"))[0]
    receipt = " ".join(await irma.write("voy")).split("RESPONDER ")[1].split()[0]
    assert "llamar" in (await nieves.write("necesito comida"))[0]
    async with world.tx() as tx:
        assert await requests.live_of(tx, person.id, world.organisation) == []
    await irma.write(f"LISTO {receipt}")
    assert "personas" in (await nieves.write("necesito comida"))[0]


async def test_a_girl_for_whom_another_speaks_is_protected_and_not_she_who_speaks(world: World) -> None:
    irma, olga, nieves = telegram(world, 7), telegram(world, 6), sms(world, 1)
    await enrol(world, irma, "organiser")
    await enrol(world, olga, "organiser")
    carer = await enrol(world, nieves)
    await nieves.write("inscribir")
    assert "mayores de edad" in (await nieves.answer(*COVER, "2015"))[0]
    assert "proteger" in world.new(irma)[-1]
    async with world.tx() as tx:
        assert not await incidents.is_protected(tx, world.organisation, carer.id)
        girl = (await members.wards_of(tx, carer.id))[0].person
        assert await members.affiliation(tx, girl, world.organisation) is None
    assert nieves.address in " ".join(await irma.write("voy"))
    assert "Ahora tambi" in (await nieves.write(await world.invite("volunteer")))[0]


@pytest.mark.parametrize(
    "word",
    [
        *("baja", "si", "no", "me", "voy", "ayuda", "codigo", "estado", "quiero", "K7P4", "123456"),
        *("policia", "x" * 500, "una flor muy grande", "\u200b", "😀"),
    ],
)
async def test_a_cover_word_swallows_no_word_of_her_own(world: World, word: str) -> None:
    nieves = telegram(world, 1)
    await enrol(world, nieves)
    await nieves.write("inscribir")
    assert not any("Pregúntale" in told for told in await nieves.write(word))


async def test_cancelling_a_question_leaves_what_she_asked_for_before(world: World) -> None:
    nieves = telegram(world, 1)
    person = await enrol(world, nieves)
    await nieves.answer("necesito comida", "4", "1", "no")
    await nieves.write("necesito plata")
    assert "lo dejamos" in (await nieves.write("cancelar"))[0]
    async with world.tx() as tx:
        live = await requests.live_of(tx, person.id, world.organisation)
    assert [request.state for request in live] == ["open"]
    assert "retiramos" in (await nieves.write("cancelar"))[0]


@pytest.mark.parametrize(
    "told", ["centimos:-5", "centimos:abc", "centimos:99999999999999999999", "centimos:0", "²٣", "-5", "1e9"]
)
async def test_no_spelling_of_a_sum_breaks_the_conversation(world: World, told: str) -> None:
    nieves, berta = telegram(world, 1), sms(world, 3)
    await enrol(world, nieves)
    for phone, words in ((nieves, ("necesito plata",)), (berta, ("DONAR", "1"))):
        await phone.answer(*words)
        assert any("monto" in said for said in await phone.write(told))
    assert await parked(world) == 0


@pytest.mark.parametrize("told", ["31/12/9999", "99991231", "1/1/2500"])
async def test_no_day_breaks_the_conversation(world: World, told: str) -> None:
    berta = telegram(world, 3)
    await berta.answer("DONAR", "2", "1", "5")
    assert any("fecha" in said for said in await berta.write(told))
    assert await parked(world) == 0


async def test_what_waited_while_we_were_away_is_answered_by_a_discreet_first_word(world: World) -> None:
    nieves = sms(world, 1)
    await enrol(world, nieves)
    raw = {"line": SMS, "channel": "sms", "address": nieves.address, "text": "necesito comida"}
    arrived = Arrived(
        "late", ChannelName.SMS, nieves.address, dumps(raw | {"sent": 0, "media": None}).encode()
    )
    async with world.tx() as tx:
        await intake.keep(tx, world.organisation, SMS, [arrived])
    world.now += 3 * HOUR_MS
    await world.settle()
    told = world.new(nieves)
    assert [text.startswith("Hay un aviso para ti") for text in told] == [True]
    assert "personas" in (await nieves.write(told[0].split()[-1]))[0]


@pytest.mark.parametrize("text", ["QUEJA me deben", "quiero hablar con una persona"])
async def test_nobody_fills_the_list_or_the_organisers_telephones_alone(world: World, text: str) -> None:
    irma, zoila = sms(world, 2), telegram(world, 9)
    organiser = await enrol(world, irma, "organiser")
    await enrol(world, telegram(world, 7), "auditor")
    for number in range(20):
        assert await zoila.write(f"{text} {number}")
    assert len(world.new(irma)) <= 3
    async with world.tx() as tx:
        items = await inbox.open_for(tx, world.organisation, organiser.id)
    assert len(items) <= 3
    assert "19" in items[-1].words
    world.now += HOUR_MS
    await zoila.write(f"{text} otra vez")
    assert len(world.new(irma)) == 1


async def test_a_stranger_who_cries_without_end_calls_each_person_three_times_a_minute(world: World) -> None:
    irma, zoila = telegram(world, 2), telegram(world, 9)
    await on_duty(world, irma)
    for _ in range(20):
        assert "Te leo" in (await zoila.write("auxilio me estan matando"))[0]
    assert len(world.new(irma)) == 3


async def test_a_telephone_that_answers_by_itself_is_not_answered_for_ever(world: World) -> None:
    machine, nieves, irma = sms(world, 77), sms(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await enrol(world, irma, "organiser")
    for phone in (machine, nieves):
        for _ in range(30):
            await phone.write("Estoy manejando")
        assert len(phone.shown) <= 9
    assert len(world.new(irma)) == 1
    assert "bienvenida" in (await machine.write(await world.invite("member")))[0]


async def test_an_answer_that_would_betray_her_in_an_sms_is_given_back_to_the_organiser(world: World) -> None:
    nieves, paloma, irma = sms(world, 1), telegram(world, 3), telegram(world, 2)
    await enrol(world, irma, "organiser")
    for phone in (nieves, paloma):
        await enrol(world, phone)
        await phone.write("PERSONA")
    async with world.tx() as tx:
        by_sms, by_telegram = [one.receipt for one in await inbox.open_for(tx, world.organisation, "")]
    assert "enviado" not in (await irma.write(f"RESPONDER {by_sms} la policia pregunta por ti"))[0]
    assert world.new(nieves) == []
    assert "enviado" in (await irma.write(f"RESPONDER {by_sms} llámame"))[0]
    assert "enviado" in (await irma.write(f"RESPONDER {by_telegram} la policia pregunta por ti"))[0]


async def test_no_meeting_point_says_what_no_sms_may_say(world: World) -> None:
    irma = telegram(world, 2)
    await enrol(world, irma, "organiser")
    assert "se lee por SMS" in (await irma.write("punto los olivos frente a la clinica grande"))[0]
    async with world.tx() as tx:
        assert await organisations.point(tx, world.organisation, "lima-olivos") == ""


async def test_words_as_long_as_telegram_allows_reach_those_who_must_read_them(world: World) -> None:
    nieves, irma = telegram(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await on_duty(world, irma)
    long = "me estan pegando " + "y sigue " * 500
    await nieves.write(long)
    assert "y sigue y sigue" in " ".join(await irma.write("voy"))
    await nieves.write(long)
    assert long.strip() in world.new(irma)[-1]
    await nieves.write("PERSONA")
    await nieves.write("quiero hablar con una persona " + "bla " * 900)
    assert "bla bla" in " ".join(await irma.write("PENDIENTES"))
    async with world.tx() as tx:
        receipt = (await inbox.open_for(tx, world.organisation, ""))[0].receipt
    await irma.write(f"RESPONDER {receipt} {'ya te llamo ' * 330}")
    assert world.new(nieves)[-1].count("ya te llamo") == 330


async def test_who_belongs_elsewhere_does_not_vanish_from_there_by_a_link(world: World) -> None:
    nieves, app = sms(world, 1), telegram(world, 1)
    await enrol(world, nieves)
    member = await met(world, app)
    async with world.tx() as tx:
        other = await organisations.found(
            tx, "bandera", name="Otra", zone="America/Lima", language="es", defaults={}
        )
        await members.give_role(tx, other.id, member.id, "member", actor=None)
        await organisations.set_bot(tx, world.organisation, "red_amancay_bot")
    payload = (await nieves.write("telegram"))[0].rpartition("start=")[2]
    assert "ya está registrada" in (await app.write(f"/start {payload}"))[0]
    assert (await met(world, app)).id == member.id
