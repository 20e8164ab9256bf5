"""What is heard in what women type, held against a labelled set of texts that are not among the examples.

To measure one text (microseconds): .venv/bin/python -m timeit -u usec
  -s "from config.texts.phrases import load; from bot.dialogue.understand import understand; phrases = load()"
  "understand('nesecito viveres xfa, mis ijos no an comido', phrases)"
"""

from __future__ import annotations

import csv
import random
import statistics
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.intents import of_topic
from bot.dialogue.language import Language, compiled
from bot.dialogue.learning import learned
from bot.dialogue.normal import LONGEST
from bot.dialogue.understand import (
    Category,
    Intent,
    Understood,
    digit,
    is_danger,
    leaving,
    normalise,
    understand,
    urgent,
)
from config.texts.examples import examples, weights
from config.texts.phrases import load

ES = load()
HERE = Path(__file__).parent
UNWANTED = {Intent.STOP, Intent.ERASE}
GUARD_SECONDS = 0.5
"""For the longest and oddest text, on a busy machine; a phone's text takes a thousandth of it."""


class Labelled(NamedTuple):
    text: str
    meant: Understood


class Score(NamedTuple):
    right: float
    false_stops: list[str]
    missed_danger: list[str]

    @property
    def passes(self) -> bool:
        return self.right >= 0.95 and not self.false_stops and not self.missed_danger


def labelled(language: str) -> list[Labelled]:
    with (HERE / f"texts_{language}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(text, Understood(Intent(i), Category(c) if c else None)) for text, i, c in rows]


def score(rows: list[Labelled], hear: Callable[[str], Understood]) -> Score:
    heard = [(row, hear(row.text)) for row in rows]
    return Score(
        right=sum(row.meant == found for row, found in heard) / len(rows),
        false_stops=[
            r.text for r, found in heard if found.intent in UNWANTED and found.intent != r.meant.intent
        ],
        missed_danger=[
            r.text for r, f in heard if r.meant.intent is Intent.DANGER and f.intent is not Intent.DANGER
        ],
    )


def naive(text: str) -> Understood:
    """What one would write first: the first keyword that the text contains."""
    words = {
        "para": Intent.STOP, "baja": Intent.STOP, "stop": Intent.STOP, "mensajes": Intent.STOP,
        "borr": Intent.ERASE, "alta": Intent.START, "pega": Intent.DANGER, "matar": Intent.DANGER,
        "sigue": Intent.DANGER,
        "queja": Intent.COMPLAINT, "cancel": Intent.CANCEL, "estado": Intent.STATUS, "donar": Intent.GIVE,
        "menu": Intent.MENU, "hablar": Intent.HUMAN, "si": Intent.YES, "no": Intent.NO,
    }  # fmt: skip
    plain = normalise(text)
    found = next((intent for word, intent in words.items() if word in plain), Intent.ASK)
    return Understood(found, Category.OTHER if found is Intent.ASK else None)


def wanted(text: str) -> tuple[Intent, Category | None]:
    found = understand(text, ES)
    return found.intent, found.category


def test_spanish_texts_are_understood_without_a_false_stop_or_a_missed_danger() -> None:
    rows = labelled("es")
    result = score(rows, lambda text: understand(text, ES))
    assert len(rows) >= 450
    assert {row.meant.intent for row in rows} == set(Intent)
    assert {row.meant.category for row in rows} == {None, *Category}
    assert result.passes, result


def test_no_text_of_the_set_is_among_the_examples() -> None:
    known = {normalise(text) for _, text in examples("es")}
    assert not [text for text, _ in labelled("es") if normalise(text) in known]


def test_phrases_without_examples_fail_the_same_test() -> None:
    phrases_alone = replace(ES, language="none")
    assert not score(labelled("es"), lambda text: understand(text, phrases_alone)).passes


def test_what_is_learned_from_the_same_examples_is_the_same() -> None:
    few = [row for row in examples("es") if row[0] in {"give", "status", "unknown"}][::7]
    first, second = (learned(few, Language(ES)) for _ in range(2))
    assert str(first) == str(second)
    language = Language(ES, first)
    heard = [(topic, language.hear(text).scores) for topic, text in few]
    assert sum(max(scores, key=scores.__getitem__) == topic for topic, scores in heard) > 0.95 * len(few)


def test_every_topic_of_the_examples_was_learned_and_means_something() -> None:
    topics = {topic for topic, _ in examples("es")}
    assert topics == set(weights("es").topics)
    assert {of_topic(topic).topic for topic in topics} == topics


def test_what_examples_take_for_leaving_leaves_nothing_without_a_phrase() -> None:
    for text in ("quiero menos mensajes", "los mensajes paralos", "ya no quiero que me manden audios"):
        assert max(compiled(ES).hear(text).scores.items(), key=itemgetter(1))[0] == "stop"
        assert wanted(text) == (Intent.UNKNOWN, None)


def test_a_matcher_of_keywords_fails_the_same_test() -> None:
    result = score(labelled("es"), naive)
    assert result.right < 0.95
    assert result.false_stops
    assert result.missed_danger


def test_english_texts_are_understood_by_a_file_of_phrases_alone() -> None:
    english = load("en")
    result = score(labelled("en"), lambda text: understand(text, english))
    assert result.passes, result


def test_shouting_accents_and_ornaments_change_nothing() -> None:
    for text, _ in labelled("es"):
        heard = understand(text, ES)
        assert understand(f"  {text.upper()}!!! ", ES) == heard
        assert understand(unicodedata.normalize("NFD", text), ES) == heard


@pytest.mark.parametrize(
    "word", ["PARA", "para", "Baja.", "STOP", "stop!!", "¡Paren!", "baja por favor", "PARAAA", "stopp"]
)
def test_the_bare_word_stops(word: str) -> None:
    assert wanted(word) == (Intent.STOP, None)
    assert leaving(word, ES) is Intent.STOP


@pytest.mark.parametrize(
    "text",
    [
        *(
            "es para mi nieta",
            "para comida",
            "para qué",
            "¿para?",
            "baja la fiebre",
            "que baje el precio",
            "la presion baja",
        ),
        *(
            "borre mi numero viejo por error",
            "para mi",
            "pa",
            "mas baja",
            "parada",
            "me dieron de baja del trabajo",
            "¿borrar?",
        ),
        *(
            "no quiero que borren mis datos",
            "no me borren",
            "no dejen de mandarme mensajes",
            "ya no me mandan mensajes",
        ),
        *(
            "no me manden mensajes de noche",
            "no quiero dejar de recibir mensajes",
            "si borro mis datos pierdo mi pedido?",
        ),
        *(
            "borren mi pedido",
            "quiero borrar una foto",
            "mi ex no para de mandarme mensajes",
            "stop al abuso",
            "para ya mismo",
        ),
    ],
)
def test_what_only_looks_like_leaving_leaves_nothing(text: str) -> None:
    assert leaving(text, ES) is None


def test_no_word_put_before_or_after_a_bare_word_makes_it_stop() -> None:
    for word in ("para", "baja", "borrar", "stop", "basta"):
        for other in ("mi", "nieta", "presion", "comida", "el", "amiga", "pedido", "usted", "hoy", "2"):
            assert leaving(f"{word} {other}", ES) is None
            assert leaving(f"{other} {word}", ES) is None


def test_danger_in_the_midst_of_a_long_message_is_heard() -> None:
    chatter = "hola señorita como esta le cuento que ayer fui al mercado con mi hija y hacia mucho frio "
    assert is_danger(chatter * 6 + "mi marido me esta pegando " + chatter * 6, ES)
    assert not is_danger(chatter * 12, ES)


@pytest.mark.parametrize("word", ["codigo", "socia", "pendientes", "enero", "juana", "comas", "luna azul"])
def test_a_name_a_place_or_a_word_of_the_organisers_is_no_wish(word: str) -> None:
    assert wanted(word) == (Intent.UNKNOWN, None)


def test_danger_wins_over_a_sentence_that_asks_for_silence() -> None:
    assert urgent("no me escriban mas mi pareja lo lee y me pega", ES) is Intent.DANGER


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("nesecito plata pa mi cuarto", Category.SHELTER),
        ("20 soles para pastillas", Category.MEDICINE),
        ("plata para comer y para mis pastillas", Category.MEDICINE),
        ("necesito plata", Category.CASH),
        ("ayuda", Category.OTHER),
    ],
)
def test_the_need_that_is_named_decides_and_money_is_only_the_means(text: str, category: Category) -> None:
    assert wanted(text) == (Intent.ASK, category)


