"""Offer, claim, hand over, did it arrive: over SMS, over Telegram and mixed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from aid import inbox, members, organisations, requests
from aid.members import Newcomer
from aid.messages import ChannelName
from aid.requests import Request
from jobs.beats import arrivals, leases
from tests.world import SMS, TELEGRAM, Phone, World, sms, telegram

HOUR = 3_600_000
QUARTER = 15 * 60_000 + 1000
PLACE = "Puerta 2 del mercado"
PHONES: dict[str, Callable[[World, int], Phone]] = {"sms": sms, "telegram": telegram}
MIXES = [(hers, other) for hers in PHONES for other in PHONES]


async def enrolled(phone: Phone, role: str, *, district: str = "lima-cercado") -> Phone:
    """Somebody who has joined already; how one joins is another story."""
    world = phone.world
    async with world.tx() as tx:
        line = SMS if phone.channel is ChannelName.SMS else TELEGRAM
        person, _ = await members.meet(tx, phone.channel, line, phone.address, "es")
        facts = Newcomer(f"alias {phone.address[-3:]}", district, 1958, out_of_work=True, dependants=2)
        await members.enrol(tx, world.organisation, person.id, role, facts, actor=person.id, behalf=None)
    return phone


async def people(world: World, hers: str, other: str) -> tuple[Phone, Phone, Phone]:
    """Nieves, Tula the volunteer and Irma the organiser; the district has a meeting point."""
    irma = await enrolled(telegram(world, 5), "organiser", district="lima-comas")
    tula = await enrolled(PHONES[other](world, 2), "volunteer")
    nieves = await enrolled(PHONES[hers](world, 1), "member")
    async with world.tx() as tx:
        await organisations.set_point(tx, world.organisation, "lima-cercado", PLACE, actor="")
    return nieves, tula, irma


async def ward_of(phone: Phone) -> None:
    """She acts from now on for a woman without a phone, whom she calls geranio 1."""
    async with phone.world.tx() as tx:
        facts = Newcomer("alias Geranio", "lima-cercado", 1950, out_of_work=True, dependants=0)
        carer = await phone.world.owner(tx, phone)
        await members.add_ward(tx, phone.world.organisation, carer, "geranio 1", "es", facts)


async def ask_for_food(phone: Phone, cover: str = "") -> str:
    """She asks for food for four, for today; the number of her request."""
    for answer in (f"{cover} necesito viveres".strip(), "4"):
        await phone.write(answer)
    opened = await phone.write("1")
    return found(r"[2-9B-Z]{6}", opened[0])


def found(pattern: str, text: str) -> str:
    """The first thing of a kind in a text."""
    match = re.search(rf"\b{pattern}\b", text)
    assert match is not None, text
    return match.group()


def ask_code(texts: list[str]) -> str:
    return found(r"[A-Z]\d[A-Z]\d", texts[-1])


def six(texts: list[str]) -> str:
    return found(r"\d{6}", texts[-1])


async def code_of(phone: Phone) -> str:
    """Her code, however her phone brought it: at once, or behind a discreet first word."""
    shown = phone.world.new(phone)
    if re.search(r"\b\d{6}\b", shown[-1]):
        return six(shown)
    return six(await phone.write(ask_code(shown)))


async def request_of(world: World, receipt: str) -> Request:
    async with world.tx() as tx:
        request = await requests.by_receipt(tx, world.organisation, receipt)
        assert request is not None
        return request


async def listed(world: World, phone: Phone) -> list[str]:
    """The kinds of what is open on the organisers' list."""
    async with world.tx() as tx:
        return [
            item.kind for item in await inbox.open_for(tx, world.organisation, await world.owner(tx, phone))
        ]


async def later(world: World, hours: float) -> None:
    """Time passes, and the beats of this room are heard."""
    world.now += int(hours * HOUR)
    await leases.run(world.db, world.now)
    await arrivals.run(world.db, world.now)
    await world.settle()


@pytest.mark.parametrize(("hers", "other"), MIXES)
async def test_a_request_is_claimed_handed_over_and_confirmed(world: World, hers: str, other: str) -> None:
    nieves, tula, _ = await people(world, hers, other)
    world.now += QUARTER
    receipt = await ask_for_food(nieves)
    offer = world.new(tula)
    if other == "sms":
        assert offer[0].startswith("Hay un aviso en tu zona. Responde ")
    world.now += QUARTER
    claimed = await tula.write(ask_code(offer))
    assert receipt in claimed[0]
    assert "para 4 personas" in claimed[0]
    assert PLACE in claimed[1]
    assert (await request_of(world, receipt)).state == "claimed"
    code = await code_of(nieves)
    assert receipt in (await tula.write(code))[0]
    assert (await request_of(world, receipt)).state == "delivered"
    assert receipt in world.new(nieves)[0]

    await later(world, 24.1)
    asked = world.new(nieves)
    if hers == "sms":
        assert asked[0].startswith("Hay un aviso para ti. Responde ")
        asked = await nieves.write(ask_code(asked))
    assert receipt in asked[0]
    assert "Gracias" in (await nieves.write("si"))[0]
    assert (await request_of(world, receipt)).state == "confirmed"


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


async def test_a_woman_without_a_phone_hears_her_code_from_an_organiser_only(world: World) -> None:
    nieves, tula, irma = await people(world, "telegram", "telegram")
    await ward_of(nieves)
    receipt = await ask_for_food(nieves, "geranio 1")
    world.new(nieves)
    world.new(irma)
    await tula.write("si")
    told = world.new(nieves)
    assert receipt in told[0]
    assert not re.search(r"\d{6}", told[0])
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


async def test_a_volunteer_holds_three_at_most(world: World) -> None:
    tula = await enrolled(telegram(world, 2), "volunteer")
    receipts = [
        await ask_for_food(await enrolled(telegram(world, number), "member")) for number in range(10, 14)
    ]
    answers = [await tula.write(found(r"[A-Z]\d[A-Z]\d", text)) for text in world.new(tula)]
    assert "3" in answers[3][0]
    assert (await request_of(world, receipts[3])).state == "open"


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
        assert not re.search(r"\d{6}", answer[0])
    assert (await request_of(world, receipt)).state == "claimed"


async def test_stopped_messages_bring_the_code_to_an_organiser(world: World) -> None:
    nieves, tula, irma = await people(world, "sms", "telegram")
    await ask_for_food(nieves)
    await nieves.write("baja")
    await tula.write("si")
    assert world.new(nieves) == []
    assert await listed(world, irma) == ["tell-code"]
    assert six(await nieves.write("codigo"))
