"""The published order of the line."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.rules.priority import Facts, Weights, is_older, line_key, reasons
from config.defaults import load

WEIGHTS = Weights(**load("priorities"))
NOW = 1_795_000_000_000  # November 2026
DAY = 86_400_000

facts = st.builds(
    Facts,
    id=st.text("0123456789abcdef", min_size=8, max_size=8),
    urgency=st.sampled_from([0, 1, 2]),
    since=st.integers(NOW - 400 * DAY, NOW),
    birth_year=st.none() | st.integers(1930, 2008),
    out_of_work=st.booleans(),
    dependants=st.integers(0, 20),
)


def test_nothing_but_the_published_facts_can_count() -> None:
    published = {"id", "urgency", "since", "birth_year", "out_of_work", "dependants"}
    assert {field.name for field in fields(Facts)} == published


@given(facts, facts)
def test_the_more_urgent_goes_first_whatever_else_is_true(one: Facts, other: Facts) -> None:
    if one.urgency < other.urgency:
        assert line_key(one, WEIGHTS, NOW) < line_key(other, WEIGHTS, NOW)


@given(facts)
def test_worse_luck_never_moves_her_back(one: Facts) -> None:
    here = line_key(one, WEIGHTS, NOW)
    for worse in (
        replace(one, urgency=max(0, one.urgency - 1)),
        replace(one, birth_year=1950),
        replace(one, out_of_work=True),
        replace(one, dependants=one.dependants + 1),
        replace(one, since=one.since - DAY),
    ):
        assert line_key(worse, WEIGHTS, NOW) <= here


@given(facts, st.integers(1, 8), st.integers(0, 7))
def test_hardship_comes_before_mouths_to_feed_and_these_before_waiting(
    one: Facts, more: int, fewer: int
) -> None:
    hard = replace(one, out_of_work=True, dependants=0, since=NOW)
    easy = replace(one, out_of_work=False, birth_year=None, dependants=fewer, since=NOW - 300 * DAY)
    many = replace(easy, dependants=fewer + more, since=NOW)
    assert line_key(hard, WEIGHTS, NOW) < line_key(easy, WEIGHTS, NOW)
    assert (line_key(many, WEIGHTS, NOW) < line_key(easy, WEIGHTS, NOW)) is (fewer < WEIGHTS.dependants_most)


@given(facts)
def test_older_and_out_of_work_count_once_together(one: Facts) -> None:
    older = replace(one, birth_year=1950, out_of_work=False)
    assert line_key(older, WEIGHTS, NOW) == line_key(replace(older, out_of_work=True), WEIGHTS, NOW)


@given(st.lists(facts, unique_by=lambda one: one.id))
def test_no_two_stand_in_the_same_place(line: list[Facts]) -> None:
    assert len({line_key(one, WEIGHTS, NOW) for one in line}) == len(line)


@given(facts, facts)
def test_a_weight_of_zero_switches_its_fact_off(one: Facts, other: Facts) -> None:
    none = replace(WEIGHTS, older=0, out_of_work=0, dependant=0)
    by_time = (one.urgency, one.since, one.id) < (other.urgency, other.since, other.id)
    assert (line_key(one, none, NOW) < line_key(other, none, NOW)) is by_time
    assert reasons(one, none, NOW) == [f"reason-urgency-{one.urgency}", "reason-waiting"]


@pytest.mark.parametrize(("birth_year", "older"), [(1966, "older"), (1967, ""), (1940, "older"), (None, "")])
def test_the_whole_year_of_her_sixtieth_birthday_counts(birth_year: int | None, older: str) -> None:
    one = Facts("a", 2, NOW, birth_year=birth_year)
    assert is_older(one, WEIGHTS, NOW) is bool(older)


def test_the_reasons_are_told_in_the_order_in_which_they_count() -> None:
    nieves = Facts("a", 0, NOW, birth_year=1955, out_of_work=True, dependants=3)
    assert reasons(nieves, WEIGHTS, NOW) == [
        "reason-urgency-0", "reason-older", "reason-out-of-work", "reason-dependants", "reason-waiting",
    ]  # fmt: skip
