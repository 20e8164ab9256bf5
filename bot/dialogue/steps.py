"""The running conversation: is this text its answer, and what when it is not."""

from __future__ import annotations

from dataclasses import replace

from aid import inbox
from aid.errors import NotUnderstood
from bot.dialogue import words
from bot.dialogue.engine import PASS, Asking, Question, replay
from bot.dialogue.normal import normalise
from bot.dialogue.turn import Command, Turn
from bot.dialogue.understand import Intent, Understood
from config.texts import say

MISSES_TO_A_PERSON = 2
MOST_MISSES = 8
"""In a row. After them only people answer: a telephone that answers by itself would go on for ever."""
OVER_A_STEP = frozenset({Intent.CANCEL, Intent.MENU, Intent.STATUS, Intent.HUMAN, Intent.COMPLAINT})
"""What she may say in the middle of a question that takes any words, when it is all she says."""
MERE_ANSWERS = frozenset({Intent.UNKNOWN, Intent.YES, Intent.NO, Intent.DIGIT})
"""What cannot be the beginning of something else."""


async def running(turn: Turn) -> bool:
    """The conversation that is under way, if there is one and the text answers it."""
    return bool(turn.before.flow) and await step(turn, words.understand(turn.text, turn.language))


async def step(turn: Turn, understood: Understood) -> bool:
    """Take the text as the answer to the running question; False when it is something else altogether."""
    conversation = turn.before
    kind = turn.book.kinds[conversation.flow or ""]
    where = replay(kind.steps(conversation.offered), conversation.answers)
    if not isinstance(where, Asking):
        turn.end()
        return False
    if understood.intent in OVER_A_STEP and words.is_short(turn.text):
        turn.end()
        if understood.intent is Intent.CANCEL:  # what she asked for before keeps its place in the line
            await turn.reply("cancel-dropped")
            return True
        turn.before = replace(turn.before, flow=None, answers=(), offered={})
        return False
    try:
        answer = _read(where.question, turn.text, understood, turn.language)
    except NotUnderstood as missed:
        if _begins_something(turn, understood) or command_of(turn) is not None:
            turn.end()
            return False
        await _asked_again(turn, missed, where.question)
        return True
    await turn.go_on(conversation, (*where.answers, answer))
    return True


def _begins_something(turn: Turn, understood: Understood) -> bool:
    """A word or two that name a need are a wrong answer, not a new request."""
    if understood.intent is Intent.ASK and words.is_short(turn.text):
        return False
    return understood.intent not in MERE_ANSWERS


def _read(question: Question, text: str, understood: Understood, language: str) -> str:
    """Her answer: as written, as printed, or as understood ("sip" for yes, "pa comer" for food, "cuatro")."""
    if question.optional and words.means_pass(text, understood, language):
        return PASS
    try:
        return question.read(text)
    except NotUnderstood:
        for meant in (_labelled(question, text, language), understood.category, understood.intent):
            if meant is not None and question.takes(str(meant)):
                return question.read(str(meant))
        number = words.digit(text, language)
        if number is None or not text.isalpha():  # "-5" was read above, and refused
            raise
        return question.read(str(number))


def _labelled(question: Question, text: str, language: str) -> str | None:
    """The answer whose label she typed instead of its number: "puede esperar"."""
    told = normalise(text)
    for option in question.message.options:
        if normalise(say(option.label, option.values, language=language)) == told:
            return option.value
    return None


async def _asked_again(turn: Turn, missed: NotUnderstood, question: Question) -> None:
    if not await miss(turn):
        await turn.tell(missed)
        await turn.ask(question)


async def miss(turn: Turn) -> bool:
    """Count a misunderstanding. Every second in a row goes to a person: True when it did."""
    misses = turn.before.misses + 1
    turn.after = replace(turn.before, misses=misses)
    if misses % MISSES_TO_A_PERSON and misses <= MOST_MISSES:
        return False
    await inbox.call(turn.tx, turn.organisation.id, "misunderstood", turn.person.id, words=turn.text)
    if misses <= MOST_MISSES:
        await turn.reply("human-coming")
    return True


def is_anothers(turn: Turn) -> bool:
    """The whole text is the word of a role she does not hold, as PAGAR is to a member."""
    return any(words.is_one_of(turn.text, one.words, turn.language) for one in turn.book.commands)


def command_of(turn: Turn) -> Command | None:
    """The word of a role of hers that the text begins with."""
    first = turn.text.partition(" ")[0]
    for command in turn.book.commands:
        if turn.roles & command.roles and words.is_one_of(first, command.words, turn.language):
            return command
    return None
