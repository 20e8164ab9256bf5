"""Days as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from aid.errors import NotUnderstood
from bot.dialogue.dates import coming_day, day_of, end_of, past_day
from bot.dialogue.engine import PASS

TODAY = date(2026, 5, 28)
LIMA = "America/Lima"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hoy", "2026-05-28"),
        ("1", "2026-05-28"),
        ("Ayer", "2026-05-27"),
        ("2", "2026-05-27"),
        ("12/5", "2026-05-12"),
        ("el 12-05", "2026-05-12"),
        ("12.5.26", "2026-05-12"),
        ("12 de mayo", "2026-05-12"),
        ("3 de SETIEMBRE del 2025", "2025-09-03"),
        ("28/12", "2025-12-28"),
        ("2026-05-12", "2026-05-12"),
    ],
)
def test_a_day_of_payment_is_read_and_lies_in_the_past(text: str, day: str) -> None:
    question = past_day("gift-day", TODAY, "es")
    assert question.read(text) == day
    assert question.read(day) == day


@pytest.mark.parametrize("text", ["", "mañana", "29/5", "31/2", "45/1", "12", "hace rato", "5 de nada"])
def test_what_is_no_past_day_is_asked_again(text: str) -> None:
    with pytest.raises(NotUnderstood):
        past_day("gift-day", TODAY, "es").read(text)


@pytest.mark.parametrize(("text", "day"), [("30/6", "2026-06-30"), ("2 enero", "2027-01-02"), ("1", PASS)])
def test_a_day_until_which_it_keeps_lies_ahead_or_there_is_none(text: str, day: str) -> None:
    question = coming_day("gift-use-by", TODAY, "es", "gift-option-keeps")
    assert question.read(text) == day
    assert question.read(day) == day


@pytest.mark.parametrize("text", ["28/5", "20/4", "ayer", "12/5/2026", "nunca"])
def test_what_is_no_coming_day_is_asked_again(text: str) -> None:
    with pytest.raises(NotUnderstood):
        coming_day("gift-use-by", TODAY, "es", "gift-option-keeps").read(text)


def test_a_day_ends_at_midnight_where_the_organisation_is() -> None:
    over = end_of(TODAY, LIMA)
    assert datetime.fromtimestamp(over / 1000, UTC) == datetime(2026, 5, 29, 5, tzinfo=UTC)
    assert day_of(over - 1, LIMA) == TODAY
    assert day_of(over, LIMA) == date(2026, 5, 29)
