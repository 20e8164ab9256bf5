"""Somebody gives, a treasurer says that it came, it is set aside, and she who asked can know so."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from aid import collecting, matching, requests
from aid.rules.segments import fold
from aid.store.gifts import gifts
from aid.store.ledger import transfers
from config.texts import say
from jobs.beats import matching as beat
from tests.world import Phone, World, sms, telegram

DAY_MS = 86_400_000
CODE = re.compile(r"\b[A-Z][2-9][A-Z][2-9]\b")
RECEIPT = re.compile(r"\b[2-9BCDFGHJKMNPQRSTVWXYZ]{6}\b")
SUM = re.compile(r"S/|soles|\d[.,]\d\d")
Make = Callable[[World, int], Phone]
channels = pytest.mark.parametrize("phone", [sms, telegram])


def receipt_in(texts: list[str]) -> str:
    found = RECEIPT.search(" ".join(texts))
    assert found is not None
    return found[0]


async def say_all(phone: Phone, *texts: str) -> list[str]:
    """Write these; what the last one brought."""
    answer: list[str] = []
    for text in texts:
        answer = await phone.write(text)
    return answer


async def stands(world: World, receipt: str) -> str:
    """Where a request stands and why, as it is said by SMS."""
    async with world.tx() as tx:
        request = await requests.by_receipt(tx, world.organisation, receipt)
        assert request is not None
        message = await matching.explain(tx, request)
    return fold(say(message.key, message.values, sms=True))


async def count(world: World) -> int:
    async with world.tx() as tx:
        return int(await tx.scalar(select(func.count()).select_from(transfers)))


@channels
async def test_a_stranger_gives_a_treasurer_confirms_and_it_is_set_aside(world: World, phone: Make) -> None:
    olga, nieves, berta = phone(world, 3), phone(world, 1), phone(world, 2)
    await olga.join("treasurer")
    await nieves.join()
    receipt = receipt_in(await say_all(nieves, "necesito plata", "50", "1"))
    assert "todavia no llega" in await stands(world, receipt)

    assert "enviaste" in (await berta.write("quiero donar 50 soles"))[0]
    thanks = await say_all(berta, "ya lo yapee", "123456", "hoy", "1")
    assert "Gracias" in thanks[0]
    assert await count(world) == 0

    asked = world.new(olga)[0]
    assert "123456" in asked
    assert "lleg" in (await olga.write("si"))[0]
    assert await count(world) == 1
    assert "Muchas gracias" in world.new(berta)[0].replace("muchas", "Muchas")

    assert await beat.run(world.db, world.now) == {"reserved": 1, "freed": 0}
    assert "ya hay algo apartado para ti" in await stands(world, receipt)


async def test_the_treasurer_hears_of_it_discreetly_when_she_was_not_writing(world: World) -> None:
    olga, berta = sms(world, 3), sms(world, 2)
    await olga.join("treasurer")
    world.now += DAY_MS
    await say_all(berta, "quiero donar 50 soles", "todavia no", "1")
    opener = world.new(olga)[0]
    assert opener.startswith("Hay un pendiente")
    code = CODE.search(opener)
    assert code is not None
    shown = (await olga.write(code[0]))[0]
    assert "sin numero de operacion" in shown
    assert "1 Si, llego" in shown
    assert "Anotado" in (await olga.write(f"{code[0]} 48.50"))[0]
    async with world.tx() as tx:
        assert await tx.scalar(select(gifts.c.amount)) == 48_50


async def test_no_sum_is_ever_said_by_sms(world: World) -> None:
    olga, berta = sms(world, 3), sms(world, 2)
    await olga.join("treasurer")
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    await olga.write("donaciones")
    await olga.write("si")
    await olga.write("cuentas")
    world.new(berta)
    said = [one.show(sent) for one in (olga, berta) for sent in one.shown]
    assert not [text for text in said if SUM.search(text)]
    assert any("Telegram" in text for text in said)


async def test_the_books_are_read_by_treasurer_and_auditor_and_by_nobody_else(world: World) -> None:
    olga, auditor, nieves = telegram(world, 3), telegram(world, 5), telegram(world, 1)
    await olga.join("treasurer")
    await auditor.join("auditor")
    await nieves.join()
    berta = telegram(world, 2)
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "ayer", "2", "medicinas")
    await olga.write("si")
    for reader in (olga, auditor):
        told = " ".join(await reader.write("cuentas"))
        assert "Recibido: S/ 50.00" in told
        assert "medicinas: S/ 50.00" in told
        assert "Todo cuadra" in told
    assert "S/" not in " ".join(await nieves.write("cuentas"))


@channels
async def test_goods_are_announced_with_their_day_and_their_district(world: World, phone: Make) -> None:
    olga, berta = phone(world, 3), phone(world, 2)
    await olga.join("treasurer")
    await say_all(berta, "donar", "2", "1", "20", "30/6", "2", "1", "1")
    asked = world.new(olga)[0]
    assert "20 de comida" in asked
    await olga.write(f"{_code(asked)} 18")
    async with world.tx() as tx:
        row = await tx.first(select(gifts))
    assert row is not None
    assert (row.kind, row.category, row.amount, row.state) == ("goods", "food", 18, "received")
    assert row.district
    assert row.use_by is not None
    assert await count(world) == 0


def _code(text: str) -> str:
    found = CODE.search(text)
    assert found is not None
    return found[0]


async def test_what_she_announced_and_then_paid_is_one_gift(world: World) -> None:
    olga, berta = sms(world, 3), sms(world, 2)
    await olga.join("treasurer")
    first = receipt_in(await say_all(berta, "quiero donar 50 soles", "despues", "1"))
    second = receipt_in(await say_all(berta, "donar operacion 123456", "hoy"))
    assert first == second


async def test_what_did_not_come_is_told_kindly(world: World) -> None:
    olga, berta = telegram(world, 3), sms(world, 2)
    await olga.join("treasurer")
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    world.new(olga)
    await olga.press("no")
    assert "Puede ser error nuestro" in world.new(berta)[0]
    assert await count(world) == 0


async def test_a_treasurer_does_not_confirm_her_own(world: World) -> None:
    olga, irma = sms(world, 3), sms(world, 4)
    await olga.join("treasurer")
    await irma.join("organiser")
    await say_all(olga, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    assert "No hay nada por confirmar" in (await olga.write("donaciones"))[0]
    assert "PENDIENTES" in world.new(irma)[0]


async def test_two_treasurers_who_answer_at_once_make_one_transfer(world: World) -> None:
    olga, rosa, berta = telegram(world, 3), telegram(world, 6), sms(world, 2)
    await olga.join("treasurer")
    await rosa.join("treasurer")
    await say_all(berta, "quiero donar 50 soles", "ya lo yapee", "123456", "hoy", "1")
    world.new(olga)
    world.new(rosa)
    await asyncio.gather(olga.press("yes"), rosa.press("yes"))
    await world.settle()
    assert await count(world) == 1


async def test_several_that_wait_are_listed_by_their_codes(world: World) -> None:
    olga = sms(world, 3)
    await olga.join("treasurer")
    for number in (11, 12):
        await say_all(sms(world, number), "quiero donar 50 soles", "despues", "1")
    listed = (await olga.write("donaciones"))[-1]
    assert len(set(CODE.findall(listed))) == 2
    assert "aviso" not in listed


async def test_an_outsider_learns_nothing(world: World) -> None:
    zoila = sms(world, 9)
    for word in ("donaciones 1", "cuentas", "pagar K7P4XM", "saldo"):
        assert not SUM.search(" ".join(await zoila.write(word)))
    assert await count(world) == 0


YAPE = "Yape 900 000 123 a nombre de la tesorera"


@channels
async def test_who_announces_is_told_where_to_send(world: World, phone: Make) -> None:
    olga, berta = phone(world, 3), phone(world, 2)
    await olga.join("treasurer")
    assert "COBRO" in (await olga.write("cobro"))[0]
    assert YAPE in (await olga.write(f"COBRO {YAPE}"))[1]
    assert YAPE in (await olga.write("cobro"))[0]
    told = await say_all(berta, "quiero donar 50 soles", "despues", "1")
    assert receipt_in(told[:1])
    assert "una compañera" not in told[0].casefold()
    assert told[1] == f"Puedes enviarlo {'asi' if phone is sms else 'así'}: {YAPE}"
    assert len(await say_all(berta, "quiero donar 70 soles", "ya lo yapee", "123456", "hoy", "1")) == 1


@channels
async def test_where_nobody_has_said_where_a_companion_writes_to_her(world: World, phone: Make) -> None:
    olga, irma, berta = phone(world, 3), phone(world, 4), phone(world, 2)
    await olga.join("treasurer")
    await irma.join("organiser")
    told = await say_all(berta, "quiero donar 50 soles", "despues", "1")
    assert "una compañera" in told[0].casefold()
    assert len(told) == 1
    waiting = (await irma.write("pendientes"))[-1]
    assert "alguien quiere dar" in waiting
    await irma.write(f"responder {receipt_in([waiting])} {YAPE}")
    assert YAPE in world.new(berta)[0]


async def test_the_others_hear_when_it_changes_where_givers_send(world: World) -> None:
    olga, rosa, irma, nieves = telegram(world, 3), telegram(world, 6), sms(world, 4), sms(world, 1)
    for one, role in ((olga, "treasurer"), (rosa, "treasurer"), (irma, "organiser"), (nieves, "member")):
        await one.join(role)
    world.now += DAY_MS
    await olga.write(f"cobro {YAPE}")
    assert "COBRO" in world.new(rosa)[-1]
    opener = world.new(irma)[-1]
    assert opener.startswith("Hay un aviso para ti")
    assert "COBRO" in (await irma.write(_code(opener)))[-1]
    assert YAPE in (await irma.write("cobro"))[-1]
    assert world.new(nieves) == []


@pytest.mark.parametrize(
    "words",
    [
        "Yape 900 000 123 de Red Amancay",
        "S/ 50 al Yape 900 000 123",
        "BCP 191-1234567 Sindicato de Trabajadoras Sexuales",
        "banco " * 40,
    ],
)
async def test_what_betrays_her_who_reads_it_or_is_too_long_is_not_kept(world: World, words: str) -> None:
    olga = telegram(world, 3)
    await olga.join("treasurer")
    refused = await olga.write(f"cobro {words}")
    assert len(refused) == 1
    assert "Todavía no sé" in (await olga.write("cobro"))[0]


async def test_only_a_treasurer_says_where_givers_send(world: World) -> None:
    irma, zoila = telegram(world, 4), telegram(world, 9)
    await irma.join("organiser")
    for one in (irma, zoila):
        await one.write(f"cobro {YAPE}")
        assert not [sent for sent in one.shown if sent.message.key == "collecting-set"]
    async with world.tx() as tx:
        assert await collecting.how(tx, world.organisation) == ""
