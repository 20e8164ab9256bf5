"""Days as people write them: "hoy", "ayer", "12/5", "12 de mayo". Pure: the present day is passed in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aid.errors import NotUnderstood
from aid.messages import Message, Option
from bot.dialogue import words
from bot.dialogue.engine import PASS, Question
from bot.dialogue.normal import normalise

NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", re.ASCII)
NAMED = re.compile(r"(\d{1,2}) (?:de )?([a-zñ]{3,})(?: (?:de |del )?(\d{4}))?", re.ASCII)
NEAR = (("today", 0, "words-today"), ("yesterday", -1, "words-yesterday"))
MONTH_LETTERS = 3
CENTURY = 2000
FURTHEST = timedelta(days=3_660)
"""Ten years: a day told as further away is a slip of the finger, and the calendar itself ends in 9999."""
SEASON = timedelta(days=92)
"""Days told without a year lie about so far ahead or behind: what spoiled last month keeps no year."""


def day_of(now: int, zone: str) -> date:
    """The calendar day of an instant (milliseconds UTC) where the organisation is."""
    return datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone)).date()


def end_of(day: date, zone: str) -> int:
    """The instant (milliseconds UTC) at which a day is over there."""
    morrow = day + timedelta(days=1)
    return int(datetime(morrow.year, morrow.month, morrow.day, tzinfo=ZoneInfo(zone)).timestamp()) * 1000


def past_day(key: str, today: date, language: str) -> Question:
    """Which day it was, today at the latest; the canonical answer is the ISO date."""
    options = tuple(Option(value, f"option-{value}") for value, _, _ in NEAR)

    def read(text: str) -> str:
        for number, (value, days, known) in enumerate(NEAR, 1):
            if text in {value, str(number)} or words.is_one_of(text, known, language):
                return (today + timedelta(days=days)).isoformat()
        found = _read(text, today - SEASON, language)
        if not today - FURTHEST < found <= today:
            raise NotUnderstood("error-day")
        return found.isoformat()

    return Question(Message(key, {}, options), read)


def coming_day(key: str, today: date, language: str, none: str) -> Question:
    """Until which day, if any; she passes with the option labelled `none`."""

    def read(text: str) -> str:
        if text in {PASS, "1"}:
            return PASS
        found = _read(text, today + SEASON, language)
        if not today < found < today + FURTHEST:
            raise NotUnderstood("error-day")
        return found.isoformat()

    return Question(Message(key, {}, (Option(PASS, none),)), read, optional=True)


def _read(text: str, about: date, language: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _written(text, about, language)


def _written(text: str, about: date, language: str) -> date:
    found = NUMBERS.search(text)
    if found:
        day, month, year = int(found[1]), int(found[2]), found[3]
    else:
        named = NAMED.search(normalise(text))
        if named is None:
            raise NotUnderstood("error-day")
        day, month, year = int(named[1]), _month(named[2], language), named[3]
    years = int(year) if year else None
    if years is not None and years < CENTURY:
        years += CENTURY
    return _nearest(day, month, years, about)


def _month(name: str, language: str) -> int:
    for number, spellings in enumerate(words.say("words-months", language).split(", "), 1):
        if name[:MONTH_LETTERS] in {normalise(month)[:MONTH_LETTERS] for month in spellings.split()}:
            return number
    raise NotUnderstood("error-day")


def _nearest(day: int, month: int, year: int | None, about: date) -> date:
    """Without a year it is the one nearest to the day that such days lie about."""
    years = (year,) if year else (about.year - 1, about.year, about.year + 1)
    possible = []
    for one in years:
        try:
            possible.append(date(one, month, day))
        except ValueError:  # 29 February of another year
            continue
    if not possible:
        raise NotUnderstood("error-day")
    return min(possible, key=lambda found: abs(found - about))
