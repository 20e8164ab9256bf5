"""The lines of an installation: which organisation speaks through which bots and which SMS numbers.

AYNI_LINES_FILE lists several organisations; the single settings of .env are its short form for one.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from config import texts
from config.settings import PREFIX, Settings, WrongSetting, secret

FILE = "_file"
SLUG = r"^[a-z0-9-]{1,32}$"
NAME = "AYNI_LINES_FILE"


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


class _Bot(BaseModel):
    """A bot in the file, by a name of its own in the installation."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    name: str = Field(pattern=SLUG)
    token: str = Field(min_length=1)
    api_url: str = Field(default="", pattern=r"^(https?://[^\s]+)?$")


class _Number(BaseModel):
    """An SMS line in the file: its name, who carries it, and everything else is the provider's."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)
    name: str = Field(pattern=SLUG)
    provider: Literal["android", "twilio", "kannel"]


class _House(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    slug: str = Field(pattern=SLUG)
    name: str = Field(min_length=1)
    zone: str = "America/Lima"
    language: str = "es"
    telegram: list[_Bot] = []
    sms: list[_Number] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)
    organisation: list[_House] = Field(min_length=1)


def houses(settings: Settings, values: Mapping[str, str]) -> tuple[House, ...]:
    """Every organisation of the installation. Raises WrongSetting."""
    path = settings.lines_file
    found = (_single(settings, values),) if path is None else _from_file(path)
    _refuse_twins("two organisations", [house.slug for house in found])
    _refuse_twins("two lines", [line.id for house in found for line in house.lines])
    _refuse_twins("two bots", [line.values["token"] for line in _bots(found)], show=False)
    for house in found:
        _check(house, zone="AYNI_ZONE" if path is None else f"{NAME}: {house.slug}: zone")
    return found


def _bots(found: tuple[House, ...]) -> list[Line]:
    return [line for house in found for line in house.lines if line.kind == "telegram"]


def _refuse_twins(what: str, names: list[str], *, show: bool = True) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise WrongSetting(f"{NAME}: {what} " + (f"are called {name}" if show else "have the same token"))


def _check(house: House, *, zone: str) -> None:
    try:
        ZoneInfo(house.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is not one: IsADirectoryError
        raise WrongSetting(f"{zone}: there is no such time zone") from None
    if house.language not in texts.languages():
        language = zone.replace("ZONE", "LANGUAGE").replace("zone", "language")
        raise WrongSetting(f"{language}: there are texts in {', '.join(texts.languages())}")


def _single(settings: Settings, values: Mapping[str, str]) -> House:
    """The one organisation of .env."""
    lines = []
    slug = settings.organisation
    if token := settings.telegram_token.get_secret_value():
        lines.append(_bot_line(slug, token, settings.telegram_api_url))
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
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{NAME}: the file cannot be read") from None
    except tomllib.TOMLDecodeError:  # its message may quote a secret
        raise WrongSetting(f"{NAME}: the file is not TOML") from None
    try:
        kept = _File.model_validate(_with_secrets(told, path.parent))
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise WrongSetting(f"{NAME}: {where}: {first['msg']}") from None
    return tuple(_house(house) for house in kept.organisation)


def _with_secrets(told: Any, folder: Path) -> Any:  # noqa: ANN401 - whatever TOML may hold
    """The same with every `x_file` read: `token_file` names the file, beside this one, that holds `token`."""
    if isinstance(told, list):
        return [_with_secrets(one, folder) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name.removesuffix(FILE): secret(folder / str(value), f"{NAME}: {name}")
        if name.endswith(FILE)
        else _with_secrets(value, folder)
        for name, value in told.items()
    }


def _house(house: _House) -> House:
    bots = [_bot_line(bot.name, bot.token, bot.api_url) for bot in house.telegram]
    numbers = [_number_line(number) for number in house.sms]
    return House(house.slug, house.name, house.zone, house.language, (*bots, *numbers))


def _bot_line(name: str, token: str, api_url: str) -> Line:
    values = {"token": token} | ({"api_url": api_url} if api_url else {})
    return Line(f"telegram:{name}", "telegram", "telegram", values)


def _number_line(number: _Number) -> Line:
    own = {name: str(value) for name, value in (number.model_extra or {}).items()}
    return Line(f"sms:{number.name}", "sms", number.provider, own)
