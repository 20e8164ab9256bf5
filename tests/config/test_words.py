"""The page of words names every word that is typed, under each role that may type it."""

from __future__ import annotations

import re
from pathlib import Path

from aid import members
from bot.dialogue.flows import BOOK
from config.texts import say
from tests.config.spoken import TERMINAL, entries

PAGE = Path(__file__).parents[2] / "docs" / "organisers" / "words.md"
EVERYBODY = "Todas"
SECTIONS = {
    "member": "Integrante",
    "volunteer": "Voluntaria",
    "donor": EVERYBODY,
    "treasurer": "Tesorera",
    "organiser": "Organizadora",
    "auditor": "Auditora",
    members.DUTY: "De guardia",
}


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def shouted(key: str) -> str:
    """How the page writes a word: the first of its spellings, in capitals, in the first column."""
    return f"| `{say(key, {}).split(',')[0].strip().upper()}` |"


def missing(page: str) -> list[str]:
    typed = [key for key, (path, _) in entries("es").items() if path.name != TERMINAL]
    return [key for key in typed if key.startswith("command-") and shouted(key) not in page]


def test_every_word_is_on_the_page() -> None:
    assert missing(PAGE.read_text("utf-8")) == []


def test_a_word_that_is_not_on_the_page_is_noticed() -> None:
    assert "command-collect" in missing(PAGE.read_text("utf-8").replace("`COBRO`", "`OTRO`"))


def test_every_word_stands_under_each_role_that_may_type_it() -> None:
    parts = sections()
    absent = [
        (command.words, role)
        for command in BOOK.commands
        for role in command.roles
        if shouted(command.words) not in parts[EVERYBODY] + parts[SECTIONS[role]]
    ]
    assert absent == []


def test_every_role_has_its_section() -> None:
    assert set(SECTIONS) == {*members.ROLES, members.DUTY}
    assert set(SECTIONS.values()) == set(sections())
