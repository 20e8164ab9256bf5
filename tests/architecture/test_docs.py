"""What a person can set and type stands in the documentation, and its own links lead somewhere."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import typer
from pydantic import BaseModel

import bot.commands
from tests.architecture.dependencies import asked_for
from tests.architecture.sources import FLOORS, ROOT, committed, named, text, under

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def documentation() -> str:
    pages = [path for path in committed() if path.suffix == ".md" and path.name != "CHANGELOG.md"]
    return "\n".join(text(path) for path in pages)


def settings() -> Iterator[str]:
    """Every AYNI_ variable: the fields of every class that declares a prefix for them."""
    for path in under("config", "bot/sms/providers"):
        importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
    for kind in _kinds(BaseModel):
        prefix = str(kind.model_config.get("env_prefix") or getattr(kind, "prefix", "")).upper()
        if kind.__module__.partition(".")[0] in FLOORS and prefix.startswith("AYNI_"):
            yield from (f"{prefix}{field.upper()}" for field in kind.model_fields)


def _kinds(parent: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from _kinds(kind)


def commands() -> Iterator[str]:
    """Every `ayni` command."""
    for room in pkgutil.iter_modules(bot.commands.__path__, "bot.commands."):
        importlib.import_module(room.name)
    app = getattr(bot.commands, "app", None)
    if isinstance(app, typer.Typer):
        command = typer.main.get_command(app)
        yield from getattr(command, "commands", {})


def test_every_setting_is_documented() -> None:
    assert sorted(name for name in settings() if name not in documentation()) == []


def test_every_setting_is_in_the_example() -> None:
    example = text(ROOT / ".env.example")
    assert sorted(name for name in settings() if name not in example) == []


def test_every_setting_of_the_example_exists() -> None:
    known = set(settings())
    named_there = set(re.findall(r"AYNI_[A-Z0-9_]+", text(ROOT / ".env.example")))
    assert (
        sorted(name for name in named_there if name.removesuffix("_FILE") not in known and name not in known)
        == []
    )


def test_every_command_is_documented() -> None:
    assert sorted(name for name in commands() if f"ayni {name}" not in documentation()) == []


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [path for path in committed() if path.suffix == ".md"]
    links = ((page, link) for page in pages for link in LINK.findall(text(page)))
    assert [f"{named(page)}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_every_library_is_explained() -> None:
    page = text(ROOT / "docs" / "dependencies.md")
    assert sorted(name for name in asked_for() if f"| {name} |" not in page) == []
