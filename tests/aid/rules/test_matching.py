"""Which gift goes to which request."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from aid.rules.matching import Kind, Need, Pairing, Supply, fits, is_expired, match
from aid.rules.priority import LineKey

NOW = 1_795_000_000_000
SOON, LATER = NOW + 1000, NOW + 9000

kinds: st.SearchStrategy[Kind] = st.sampled_from(["cash", "goods"])
categories = st.sampled_from(["food", "cash", "shelter"])
districts = st.sampled_from(["lima-comas", "callao-perla"])
ids = st.uuids(version=4).map(lambda random: random.hex)


@st.composite
def needs(draw: st.DrawFn) -> Need:
    name = draw(ids)
    order = LineKey(draw(st.integers(0, 2)), 0, 0, draw(st.integers(0, 3)), name)
    return Need(name, draw(categories), draw(kinds), draw(st.integers(0, 30)), draw(districts), order)


supplies = st.builds(
    Supply,
    id=ids,
    kind=kinds,
    amount=st.integers(0, 30),
    category=st.none() | categories,
    district=st.none() | districts,
    use_by=st.sampled_from([None, NOW - 1, NOW, SOON, LATER]),
)
many_needs = st.lists(needs(), max_size=12, unique_by=lambda need: need.id)
many_gifts = st.lists(supplies, max_size=12, unique_by=lambda gift: gift.id)
steadily = settings(deadline=None)


def received(pairings: list[Pairing]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for pairing in pairings:
        sums[pairing.need] += pairing.amount
    return sums


@steadily
@given(many_needs, many_gifts)
def test_nobody_gets_more_than_she_needs_and_no_gift_gives_more_than_it_has(
    requests: list[Need], gifts: list[Supply]
) -> None:
    pairings = match(requests, gifts, NOW)
    given_away: Counter[str] = Counter()
    for pairing in pairings:
        assert type(pairing.amount) is int
        assert pairing.amount > 0
        given_away[pairing.supply] += pairing.amount
    assert all(received(pairings)[need.id] <= need.amount for need in requests)
    assert all(given_away[gift.id] <= gift.amount for gift in gifts)


@steadily
@given(many_needs, many_gifts)
def test_every_wish_is_kept_and_nothing_spoiled_is_given(requests: list[Need], gifts: list[Supply]) -> None:
    need_of = {need.id: need for need in requests}
    gift_of = {gift.id: gift for gift in gifts}
    for pairing in match(requests, gifts, NOW):
        need, gift = need_of[pairing.need], gift_of[pairing.supply]
        assert gift.kind == need.kind
        assert gift.category == need.category or (gift.category is None and gift.kind == "cash")
        assert gift.district in (None, need.district)
        assert gift.use_by is None or gift.use_by > NOW


@steadily
@given(many_needs, many_gifts)
def test_nothing_stays_idle_that_somebody_waiting_could_receive(
    requests: list[Need], gifts: list[Supply]
) -> None:
    pairings = match(requests, gifts, NOW)
    got = received(pairings)
    gone = Counter({gift.id: gift.amount for gift in gifts})
    for pairing in pairings:
        gone[pairing.supply] -= pairing.amount
    for need in requests:
        if got[need.id] < need.amount:
            assert not any(fits(need, gift) and gone[gift.id] for gift in gifts if not is_expired(gift, NOW))


@steadily
@given(many_needs, many_gifts, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    requests: list[Need], gifts: list[Supply], shuffled: Random
) -> None:
    before = match(requests, gifts, NOW)
    shuffled.shuffle(requests)
    shuffled.shuffle(gifts)
    assert match(requests, gifts, NOW) == before


@steadily
@given(many_needs, many_gifts)
def test_she_who_comes_later_takes_nothing_from_her_who_comes_before(
    requests: list[Need], gifts: list[Supply]
) -> None:
    line = sorted(requests, key=lambda need: need.order)
    everybody = match(line, gifts, NOW)
    for place in range(len(line)):
        ahead = {need.id for need in line[:place]}
        assert [pairing for pairing in everybody if pairing.need in ahead] == match(line[:place], gifts, NOW)


def need(name: str, category: str = "food", kind: str = "goods", amount: int = 5, place: int = 0) -> Need:
    assert kind in ("cash", "goods")
    return Need(
        name,
        category,
        "cash" if kind == "cash" else "goods",
        amount,
        "lima-comas",
        LineKey(2, 0, 0, place, name),
    )


RICE = Supply("rice", "goods", 5, category="food")


def test_what_spoils_first_is_used_first_and_then_the_narrower_wish() -> None:
    gifts = [
        replace(RICE, id="keeps"),
        replace(RICE, id="keeps-comas", district="lima-comas"),
        replace(RICE, id="spoils", use_by=LATER),
        replace(RICE, id="spoils-sooner", use_by=SOON),
    ]
    order = [pairing.supply for pairing in match([need("nieves", amount=20)], gifts, NOW)]
    assert order == ["spoils-sooner", "spoils", "keeps-comas", "keeps"]


def test_free_cash_serves_any_request_for_a_sum_but_never_one_for_goods() -> None:
    cash = Supply("yape", "cash", 9)
    asked = [
        need("rent", "shelter", "cash"),
        need("pills", "medicine", "cash", place=1),
        need("rice", place=2),
    ]
    assert [(pairing.need, pairing.amount) for pairing in match(asked, [cash], NOW)] == [
        ("rent", 5),
        ("pills", 4),
    ]


def test_goods_without_a_category_fit_nobody() -> None:
    assert match([need("nieves")], [replace(RICE, category=None)], NOW) == []


def test_each_pairing_says_why() -> None:
    gift = replace(RICE, use_by=SOON, district="lima-comas")
    wish = Supply("wish", "cash", 1, category="shelter")
    asked = [need("nieves"), need("berta", "shelter", "cash", place=1)]
    first, second = match(asked, [gift, wish], NOW)
    assert first.reasons == ("match-turn", "match-spoils", "match-wish-district")
    assert second.reasons == ("match-turn", "match-wish-category")
