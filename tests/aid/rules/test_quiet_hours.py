"""When a message that can wait may go."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aid.rules.quiet_hours import QuietHours, is_quiet, next_allowed

MINUTE = 60_000
walls = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
windows = st.builds(QuietHours, walls, walls)
zones = st.sampled_from(
    ["America/Lima", "America/Santiago", "Europe/Madrid", "Australia/Lord_Howe", "Asia/Kathmandu"]
)


def at(text: str, zone: str, fold: int = 0) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        ("2026-11-21 08:59", "2026-11-21 09:00"),
        ("2026-11-21 09:00", "2026-11-21 09:00"),
        ("2026-11-21 19:59", "2026-11-21 19:59"),
        ("2026-11-21 20:00", "2026-11-22 09:00"),
        ("2026-12-31 23:30", "2027-01-01 09:00"),
    ],
)
def test_in_lima_nights_are_quiet(now: str, allowed: str) -> None:
    assert next_allowed(at(now, "America/Lima")) == at(allowed, "America/Lima")


def test_an_end_that_the_clock_jumps_over_is_the_jump() -> None:
    window = QuietHours(time(22), time(2, 30))
    jump = at("2026-03-29 03:00", "Europe/Madrid")
    assert next_allowed(at("2026-03-29 01:10", "Europe/Madrid"), "Europe/Madrid", window) == jump


def test_a_repeated_hour_is_quiet_both_times() -> None:
    window = QuietHours(time(22), time(2, 30))
    madrid = "Europe/Madrid"
    assert next_allowed(at("2026-10-25 01:00", madrid), madrid, window) == at("2026-10-25 02:30", madrid)
    again = at("2026-10-25 02:10", madrid, fold=1)
    assert next_allowed(again, madrid, window) == at("2026-10-25 02:30", madrid, fold=1)


def test_quiet_that_begins_within_a_repeated_hour_ends_when_the_hour_is_repeated() -> None:
    window = QuietHours(time(2, 30), time(9))
    madrid = "Europe/Madrid"
    assert next_allowed(at("2026-10-25 02:45", madrid), madrid, window) == at(
        "2026-10-25 02:00", madrid, fold=1
    )


@settings(deadline=None)
@given(
    st.integers(at("2026-01-01 00:00", "UTC") // MINUTE, at("2027-12-31 00:00", "UTC") // MINUTE),
    zones,
    windows,
)
@example(
    at("2026-03-29 01:10", "Europe/Madrid") // MINUTE, "Europe/Madrid", QuietHours(time(22), time(2, 30))
)
@example(at("2026-10-25 02:45", "Europe/Madrid") // MINUTE, "Europe/Madrid", QuietHours(time(2, 30), time(9)))
@example(
    at("2026-09-05 23:50", "America/Santiago") // MINUTE, "America/Santiago", QuietHours(time(20), time(0))
)
def test_it_is_the_very_first_minute_that_is_not_quiet(minute: int, zone: str, window: QuietHours) -> None:
    now = minute * MINUTE
    first = now
    while is_quiet(first, zone, window):
        first += MINUTE
    assert next_allowed(now, zone, window) == first


@given(st.integers(0, 2**42), walls, zones)
def test_two_equal_times_mean_no_quiet_hours(now: int, wall: time, zone: str) -> None:
    assert next_allowed(now, zone, QuietHours(wall, wall)) == now


def test_milliseconds_survive() -> None:
    now = round(datetime(2026, 11, 21, 17, 0, 0, 1000, UTC).timestamp() * 1000)
    assert next_allowed(now) == now


def test_a_zone_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        next_allowed(0, "America/Nowhere")
