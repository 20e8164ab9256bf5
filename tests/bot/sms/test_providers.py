"""The list of providers: each opens from its settings, or says which setting is wrong."""

from __future__ import annotations

import pytest

from aid.errors import Misconfigured
from bot.sms.providers import PROVIDERS, open_provider
from bot.sms.providers.contract import Place

PLACE = Place("sms:amancay", "amancay", "https://ayni.example/")
RIGHT = {
    "android": {
        "url": "http://192.168.1.20:8080",
        "username": "telefono",
        "password": "secreto",
        "signing_key": "una-clave-bastante-larga",
    },
    "twilio": {"account_sid": "AC123", "auth_token": "0123456789abcdef", "sender": "+51900000000"},
    "kannel": {
        "url": "http://127.0.0.1:13013/cgi-bin/sendsms",
        "username": "ayni",
        "password": "secreto",
        "token": "una_palabra-secreta",
    },
}


@pytest.mark.parametrize("name", sorted(PROVIDERS))
async def test_each_provider_opens_from_its_settings(name: str) -> None:
    provider = open_provider(name, RIGHT[name], PLACE)
    assert not any(word in repr(provider) for word in RIGHT[name].values())
    await provider.close()


@pytest.mark.parametrize(
    ("name", "wrong", "setting"),
    [
        ("android", {"url": "192.168.1.20"}, "AYNI_ANDROID_URL"),
        ("android", {"signing_key": "corta"}, "AYNI_ANDROID_SIGNING_KEY"),
        ("android", {"password": ""}, "AYNI_ANDROID_PASSWORD"),
        ("twilio", {"account_sid": "123"}, "AYNI_TWILIO_ACCOUNT_SID"),
        ("twilio", {"sender": "Amancay"}, "AYNI_TWILIO_SENDER"),
        ("kannel", {"token": "una palabra con espacios"}, "AYNI_KANNEL_TOKEN"),
        ("kannel", {"url": ""}, "AYNI_KANNEL_URL"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(name: str, wrong: dict[str, str], setting: str) -> None:
    with pytest.raises(Misconfigured) as caught:
        open_provider(name, RIGHT[name] | wrong, PLACE)
    assert caught.value.values == {"setting": setting}
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_a_missing_setting_is_named(name: str) -> None:
    first = next(iter(RIGHT[name]))
    with pytest.raises(Misconfigured) as caught:
        open_provider(name, {each: value for each, value in RIGHT[name].items() if each != first}, PLACE)
    assert caught.value.values == {"setting": PROVIDERS[name].prefix + first.upper()}


def test_an_unknown_provider_names_the_setting() -> None:
    with pytest.raises(Misconfigured) as caught:
        open_provider("pigeon", {}, PLACE)
    assert caught.value.values == {"setting": "AYNI_SMS_PROVIDER"}


@pytest.mark.parametrize("name", sorted(PROVIDERS))
def test_every_setting_explains_itself(name: str) -> None:
    assert all(field.description for field in PROVIDERS[name].settings.model_fields.values())
