"""Every setting, typed, with its help text. Nothing else reads the environment.

A secret may come from a file: AYNI_TELEGRAM_TOKEN_FILE names the file that holds AYNI_TELEGRAM_TOKEN.
A wrong value or an unknown name stops the start and names itself, never the value.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "AYNI_"
FILE = "_FILE"
ENV_FILE = Path(".env")
DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
"""How people write the address of a database, and the driver that we use for it."""


class WrongSetting(ValueError):
    """A setting that cannot be. The message names it and says what is wrong, never its value."""


class Settings(BaseSettings):
    """What an installation may set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", hide_input_in_errors=True)

    database_url: str = Field(
        default="",
        repr=False,  # it may hold a password
        pattern=r"^(sqlite\+aiosqlite:///.+|postgresql\+psycopg://.+)?$",
        description="sqlite:///file or postgresql://user:password@host/name; empty: SQLite in AYNI_DATA_DIR",
    )
    redis_url: str = Field(
        default="",
        repr=False,
        pattern=r"^((rediss?|unix)://.+)?$",
        description="redis://host:6379/0; empty: limits are kept in memory, for one process",
    )
    key_file: Path | None = Field(
        default=None, description="The keys that seal; better on another disk. Empty: made in AYNI_DATA_DIR"
    )
    data_dir: Path = Field(default=Path("data"), description="Where the database and the key file lie")
    http_host: str = Field(
        default="127.0.0.1", min_length=1, description="Where webhooks and health are served"
    )
    http_port: int = Field(default=8080, ge=0, le=65535, description="The port of that; 0 takes a free one")
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
        description="https://... as the world sees us: Telegram calls in instead of being polled",
    )
    lines_file: Path | None = Field(
        default=None, description="Several organisations with their bots and SMS lines (TOML)"
    )
    organisation: str = Field(
        default="ayni", pattern=r"^[a-z0-9-]{1,32}$", description="Short name of the one organisation"
    )
    organisation_name: str = Field(
        default="Ayni", min_length=1, repr=False, description="Its name, kept sealed"
    )
    zone: str = Field(default="America/Lima", description="Its IANA time zone")
    language: str = Field(default="es", description="Language of newcomers: a folder of config/texts")
    telegram_token: SecretStr = Field(default=SecretStr(""), description="The bot's token, from BotFather")
    telegram_api_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s]+)?$",
        description="Another Bot API server; empty: Telegram's own",
    )
    sms_provider: Literal["", "android", "twilio", "kannel"] = Field(
        default="", description="Who carries SMS"
    )
    log_format: Literal["plain", "json"] = Field(default="plain", description="How log lines look")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged"
    )

    @field_validator("database_url", mode="before")
    @classmethod
    def _with_our_driver(cls, url: object) -> object:
        scheme, separator, rest = str(url).partition("://")
        return f"{DRIVERS.get(scheme, scheme)}{separator}{rest}"

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the library calls it by keywords
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is handed over: the rehearsal must never find the real database in the environment."""
        return (init_settings,)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine, for one process."""
        return self.url().startswith("sqlite")

    def url(self) -> str:
        """The database: the one that is set, or SQLite in the data directory."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'ayni.db'}"

    def keys(self) -> Path:
        """The key file: the one that is set, or the one in the data directory."""
        return self.key_file or self.data_dir / "ayni.key"


def read(
    environment: Mapping[str, str] | None = None,
    *,
    env_file: Path = ENV_FILE,
    others: Collection[str] = (),
) -> tuple[Settings, dict[str, str]]:
    """All settings, and every AYNI_ value by name. `others`: the providers' names. Raises WrongSetting."""
    written = _written(os.environ if environment is None else environment, env_file)
    ours = {f"{PREFIX}{name}".upper() for name in Settings.model_fields}
    _refuse_unknown(written, ours | set(others))
    values = _with_secrets(written, ours)
    own = {name.removeprefix(PREFIX).lower(): value for name, value in values.items() if name in ours}
    try:
        return Settings.model_validate({name: value for name, value in own.items() if value}), values
    except ValidationError as fault:
        raise WrongSetting(_first_fault(fault)) from None  # the cause would quote the value


def _first_fault(fault: ValidationError) -> str:
    """The name of the first wrong value and what is expected of it, without the value."""
    first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    # What a pattern means says the help text better than the pattern.
    by_help = first["type"] == "string_pattern_mismatch" and Settings.model_fields[name].description
    return f"{PREFIX}{name.upper()}: {by_help or first['msg']}"


def spoken(environment: Mapping[str, str] | None = None, *, env_file: Path = ENV_FILE) -> str:
    """The language the commands speak, known even while another setting is wrong."""
    written = _written(os.environ if environment is None else environment, env_file)
    return written.get(f"{PREFIX}LANGUAGE", str(Settings.model_fields["language"].default))


def _written(environment: Mapping[str, str], env_file: Path) -> dict[str, str]:
    """The AYNI_ values of .env and the environment, which wins. An empty one counts as not written."""
    try:
        kept = dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{env_file}: the file cannot be read") from None
    both = {**kept, **environment}
    return {name: value for name, value in both.items() if name.startswith(PREFIX) and value}


def _refuse_unknown(written: Collection[str], known: Collection[str]) -> None:
    """A typo must not leave a setting silently unset."""
    for name in sorted(written):
        if name in known or (name.endswith(FILE) and name.removesuffix(FILE) in known):
            continue
        raise WrongSetting(f"{name}: there is no such setting{_nearest(name, known)}")


def _nearest(name: str, known: Collection[str]) -> str:
    bare = {one.removeprefix(PREFIX): one for one in known}
    close = get_close_matches(name.removeprefix(PREFIX), bare, n=1)
    return f"; did you mean {bare[close[0]]}?" if close else ""


def _with_secrets(written: Mapping[str, str], ours: Collection[str]) -> dict[str, str]:
    """The values, those of NAME_FILE read from their files."""
    values = dict(written)
    # AYNI_KEY_FILE and AYNI_LINES_FILE are settings of their own, not files that hold one.
    for name in [name for name in written if name.endswith(FILE) and name not in ours]:
        if name.removesuffix(FILE) in written:
            raise WrongSetting(f"{name}: {name.removesuffix(FILE)} is set too; keep one of the two")
        values[name.removesuffix(FILE)] = secret(Path(values.pop(name)), name)
    return values


def secret(path: Path, name: str) -> str:
    """What a secret file holds, without the newline at its end. Raises WrongSetting."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{name}: the file cannot be read") from None
