"""What a text means to a question that is open."""

from __future__ import annotations

import pytest

from bot.dialogue.words import yes_or_no


@pytest.mark.parametrize(
    ("text", "answer"), [("yes", True), ("1", True), ("si", True), ("2", False), ("NO", False), ("", None)]
)
def test_a_yes_or_no_beside_a_code_is_understood(text: str, answer: bool | None) -> None:  # noqa: FBT001 - the case
    assert yes_or_no(text, "es") is answer
    assert yes_or_no(text, "es", strictly=True) is answer
    assert yes_or_no("48.50", "es") is None


@pytest.mark.parametrize(("text", "answer"), [("la tomo", True), ("lo devuelvo", False)])
def test_taking_and_giving_back_answer_all_but_what_money_hangs_on(text: str, answer: bool) -> None:  # noqa: FBT001 - the case
    assert yes_or_no(text, "es") is answer
    assert yes_or_no(text, "es", strictly=True) is None
