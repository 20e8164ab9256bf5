"""Judges recorded calls by the published description of the Bot API: methods, parameters, types."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.simulator.telegram_calls import Call

DESCRIPTION = Path(__file__).parents[3].parent / "shared" / "data" / "telegram-bot-api-10.1.json"
ABSENT = "the description of the Bot API is not on this machine, so no call was judged by it"

SIMPLE: Mapping[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
    "True": bool,
}


def may_judge() -> bool:
    """Whether the description is here. Under CI it must be."""
    if DESCRIPTION.exists():
        return True
    assert os.environ.get("CI") != "true", ABSENT
    return False


def complaints(calls: Iterable[Call]) -> list[str]:
    """Every fault of these calls, each as "method.parameter: what is wrong"."""
    return [fault for call in calls for fault in _call(call.method, call.params)]


@cache
def _description() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    return known


def _call(method: str, params: Mapping[str, Any]) -> list[str]:
    known = _description()["methods"].get(method)
    if known is None:
        return [f"{method}: no such method"]
    return _fields(method, known.get("fields", []), params)


def _fields(path: str, fields: list[dict[str, Any]], values: Mapping[str, Any]) -> list[str]:
    by_name = {field["name"]: field for field in fields}
    faults = [f"{path}.{name}: unknown" for name in values if name not in by_name]
    for name, field in by_name.items():
        if name not in values:
            faults += [f"{path}.{name}: missing"] if field["required"] else []
        elif all(_type(f"{path}.{name}", kind, values[name]) for kind in field["types"]):
            faults += _type(f"{path}.{name}", field["types"][0], values[name])
    return faults


def _type(path: str, kind: str, value: object) -> list[str]:
    if kind.startswith("Array of "):
        return _array(path, kind.removeprefix("Array of "), value)
    if kind in SIMPLE:
        fits = isinstance(value, SIMPLE[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if fits else [f"{path}: not {kind}"]
    return _object(path, kind, value)


def _array(path: str, kind: str, value: object) -> list[str]:
    if not isinstance(value, list):
        return [f"{path}: not an array"]
    return [fault for item in value for fault in _type(path, kind, item)]


def _object(path: str, kind: str, value: object) -> list[str]:
    known = _description()["types"][kind]
    if not isinstance(value, dict):
        return [f"{path}: not {kind}"]
    if "subtypes" in known:
        tries = [_object(path, sub, value) for sub in known["subtypes"]]
        return min(tries, key=len)
    return _fields(path, known.get("fields", []), value)
