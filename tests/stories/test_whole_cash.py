"""Cash: given with an operation number, seen by a treasurer, paid by two, confirmed by her who got it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.stories.cast import Woman, receipt
from tests.stories.theatre import Fate, opened
from tests.stories.theatre_plays import PLAYS


@PLAYS
async def test_cash_is_given_counted_paid_by_two_and_did_not_arrive(
    channels: str, fate: Callable[[], Fate], empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path, channels=channels, fate=fate()) as theatre:
        nieves, olga, delia, irma, berta = theatre.enter("Nieves", "Olga", "Delia", "Irma", "Berta")
        await theatre.enrol(nieves, "member", born=1955)
        await theatre.enrol(olga, "treasurer")
        await theatre.enrol(delia, "treasurer")
        await theatre.enrol(irma, "organiser")

        # Her first sentence says what she needs, so three messages are enough.
        await nieves.write("nesecito plata pa mi cuarto")
        await nieves.answers(("necesitas", "80"), ("¿Para cuándo?", "esta semana"))
        number = receipt(await nieves.hears("Tu número es"))

        await berta.write("yapee 200 soles op 12345678")
        await berta.answers(("¿Qué día", "[Hoy]"), ("¿Para qué", "[Donde más falte]"))
        gift = receipt(await berta.hears("Tu número es"))
        await olga.hears(gift, "¿Figura")
        await delia.hears(gift, "¿Figura")
        await olga.press("Sí, llegó")
        await olga.hears("Anotado", gift)
        await berta.hears(gift, "Llegó")
        await theatre.later(timedelta(minutes=2))

        await paid_by_two(olga, delia, number)
        await nieves.hears(number)
        await theatre.later(timedelta(hours=25))
        await nieves.hears("¿Te llegó", number)
        await nieves.write("no me llego nada")
        await nieves.hears(number, "vuelve a su lugar")
        await irma.write("PENDIENTES")
        await irma.hears("no le llegó")


async def paid_by_two(olga: Woman, delia: Woman, number: str) -> None:
    """One pays and tells the operation number, the other says that it is right."""
    await olga.write("PAGAR")
    await olga.hears("Por pagar", number)
    await olga.write(f"pagar {number.lower()}")
    await olga.answers(("número de operación", "87654321"))
    await olga.hears("falta el sí de otra", number)
    await delia.hears(number, "¿Está bien?")
    await delia.press("Sí")
    await delia.hears("Gracias por revisar")
    await olga.hears(number, "Queda hecho")
