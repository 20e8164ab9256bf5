"""T19: no SMS betrays her to whoever reads her telephone, and each is one message to pay for."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from aid.rules.discretion import Lists, faults
from aid.rules.segments import count, fits
from config.texts import languages
from tests.config.spoken import as_sms, entries, is_said, openers

DEFAULTS = Path(__file__).parents[2] / "config" / "defaults" / "discretion.toml"
TABLE = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
LISTS = Lists(tuple(TABLE["never"]), tuple(TABLE["not_first"])).naming(["Red Amancay"])
SAID = [
    (language, key) for language in languages() for key in sorted(entries(language)) if is_said(language, key)
]


@pytest.mark.parametrize(("language", "key"), SAID)
def test_no_sms_says_what_an_sms_never_says(language: str, key: str) -> None:
    said = as_sms(language, key)
    assert [(text, found) for text in said if (found := faults(text, LISTS, first=False))] == []


@pytest.mark.parametrize(("language", "key"), SAID)
def test_every_sms_with_its_menu_is_one_message(language: str, key: str) -> None:
    assert [(count(text).units, text) for text in as_sms(language, key) if not fits(text)] == []


@pytest.mark.parametrize("language", languages())
def test_no_first_word_says_what_it_is_about(language: str) -> None:
    said = list(openers(language))
    assert [(key, text) for key, text in said if faults(text, LISTS, first=True)] == []
    assert [(key, text) for key, text in said if not fits(text)] == []


def test_first_words_are_there_to_be_judged() -> None:
    assert {key for key, _ in openers("es")} >= {"opener", "offer-new.opener", "alarm-new.opener"}


@pytest.mark.parametrize(
    "text",
    [
        "Hola, te escribe Red Amancay",
        "La policia viene al operativo",
        "Tu vacuna es el lunes",
        "Te tocan S/ 50",
        "Reunion de trabajadoras sexuales",
    ],
)
def test_a_text_that_betrays_her_fails(text: str) -> None:
    assert faults(text, LISTS, first=False)


def test_a_text_that_is_too_long_fails() -> None:
    assert not fits("a" * 161)
