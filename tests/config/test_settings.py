"""Settings: each wrong one stops the start by its name, and no message shows a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings, WrongSetting, read

NOWHERE = Path("no such .env")
PROVIDERS = ("AYNI_ANDROID_URL", "AYNI_ANDROID_PASSWORD", "AYNI_TWILIO_AUTH_TOKEN")


def settled(**environment: str) -> Settings:
    return read(environment, env_file=NOWHERE, others=PROVIDERS)[0]


def refused(**environment: str) -> str:
    with pytest.raises(WrongSetting) as told:
        settled(**environment)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ or told.value.__context__ is None
    return str(told.value)


def test_nothing_set_is_an_installation_that_works() -> None:
    settings = settled()
    assert settings.url() == "sqlite+aiosqlite:///data/ayni.db"
    assert settings.keys() == Path("data/ayni.key")
    assert settings.is_sqlite


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AYNI_HTTP_PORT", "s3cret"),
        ("AYNI_HTTP_PORT", "70000"),
        ("AYNI_DATABASE_URL", "mysql://ayni:s3cret@127.0.0.1/ayni"),
        ("AYNI_DATABASE_URL", "s3cret"),
        ("AYNI_REDIS_URL", "127.0.0.1:s3cret"),
        ("AYNI_PUBLIC_URL", "s3cret.example"),
        ("AYNI_PUBLIC_URL", "https://s3cret.example/?x=1"),
        ("AYNI_ORGANISATION", "S3cret Amancay"),
        ("AYNI_SMS_PROVIDER", "s3cret"),
        ("AYNI_LOG_FORMAT", "s3cret"),
        ("AYNI_LOG_LEVEL", "s3cret"),
        ("AYNI_TELEGRAM_API_URL", "s3cret"),
    ],
)
def test_a_wrong_value_is_named_and_never_shown(name: str, value: str) -> None:
    said = refused(**{name: value})
    assert said.startswith(f"{name}: ")
    assert "3cret" not in said
    assert "70000" not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("AYNI_TELEGRAM_TOKN", "AYNI_TELEGRAM_TOKEN"),
        ("AYNI_DATABASEURL", "AYNI_DATABASE_URL"),
        ("AYNI_ANDROID_URI", "AYNI_ANDROID_URL"),
        ("AYNI_TWILIO_AUTH_TOKN_FILE", "AYNI_TWILIO_AUTH_TOKEN"),
    ],
)
def test_an_unknown_name_stops_the_start_with_the_nearest_one(name: str, meant: str) -> None:
    said = refused(**{name: "s3cret"})
    assert said.startswith(f"{name}: there is no such setting")
    assert said.endswith(f"did you mean {meant}?")
    assert "s3cret" not in said


def test_a_name_like_no_other_is_refused_without_a_guess() -> None:
    assert refused(AYNI_ZZZZZZ="1") == "AYNI_ZZZZZZ: there is no such setting"


def test_an_empty_value_counts_as_not_set() -> None:
    assert settled(AYNI_HTTP_PORT="", AYNI_KEY_FILE="").http_port == settled().http_port


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///here.db", "sqlite+aiosqlite:///here.db"),
        ("postgresql://ayni@127.0.0.1/ayni", "postgresql+psycopg://ayni@127.0.0.1/ayni"),
        ("postgres://ayni@127.0.0.1/ayni", "postgresql+psycopg://ayni@127.0.0.1/ayni"),
        ("postgresql+psycopg://ayni@127.0.0.1/ayni", "postgresql+psycopg://ayni@127.0.0.1/ayni"),
    ],
)
def test_a_database_may_be_written_as_people_write_it(written: str, used: str) -> None:
    assert settled(AYNI_DATABASE_URL=written).url() == used


def test_a_secret_comes_from_its_file(tmp_path: Path) -> None:
    kept = tmp_path / "token"
    kept.write_text("700000001:s3cret\n")
    settings, values = read(
        {"AYNI_TELEGRAM_TOKEN_FILE": str(kept), "AYNI_ANDROID_PASSWORD_FILE": str(kept)},
        env_file=NOWHERE,
        others=PROVIDERS,
    )
    assert settings.telegram_token.get_secret_value() == "700000001:s3cret"
    assert values["AYNI_ANDROID_PASSWORD"] == "700000001:s3cret"
    assert "s3cret" not in repr(settings)


def test_a_secret_file_that_cannot_be_read_is_named() -> None:
    assert (
        refused(AYNI_TELEGRAM_TOKEN_FILE="no/such/s3cret")
        == "AYNI_TELEGRAM_TOKEN_FILE: the file cannot be read"
    )


def test_a_secret_set_twice_is_refused(tmp_path: Path) -> None:
    said = refused(AYNI_TELEGRAM_TOKEN="s3cret", AYNI_TELEGRAM_TOKEN_FILE=str(tmp_path / "token"))
    assert said.startswith("AYNI_TELEGRAM_TOKEN_FILE: AYNI_TELEGRAM_TOKEN is set too")


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("AYNI_ORGANISATION=amancay\nAYNI_HTTP_PORT=9000\nPOSTGRES_PASSWORD=s3cret\n")
    settings, _ = read({"AYNI_HTTP_PORT": "9001"}, env_file=env_file)
    assert (settings.organisation, settings.http_port) == ("amancay", 9001)


def test_a_typo_in_the_env_file_is_refused_too(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("AYNI_ORGANIZATION=amancay\n")
    with pytest.raises(WrongSetting, match=r"AYNI_ORGANIZATION.*AYNI_ORGANISATION"):
        read({}, env_file=env_file)


def test_what_is_built_by_hand_takes_nothing_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AYNI_DATABASE_URL", "postgresql://ayni@127.0.0.1/real")
    assert Settings(data_dir=Path("rehearsal")).is_sqlite


def test_passwords_in_addresses_are_not_in_the_repr() -> None:
    settings = settled(
        AYNI_DATABASE_URL="postgresql://ayni:s3cret@127.0.0.1/ayni", AYNI_REDIS_URL="redis://:s3cret@h/0"
    )
    assert "s3cret" not in repr(settings)
