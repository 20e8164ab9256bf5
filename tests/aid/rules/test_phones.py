"""One spelling for every telephone."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.errors import NotUnderstood
from aid.rules.phones import e164


@pytest.mark.parametrize(
    "written",
    [
        "+51900000001",
        "+51 900 000 001",
        "0051900000001",
        "0051 900-000-001",
        "51900000001",
        "900000001",
        " 900 000 001 ",
        "900-000-001",
        "(900) 000.001",
        "900\u00a0000\u00a0001",
        "+51-900-000-001",
    ],
)
def test_every_way_of_writing_her_number_is_the_same_number(written: str) -> None:
    assert e164(written) == "+51900000001"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "105",
        "2000",
        "123456",
        "*123#",
        "*#06#",
        "#31#900000001",
        "CLARO",
        "1-800-FLOWERS",
        "900000001 ext 5",
        "900000001x5",
        "tel:+51900000001",
        "900000",
        "+51900",
        "+519000000011",
        "+999900000001",
        "9" * 400,
        "+",
        "mi numero es 900000001",
    ],
)
def test_what_is_no_telephone_is_not_understood_and_not_repeated(written: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        e164(written)
    assert caught.value.key == "error-phone"
    assert caught.value.values == {}
    assert caught.value.__cause__ is None


def test_a_fixed_line_in_lima_and_a_foreign_mobile_are_telephones() -> None:
    assert e164("01 4241234") == "+5114241234"
    assert e164("+34 612 345 678") == "+34612345678"


def test_another_region_reads_its_own_numbers() -> None:
    assert e164("612 345 678", region="ES") == "+34612345678"


@given(st.text())
def test_any_text_is_a_number_or_not_understood(text: str) -> None:
    with suppress(NotUnderstood):
        assert e164(text).startswith("+")


@given(st.integers(900_000_000, 999_999_999))
def test_spelling_it_again_changes_nothing(number: int) -> None:
    assert e164(e164(str(number))) == f"+51{number}"
