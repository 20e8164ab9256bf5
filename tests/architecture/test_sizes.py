from pathlib import Path

from tests.architecture.sources import FLOORS, ROOT, named, text, under

MOST_LINES = 300
MIGRATIONS = ROOT / "aid" / "store" / "migrations" / "versions"


def too_long(paths: list[Path]) -> list[str]:
    return [named(path) for path in paths if len(text(path).splitlines()) > MOST_LINES]


def test_every_file_can_be_read_in_one_sitting() -> None:
    # Lists of words (.toml, .ftl) are looked up, not read; migrations are generated from the tables.
    read = under(*FLOORS, suffixes=(".py", ".html", ".js", ".css"))
    assert too_long([path for path in read if path.parent != MIGRATIONS]) == []


def test_no_room_is_called_after_nothing() -> None:
    empty_words = {"utils", "util", "helpers", "common", "manager", "base", "misc"}
    assert [named(path) for path in under(*FLOORS) if path.stem in empty_words] == []
