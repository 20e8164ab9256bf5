"""What waits for her: the code of an ask or of an invitation, a button, a bare yes to the only open one."""

from __future__ import annotations

from aid import conversations, invitations, requests
from aid.conversations import Ask
from aid.errors import Refused
from aid.rules import receipts
from bot.dialogue import steps, words
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Intent, Understood

MOST_NAMED = 12
"""Codes that fit into one SMS."""
BARE = frozenset({Intent.YES, Intent.NO, Intent.DIGIT, Intent.CLAIM})


async def pressed(turn: Turn) -> None:
    """A button: of an ask, of the running question, or of one that has passed."""
    question = turn.incoming.pressed
    turn.text = turn.text.removeprefix("#")  # a value too long for a button comes as its number in the list
    if question.startswith("a"):
        ask = await conversations.ask_by_code(turn.tx, turn.person.id, question[1:])
        if ask is not None:
            await _answer_ask(turn, ask, turn.text)
            return
    if turn.before.flow and question == f"c{turn.before.version}":
        await steps.step(turn, Understood(Intent.UNKNOWN))
        return
    await turn.reply("button-old")
    if turn.before.flow:
        await turn.go_on(turn.before, turn.before.answers)


async def by_code(turn: Turn) -> bool:
    """A code she was given: of an ask, or an invitation, typed or in the link that she tapped."""
    code = receipts.read_code(turn.text)
    if code is not None:
        ask = await conversations.ask_by_code(turn.tx, turn.person.id, code)
        if ask is not None:
            await _answer_ask(turn, ask, _without(turn.text, code))
            return True
    payload = words.after_start(turn.text)
    if payload == "":
        turn.text = words.say("word-menu", turn.language)
        return False
    invitation = await invitations.find(turn.tx, turn.text if payload is None else payload)
    if invitation is None or invitation.organisation != turn.organisation.id:
        if payload:
            raise Refused("invite-unknown")
        return False
    await turn.book.invited(turn, invitation)
    return True


def _without(text: str, code: str) -> str:
    """What she said beside the code: "K7P4 no" leaves "no"."""
    rest = [word for word in text.split() if receipts.read_code(word) != code]
    joined = " ".join(rest)
    return "" if receipts.read_code(joined) == code else joined


async def _answer_ask(turn: Turn, ask: Ask, answer: str) -> None:
    if ask.state != "open" or ask.expires <= turn.tx.now:
        await turn.reply(turn.book.closed.get(ask.kind, "ask-closed"), code=ask.code)
        return
    await conversations.mark_shown(turn.tx, ask.id, shown=True)
    await turn.book.asks[ask.kind](turn, ask, answer)


async def one_open(turn: Turn) -> bool:
    """A bare yes, no or digit answers the one ask that is open; with several open she hears which."""
    understood = words.understand(turn.text, turn.language)
    if understood.intent not in BARE:
        return False
    waiting = await conversations.open_of(turn.tx, turn.person.id)
    if understood.intent is Intent.CLAIM or words.is_one_of(turn.text, "words-going", turn.language):
        waiting = [ask for ask in waiting if ask.kind == requests.OFFER]
    if not waiting:
        return False
    if len(waiting) > 1:
        await turn.reply("ask-several", codes=" ".join(ask.code for ask in waiting[:MOST_NAMED]))
        return True
    answer = turn.text if understood.intent is Intent.DIGIT else str(understood.intent)
    # A yes to a question she has not read yet only means "tell me"; to an offer it is what was asked.
    blind = not waiting[0].shown and waiting[0].kind != requests.OFFER
    await _answer_ask(turn, waiting[0], "" if blind else answer)
    return True
