"""The organisers' own words, by SMS and by Telegram."""

from __future__ import annotations

import pytest

from aid import inbox, members, organisations, requests
from aid.history import of
from tests.stories.people import enrol, met
from tests.world import Phone, World, sms, telegram


@pytest.fixture(params=[sms, telegram], ids=["sms", "telegram"])
async def irma(world: World, request: pytest.FixtureRequest) -> Phone:
    """An organiser, with a plain phone or with Telegram."""
    phone: Phone = request.param(world, 1)
    await enrol(world, phone, "organiser")
    return phone


async def receipt_of_call(world: World, text: str = "quiero hablar con una persona") -> tuple[Phone, str]:
    """A member who wants to speak to somebody, and the number under which it waits."""
    nieves = telegram(world, 7)
    await enrol(world, nieves)
    await nieves.write(text)
    async with world.tx() as tx:
        item = (await inbox.open_for(tx, world.organisation, ""))[0]
    return nieves, item.receipt


async def test_an_invitation_is_said_once_and_opens_the_door_once(world: World, irma: Phone) -> None:
    told = (await irma.write("INVITAR voluntaria"))[0]
    assert "voluntaria" in told
    code = next(word for word in told.replace(".", " ").split() if len(word) == 6 and word.isupper())
    assert "bienvenida" in (await telegram(world, 8).write(code))[0]
    tula = telegram(world, 9)
    await enrol(world, tula)
    assert "voluntaria" in (await tula.write(code))[0]
    assert "ya se us" in (await telegram(world, 10).write(code))[0]


async def test_an_unknown_role_is_asked_again(world: World, irma: Phone) -> None:
    assert "invitas" in (await irma.write("invitar presidenta"))[0]


async def test_one_word_opens_the_door_for_a_roomful(world: World, irma: Phone) -> None:
    assert "GIRASOL" in (await irma.write("sala Girasol"))[0]
    for last in (8, 9):
        assert "bienvenida" in (await telegram(world, last).write("girasol"))[0]
    world.now += 4 * 3_600_000
    assert "ya se us" in (await telegram(world, 10).write("girasol"))[0]


@pytest.mark.parametrize("word", ["", "si", "ayuda", "baja", "12345", "dos palabras", "estado"])
async def test_a_word_that_means_something_else_is_no_password(world: World, irma: Phone, word: str) -> None:
    assert "SALA GIRASOL" in (await irma.write(f"sala {word}"))[0]


async def test_what_waits_is_listed_answered_and_closed(world: World, irma: Phone) -> None:
    nieves, receipt = await receipt_of_call(world)
    world.new(irma)
    listed = await irma.write("pendientes")
    assert receipt in listed[0]
    assert "enviado" in (await irma.write(f"responder {receipt.lower()} Te llamo a las 5"))[0]
    assert world.new(nieves) == ["Te llamo a las 5"]
    assert "ya lo resolvi" in (await irma.write(f"listo {receipt}"))[0]
    assert "No hay nada pendiente" in (await irma.write("pendientes"))[0]


async def test_by_sms_the_list_shows_no_words_of_hers(world: World) -> None:
    irma = sms(world, 1)
    await enrol(world, irma, "organiser")
    await receipt_of_call(world, "quiero hablar con alguien de la vacuna")
    assert "vacuna" not in (await irma.write("pendientes"))[0]


async def test_a_long_list_is_cut(world: World, irma: Phone) -> None:
    nieves = await enrol(world, telegram(world, 7))
    async with world.tx() as tx:
        for _ in range(7):
            await inbox.add(tx, world.organisation, "human", nieves.id, about=None)
    listed = await irma.write("pendientes")
    assert len(listed) == 6
    assert listed[-1].startswith("Y 2 m")


