"""She is in danger: people are called at once, again every five minutes and two more, until one goes."""

from __future__ import annotations

import pytest

from aid import incidents, members
from aid.history import of
from jobs.beats import alarms
from tests.stories.people import enrol, met
from tests.world import Phone, World, sms, telegram

HEARD = "Te leo. Ahora te llama alguien."


async def on_duty(world: World, *phones: Phone) -> None:
    for phone in phones:
        await enrol(world, phone, "organiser", members.DUTY)


async def wait(world: World, minutes: int = 5) -> None:
    world.now += minutes * 60_000
    await alarms.run(world.db, world.now)
    await world.settle()


def code_in(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1]


async def test_those_on_duty_are_called_and_the_one_who_goes_learns_whom_to_call(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, irma, tula)
    assert await nieves.write("ayudenme me esta pegando") == [HEARD]
    called = world.new(irma)
    assert "en peligro" in called[0]
    assert "en peligro" in world.new(tula)[0]
    yours = (await irma.write("voy"))[0]
    assert nieves.address in yours
    assert "me esta pegando" in yours
    assert "Ya va" in world.new(tula)[0]
    await wait(world)
    assert world.new(irma) == []
    assert world.new(tula) == []


async def test_by_sms_the_first_word_names_nothing_and_the_number_comes_only_in_answer(world: World) -> None:
    nieves, irma = telegram(world, 1), sms(world, 2)
    await enrol(world, nieves)
    await on_duty(world, irma)
    world.now += 60 * 60_000
    await nieves.write("me quiere matar")
    first = world.new(irma)
    assert [text.rpartition(" ")[0] for text in first] == ["Urgente. Responde VOY"]
    answer = await irma.write(f"VOY {code_in(first[0])}")
    assert "RESPONDER" in answer[0]
    assert "matar" not in answer[0]


async def test_every_five_minutes_two_more_are_called(world: World) -> None:
    zoila, irma = sms(world, 9), telegram(world, 1)
    await on_duty(world, irma)
    others = [telegram(world, number) for number in range(2, 7)]
    for other in others:
        await enrol(world, other, "volunteer")
    assert await zoila.write("auxilio me siguen") == [HEARD]
    assert len(world.new(irma)) == 1
    seen = []
    for _ in range(3):
        await wait(world)
        assert len(world.new(irma)) == 1
        seen.append(sum(bool(world.new(other)) for other in others))
    assert seen == [2, 4, 5]
    await wait(world, minutes=4)
    assert world.new(irma) == []


async def test_without_anybody_on_duty_every_organiser_is_called(world: World) -> None:
    nieves, irma, berta = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await enrol(world, irma, "organiser")
    await enrol(world, berta, "organiser")
    await nieves.write("me tienen encerrada")
    assert "Urgente" in world.new(irma)[0]
    assert "Urgente" in world.new(berta)[0]


async def test_with_nobody_at_all_she_is_told_no_lie(world: World) -> None:
    assert "Estoy buscando" in (await sms(world, 9).write("auxilio me quieren matar"))[0]


async def test_crying_again_makes_no_second_alarm_but_reaches_the_same_people(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, irma)
    await enrol(world, tula, "volunteer")
    await nieves.write("me estan pegando")
    assert await nieves.write("auxilio por favor vengan") == [HEARD]
    assert len(world.new(irma)) == 2
    assert world.new(tula) == []
    await irma.write("voy")
    await nieves.write("me siguen todavia, auxilio")
    assert "me siguen todavia" in world.new(irma)[0]


async def test_a_woman_who_ended_all_messages_is_still_heard(world: World) -> None:
    nieves, irma = sms(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await on_duty(world, irma)
    await nieves.write("baja")
    assert await nieves.write("me estan golpeando") == [HEARD]
    assert "Urgente" in world.new(irma)[0]


async def test_exactly_one_goes_and_the_late_one_hears_who(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, irma, tula)
    await nieves.write("me amenazan con matarme")
    late = code_in(world.new(tula)[0])
    assert world.new(irma)
    await irma.press("going")
    assert (await met(world, irma)).alias in world.new(tula)[0]
    assert "ya se cerró" in (await tula.write(f"voy {late}"))[0]


async def test_she_who_cannot_go_is_left_alone_and_another_is_called_at_once(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, irma)
    await enrol(world, tula, "volunteer")
    await nieves.write("me quieren matar")
    world.new(irma)
    assert await irma.press("no") == ["Gracias por avisar. Llamo a otra."]
    assert "Urgente" in world.new(tula)[0]
    await wait(world)
    assert world.new(irma) == []
    assert "Urgente" in world.new(tula)[0]


async def test_who_is_named_in_her_words_is_not_called(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, irma, tula)
    person = await met(world, irma)
    await nieves.write(f"{person.alias.upper()} me esta pegando")
    assert world.new(irma) == []
    assert "Urgente" in world.new(tula)[0]


@pytest.mark.parametrize(
    "text", ["tengo 15 años y me obligan a trabajar", "soy menor de edad ayuda me pegan"]
)
async def test_a_girl_or_a_forced_woman_reaches_two_people_and_nobody_else(world: World, text: str) -> None:
    zoila = sms(world, 9)
    two = [telegram(world, 1), telegram(world, 2)]
    await on_duty(world, *two)
    others = [telegram(world, 3), telegram(world, 4)]
    await enrol(world, others[0], "organiser")
    await enrol(world, others[1], "volunteer")
    assert await zoila.write(text) == [HEARD]
    for _ in range(3):
        assert all(world.new(phone) for phone in two)
        assert not any(world.new(phone) for phone in others)
        await wait(world)
    person = await met(world, zoila)
    async with world.tx() as tx:
        assert await incidents.is_protected(tx, world.organisation, person.id)
        assert await members.roles_of(tx, person.id, world.organisation) == frozenset()


async def test_an_organiser_cries_for_her_who_telephones(world: World) -> None:
    nieves, irma, tula = sms(world, 1), telegram(world, 2), telegram(world, 3)
    await enrol(world, nieves)
    await on_duty(world, tula)
    await enrol(world, irma, "organiser")
    person = await met(world, nieves)
    await irma.write(f"por {person.alias} la estan golpeando")
    assert "Urgente" in world.new(tula)[0]
    assert nieves.address in (await tula.write("voy"))[0]
    async with world.tx() as tx:
        assert [event.verb for event in await of(tx, "person", person.id)][-1] == "acted-for"


async def test_what_an_organiser_answers_to_another_is_no_cry_of_hers(world: World) -> None:
    nieves, irma = sms(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await enrol(world, irma, "organiser")
    await nieves.write("quiero hablar con una persona")
    receipt = world.new(irma)[0].split("(")[1].split(")")[0]
    assert "enviado" in (await irma.write(f"RESPONDER {receipt} si te estan pegando te llamo ya"))[0]
    assert "si te estan pegando" in world.new(nieves)[-1]
