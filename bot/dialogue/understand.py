"""Free text to intent: misspelled, unaccented, one word or a whole sentence (pure).

What is asked, in this order:

1. Leaving and coming back (stop, erase, start). The bare word counts only as the whole message, letter by
   letter and without a question mark; a sentence counts only if it is clear and nothing anywhere in the text
   takes it back. In doubt she goes on getting messages, and can say it again.
2. Danger, which wins over a sentence (not over the bare word) that also asks for silence: people read it.
3. The whole message: a digit, yes, no, a keyword.
4. The phrase of most words among the intents of _WEIGHED; between equals, their order.
5. A need. Its category is the most urgent thing that is named: medicine, food, shelter, transport, other.
   Money is a means: "plata pa mi cuarto" is shelter, "20 soles para pastillas" medicine; it is cash when no
   purpose stands beside it. A bare cry for help is other.
6. What begins with yes or no and is short; else unknown.

All words stand in config/texts/<language>/phrases.toml.
"""

from __future__ import annotations

from bot.dialogue.intents import Category, Intent, Understood
from bot.dialogue.language import Language, Text, compiled
from bot.dialogue.normal import normalise
from config.texts.phrases import Phrases

__all__ = [
    "Category",
    "Intent",
    "Understood",
    "digit",
    "is_danger",
    "leaving",
    "normalise",
    "understand",
    "urgent",
]

_HINT = 1
"""Words of a phrase that is no more than a hint, and yields to a need: "respuesta", "donaciones"."""
_LARGEST_CHOICE = 99
"""No menu is longer; what is larger is an amount or a code."""
_SHORT_ANSWER = {Intent.YES: 6, Intent.NO: 2}
"""Words up to which a text that begins with yes or no is that answer; "no" also begins other sentences."""
_LEAVING = (Intent.ERASE, Intent.STOP, Intent.START)
_WEIGHED = (
    *(Intent.COMPLAINT, Intent.GIVE_BACK, Intent.CANCEL, Intent.STATUS, Intent.HUMAN, Intent.JOIN),
    *(Intent.GIVE, Intent.CLAIM, Intent.NO, Intent.YES, Intent.MENU),
)


def understand(text: str, phrases: Phrases) -> Understood:
    """What a text wants. Raises nothing, whatever is typed."""
    language = compiled(phrases)
    heard = language.hear(text)
    intent = _urgent(heard, language) or _whole(heard, language)
    if intent is None:
        intent, words = _weighed(heard)
        if words <= _HINT and (category := _needed(heard)):
            return Understood(Intent.ASK, category)
    if intent is Intent.ASK:
        return Understood(intent, Category.OTHER)
    return Understood(intent or _begun(heard) or Intent.UNKNOWN)


def urgent(text: str, phrases: Phrases) -> Intent | None:
    """Stop, erase, start or danger, which are heard before a running conversation; None for the rest."""
    language = compiled(phrases)
    return _urgent(language.hear(text), language)


def leaving(text: str, phrases: Phrases) -> Intent | None:
    """Stop, erase or start; None for the rest, danger among it."""
    found = urgent(text, phrases)
    return found if found in _LEAVING else None


def is_danger(text: str, phrases: Phrases) -> bool:
    """She is beaten, held, followed, extorted or threatened, or cries for rescue."""
    return urgent(text, phrases) is Intent.DANGER


def digit(text: str, phrases: Phrases) -> int | None:
    """The choice from a printed menu that the whole message is: "2", "la 2", "dos"."""
    language = compiled(phrases)
    return _choice(language.hear(text), language)


def _urgent(text: Text, language: Language) -> Intent | None:
    for intent in _LEAVING:
        if language.literally(text, intent):
            return intent
    if text.whole(Intent.DANGER) or text.weight(Intent.DANGER):
        return Intent.DANGER
    return next((intent for intent in _LEAVING if text.clearly(intent)), None)


def _choice(text: Text, language: Language) -> int | None:
    number = language.number(text)
    return number if number is not None and number <= _LARGEST_CHOICE else None


def _whole(text: Text, language: Language) -> Intent | None:
    if _choice(text, language) is not None:
        return Intent.DIGIT
    return next((intent for intent in (Intent.ASK, *_WEIGHED) if text.whole(intent)), None)


def _weighed(text: Text) -> tuple[Intent | None, int]:
    weights = [(text.weight(intent), intent) for intent in _WEIGHED]
    best = max(weight for weight, _ in weights)
    return next(intent for weight, intent in weights if weight == best) if best else None, best


def _needed(text: Text) -> Category | None:
    named = next((each for each in Category if text.weight(f"ask.{each}", unless="ask")), None)
    if not named and not text.weight(Intent.ASK):
        return None
    if named in {None, Category.CASH}:
        named = _hinted(text, named) or named
    return named or Category.OTHER


def _hinted(text: Text, named: Category | None) -> Category | None:
    # Money is for what she hints at, illness say; but being out of work is no purpose of money.
    purposes = (each for each in Category if named is None or each is not Category.OTHER)
    return next((each for each in purposes if text.weight(f"ask.{each}", "weak", unless="ask")), None)


def _begun(text: Text) -> Intent | None:
    answers = (
        intent for intent, longest in _SHORT_ANSWER.items() if text.length <= longest and text.begins(intent)
    )
    return None if text.question else next(answers, None)
