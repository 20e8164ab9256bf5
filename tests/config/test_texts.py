"""Every language says the same things: the same keys, forms and arguments, and every form can be said."""

from __future__ import annotations

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from aid.rules.segments import Alphabet, count
from config.texts import FOLDER, languages, say
from tests.config.spoken import MENUS, as_sms, entries, is_said, used, ways

OTHERS = [language for language in languages() if language != "es"]


def forms(language: str, key: str) -> set[str]:
    return {"", *(attribute.id.name for attribute in entries(language)[key][1].attributes)}


def test_there_are_two_languages_at_least() -> None:
    assert {"es", "en"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_file_is_fluent_from_end_to_end(language: str) -> None:
    broken = [
        (path.name, entry.content)
        for path in sorted((FOLDER / language).glob("*.ftl"))
        for entry in FluentParser().parse(path.read_text("utf-8")).body
        if isinstance(entry, fluent.Junk)
    ]
    assert broken == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_files_and_keys(language: str) -> None:
    assert {key: path.name for key, (path, _) in entries(language).items()} == {
        key: path.name for key, (path, _) in entries("es").items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_the_same_forms_with_the_same_arguments(language: str) -> None:
    shared = sorted(set(entries(language)) & set(entries("es")))
    different = [
        (key, form)
        for key in shared
        for form in forms("es", key) | forms(language, key)
        if forms("es", key) != forms(language, key)
        or used("es", key, form).arguments != used(language, key, form).arguments
    ]
    assert different == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_choice_is_made_in_every_language(language: str) -> None:
    plural = {"one", "other", "two", "few", "many", "zero"}
    shared = sorted(set(entries(language)) & set(entries("es")))
    different = [
        (key, form, name)
        for key in shared
        for form in forms("es", key) & forms(language, key)
        for name, choices in used("es", key, form).chosen.items()
        if choices - plural != used(language, key, form).chosen.get(name, set()) - plural
    ]
    assert different == []


@pytest.mark.parametrize("language", languages())
def test_every_form_of_every_text_can_be_said(language: str) -> None:
    for key in entries(language):
        for form in forms(language, key):
            for values in ways(language, key, form):
                assert say(f"{key}.{form}" if form else key, values, language=language)


@pytest.mark.parametrize("language", languages())
def test_every_sms_is_spelled_in_the_alphabet_of_cheap_telephones(language: str) -> None:
    said = [key for key in entries(language) if is_said(language, key)]
    assert {count(text).alphabet for key in said for text in as_sms(language, key)} == {Alphabet.GSM7}


def test_every_menu_belongs_to_a_text() -> None:
    assert sorted(set(MENUS) - set(entries("es"))) == []
