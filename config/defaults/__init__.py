"""What an installation starts with: categories, priorities, zones, words for aliases and for discretion.

These files seed the rows of an organisation at its birth; afterwards its rows decide, not the files.
`load(name)` reads one anew each time: keep what it returns.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Final, Literal, TypeAlias, overload

from pydantic import ConfigDict, TypeAdapter, with_config
from typing_extensions import TypedDict  # pydantic reads typing.TypedDict only from Python 3.12 on

Name: TypeAlias = Literal["aliases", "categories", "discretion", "priorities", "zones"]

_NO_OTHER_KEYS: Final = ConfigDict(extra="forbid")  # a misspelled key is a wrong file, not an ignored wish


@with_config(_NO_OTHER_KEYS)
class Aliases(TypedDict):
    """Nouns by gender; adjectives as (feminine, masculine)."""

    feminine: tuple[str, ...]
    masculine: tuple[str, ...]
    adjectives: tuple[tuple[str, str], ...]


@with_config(_NO_OTHER_KEYS)
class Category(TypedDict):
    """One thing that can be asked for; its label is the text category-<id>."""

    id: str
    kinds: tuple[Literal["cash", "goods"], ...]
    question: Literal["amount", "people"]


@with_config(_NO_OTHER_KEYS)
class Categories(TypedDict):
    """The file categories.toml."""

    category: tuple[Category, ...]


@with_config(_NO_OTHER_KEYS)
class Discretion(TypedDict):
    """What no SMS says, and what none says that does not answer hers."""

    never: tuple[str, ...]
    not_first: tuple[str, ...]


@with_config(_NO_OTHER_KEYS)
class Priorities(TypedDict):
    """Version and weights of the published order, named as `aid.rules.priority.Weights` names them."""

    version: int
    older_from: int
    older: int
    out_of_work: int
    dependant: int
    dependants_most: int


@with_config(_NO_OTHER_KEYS)
class District(TypedDict):
    """A district as people call it."""

    id: str
    name: str


@with_config(_NO_OTHER_KEYS)
class City(TypedDict):
    """A city and the districts of its one-digit menu."""

    id: str
    name: str
    districts: tuple[District, ...]


@with_config(_NO_OTHER_KEYS)
class Zones(TypedDict):
    """The file zones.toml."""

    city: tuple[City, ...]


_SHAPES: Final[dict[Name, TypeAdapter[Aliases | Categories | Discretion | Priorities | Zones]]] = {
    "aliases": TypeAdapter(Aliases),
    "categories": TypeAdapter(Categories),
    "discretion": TypeAdapter(Discretion),
    "priorities": TypeAdapter(Priorities),
    "zones": TypeAdapter(Zones),
}


@overload
def load(name: Literal["aliases"]) -> Aliases: ...
@overload
def load(name: Literal["categories"]) -> Categories: ...
@overload
def load(name: Literal["discretion"]) -> Discretion: ...
@overload
def load(name: Literal["priorities"]) -> Priorities: ...
@overload
def load(name: Literal["zones"]) -> Zones: ...
def load(name: Name) -> Aliases | Categories | Discretion | Priorities | Zones:
    """One of the files, checked. Raises pydantic.ValidationError, which names the entry that is wrong."""
    text = files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return _SHAPES[name].validate_python(tomllib.loads(text))
