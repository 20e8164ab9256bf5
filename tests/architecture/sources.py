"""The files of the project, read once, for the tests that judge them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOORS = ("aid", "bot", "jobs", "config")


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git holds or would take; without git, every file outside hidden folders."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=False, capture_output=True, text=True)
    if listed.returncode:
        found = (path for path in ROOT.rglob("*") if path.is_file())
        return tuple(path for path in found if not path.relative_to(ROOT).parts[0].startswith("."))
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def under(*folders: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    """The committed files of some folders with these endings."""
    roots = tuple(ROOT / folder for folder in folders)
    return (
        path for path in committed() if path.suffix in suffixes and any(path.is_relative_to(r) for r in roots)
    )


@cache
def text(path: Path) -> str:
    """What a file says; nothing for one that is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(text(path))


def named(path: Path) -> str:
    """A file as one speaks of it."""
    return str(path.relative_to(ROOT))
