"""When a message that can wait may go: outside the hours in which people sleep, on the clock of the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LIMA: Final = "America/Lima"

MILLISECONDS: Final = 1000  # in a second
DAYS_AHEAD: Final = 3  # today, tomorrow, and one more: Samoa once left out a whole day


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one wall time to another, usually across midnight. Two equal times mean no quiet hours."""

    starts: time = time(20)
    ends: time = time(9)


DEFAULT: Final = QuietHours()


def next_allowed(now: int, zone: str = LIMA, window: QuietHours = DEFAULT) -> int:
    """The first instant from `now` on that is not quiet, right also on days when clocks change.

    Raises zoneinfo.ZoneInfoNotFoundError for a zone that does not exist.
    """
    where = ZoneInfo(zone)
    if not is_quiet(now, zone, window):
        return now
    ends = min(end for end in _ends(now, where, window) if end > now and not is_quiet(end, zone, window))
    changed = _clock_change(now, ends, where)
    return ends if changed is None or is_quiet(changed, zone, window) else changed


def is_quiet(now: int, zone: str = LIMA, window: QuietHours = DEFAULT) -> bool:
    """The wall shows a time between the start (included) and the end (not included)."""
    wall = _wall(now, ZoneInfo(zone)).time()
    if window.starts <= window.ends:
        return window.starts <= wall < window.ends
    return wall >= window.starts or wall < window.ends


def _ends(now: int, where: ZoneInfo, window: QuietHours) -> list[int]:
    """The instants at which the wall shows the end of quiet; twice where an hour is repeated."""
    today = _wall(now, where).date()
    return [
        _instant(datetime.combine(today + timedelta(days), window.ends, where).replace(fold=fold))
        for days in range(DAYS_AHEAD)
        for fold in (0, 1)
    ]


def _clock_change(since: int, until: int, where: ZoneInfo) -> int | None:
    """The instant in between at which the wall clock jumps, found by halving; None if it keeps its pace."""
    offset = _wall(since, where).utcoffset()
    if _wall(until, where).utcoffset() == offset:
        return None
    while until - since > 1:
        middle = (since + until) // 2
        if _wall(middle, where).utcoffset() == offset:
            since = middle
        else:
            until = middle
    return until


def _wall(instant: int, where: ZoneInfo) -> datetime:
    seconds, rest = divmod(instant, MILLISECONDS)
    return (datetime.fromtimestamp(seconds, UTC) + timedelta(milliseconds=rest)).astimezone(where)


def _instant(wall: datetime) -> int:
    return round(wall.timestamp() * MILLISECONDS)
