"""A question as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aid.messages import Message, Option
from aid.rules.segments import Alphabet, count
from bot.sms.menus import render
from tests.bot.sms.house import say


def test_answers_are_numbered_in_their_order() -> None:
    message = Message("what", options=(Option("food", "food"), Option("cash", "cash")))
    assert render(message, say, "es") == "¿Qué necesitas?\n1 comida 2 plata"


def test_a_notice_without_answers_is_only_its_words() -> None:
    assert render(Message("notice", {"code": "K7P4"}), say, "es") == "Hay un aviso para ti. Responde K7P4"


def test_labels_that_are_data_are_folded_like_all_words() -> None:
    message = Message("what", options=(Option("rimac", "plain", {"text": "Rímac"}),))
    assert render(message, say, "es").endswith("1 Rimac")


@given(st.lists(st.text(), max_size=5))
def test_whatever_it_says_is_in_the_gsm_alphabet(labels: list[str]) -> None:
    options = tuple(Option(str(n), "plain", {"text": label}) for n, label in enumerate(labels))
    assert count(render(Message("what", options=options), say, "es")).alphabet is Alphabet.GSM7
