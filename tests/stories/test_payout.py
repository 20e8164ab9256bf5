"""A treasurer pays, a second person says yes, and she who asked hears of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aid import gifts, history, members, requests
from aid.messages import Message
from aid.store import members as rows
from bot.sms.menus import render
from config.texts import languages, say
from jobs.beats import matching as beat
from jobs.beats import payouts as waiting
from tests.aid.giving import cash, gives
from tests.stories.test_gift import CODE, SUM, receipt_in, say_all
from tests.world import Phone, World, sms, telegram

HOUR_MS = 3_600_000
NUMBER = "900000001"
Make = Callable[[World, int], Phone]
channels = pytest.mark.parametrize("phone", [sms, telegram])


async def covered(world: World, phone: Phone) -> str:
    """She has joined and asked for cash, and it is set aside for her; the receipt."""
    await phone.join()
    receipt = receipt_in(await say_all(phone, "necesito plata", "50", "1"))
    async with world.tx() as tx:
        await gives(tx, world.organisation, cash(50_00))
    await beat.run(world.db, world.now)
    return receipt


async def state_of(world: World, receipt: str) -> str:
    async with world.tx() as tx:
        found = await requests.by_receipt(tx, world.organisation, receipt)
    assert found is not None
    return found.state


@channels
async def test_two_people_pay_and_she_hears_of_it(world: World, phone: Make) -> None:
    nieves, olga, irma = phone(world, 1), phone(world, 3), phone(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    assert receipt in (await olga.write("pagar"))[0]
    assert receipt in (await olga.write(f"PAGAR {receipt.lower()}"))[-1]
    assert "otra compañera" in (await olga.write("la operacion es 998877"))[0]
    assert await state_of(world, receipt) == "open"
    assert "998877" in world.new(irma)[-1]
    assert "Gracias" in (await irma.write("si"))[0]
    assert await state_of(world, receipt) == "delivered"
    assert "figura como" in world.new(nieves)[0]
    assert "dijo que s" in world.new(olga)[0]


async def test_by_sms_no_sum_is_said_to_anybody(world: World) -> None:
    nieves, olga, irma = sms(world, 1), sms(world, 3), sms(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    await say_all(olga, f"pagar {receipt}", "998877", f"pagar {receipt}")
    world.new(irma)
    await irma.write("si")
    for one in (nieves, olga, irma):
        world.new(one)
        after = [one.show(sent) for sent in one.shown if "payout" in sent.message.key]
        assert after
        assert not [text for text in after if SUM.search(text)]


@channels
async def test_the_treasurer_alone_cannot(world: World, phone: Make) -> None:
    nieves, olga = phone(world, 1), phone(world, 3)
    await olga.join("treasurer")
    receipt = await covered(world, nieves)
    async with world.tx() as tx:  # the treasurer who confirmed the gift has left again
        for other in await members.holders(tx, world.organisation, "treasurer"):
            found = await rows.by_id(tx, other)
            if found is not None and not found.alias:
                await rows.drop_role(tx, other, world.organisation, "treasurer")
    assert "No hay otra" in (await olga.write(f"pagar {receipt}"))[0]
    assert await state_of(world, receipt) == "open"


async def test_she_who_asked_is_no_second_and_no_payer(world: World) -> None:
    nieves, olga, irma = telegram(world, 1), telegram(world, 3), telegram(world, 4)
    receipt = await covered(world, nieves)
    await nieves.write(await world.invite("treasurer"))
    await olga.join("treasurer")
    await irma.join("organiser")
    assert "no puedes decidir" in (await nieves.write(f"pagar {receipt}"))[0]
    await say_all(olga, f"pagar {receipt}", "998877")
    assert not [text for text in world.new(nieves) if "998877" in text]
    assert "998877" in world.new(irma)[0]


async def test_a_no_of_the_second_pays_nothing_and_tells_the_organisers(world: World) -> None:
    nieves, olga, irma = sms(world, 1), telegram(world, 3), telegram(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    await say_all(olga, f"pagar {receipt}", "998877")
    world.new(irma)
    await irma.press("no")
    assert await state_of(world, receipt) == "open"
    assert "dijo que no" in world.new(olga)[0]
    assert world.new(nieves) == []
    assert any("PENDIENTES" in one.show(sent) for one in (irma,) for sent in one.shown)


async def test_the_giver_hears_that_it_went_out_and_not_to_whom(world: World) -> None:
    nieves, olga, irma, berta = sms(world, 1), telegram(world, 3), telegram(world, 4), telegram(world, 2)
    await olga.join("treasurer")
    await irma.join("organiser")
    await nieves.join()
    receipt = receipt_in(await say_all(nieves, "necesito plata", "50", "1"))
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    await olga.write("si")
    await beat.run(world.db, world.now)
    await say_all(olga, f"pagar {receipt}", "998877")
    world.new(irma)
    await irma.press("yes")
    world.new(berta)
    told = [one.message for one in berta.shown if one.message.key == "gift-given"]
    assert len(told) == 1
    assert receipt not in berta.show(berta.shown[-1])
    assert set(told[0].values) == {"receipt"}


async def test_only_a_treasurer_is_heard_when_she_says_pay(world: World) -> None:
    nieves, irma = telegram(world, 1), telegram(world, 4)
    receipt = await covered(world, nieves)
    await irma.join("organiser")
    await irma.write(f"pagar {receipt}")
    assert not [one for one in irma.shown if one.message.key == "payout-operation"]
    assert gifts.ASK not in {one.message.key for one in irma.shown}


def holding(world: World, text: str) -> list[tuple[str, str]]:
    """Every message to anybody that holds a text: to whom, and which."""
    return [
        (address, sent.message.key)
        for line in world.lines.values()
        for address, all_sent in line.sent.items()
        for sent in all_sent
        if text in repr(sent.message)
    ]


async def test_a_treasurer_on_telegram_sees_where_to_pay_and_nobody_else_ever_does(world: World) -> None:
    nieves, olga, irma, berta = sms(world, 1), telegram(world, 3), telegram(world, 4), telegram(world, 2)
    tula, zoila = telegram(world, 5), telegram(world, 9)
    await olga.join("treasurer")
    await irma.join("organiser")
    await tula.join("volunteer")
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    await olga.write("si")
    receipt = await covered(world, nieves)
    for one in (irma, berta, tula, zoila, nieves):
        await say_all(one, f"pagar {receipt}", "pagar", "cobro", "menu")
    assert holding(world, NUMBER) == []
    world.new(olga)  # what she was told of meanwhile

    shown = await olga.write(f"pagar {receipt}")
    assert NUMBER in shown[0]
    told = next(sent for sent in olga.shown if sent.message.key == "payout-number")
    assert told.message.protect
    await say_all(olga, "998877", "pagar", f"pagar {receipt}", "cuentas", "pendientes")
    await say_all(irma, "pendientes", "donaciones")
    await irma.press("yes")
    await world.settle()
    assert await state_of(world, receipt) == "delivered"
    assert holding(world, NUMBER) == [(olga.address, "payout-number")]


async def test_each_showing_of_a_number_is_in_the_history_without_it(world: World) -> None:
    nieves, olga, irma = sms(world, 1), telegram(world, 3), telegram(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    await say_all(olga, f"pagar {receipt}", f"pagar {receipt}")
    async with world.tx() as tx:
        request = await requests.by_receipt(tx, world.organisation, receipt)
        assert request is not None
        told = [one for one in await history.of(tx, "request", request.id) if one.verb == "number-shown"]
        treasurer = await world.owner(tx, olga)
    assert [(one.actor, one.facts) for one in told] == [(treasurer, "{}")] * 2


async def test_by_sms_no_number_is_shown(world: World) -> None:
    nieves, olga, irma = sms(world, 1), sms(world, 3), telegram(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    assert "pidelo a una organizadora" in (await olga.write(f"pagar {receipt}"))[0]
    assert holding(world, NUMBER) == []


async def test_a_number_that_follows_her_to_another_address_is_not_said_by_sms() -> None:
    told = Message("payout-number", {"number": f"+51{NUMBER}"}, protect=True)
    for language in languages():
        assert NUMBER not in render(told, say, language)


async def test_her_carers_number_is_not_hers(world: World) -> None:
    carer, olga, irma = sms(world, 1), telegram(world, 3), telegram(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    await carer.join()
    await say_all(carer, "inscribir", "geranio 1", "si", "1", "1", "1", "1950", "si", "0")
    receipt = receipt_in(await say_all(carer, "geranio 1 necesito plata", "50", "1"))
    async with world.tx() as tx:
        await gives(tx, world.organisation, cash(50_00))
    await beat.run(world.db, world.now)
    assert "No tengo un número suyo" in (await olga.write(f"pagar {receipt}"))[0]
    assert holding(world, NUMBER) == []


async def test_who_has_not_answered_hears_of_it_again_and_then_it_is_over(world: World) -> None:
    nieves, olga, irma = sms(world, 1), sms(world, 3), sms(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    receipt = await covered(world, nieves)
    await say_all(olga, f"pagar {receipt}", "998877")
    world.new(irma)
    for hours, said in ((24, "Hay un pendiente"), (24, ""), (24, "Hay un pendiente")):
        world.now += hours * HOUR_MS
        await waiting.run(world.db, world.now)
        await world.settle()
        heard = world.new(irma)
        assert [text.startswith(said) for text in heard] == ([True] if said else [])
    assert "un pago que no tuvo" in " ".join(await irma.write("pendientes"))
    assert await state_of(world, receipt) == "open"
    opener = world.new(olga)[-1]
    code = CODE.search(opener)
    assert code is not None
    assert "nadie dio el segundo si" in (await olga.write(code[0]))[0]
    assert receipt in (await olga.write("pagar"))[0]
