"""Lines: one organisation from the settings, several from a file, and every mistake by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.lines import House, houses
from config.settings import Settings, WrongSetting

TWO = """
[[organisation]]
slug = "amancay"
name = "Red Amancay"
[[organisation.telegram]]
name = "amancay"
token = "700000001:a"
[[organisation.sms]]
name = "amancay"
provider = "android"
url = "http://192.168.1.20:8080"
username = "sms"
password_file = "phone.txt"

[[organisation]]
slug = "retama"
name = "Red Retama"
zone = "America/Bogota"
[[organisation.telegram]]
name = "retama"
token = "700000002:b"
"""


def laid(folder: Path, text: str) -> tuple[House, ...]:
    (folder / "phone.txt").write_text("s3cret\n")
    path = folder / "lines.toml"
    path.write_text(text)
    return houses(Settings(lines_file=path), {})


def refused(folder: Path, text: str) -> str:
    with pytest.raises(WrongSetting) as told:
        laid(folder, text)
    return str(told.value)


def test_several_organisations_each_with_lines_of_their_own(tmp_path: Path) -> None:
    amancay, retama = laid(tmp_path, TWO)
    assert [line.id for line in amancay.lines] == ["telegram:amancay", "sms:amancay"]
    assert [line.id for line in retama.lines] == ["telegram:retama"]
    assert retama.zone == "America/Bogota"
    assert amancay.lines[1].values == {
        "url": "http://192.168.1.20:8080",
        "username": "sms",
        "password": "s3cret",
    }


def test_secrets_of_lines_are_not_in_their_repr(tmp_path: Path) -> None:
    told = repr(laid(tmp_path, TWO))
    assert "s3cret" not in told
    assert "700000001" not in told


def test_the_single_settings_are_a_house_of_their_own() -> None:
    settings = Settings.model_validate({"telegram_token": "700000001:a", "sms_provider": "kannel"})
    (only,) = houses(settings, {"AYNI_KANNEL_URL": "http://k", "AYNI_ANDROID_URL": "http://a"})
    assert [line.id for line in only.lines] == ["telegram:ayni", "sms:ayni"]
    assert only.lines[1].values == {"url": "http://k"}


def test_without_bot_or_number_there_is_a_house_without_lines() -> None:
    (only,) = houses(Settings(), {})
    assert only.lines == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('slug = "retama"', 'slug = "amancay"', "two organisations are called amancay"),
        ('name = "retama"', 'name = "amancay"', "two lines are called telegram:amancay"),
        ("700000002:b", "700000001:a", "two bots have the same token"),
        ("America/Bogota", "Peru/Lima", "retama: zone: there is no such time zone"),
        ('zone = "America/Bogota"', 'language = "qu"', "retama: language: there are texts in"),
        ('token = "700000002:b"', "", "organisation.1.telegram.0.token: Field required"),
        ('token = "700000002:b"', 'tokn = "s3cret"', "organisation.1.telegram.0.token: Field required"),
        ('provider = "android"', 'provider = "s3cret"', "organisation.0.sms.0.provider: "),
        ('provider = "android"', "", "organisation.0.sms.0.provider: Field required"),
        ('name = "Red Retama"', 'nmae = "Red Retama"', "organisation.1.name: Field required"),
        ("phone.txt", "s3cret.txt", "password_file: the file cannot be read"),
        ("[[organisation]]", "[[s3cret", "the file is not TOML"),
    ],
)
def test_a_mistake_names_its_place_and_never_a_value(tmp_path: Path, old: str, new: str, said: str) -> None:
    told = refused(tmp_path, TWO.replace(old, new))
    assert told.startswith("AYNI_LINES_FILE: ")
    assert said in told
    assert "s3cret" not in told
    assert "700000001" not in told


def test_an_empty_file_holds_no_installation(tmp_path: Path) -> None:
    assert "organisation: Field required" in refused(tmp_path, "")


def test_a_file_that_is_not_there_is_said_to_be_so() -> None:
    with pytest.raises(WrongSetting, match="AYNI_LINES_FILE: the file cannot be read"):
        houses(Settings(lines_file=Path("no such file")), {})


def test_the_one_organisation_is_told_of_its_own_settings() -> None:
    with pytest.raises(WrongSetting, match=r"^AYNI_ZONE: there is no such time zone"):
        houses(Settings(zone="Lima"), {})
    with pytest.raises(WrongSetting, match=r"^AYNI_LANGUAGE: there are texts in "):
        houses(Settings(language="xx"), {})
