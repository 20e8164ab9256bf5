"""Every setting, typed, with its help text. Nothing else reads the environment.

A secret may come from a file: AYNI_TELEGRAM_TOKEN_FILE names the file that holds AYNI_TELEGRAM_TOKEN.
A wrong value stops the start and names itself, never its value.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "AYNI_"
FILE = "_FILE"
ENV_FILE = Path(".env")


class WrongSetting(ValueError):
    """A setting that cannot be. The message names it and says what is wrong, never its value."""


class Settings(BaseSettings):
    """What an installation may set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="ignore", hide_input_in_errors=True)

    database_url: str = Field(
        default="",
        description="sqlite+aiosqlite:///file or postgresql+psycopg://...; empty: SQLite in AYNI_DATA_DIR",
    )
    redis_url: str = Field(
        default="", description="redis://...; empty: limits are kept in memory, for one process"
    )
    key_file: Path | None = Field(
        default=None, description="The keys that seal; better on another disk. Empty: made in AYNI_DATA_DIR"
    )
    data_dir: Path = Field(
        default=Path("data"), description="Where the database, the key and the lock file lie"
    )
    http_host: str = Field(default="127.0.0.1", description="Where webhooks and health are served")
    http_port: int = Field(default=8080, ge=0, le=65535, description="The port of that; 0 takes a free one")
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s]+)?$",
        description="https://... as the world sees us: turns webhooks on",
    )
    lines_file: Path | None = Field(
        default=None, description="Several organisations with their bots and SMS lines (TOML)"
    )
    organisation: str = Field(
        default="ayni", pattern=r"^[a-z0-9-]{1,32}$", description="Short name of the one organisation"
    )
    organisation_name: str = Field(default="Ayni", description="Its name, kept sealed")
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

    def url(self) -> str:
        """The database: the one that is set, or SQLite in the data directory."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'ayni.db'}"

    def keys(self) -> Path:
        """The key file: the one that is set, or the one in the data directory."""
        return self.key_file or self.data_dir / "ayni.key"


def read(environment: Mapping[str, str] | None = None) -> tuple[Settings, dict[str, str]]:
    """All settings, and every AYNI_ value by its name (for the providers' own). Raises WrongSetting."""
    values = values_of(os.environ if environment is None else environment, ENV_FILE)
    own = {name.removeprefix(PREFIX).lower(): value for name, value in values.items()}
    known = {name: value for name, value in own.items() if name in Settings.model_fields and value != ""}
    try:
        return Settings.model_validate(known), values
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False, include_context=False)[0]
        name = PREFIX + "_".join(map(str, first["loc"])).upper()
        raise WrongSetting(f"{name}: {first['msg']}") from None  # the cause would quote the value


def values_of(environment: Mapping[str, str], env_file: Path) -> dict[str, str]:
    """The AYNI_ values of .env and the environment (which wins), with secrets read from their files."""
    kept = dotenv_values(env_file, interpolate=False)
    values = {name: value or "" for name, value in kept.items() if name.startswith(PREFIX)} | {
        name: value for name, value in environment.items() if name.startswith(PREFIX)
    }
    paths = {f"{PREFIX}{name}".upper() for name in Settings.model_fields if f"_{name}".endswith(FILE.lower())}
    for name in [name for name in values if name.endswith(FILE) and name not in paths]:
        values[name.removesuffix(FILE)] = secret(Path(values.pop(name)), name)
    return values


def secret(path: Path, name: str) -> str:
    """What a secret file holds, without the newline at its end. Raises WrongSetting."""
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSetting(f"{name}: the file cannot be read") from None
