"""How long a claim holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aid.rules.leases import HOUR, halfway, is_over, lease_end

instants = st.integers(0, 2**53)
urgencies = st.sampled_from([0, 1, 2])


@given(instants)
def test_the_more_urgent_returns_sooner_to_the_line(start: int) -> None:
    assert start + HOUR <= lease_end(start, 0) < lease_end(start, 1) < lease_end(start, 2)


@given(instants, urgencies)
def test_the_reminder_comes_between_the_claim_and_its_end(start: int, urgency: int) -> None:
    end = lease_end(start, urgency)
    middle = halfway(start, end)
    assert start < middle < end
    assert abs((middle - start) - (end - middle)) <= 1
    assert not is_over(end, middle)


@given(instants, st.integers(-HOUR, HOUR))
def test_a_lease_is_over_from_its_end_on(end: int, later: int) -> None:
    assert is_over(end, end + later) is (later >= 0)