async def test_listo_is_no_yes_to_something_else(world: World, irma: Phone) -> None:
    """With one offer open to her, "LISTO K7P4XM" closes the pending thing and claims nothing."""
    await enrol(world, irma, "organiser", "volunteer")
    _, receipt = await receipt_of_call(world)
    nieves = await met(world, telegram(world, 7))
    async with world.tx() as tx:
        draft = requests.Draft("food", "goods", 3, 1, "")
        made = await requests.open_request(tx, world.organisation, nieves.id, draft, behalf=None)
    assert any("cerrado" in told for told in await irma.write(f"listo {receipt}"))
    async with world.tx() as tx:
        known = await requests.by_id(tx, made.id)
    assert known is not None
    assert known.state == "open"


async def test_a_meeting_point_is_set_by_the_name_of_the_district(world: World, irma: Phone) -> None:
    assert "Los Olivos" in (await irma.write("punto los olivos puerta del mercado"))[0]
    async with world.tx() as tx:
        assert await organisations.point(tx, world.organisation, "lima-olivos") == "puerta del mercado"


async def test_a_district_that_is_not_recognised_is_chosen_by_number(world: World, irma: Phone) -> None:
    assert "ciudad" in (await irma.write("punto cerca a la parroquia"))[0]
    await irma.write("1")
    assert "Comas" in (await irma.write("4"))[0]
    async with world.tx() as tx:
        assert await organisations.point(tx, world.organisation, "lima-comas") == "cerca a la parroquia"


async def test_she_goes_on_duty_and_off_by_the_same_word(world: World, irma: Phone) -> None:
    person = await met(world, irma)
    assert "de guardia" in (await irma.write("guardia"))[0]
    async with world.tx() as tx:
        assert await members.holders(tx, world.organisation, members.DUTY) == [person.id]
    assert "no queda nadie" in (await irma.write("guardia"))[0]
    async with world.tx() as tx:
        assert await members.holders(tx, world.organisation, members.DUTY) == []


async def test_by_telephone_an_organiser_asks_for_a_woman_and_the_history_says_so(
    world: World, irma: Phone
) -> None:
    nieves = await enrol(world, telegram(world, 7))
    await irma.write(f"por {nieves.alias} necesito comida para mis hijos")
    await irma.write("4")
    assert "Recibido" in (await irma.write("1"))[0]
    organiser = await met(world, irma)
    async with world.tx() as tx:
        live = await requests.live_of(tx, nieves.id, world.organisation)
        events = await of(tx, "person", nieves.id)
        assert await requests.live_of(tx, organiser.id, world.organisation) == []
    assert [request.behalf for request in live] == [organiser.id]
    assert [(event.verb, event.actor, event.behalf) for event in events][-1] == (
        "acted-for",
        organiser.id,
        nieves.id,
    )


async def test_by_telephone_she_may_be_silenced_and_the_organiser_is_not(world: World, irma: Phone) -> None:
    nieves = await enrol(world, telegram(world, 7))
    assert "hecho por ella" in (await irma.write(f"por {nieves.alias} baja"))[0]
    assert (await met(world, irma)).stopped is None
    assert (await met(world, telegram(world, 7))).stopped is not None


@pytest.mark.parametrize("told", ["si", "no", "codigo", "ya llego", "la tomo"])
async def test_nobody_confirms_claims_or_gets_a_code_for_another(
    world: World, irma: Phone, told: str
) -> None:
    nieves = await enrol(world, telegram(world, 7))
    assert "tiene que hacerlo ella" in (await irma.write(f"por {nieves.alias} {told}"))[0]


async def test_por_needs_a_known_alias_and_leaves_courtesies_alone(world: World, irma: Phone) -> None:
    assert "No conozco ese apodo" in (await irma.write("por fulana necesito comida"))[0]
    assert "cantas personas" not in (await irma.write("por favor ayuda"))[0]
    assert "No conozco" not in (await irma.write("por favor estado"))[0]


async def test_a_member_does_not_command(world: World) -> None:
    nieves = telegram(world, 7)
    await enrol(world, nieves)
    refused = ("Invitación", "puede entrar", "de guardia", "pendiente")
    for told in ("invitar tesorera", "sala girasol", "guardia", "pendientes"):
        answer = " ".join(await nieves.write(told))
        assert not any(word in answer for word in refused), told
