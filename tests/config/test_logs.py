"""No log line names anybody: a day of the program at DEBUG, searched for everything that was planted."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Literal

import pytest

from aid.messages import Outcome, Verdict
from config import logs
from jobs.beats import BEATS
from tests.stories.people import enrol
from tests.world import SMS, World, opened, sms, telegram

TOKEN = "123456789:AAHabcdefghijklmnopqrstuvwxyz012345"
NUMBERS = ("+51900000001", "900000002")
TEXTS = ("Quispesaurio", "geranio azulino", "me sigue el del mercado")
SECRET = "una-clave-del-proveedor"


@contextmanager
def captured(form: Literal["plain", "json"], *, filtered: bool = True) -> Iterator[StringIO]:
    """Everything that anybody logs, the libraries that we quieten too, as the program would write it."""
    root, stream = logging.getLogger(), StringIO()
    handler = logs.handler(form, stream)
    if not filtered:
        handler.filters.clear()
    loud = {logger: logger.level for logger in (root, *map(logging.getLogger, logs.QUIET))}
    root.addHandler(handler)
    for logger in loud:
        logger.setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        for logger, level in loud.items():
            logger.setLevel(level)


def found(stream: StringIO) -> list[str]:
    text = stream.getvalue()
    return [planted for planted in (TOKEN, SECRET, *NUMBERS, *TEXTS) if planted in text]


async def day(database_url: str) -> None:
    """Members and organisers at work, and a provider that fails. The engine is opened under DEBUG, too."""
    async with opened(database_url) as world:
        await work(world)


async def work(world: World) -> None:
    nieves, irma = sms(world, 1), telegram(world, 2)
    await enrol(world, nieves)
    await enrol(world, irma, "organiser", "duty")
    for told in (f"hola soy {TEXTS[0]}", "necesito comida", "4", "1", TEXTS[0], f"auxilio {TEXTS[2]}"):
        await nieves.write(told)
    await irma.write("voy")
    await irma.write("inscribir")
    for told in (TEXTS[1], "si", "1", "1", "1", "1950", "si", "0"):
        await irma.write(told)
    world.lines[SMS].outcomes.append(Outcome(Verdict.AGAIN, reason="502"))
    await nieves.write("estado")
    for beat in BEATS:
        await beat.run(world.db, world.now)


def careless() -> None:
    """What libraries and faults print when nobody watches."""
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/sendMessage", TOKEN)
    logging.getLogger("provider").warning("to=%s text=sent key=%s", NUMBERS[0], SECRET)
    logging.getLogger("provider").warning("from 51 900 000 001 and (900) 000-002")
    try:
        int(f"no such user {NUMBERS[1]}")
    except ValueError:
        logging.getLogger("aid").exception("a fault in intake 7")


@pytest.fixture
def _secret() -> Iterator[None]:
    logs.register(SECRET)
    yield
    logs.forget(SECRET)


@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.usefixtures("_secret")
async def test_a_day_of_the_program_leaves_nothing_of_anybody_in_the_logs(
    database_url: str, form: Literal["plain", "json"]
) -> None:
    with captured(form) as stream:
        await day(database_url)
        careless()
    assert len(stream.getvalue().splitlines()) > 200
    assert found(stream) == []
    assert "000 001" not in stream.getvalue()
    assert "000-002" not in stream.getvalue()


@pytest.mark.usefixtures("_secret")
async def test_without_the_filter_the_same_search_finds_what_is_careless() -> None:
    with captured("plain", filtered=False) as stream:
        careless()
    assert found(stream) == [TOKEN, SECRET, *NUMBERS]


async def test_what_we_log_ourselves_names_nobody_even_without_the_filter(database_url: str) -> None:
    with captured("plain", filtered=False) as stream:
        await day(database_url)
    assert found(stream) == []


def test_ids_stand_behind_the_words_and_stay_whole() -> None:
    with captured("plain") as stream:
        logging.getLogger("jobs").info("sent", extra={"outbox": "0a1234567890123456789012345678ef"})
    assert stream.getvalue().rstrip().endswith("sent [outbox=0a1234567890123456789012345678ef]")


def test_a_json_line_can_be_read_by_a_machine() -> None:
    with captured("json") as stream:
        logging.getLogger("jobs").warning("intake %s failed", 7, extra={"intake": 7})
        careless()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert lines[0]["message"] == "intake 7 failed"
    assert lines[0]["intake"] == "7"
    assert "no such user [number]" in lines[-1]["fault"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("intake 4711 failed", "intake 4711 failed"),
        ("id 900000001f00d", "id 900000001f00d"),
        ("at 127.0.0.1:8080", "at 127.0.0.1:8080"),
        ("call +51900000001.", "call [number]."),
        ("call 0051-900-000-001", "call [number]"),
        ("user 900000001", "user [number]"),
        (f"bot{TOKEN}/getMe", "bot[token]/getMe"),
    ],
)
def test_numbers_of_people_go_and_ids_stay(text: str, kept: str) -> None:
    assert logs.redact(text) == kept


def test_a_secret_too_short_to_be_told_apart_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        logs.register("ayni")


def test_libraries_that_print_what_they_send_are_quiet() -> None:
    before = {name: logging.getLogger(name).level for name in logs.QUIET}
    try:
        logs.quieten()
        assert not any(logging.getLogger(name).isEnabledFor(logging.INFO) for name in logs.QUIET)
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
