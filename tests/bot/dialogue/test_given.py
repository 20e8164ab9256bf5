"""What the first words of a giver say already."""

from __future__ import annotations

import pytest

from aid.errors import NotUnderstood
from bot.dialogue.engine import yes_or_no as question
from bot.dialogue.given import Given, operation, read, worded


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("donar", Given()),
        ("quiero donar 50 soles", Given("centimos:5000")),
        ("dono S/ 50.50", Given("centimos:5050")),
        ("dono s/20 para las chicas", Given("centimos:2000")),
        ("quiero donar 50", Given("centimos:5000")),
        ("quiero dar cincuenta soles", Given("centimos:5000")),
        ("quiero dar ciento cincuenta soles", Given("centimos:15000")),
        ("ya yapeé 50 soles operacion 123456", Given("centimos:5000", paid=True, operation="123456")),
        ("yapee 50 soles op 00123456", Given("centimos:5000", paid=True, operation="00123456")),
        ("operacion 123456", Given("", paid=True, operation="123456")),
        ("ya yapee", Given("", paid=True)),
        ("dono 10 kilos de arroz", Given()),
        ("tengo 20 frazadas para donar", Given()),
    ],
)
def test_sum_operation_and_payment_are_found(text: str, told: Given) -> None:
    assert read(text, "es") == told


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("123456", "123456"),
        ("es el 00123456.", "00123456"),
        ("op: ab12345", "AB12345"),
        ("AB12345", "AB12345"),
    ],
)
def test_an_operation_number_is_read_without_what_stands_around_it(text: str, number: str) -> None:
    assert operation("gift-operation").read(text) == number


@pytest.mark.parametrize("text", ["", "no sé", "123", "123456 o 654321", "ya está"])
def test_what_holds_no_single_operation_number_is_asked_again(text: str) -> None:
    with pytest.raises(NotUnderstood):
        operation("gift-operation").read(text)


@pytest.mark.parametrize(("text", "answer"), [("1", "yes"), ("ya lo yapee", "yes"), ("no, despues", "no")])
def test_words_of_the_locale_answer_too(text: str, answer: str) -> None:
    paid = worded(question("gift-paid"), {"yes": "words-paid", "no": "words-later"}, "es")
    assert paid.read(text) == answer
    with pytest.raises(NotUnderstood):
        paid.read("quien sabe")
