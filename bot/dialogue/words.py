"""What a text means, in the language of whom it is from: the pure readers with the words of the locale."""

from __future__ import annotations

from functools import cache

from bot.dialogue.normal import normalise
from bot.dialogue.understand import Intent, Understood
from bot.dialogue.understand import digit as _digit
from bot.dialogue.understand import understand as _understand
from bot.dialogue.understand import urgent as _urgent
from bot.dialogue.understand import warm as _warm
from config.texts import FALLBACK, languages
from config.texts import say as _say
from config.texts.phrases import Phrases, load

SHORT_WORDS = 3
START = "/start"


@cache
def phrases(language: str) -> Phrases:
    """The phrases of a language, read once."""
    return load(language if language in languages() else FALLBACK)


def warm(language: str) -> None:
    """Read and compile the phrases of a language before the first text waits for it: 0.2 seconds."""
    _warm(phrases(language))


def understand(text: str, language: str) -> Understood:
    """What she means."""
    return _understand(text, phrases(language))


def urgent(text: str, language: str) -> Intent | None:
    """Stop, erase, start or danger: what is looked at before anything else; None for all the rest."""
    return _urgent(text, phrases(language))


def digit(text: str, language: str) -> int | None:
    """The number that the whole text is: "4", "cuatro"."""
    return _digit(text, phrases(language))


def after_start(text: str) -> str | None:
    """What a deep link carried ("/start abc"), "" for a bare start, None when it is no start at all."""
    first, _, rest = text.partition(" ")
    return rest.strip() if first == START else None


def means_pass(text: str, understood: Understood, language: str) -> bool:
    """She would rather not say."""
    return understood.intent is Intent.NO or is_one_of(text, "words-pass", language)


def yes_or_no(text: str, language: str, *, strictly: bool = False) -> bool | None:
    """Which of two answers a text is, by its number, its button or in words; None for anything else.

    To take something on is a yes and to give it back a no, unless it is asked `strictly`: money hangs on it.
    """
    if text in {"1", "yes"}:
        return True
    if text in {"2", "no"}:
        return False
    intent = understand(text, language).intent
    if intent is Intent.YES or (intent is Intent.CLAIM and not strictly):
        return True
    return False if intent is Intent.NO or (intent is Intent.GIVE_BACK and not strictly) else None


def is_short(text: str) -> bool:
    """A word or two, so no answer in her own words."""
    return len(text.split()) <= SHORT_WORDS


def is_one_of(word: str, key: str, language: str) -> bool:
    """Whether a word is among the spellings that a text lists, with commas between."""
    return normalise(word) in _spellings(key, language)


@cache
def _spellings(key: str, language: str) -> frozenset[str]:
    return frozenset(normalise(spelling) for spelling in _say(key, {}, language=language).split(","))


def say(key: str, language: str) -> str:
    """A word of the locale that the dialogue itself uses."""
    return _say(key, {}, language=language)
