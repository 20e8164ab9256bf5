"""What people do again and again in the stories, in their own words."""

from __future__ import annotations

from tests.stories.cast import Woman, receipt

JOINING = (
    ("¿Seguimos?", "si"),
    ("¿Aceptas?", "[Sí]"),
    ("Elige tu apodo", "2"),
    ("¿En qué ciudad", "[Lima]"),
    ("¿En qué distrito?", "[Cercado]"),
    ("¿En qué año", "1958"),
    ("¿Ahora estás sin trabajo?", "[Sí]"),
    ("¿Cuántas personas comen", "2"),
)
"""What she is asked, and what she answers."""


async def join(woman: Woman, payload: str) -> str:
    """By the deep link or the code: consent, alias, district, and what she may leave out. Gives her alias."""
    await woman.open(payload)
    await woman.answers(*JOINING)
    done = await woman.hears("Listo,")
    return done.partition(".")[0].removeprefix("Listo, ")


async def ask_for_food(woman: Woman, cover: str = "") -> str:
    """From the bare cry to the number of the request: five messages."""
    await woman.write(f"{cover} AYUDA".strip())
    await woman.answers(
        ("¿Qué necesitas?", "[Comida]"),
        ("¿Para cuántas", "3"),
        ("¿Para cuándo?", "[Hoy]"),
        ("¿Algo más", "no"),
    )
    return receipt(await woman.hears("Tu número es"))


async def give_food(donor: Woman, treasurer: Woman) -> str:
    """A stranger announces food, a treasurer has seen it come: only now it counts. Its number."""
    await donor.write("quiero donar viveres")
    await donor.hears("¿Qué vas a dar?")
    await donor.write("cosas")
    await donor.reads(lambda text: text.startswith("¿Qué vas a dar?"), "which goods")
    await donor.press("Comida")
    await donor.answers(
        ("¿Cuántas unidades", "3"),
        ("¿Hasta qué día", "no"),
        ("¿Para dónde?", "donde mas falte"),
    )
    gift = receipt(await donor.hears("Tu número es"))
    await treasurer.hears(gift, "¿Llegó?")
    await treasurer.press("Sí, llegó")
    await treasurer.hears("Anotado", gift)
    await donor.hears("Llegó lo tuyo", gift)
    return gift
