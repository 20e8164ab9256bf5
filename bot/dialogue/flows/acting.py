"""POR alias: an organiser speaks by telephone with a woman and does for her what she asks for.

What follows is done as if she had written it; the history says who acted for her. It may open, ask after and
take back; it may never claim, confirm what arrived, or receive her code.
"""

from __future__ import annotations

from aid import conversations, history, members
from aid.errors import Refused
from bot.dialogue import words
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Intent, Understood

MOST_WORDS = 3
"""An alias is two words, and sometimes a number behind them."""
FOR_HER = frozenset(
    {Intent.ASK, Intent.STATUS, Intent.CANCEL, Intent.COMPLAINT, Intent.HUMAN, Intent.STOP, Intent.START}
    | {Intent.ERASE, Intent.DANGER}
)


async def act(turn: Turn, _text: str) -> bool:
    """POR alias and what she wants."""
    if not _begins(turn):
        return False
    if not await _speak_for(turn):
        if turn.before.flow:
            return False  # an answer that happens to begin with "por"
        raise Refused("acting-unknown")
    urgent = words.urgent(turn.text, turn.language)
    understood = Understood(urgent) if urgent else words.understand(turn.text, turn.language)
    if understood.intent not in FOR_HER:
        raise Refused("acting-cannot")
    turn.end()
    await turn.book.intents[understood.intent](turn, understood)
    return True


def _begins(turn: Turn) -> bool:
    word, _, rest = turn.text.partition(" ")
    if "organiser" not in turn.roles or not words.is_one_of(word, "command-for", turn.language):
        return False
    second = rest.strip().partition(" ")[0]
    return not words.is_one_of(second, "words-courtesy", turn.language)  # "por favor"


async def _speak_for(turn: Turn) -> bool:
    """Read POR and the alias off the text: from here on she is meant. False when it names nobody."""
    named = await _named(turn, turn.text.split()[1:]) if _begins(turn) else None
    if named is None:
        return False
    person, told = named
    turn.behalf = person
    turn.text = told or words.say("word-help", turn.language)
    turn.before = conversations.dropped(turn.before)
    intent = str(words.understand(turn.text, turn.language).intent)
    await history.append(
        turn.tx,
        turn.organisation.id,
        "acted-for",
        "person",
        person,
        actor=turn.person.id,
        behalf=person,
        facts={"intent": intent},
    )
    return True


async def _named(turn: Turn, told: list[str]) -> tuple[str, str] | None:
    for length in range(min(MOST_WORDS, len(told)), 0, -1):
        person = await members.by_alias(turn.tx, " ".join(told[:length]))
        if person is None or person.id == turn.person.id:
            continue
        if await members.affiliation(turn.tx, person.id, turn.organisation.id):
            return person.id, " ".join(told[length:])
    return None


FIRST = (act,)
