"""Sums as people type them, and as they read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.errors import NotUnderstood
from aid.rules.money import LARGEST_SOLES, Centimos, band, read_soles, say_soles

sums = st.integers(1, LARGEST_SOLES * 100).map(Centimos)


@pytest.mark.parametrize(
    ("typed", "centimos"),
    [
        ("50", 5000),
        ("S/ 50", 5000),
        ("S/.50", 5000),
        ("s/50.00", 5000),
        ("50 soles", 5000),
        ("50soles.", 5000),
        ("50 lucas", 5000),
        ("50.5", 5050),
        ("50,50", 5050),
        ("0.10", 10),
        (" 1 200 ", 120_000),
        ("1,200", 120_000),
        ("1,200.50", 120_050),
        ("1.200,50", 120_050),
        ("1,000,000", 100_000_000),
        ("unos 30 soles", 3000),
        ("un sol", 100),
        ("veinte", 2000),
        ("veinticinco", 2500),
        ("veinte y cinco", 2500),
        ("cincuenta", 5000),
        ("SINCUENTA soles", 5000),
        ("cien", 10_000),
        ("ciento veinte", 12_000),
        ("doscientas lucas", 20_000),
        ("quinientos cincuenta y cinco", 55_500),
        ("mil soles", 100_000),
    ],
)
def test_a_sum_is_read_as_people_type_it(typed: str, centimos: int) -> None:
    assert read_soles(typed) == centimos


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "S/", "soles", "0", "0.00", "-5", "50.123", "1.200", "1,20,0", "50 50", "50 o 60", "$50",
        "50 dolares", "1000000.01", "900000001", "9" * 5000, "arroz", "mil mil", "y", "٥٠", "½", "1e3", "nan",
    ],
)  # fmt: skip
def test_what_is_no_sum_is_asked_again(typed: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_soles(typed)
    assert refused.value.key == "error-amount"


@given(sums)
def test_what_we_say_is_read_back_to_the_centimo(centimos: Centimos) -> None:
    assert read_soles(say_soles(centimos)) == centimos


@given(st.integers(0, LARGEST_SOLES), st.text("0123456789", min_size=3, max_size=9), st.sampled_from(".,"))
def test_more_than_two_decimals_never_become_a_smaller_sum(soles: int, decimals: str, point: str) -> None:
    try:
        centimos = read_soles(f"{soles}{point}{decimals}")
    except NotUnderstood:
        return
    assert (point, centimos) == (",", int(f"{soles}{decimals}") * 100)


@given(st.text())
def test_any_text_is_a_positive_whole_sum_or_politely_refused(text: str) -> None:
    try:
        centimos = read_soles(text)
    except NotUnderstood:
        return
    assert type(centimos) is int
    assert 0 < centimos <= LARGEST_SOLES * 100


@pytest.mark.parametrize(
    ("centimos", "said"),
    [(5000, "S/ 50.00"), (5, "S/ 0.05"), (0, "S/ 0.00"), (120_050, "S/ 1,200.50"), (-50, "-S/ 0.50")],
)
def test_a_sum_is_said_with_two_decimals(centimos: int, said: str) -> None:
    assert say_soles(Centimos(centimos)) == said


@pytest.mark.parametrize(
    ("centimos", "key"),
    [
        (100, "band-small"),
        (4999, "band-small"),
        (5000, "band-medium"),
        (15_000, "band-medium"),
        (15_001, "band-large"),
    ],
)
def test_a_volunteer_sees_only_a_band(centimos: int, key: str) -> None:
    assert band(Centimos(centimos)) == key
