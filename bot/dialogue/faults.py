"""Naming a fault without repeating what anybody said: its class and the line of ours where it rose."""

from __future__ import annotations

from traceback import extract_tb


def where(fault: BaseException) -> str:
    """The class of a fault and its last three places in code; never its message, which may quote a person."""
    places = [f"{frame.name}:{frame.lineno}" for frame in extract_tb(fault.__traceback__)[-3:]]
    return f"{type(fault).__name__} in {' > '.join(places)}"
