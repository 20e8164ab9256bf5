from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.parts import split


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_short_text_stays_whole() -> None:
    assert split("Hola, Nieves.\n\nTe leo.") == ["Hola, Nieves.\n\nTe leo."]


def test_nothing_gives_nothing() -> None:
    assert split(" \n ") == []


def test_a_long_text_is_cut_between_paragraphs() -> None:
    paragraphs = ["a" * 60, "b" * 60, "c" * 60]
    assert split("\n\n".join(paragraphs), limit=130) == ["\n\n".join(paragraphs[:2]), paragraphs[2]]


def test_a_long_paragraph_is_cut_between_words() -> None:
    assert split("uno dos tres cuatro", limit=10) == ["uno dos", "tres", "cuatro"]


def test_a_long_word_is_cut_where_it_must() -> None:
    assert split("a" * 25, limit=10) == ["a" * 10, "a" * 10, "a" * 5]


@given(st.text(st.characters(categories=["L", "Zs", "So", "Cc"]), max_size=300), st.integers(2, 40))
def test_no_part_is_too_long_or_empty_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
