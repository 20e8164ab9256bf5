"""Free text to intent: misspelled, unaccented, one word or a whole sentence (pure).

What is asked, in this order:

1. Leaving and coming back (stop, erase, start). The bare word counts only as the whole message, letter by
   letter and without a question mark; a sentence counts only if it is clear and nothing anywhere in the text
   takes it back. In doubt she goes on getting messages, and can say it again.
2. Danger, which wins over a sentence (not over the bare word) that also asks for silence: people read it.
3. The whole message: a digit, yes, no, a keyword.
4. What labelled examples taught (bot/dialogue/learning.py), where the phrase that is found has a voice too:
   a. the phrase of most words among the intents of _WEIGHED; between equals, their order;
   b. a need. Its category is the most urgent thing that is named: medicine, food, shelter, transport, other.
      Money is a means: "plata pa mi cuarto" is shelter, "20 soles para pastillas" medicine; it is cash when
      no purpose stands beside it. A bare cry for help is other;
   c. what begins with yes or no and is short; else unknown.

Stop and erase come from 1 alone: what examples take for them, and no phrase confirms, is unknown.
All words stand in config/texts/<language>/phrases.toml and examples.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.intents import Category, Intent, Understood, of_topic
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
    "warm",
]

_HINT = 1
"""Words of a phrase that is no more than a hint, and yields to a need: "respuesta", "donaciones"."""
_LARGEST_CHOICE = 99
"""No menu is longer; what is larger is an amount or a code."""
_SHORT_ANSWER = {Intent.YES: 6, Intent.NO: 2}
"""Words up to which a text that begins with yes or no is that answer; "no" also begins other sentences."""
_VOICE = 0.15
"""What a phrase adds to the score of its topic, where the right one has about 1: it settles near ties."""
_VOICE_OF_DANGER = 0.6
"""The same for danger, which must not be missed: of fresh texts that said it, none was as far behind."""
_SURE_WORD = 1.2
"""A lone word looks like many others; only its own example or a phrase makes it known."""
_SURE_DANGER = 0.6
"""What all examples together hardly know may look like anything; people are not called out for it."""
_NEVER_LEARNED = {Intent.STOP, Intent.ERASE}
_LEAVING = (Intent.ERASE, Intent.STOP, Intent.START)
_WEIGHED = (
    *(Intent.COMPLAINT, Intent.GIVE_BACK, Intent.CANCEL, Intent.STATUS, Intent.HUMAN, Intent.JOIN),
    *(Intent.GIVE, Intent.CLAIM, Intent.NO, Intent.YES, Intent.MENU),
)


def understand(text: str, phrases: Phrases) -> Understood:
    """What a text wants. Raises nothing, whatever is typed."""
    language = compiled(phrases)
    return _understood(language.hear(text), language)


def warm(phrases: Phrases) -> None:
    """Compile now, at start, what the first text would wait for: a quarter of a second."""
    compiled(phrases)


def urgent(text: str, phrases: Phrases) -> Intent | None:
    """Stop, erase, start or danger, which are heard before a running conversation; None for the rest."""
    language = compiled(phrases)
    heard = language.hear(text)
    found = _understood(heard, language).intent
    return found if found is Intent.DANGER else _urgent(heard, language)


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


def _understood(text: Text, language: Language) -> Understood:
    intent = _urgent(text, language) or _whole(text, language)
    if intent is Intent.ASK:
        return Understood(intent, Category.OTHER)
    if intent is not None:
        return Understood(intent)
    return _judged(text, _phrased(text))


def _judged(text: Text, phrased: Understood) -> Understood:
    """What the examples say, with the voice of the phrases in it."""
    scores = dict(text.scores)
    if not scores:
        return phrased
    best = max(scores, key=scores.__getitem__)
    if text.length == 1 and (scores[best] < _SURE_WORD or best == Intent.DIGIT):
        return phrased
    if best in _NEVER_LEARNED:
        return Understood(Intent.UNKNOWN)
    scores[phrased.topic] = scores.get(phrased.topic, 0.0) + _VOICE
    return of_topic(max(scores, key=scores.__getitem__))


def _urgent(text: Text, language: Language) -> Intent | None:
    for intent in _LEAVING:
        if language.literally(text, intent):
            return intent
    if _in_danger(text, language):
        return Intent.DANGER
    return next((intent for intent in _LEAVING if text.clearly(intent)), None)


def _in_danger(text: Text, language: Language) -> bool:
    """By what the examples say, or by a phrase, unless they firmly say that it stands there by chance."""
    least = _SURE_WORD if text.length == 1 else _SURE_DANGER
    if text.whole(Intent.DANGER) or _tells_danger(text.scores, least):
        return True
    near = (language.near(text, hit) for hit in text.hits(Intent.DANGER))
    return any(not scores or _tells_danger(scores, voice=_VOICE_OF_DANGER) for scores in near)


def _tells_danger(scores: Mapping[str, float], least: float = 0.0, voice: float = 0.0) -> bool:
    told = scores.get(Intent.DANGER, 0.0) + voice
    return told >= max(least, *scores.values()) if scores else False


def _choice(text: Text, language: Language) -> int | None:
    number = language.number(text)
    return number if number is not None and number <= _LARGEST_CHOICE else None


def _whole(text: Text, language: Language) -> Intent | None:
    if _choice(text, language) is not None:
        return Intent.DIGIT
    return next((intent for intent in (Intent.ASK, *_WEIGHED) if text.whole(intent)), None)


def _phrased(text: Text) -> Understood:
    """What the phrases say, the one of most words first."""
    intent, words = _weighed(text)
    if words <= _HINT and (category := _needed(text)):
        return Understood(Intent.ASK, category)
    return Understood(intent or _begun(text) or Intent.UNKNOWN)


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
