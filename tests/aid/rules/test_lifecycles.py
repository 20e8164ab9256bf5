"""States and the steps between them."""

from __future__ import annotations

from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid.rules.lifecycles import Kind, allowed, is_final, sources, states

KINDS: tuple[Kind, ...] = get_args(Kind)
FIRST: dict[Kind, str] = {
    "request": "open", "gift": "announced", "claim": "held", "fulfilment": "open", "outbox": "ready",
}  # fmt: skip
HOW_FAR = ["accepted", "failed", "delivered", "answered"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_can_be_reached_from_the_first(kind: Kind) -> None:
    reached, todo = set(), [FIRST[kind]]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += [new for new in states(kind) if allowed(kind, state, new)]
    assert reached == set(states(kind))


@given(st.sampled_from(KINDS), st.data())
def test_sources_and_steps_say_the_same(kind: Kind, data: st.DataObject) -> None:
    old, new = (data.draw(st.sampled_from(states(kind))) for _ in range(2))
    assert (old in sources(kind, new)) is allowed(kind, old, new)
    assert not (is_final(kind, old) and allowed(kind, old, new))


@pytest.mark.parametrize("kind", KINDS)
def test_staying_is_no_step(kind: Kind) -> None:
    assert not any(allowed(kind, state, state) for state in states(kind))


@pytest.mark.parametrize("heard", list(permutations(HOW_FAR)))
def test_reports_in_any_order_end_at_the_farthest(heard: tuple[str, ...]) -> None:
    state = "sending"
    for report in heard:
        if allowed("outbox", state, report):
            assert state == "sending" or HOW_FAR.index(report) > HOW_FAR.index(state)
            state = report
    assert state == "answered"


@pytest.mark.parametrize(
    "state", ["delivered", "answered", "expired", "cancelled", "suppressed", "accepted", "failed"]
)
def test_what_has_gone_out_or_was_given_up_is_never_sent_again(state: str) -> None:
    todo, seen = [state], set()
    while todo:
        here = todo.pop()
        seen.add(here)
        todo += [new for new in states("outbox") if allowed("outbox", here, new) and new not in seen]
    assert not {"ready", "sending"} & seen


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("request", "delivered", "open"),
        ("request", "claimed", "open"),
        ("request", "unconfirmed", "confirmed"),
        ("gift", "announced", "received"),
        ("claim", "held", "given_back"),
        ("fulfilment", "open", "dead"),
        ("outbox", "unknown", "ready"),
    ],
)
def test_the_drawn_steps_are_allowed(kind: Kind, old: str, new: str) -> None:
    assert allowed(kind, old, new)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("request", "withdrawn", "open"),
        ("request", "open", "confirmed"),
        ("gift", "announced", "used"),
        ("claim", "expired", "delivered"),
        ("outbox", "ready", "accepted"),
    ],
)
def test_other_steps_are_not(kind: Kind, old: str, new: str) -> None:
    assert not allowed(kind, old, new)


@pytest.mark.parametrize(("old", "new"), [("open", "lost"), ("lost", "open")])
def test_a_state_that_nobody_drew_is_an_error(old: str, new: str) -> None:
    with pytest.raises(KeyError):
        allowed("request", old, new)
