"""The lines of an installation: which organisation speaks through which bots and which SMS numbers.

AYNI_LINES_FILE lists several organisations; the single settings of .env are its short form for one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config import texts
from config.settings import PREFIX, Settings, WrongSetting, secret

FILE = "_file"


@dataclass(frozen=True, slots=True)
class Line:
    """One bot or one SMS number. `values`: the provider's settings by their names without prefix."""

    id: str
    kind: Literal["telegram", "sms"]
    provider: str
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class House:
    """An organisation and its lines."""

    slug: str
    name: str
    zone: str
    language: str
    lines: tuple[Line, ...]


class _Entry(BaseModel):
    """A bot or a number in the file: its name, and everything else is the provider's."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)
    name: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    provider: Literal["telegram", "android", "twilio", "kannel"] = "telegram"


class _House(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    slug: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    name: str
    zone: str = "America/Lima"
    language: str = "es"
    telegram: list[_Entry] = []
    sms: list[_Entry] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    organisation: list[_House] = Field(min_length=1)


def houses(settings: Settings, values: Mapping[str, str]) -> tuple[House, ...]:
    """Every organisation of the installation. Raises WrongSetting."""
    found = _from_file(settings.lines_file) if settings.lines_file else (_single(settings, values),)
    ids = [line.id for house in found for line in house.lines]
    if len(set(ids)) < len(ids) or len({house.slug for house in found}) < len(found):
        raise WrongSetting("AYNI_LINES_FILE: two lines or two organisations have the same name")
    for house in found:
        _check(house)
    return found


def _check(house: House) -> None:
    try:
        ZoneInfo(house.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongSetting(f"AYNI_ZONE: {house.slug} has no such time zone") from None
    if house.language not in texts.languages():
        raise WrongSetting(f"AYNI_LANGUAGE: {house.slug} has a language without texts")


def _single(settings: Settings, values: Mapping[str, str]) -> House:
    lines = []
    slug = settings.organisation
    if token := settings.telegram_token.get_secret_value():
        api = {"api_url": settings.telegram_api_url} if settings.telegram_api_url else {}
        lines.append(Line(f"telegram:{slug}", "telegram", "telegram", {"token": token} | api))
    if provider := settings.sms_provider:
        prefix = f"{PREFIX}{provider.upper()}_"
        own = {
            name.removeprefix(prefix).lower(): value
            for name, value in values.items()
            if name.startswith(prefix)
        }
        lines.append(Line(f"sms:{slug}", "sms", provider, own))
    return House(slug, settings.organisation_name, settings.zone, settings.language, tuple(lines))


def _from_file(path: Path) -> tuple[House, ...]:
    try:
        kept = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise WrongSetting("AYNI_LINES_FILE: the file cannot be read as TOML") from None
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise WrongSetting(f"AYNI_LINES_FILE: {where}: {first['msg']}") from None
    return tuple(_house(house) for house in kept.organisation)


def _house(house: _House) -> House:
    telegram = [_line("telegram", entry) for entry in house.telegram]
    sms = [_line("sms", entry) for entry in house.sms]
    return House(house.slug, house.name, house.zone, house.language, (*telegram, *sms))


def _line(kind: Literal["telegram", "sms"], entry: _Entry) -> Line:
    """A line of the file; `token_file` names the file that holds `token`."""
    extra: dict[str, Any] = entry.model_extra or {}
    values = {
        name.removesuffix(FILE): secret(Path(str(value)), name) if name.endswith(FILE) else str(value)
        for name, value in extra.items()
    }
    return Line(f"{kind}:{entry.name}", kind, entry.provider, values)
