"""Help in kind, from the invitation to "it arrived": the whole program, killed between messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.stories.cast import Woman, hand_over_code, receipt
from tests.stories.theatre import Fate, opened
from tests.stories.theatre_plays import PLAYS_AND_CHANCE
from tests.stories.theatre_steps import ask_for_food, give_food, join


@PLAYS_AND_CHANCE
async def test_from_the_invitation_to_the_arrival(
    channels: str, fate: Callable[[], Fate], empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path, channels=channels, fate=fate()) as theatre:
        nieves, tula, rita, olga, irma, berta = theatre.enter(
            "Nieves", "Tula", "Rita", "Olga", "Irma", "Berta"
        )
        zoila = theatre.sms("Zoila", 9)
        await theatre.enrol(irma, "organiser")
        await theatre.enrol(olga, "treasurer")
        await theatre.enrol(tula, "volunteer")
        await theatre.enrol(rita, "volunteer")
        await zoila.write("necesito comida")
        await zoila.hears("personas invitadas")

        await irma.write("PUNTO Cercado Puerta 2 del mercado")
        await irma.hears("punto de encuentro de Cercado")
        await irma.write("INVITAR integrante")
        alias = await join(nieves, receipt(await irma.hears("7 días")))

        number = await ask_for_food(nieves)
        await nieves.write("estado")
        await nieves.hears(number, "todavía no llega")
        await give_food(berta, olga)
        await theatre.later(timedelta(minutes=2))
        await nieves.write("como va mi pedido")
        await nieves.hears(number, "apartado para ti")

        old = await taken_and_given_back(nieves, tula, rita, number)
        await handed_over(nieves, rita, number, old)
        await theatre.later(timedelta(hours=25))
        await nieves.hears("¿Te llegó", number)
        await nieves.write("si")
        await nieves.hears("Qué bueno")
        await berta.hears("ya salió")
        assert alias not in " ".join(berta.heard + olga.heard)
        assert len(zoila.heard) == 1


async def taken_and_given_back(nieves: Woman, tula: Woman, rita: Woman, number: str) -> str:
    """Two are told, one is faster, cannot after all, and says so. Gives the code that is dead now."""
    code, late = await tula.offered(), await rita.offered()
    await tula.take(code)
    await tula.hears(number)
    await tula.hears("Puerta 2 del mercado", "6 números")
    dead = hand_over_code(await nieves.hears(number, "Tu código"))
    await rita.take(late)
    await rita.hears("fue más rápida")
    await tula.write("no puedo")
    await tula.answers(("¿Qué pasó?", "mi hijito se enfermo"))
    await tula.hears("ya avisamos a otras")
    await nieves.hears(number, "sigue en su lugar")
    return dead


async def handed_over(nieves: Woman, rita: Woman, number: str, dead: str) -> None:
    """Another takes it; she asks for a new code, and only that one closes the delivery."""
    await rita.take(await rita.offered())
    await rita.hears(number)
    second = await nieves.hears_new_code(dead)
    await nieves.write("CODIGO")
    code = await nieves.hears_new_code(dead, second)
    await rita.write(dead)
    await rita.hears("no es")
    await rita.write(code)
    await rita.hears(number, "entregado")
    await nieves.hears(number)
