"""Two words that stand for a name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aid.rules.aliases import Words, offers
from config.defaults import load

WORDS = Words(**load("aliases"))
FEW = Words(("garza",), ("molle", "sauce"), (("alta", "alto"),))
chance = st.binary(min_size=16, max_size=16)
steadily = settings(deadline=None)


@steadily
@given(chance)
def test_three_aliases_with_three_nouns_are_offered(random_bytes: bytes) -> None:
    offered = offers(random_bytes, (), WORDS)
    assert len({alias.split()[0] for alias in offered}) == 3
    assert all(len(alias.split()) == 2 for alias in offered)


@steadily
@given(chance)
def test_noun_and_adjective_agree(random_bytes: bytes) -> None:
    feminine, masculine = dict(WORDS.adjectives), {m: f for f, m in WORDS.adjectives}
    for alias in offers(random_bytes, (), WORDS):
        noun, adjective = alias.split()
        assert adjective in (feminine if noun in WORDS.feminine else masculine)


@steadily
@given(chance, st.data())
def test_a_taken_alias_is_never_offered_again(random_bytes: bytes, data: st.DataObject) -> None:
    first = offers(random_bytes, (), WORDS)
    taken = data.draw(st.sets(st.sampled_from(first), min_size=1))
    assert not taken & set(offers(random_bytes, taken, WORDS))


@given(chance)
def test_when_all_pairs_are_taken_a_number_follows(random_bytes: bytes) -> None:
    offered = offers(random_bytes, {"garza alta", "molle alto", "sauce alto"}, FEW)
    assert sorted(offered) == ["garza alta 2", "molle alto 2", "sauce alto 2"]


def test_too_little_chance_is_an_error() -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        offers(b"short", (), WORDS)


def test_there_are_words_enough_and_each_is_typed_without_accents() -> None:
    nouns = WORDS.feminine + WORDS.masculine
    words = [*nouns, *(word for pair in WORDS.adjectives for word in pair)]
    assert len(set(nouns)) == len(nouns) >= 120
    assert len(set(WORDS.adjectives)) == len(WORDS.adjectives) >= 60
    assert all(re.fullmatch("[a-zñ]{3,13}", word) for word in words)


def test_no_word_teases_names_a_woman_or_betrays_the_network() -> None:
    names = "rosa margarita azucena paloma perla estrella aurora luna flor"
    teasing = (
        "mariposa zorra concha alegre nocturna galante roja caliente dulce tierna rica libre ligera coqueta"
    )
    network = "amancay union red sindicato trabajo calle salud enferma paciente vacuna sereno serena policia"
    help_ = "sol soles plata ayuda comida arroz remedio cuarto reunion regalo"
    words = {*WORDS.feminine, *WORDS.masculine, *(word for pair in WORDS.adjectives for word in pair)}
    assert not words & set(f"{names} {teasing} {network} {help_}".split())
