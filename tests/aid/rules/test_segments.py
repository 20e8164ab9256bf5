"""What a text costs, and how it is folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.rules.segments import GSM, GSM_DOUBLE, Alphabet, Segments, count, fits, fold

PRAYER, FAMILY = "🙏", "👩‍👧"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Segments(Alphabet.GSM7, 0, 0)),
        ("a" * 160, Segments(Alphabet.GSM7, 160, 1)),
        ("a" * 161, Segments(Alphabet.GSM7, 161, 2)),
        ("a" * 306, Segments(Alphabet.GSM7, 306, 2)),
        ("a" * 307, Segments(Alphabet.GSM7, 307, 3)),
        ("€" * 80, Segments(Alphabet.GSM7, 160, 1)),
        ("€" * 81, Segments(Alphabet.GSM7, 162, 2)),
        ("€" * 153, Segments(Alphabet.GSM7, 306, 3)),  # 76 pairs to a part: no pair is split
        ("ñéü¿¡", Segments(Alphabet.GSM7, 5, 1)),
        ("á" * 70, Segments(Alphabet.UCS2, 70, 1)),
        ("á" * 71, Segments(Alphabet.UCS2, 71, 2)),
        ("á" * 134, Segments(Alphabet.UCS2, 134, 2)),
        ("á" * 135, Segments(Alphabet.UCS2, 135, 3)),
        (PRAYER * 35, Segments(Alphabet.UCS2, 70, 1)),
        (PRAYER * 67, Segments(Alphabet.UCS2, 134, 3)),  # 33 pairs to a part
        ("€á", Segments(Alphabet.UCS2, 2, 1)),
    ],
)
def test_a_text_costs_what_the_network_bills(text: str, expected: Segments) -> None:
    assert count(text) == expected


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Reunión el sábado, más tú", "Reunion el sabado, mas tu"),
        ("ÁÍÓÚ É", "AIOU É"),
        ("año, pingüino, ¿qué? ¡sí!", "año, pingüino, ¿qué? ¡si!"),
        ("an\u0303o de cafe\u0301", "año de café"),
        ("“Hola”—dijo… ‘ya’", "\"Hola\"-dijo... 'ya'"),
        ("2º piso, 3ª puerta, 20°", "2o piso, 3a puerta, 20o"),
        ("uno\u00a0dos\u2068tres\u2069", "uno dostres"),
        ("co\u00e7ar", "cocar"),
        ("½ taza", "1/2 taza"),
        (f"gracias {PRAYER}", "gracias ?"),
        (FAMILY, "??"),
        ("\ud800", "?"),
        ("precio: 5 €", "precio: 5 €"),
    ],
)
def test_folding_keeps_the_letters_that_carry_meaning(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_text_that_fits_only_when_folded_fits() -> None:
    assert fits("á" * 160)
    assert not fits("a" * 161)


@given(st.text())
def test_folded_text_is_always_in_the_gsm_alphabet(text: str) -> None:
    assert count(fold(text)).alphabet is Alphabet.GSM7


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=sorted(GSM | GSM_DOUBLE)))
def test_what_is_in_the_alphabet_stays_as_it_is(text: str) -> None:
    assert fold(text) == text


@given(st.text(max_size=500))
def test_segments_have_room_for_all_units_and_none_is_wasted(text: str) -> None:
    told = count(text)
    alone, part = (160, 153) if told.alphabet is Alphabet.GSM7 else (70, 67)
    assert told.units <= max(alone, told.segments * part)
    assert told.segments <= 1 or told.units > (told.segments - 1) * (part - 1)
