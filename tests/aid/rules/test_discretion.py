"""What an SMS may say while others look."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.rules.discretion import Lists, faults

DEFAULTS = Path(__file__).parents[3] / "config" / "defaults" / "discretion.toml"
TABLE = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
LISTS = Lists(tuple(TABLE["never"]), tuple(TABLE["not_first"])).naming(["Red Amancay", "RedTS"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Red Amancay te saluda", ["red amancay"]),
        ("red   AMANCAY", ["red   amancay"]),
        ("la redts", ["redts"]),
        ("Trabajadora sexual", ["trabajadora sexual"]),
        ("Prueba de VIH el lunes", ["vih"]),
        ("prueba de V.I.H.", ["vih"]),
        ("la P.N.P llegó", ["pnp"]),
        ("tu vacuna, 2da dosis", ["vacuna", "dosis"]),
        ("VACUNACIÓN", ["vacunacion"]),
        ("la policía", ["policia"]),
        ("POLICÍAS y serenazgo", ["policias", "serenazgo"]),
        ("S/ 50", ["s/ 50"]),
        ("s/.50.00", ["s/.50.00"]),
        ("S/50", ["s/50"]),
        ("son S/.", ["s/."]),
        ("50 soles", ["50 soles", "soles"]),
        ("cien soles", ["soles"]),
        ("1 sol", ["1 sol"]),
        ("20 lucas", ["20 lucas", "lucas"]),
        ("$20 o US$ 30", ["$20", "us$ 30"]),
        ("PEN 40", ["pen 40"]),
        ("40 mangos", ["40 mangos"]),
        ("you are ill, the police came", ["ill", "police"]),
    ],
)
def test_what_is_never_said_is_named(text: str, named: list[str]) -> None:
    assert faults(text, LISTS, first=False) == named
    assert faults(text, LISTS, first=True) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("tu AYUDA llegó", ["ayuda"]),
        ("ayúdame", ["ayudame"]),
        ("hay alimentos", ["alimentos"]),
        ("un alimento", ["alimento"]),
        ("víveres y plata", ["viveres", "plata"]),
        ("tu medicina y tus pastillas", ["medicina", "pastillas"]),
        ("el alquiler del cuarto", ["alquiler", "cuarto"]),
        ("la reunión del sábado", ["reunion"]),
        ("reuniones", ["reuniones"]),
        ("un regalo, una donación", ["regalo", "donacion"]),
        ("your food and rent; a gift", ["food", "rent", "gift"]),
        ("help with cash and medicine at the meeting", ["help", "cash", "medicine", "meeting"]),
    ],
)
def test_what_may_only_be_said_in_answer_is_named_when_it_comes_first(text: str, named: list[str]) -> None:
    assert faults(text, LISTS, first=True) == named
    assert faults(text, LISTS, first=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "Hay un aviso para ti. Responde K7P4",
        "Hay un aviso en tu zona. Responde K7P4",
        "There is a notice for you. Reply K7P4",
        "El ayudante viene con sol y girasoles",
        "consolar, insolente, solo, el sol sale",
        "Un día de sol, a las 5",
        "1 si 2 no 3 hablar con alguien",
        "Tu numero es 4512. Gracias",
        "¿Sigues ahí? Responde SI",
        "Pronto te llama alguien",
        "It is its own reward",
        "platano, panal, doña Rosa, el baño",
        "24/7 y/o 1/2",
        "parent, current, rented",
        "",
    ],
)
def test_harmless_words_are_left_alone(text: str) -> None:
    assert faults(text, LISTS, first=True) == []


@given(
    st.sampled_from(TABLE["never"]),
    st.sampled_from(["", "Hola, ", "¡"]),
    st.sampled_from(["", ".", "!", " 3"]),
)
def test_every_entry_is_found_in_any_dress(entry: str, before: str, after: str) -> None:
    word = entry.rstrip("*")
    for dress in (word, word.upper(), word.title()):
        assert faults(before + dress + after, LISTS, first=False)


@given(st.text())
def test_answers_have_never_more_faults_than_first_words(text: str) -> None:
    assert set(faults(text, LISTS, first=False)) <= set(faults(text, LISTS, first=True))


def test_an_organisation_without_names_adds_nothing() -> None:
    lists = Lists((), ())
    assert faults("Hola a todas", lists.naming(["", "*"]), first=True) == []