def test_the_handful_of_english_words_is_known_in_spanish() -> None:
    heard = {word: wanted(word)[0] for word in ("STOP", "HELP", "YES", "MENU", "START", "CANCEL", "NO", "OK")}
    assert heard == {
        "STOP": Intent.STOP, "HELP": Intent.ASK, "YES": Intent.YES, "MENU": Intent.MENU,
        "START": Intent.START, "CANCEL": Intent.CANCEL, "NO": Intent.NO, "OK": Intent.YES,
    }  # fmt: skip


def test_a_choice_is_a_number_and_a_code_is_not() -> None:
    assert [digit(text, ES) for text in ("2", "la 2", "dos", "opción 3", "2️⃣")] == [2, 2, 2, 3, 2]
    assert [digit(text, ES) for text in ("K7P4", "483920", "2 hijos")] == [None, None, None]
    assert [wanted(text)[0] for text in ("K7P4", "483920", "100")] == [Intent.UNKNOWN] * 3


def test_normalising_keeps_the_tilde_of_the_n_and_drops_accents_shouting_and_ornaments() -> None:
    assert normalise("¡¡AYÚDAAAME,  Señora!! 😭") == "ayudame señora"
    assert normalise("pin\u0303a") == "piña"


@given(st.text(max_size=LONGEST))
def test_whatever_is_typed_is_answered_in_time(text: str) -> None:
    started = time.perf_counter()
    assert understand(text, ES).intent in Intent
    assert time.perf_counter() - started < GUARD_SECONDS


@pytest.mark.parametrize(
    "piece",
    ["a", "me ", "no ", "necesito ", "aaab", "¿?", "\u0301", "\ud800", "ñ", "zxqw ", "😭", "no me no te "],
)
def test_long_monotonous_texts_are_answered_in_time(piece: str) -> None:
    started = time.perf_counter()
    understand(piece * LONGEST, ES)
    assert time.perf_counter() - started < GUARD_SECONDS


def test_random_letters_are_answered_in_time_and_never_leave() -> None:
    chance = random.Random(7)  # noqa: S311 (the same letters in every run)
    for _ in range(200):
        text = "".join(chance.choices("aeiou bcdmnprst ", k=chance.randint(1, LONGEST)))
        started = time.perf_counter()
        assert leaving(text, ES) is None
        assert time.perf_counter() - started < GUARD_SECONDS


def test_a_text_takes_less_than_a_millisecond() -> None:
    took = []
    for text, _ in labelled("es"):
        started = time.process_time_ns()
        understand(text, ES)
        took.append(time.process_time_ns() - started)
    assert statistics.median(took) < 1_000_000
