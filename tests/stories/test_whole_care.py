"""Danger, complaint, speaking for another, and leaving: the whole program, killed between messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from aid.messages import ChannelName
from tests.stories.cast import Woman, receipt
from tests.stories.theatre import Fate, Theatre, opened
from tests.stories.theatre_plays import PLAYS
from tests.stories.theatre_steps import ask_for_food


@PLAYS
async def test_danger_complaint_a_ward_and_leaving(
    channels: str, fate: Callable[[], Fate], empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path, channels=channels, fate=fate()) as theatre:
        nieves, irma, delia, tula = theatre.enter("Nieves", "Irma", "Delia", "Tula")
        zoila = theatre.sms("Zoila", 9)
        await theatre.enrol(nieves, "member", born=1955)
        await theatre.enrol(irma, "organiser")
        await theatre.enrol(delia, "organiser")
        await theatre.enrol(tula, "volunteer")
        await irma.write("GUARDIA")
        await irma.hears("Estás de guardia")

        await in_danger(theatre, nieves, irma, delia)
        await complaint(nieves, irma, delia)
        await ward(nieves, tula)
        await leaving(theatre, nieves)
        assert (zoila.heard, zoila.phone.unread) == ([], 0)


async def in_danger(theatre: Theatre, nieves: Woman, irma: Woman, delia: Woman) -> None:
    """Whoever is on duty is called, five minutes later the next ones too; one goes and the calling ends."""
    await nieves.write("mi casero me esta pegando")
    await nieves.hears("Te leo. Ahora te llama alguien.")
    await irma.hears("Urgente")
    await theatre.later(timedelta(minutes=5, seconds=1))
    await delia.hears("Urgente")
    await delia.write("voy")
    number = nieves.phone.address if nieves.phone.channel is ChannelName.SMS else "RESPONDER"
    await delia.hears(number)
    await irma.hears("Ya va")


async def complaint(nieves: Woman, irma: Woman, delia: Woman) -> None:
    """It reaches two who are no part of it, and is answered through the bot."""
    await nieves.write("QUEJA")
    await nieves.answers(("Cuéntame qué pasó", "la señora me pidio plata por anotarme"))
    await nieves.hears("La leen dos personas")
    await delia.hears("pendiente")
    await irma.hears("pendiente")
    await irma.write("PENDIENTES")
    item = receipt(await irma.hears("una queja"))
    await irma.write(f"RESPONDER {item} manana conversamos las dos")
    await irma.hears(item, "enviado")
    await nieves.hears("manana conversamos")


async def ward(nieves: Woman, tula: Woman) -> None:
    """She enrols a woman without a telephone and asks for her by her cover word."""
    await nieves.write("inscribir")
    await nieves.answers(
        ("¿Con qué palabra", "geranio 1"),
        ("acepta", "[Sí]"),
        ("Elige tu apodo", "1"),
        ("¿En qué ciudad", "[Lima]"),
        ("¿En qué distrito?", "[Cercado]"),
        ("¿En qué año", "no"),
        ("¿Ahora estás sin trabajo?", "no"),
        ("¿Cuántas personas comen", "no"),
    )
    await nieves.hears("geranio 1", "Listo")
    number = await ask_for_food(nieves, "geranio 1")
    await tula.offered()
    await nieves.write("geranio 1 estado")
    await nieves.hears(number)
    await nieves.write("geranio 1 cancelar")
    await nieves.hears("retiramos", number)


async def leaving(theatre: Theatre, nieves: Woman) -> None:
    """One word ends all messages, one more returns; the last one erases her after three days."""
    await nieves.write("BAJA")
    await nieves.hears("no te escribiré más")
    await nieves.write("AYUDA")
    await nieves.hears("¿Qué necesitas?")
    await nieves.write("ALTA")
    await nieves.hears("Bienvenida otra vez")
    await nieves.write("BORRAR")
    await nieves.hears("72 horas")
    await theatre.later(timedelta(hours=73))
    await nieves.write("estado")
    await nieves.hears("personas invitadas")
