"""The SMS providers by name. A new one is a file, one line here and its table of cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from aid.errors import Misconfigured
from bot.sms.providers.android import Android, AndroidSettings
from bot.sms.providers.contract import Place, Provider
from bot.sms.providers.kannel import Kannel, KannelSettings
from bot.sms.providers.twilio import Twilio, TwilioSettings


@dataclass(frozen=True, slots=True)
class Known:
    """A provider that can be chosen: its settings and how it is built from them."""

    settings: type[BaseModel]
    prefix: str
    build: Callable[[Any, Place], Provider]


PROVIDERS: Mapping[str, Known] = {
    "android": Known(AndroidSettings, AndroidSettings.prefix, Android),
    "twilio": Known(TwilioSettings, TwilioSettings.prefix, Twilio),
    "kannel": Known(KannelSettings, KannelSettings.prefix, Kannel),
}


def open_provider(name: str, values: Mapping[str, str], place: Place) -> Provider:
    """Build a provider from its settings, named without prefix. Raises Misconfigured(setting=...)."""
    known = PROVIDERS.get(name)
    if known is None:
        raise Misconfigured(setting="AYNI_SMS_PROVIDER")
    try:
        settings = known.settings.model_validate(dict(values))
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        setting = known.prefix + "_".join(map(str, fault["loc"])).upper()
        raise Misconfigured(setting=setting) from None  # the cause would quote the value
    return known.build(settings, place)
