"""Codes that people say aloud and type on cheap keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.rules.receipts import (
    RECEIPT_ALPHABET,
    RECEIPT_LETTERS,
    ask_code,
    hand_over_code,
    read_code,
    read_hand_over_code,
    receipt_number,
)

chance = st.binary(min_size=16, max_size=16)


@given(chance)
def test_no_code_holds_a_sign_that_looks_like_another(random_bytes: bytes) -> None:
    assert not set("01ILO") & set(receipt_number(random_bytes) + ask_code(random_bytes))


@given(chance)
def test_the_same_bytes_give_the_same_code(random_bytes: bytes) -> None:
    for make in (receipt_number, ask_code, hand_over_code):
        assert make(random_bytes) == make(random_bytes)


@given(chance)
def test_each_code_has_its_form(random_bytes: bytes) -> None:
    assert len(receipt_number(random_bytes)) == 6
    assert set(receipt_number(random_bytes)) <= set(RECEIPT_ALPHABET)
    assert receipt_number(random_bytes)[0].isalpha()
    assert [sign.isalpha() for sign in ask_code(random_bytes)] == [True, False, True, False]
    assert len(hand_over_code(random_bytes)) == 6
    assert hand_over_code(random_bytes).isdecimal()


@given(st.lists(chance, min_size=50, max_size=50, unique=True))
def test_other_bytes_give_other_codes_often_enough(many: list[bytes]) -> None:
    possible = len(RECEIPT_LETTERS) * len(RECEIPT_ALPHABET) ** 5
    numbers = [int.from_bytes(random_bytes) % possible for random_bytes in many]
    assert len({receipt_number(random_bytes) for random_bytes in many}) == len(set(numbers))


@pytest.mark.parametrize("make", [receipt_number, ask_code, hand_over_code])
def test_too_little_chance_is_an_error_not_a_weak_code(make: Callable[[bytes], str]) -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        make(b"short")


@given(
    chance,
    st.sampled_from(["{}", "{}.", " {} ", "mi codigo es {}", "Es el {}, gracias", "si {} voy", "¡{}!"]),
    st.sampled_from(["", " ", "-", ". "]),
    st.sampled_from([str.lower, str.upper]),
)
def test_an_ask_code_is_read_however_it_is_typed(
    random_bytes: bytes, around: str, gap: str, press: Callable[[str], str]
) -> None:
    code = ask_code(random_bytes)
    typed = around.format(code[:2] + gap + code[2:])
    assert read_code(press(typed)) == code


@pytest.mark.parametrize(
    "text",
    [
        "", "si", "ayuda", "necesito 2 kilos de arroz", "vivo en Mz K7 P4", "4x4 a2", "K7P44", "xK7P4",
        "I7P4", "K0P4", "K7P4 o M8R5", "S/ 50", "somos 3 y 2 wawas", "15B2",
        "no me llega nada, ya van 3 dias que espero el K7P4",
    ],
)  # fmt: skip
def test_what_is_no_single_ask_code_is_left_alone(text: str) -> None:
    assert read_code(text) is None


@given(
    st.lists(st.text("abcdefghijklmnñopqrstuvwxyzáéíóú", min_size=1, max_size=12), max_size=8).map(" ".join)
)
def test_ordinary_words_are_never_a_code(text: str) -> None:
    assert read_code(text) is None
    assert read_hand_over_code(text) is None


@given(
    st.lists(st.text("abcdefghijklmnñopqrstuvwxyz", min_size=2) | st.integers(0, 999).map(str)).map(" ".join)
)
def test_words_and_numbers_apart_are_never_an_ask_code(text: str) -> None:
    assert read_code(text) is None


@given(chance, st.sampled_from(["{}", "es {}", "{}.", "codigo:{} ok"]), st.sampled_from(["", " ", "-", "."]))
def test_a_hand_over_code_is_read_however_it_is_typed(random_bytes: bytes, around: str, gap: str) -> None:
    code = hand_over_code(random_bytes)
    assert read_hand_over_code(around.format(code[:3] + gap + code[3:])) == code


@pytest.mark.parametrize(
    "text", ["12345", "1234567", "900 000 001", "+51900000001", "123456 o 654321", "1 2 3 4 5 6"]
)
def test_telephones_and_halves_are_no_hand_over_code(text: str) -> None:
    assert read_hand_over_code(text) is None
