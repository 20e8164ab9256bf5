"""City and district by number: what a conversation is offered of them, and its two questions (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aid.messages import Option
from aid.organisations import Zone
from bot.dialogue.engine import Flow, choice


def offered(zones: Iterable[Zone]) -> list[dict[str, Any]]:
    """Cities and their districts, as they are kept with a conversation."""
    return [{"id": zone.id, "name": zone.name, "districts": zone.districts} for zone in zones]


def district(zones: Sequence[Mapping[str, Any]], city_key: str, district_key: str) -> Flow:
    """First the city, then the district in it."""
    city = yield choice(city_key, [_named(zone["id"], zone["name"]) for zone in zones])
    districts = next(zone["districts"] for zone in zones if zone["id"] == city)
    return (yield choice(district_key, [_named(*pair) for pair in districts]))


def _named(value: str, label: str) -> Option:
    return Option(value, "plain", {"text": label})
