"""Every word a person reads: in each language, with the same arguments, used, and asked for rightly."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from tests.architecture.sources import FLOORS, ROOT, named, text, tree, under

TEXTS = ROOT / "config" / "texts"
LANGUAGES = sorted({path.parent.name for path in under("config/texts", suffixes=(".ftl",))}) or ["es"]
SPEAKERS = {"Message", "say", "Refused", "NotUnderstood", "NotAllowed", "Misconfigured", "AyniError"}
PLAIN = "plain"  # says its value unchanged: a label that is data


class Names(Visitor):
    """What one text asks for: its arguments, and the other texts it takes in."""

    def __init__(self) -> None:
        self.arguments: set[str] = set()
        self.references: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - the library's naming
        self.arguments.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 - the library's naming
        self.references.add(node.id.name)


@cache
def texts(language: str) -> Mapping[str, Names]:
    """Every key of a language with what its text asks for."""
    found = {}
    for path in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser().parse(text(path)).body:
            assert not isinstance(entry, fluent.Junk), f"{named(path)}: {entry.content!r} is not Fluent"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{named(path)}: {entry.id.name} is there twice"
                found[entry.id.name] = Names()
                found[entry.id.name].visit(entry)
    return found


@cache
def written() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The strings of the program, and the patterns of those it puts together (f"category-{name}")."""
    plain: set[str] = set()
    patterns: set[str] = set()
    for node in (node for path in under(*FLOORS) for node in ast.walk(tree(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            plain.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            patterns.add("".join(_pieces(node)))
    for path in under("bot", "config/defaults", suffixes=(".html", ".toml", ".js")):
        plain.update(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text(path)))
    # A pattern counts only if it names the beginning of a key: f"{a}-{b}" would use them all.
    usable = (pattern for pattern in patterns if re.match(r"[a-z0-9]+-", pattern.replace("\\-", "-")))
    return frozenset(plain), tuple(re.compile(pattern) for pattern in usable)


def _pieces(node: ast.JoinedStr) -> Iterator[str]:
    for part in node.values:
        yield re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9-]+"


def is_used(key: str) -> bool:
    """Whether the program, or another text, asks for a key."""
    plain, patterns = written()
    taken_in = {name for names in texts("es").values() for name in names.references}
    return key in plain or key in taken_in or any(pattern.fullmatch(key) for pattern in patterns)


def asked_for() -> Iterator[tuple[Path, str]]:
    """Every key that the program names where it speaks."""
    for path in under(*FLOORS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and _name(node.func) in SPEAKERS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield path, first.value


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_with_the_same_arguments(language: str) -> None:
    spanish = {key: names.arguments for key, names in texts("es").items()}
    assert {key: names.arguments for key, names in texts(language).items()} == spanish


def test_no_text_is_left_that_nobody_says() -> None:
    assert sorted(key for key in texts("es") if not is_used(key)) == []


def test_every_text_the_program_asks_for_is_there() -> None:
    missing = {
        f"{named(path)}: {key}" for path, key in asked_for() if key != PLAIN and key not in texts("es")
    }
    assert sorted(missing) == []


def test_a_key_that_nobody_names_is_noticed() -> None:
    assert not is_used("geranio-que-nadie-dice")
