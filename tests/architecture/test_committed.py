import re
from collections.abc import Iterable

import pytest

from tests.architecture.sources import FLOORS, committed, named, text, under

# Written in pieces, so that this file passes its own test.
HOSTS = [
    "pypi." + "org",
    "pythonhosted." + "org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "releases/" + "download",
]
PLACES = ["/ro" + "ot/", "/wo" + "rk/", "/opt/" + "pypi", "/ho" + "me/", "/Us" + "ers/", "file:/" + "//"]
LATER = re.compile(r"(#|//|/\*|<!--|--)\s*(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def holding(words: Iterable[str]) -> list[str]:
    return [f"{named(path)}: {word}" for path in committed() for word in words if word in text(path)]


def test_no_file_names_a_place_to_download_from() -> None:
    assert holding(HOSTS) == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert holding(PLACES) == []


def test_nothing_is_left_for_later_in_a_comment() -> None:
    kinds = (".py", ".sh", ".js", ".css", ".html", ".ftl", ".toml", ".yaml", ".mjs")
    late = [
        named(path) for path in under(*FLOORS, "tests", "scripts", suffixes=kinds) if LATER.search(text(path))
    ]
    assert late == []


@pytest.mark.parametrize("line", ["x = 1  # TO" + "DO: later", "<!-- FIX" + "ME -->", "//TO" + "DO"])
def test_the_search_for_what_is_left_for_later_finds_it(line: str) -> None:
    assert LATER.search(line)


def test_a_shouted_todo_of_a_member_is_not_work_left_for_later() -> None:
    assert not LATER.search('("NECESITO TO' + 'DO", "ask")')


def test_every_requirement_is_locked_by_its_hash() -> None:
    for path in under("requirements", suffixes=(".txt",)):
        blocks = re.split(r"\n(?=\S)", text(path))
        assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_what_runs_and_what_tests_it_have_the_same_versions() -> None:
    pins = re.compile(r"^(\S+==\S+)", re.MULTILINE)
    run, dev = (
        set(pins.findall(text(path)))
        for path in sorted(under("requirements", suffixes=(".txt",)), reverse=True)
    )
    assert run - dev == set()
