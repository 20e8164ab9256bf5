"""One incoming text in, replies out: who is she, where was she, what now. In one transaction.

Read in this order: what an organiser writes to or for another, a cover word, stop words, danger, the code
of an ask, a hand-over code, the running step, a bare yes, no or digit if exactly one ask is open, a word of
her role, intent.
"""

from __future__ import annotations

from dataclasses import replace

from aid import conversations, inbox, invitations, members
from aid.conversations import Ask
from aid.db import Tx
from aid.errors import AyniError, NotUnderstood, Refused
from aid.messages import Incoming, Media
from aid.organisations import Organisation
from aid.rules import receipts
from bot.dialogue import words
from bot.dialogue.engine import PASS, Asking, Question, replay
from bot.dialogue.flows import BOOK
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Intent, Understood

MISSES_TO_A_PERSON = 2
OVER_A_STEP = frozenset({Intent.CANCEL, Intent.MENU, Intent.STATUS, Intent.HUMAN, Intent.COMPLAINT})
"""What she may say in the middle of a question that takes any words, when it is all she says."""
STRANGERS = frozenset({Intent.JOIN, Intent.GIVE, Intent.HUMAN, Intent.COMPLAINT})


class Overtaken(Exception):
    """Another turn of the same person was faster: this one must be taken again."""


async def hear(tx: Tx, organisation: Organisation, incoming: Incoming, seq: int) -> None:
    """Answer one text. Raises Overtaken when another of hers was faster: roll back and take it again."""
    turn = await _turn(tx, organisation, incoming, seq)
    try:
        async with tx.attempt():
            await _answer(turn)
    except AyniError as told:
        turn.after = None
        await turn.tell(told)
    after = turn.after or replace(turn.before, misses=0)
    if not await conversations.save(tx, turn.before, after):
        raise Overtaken


async def _turn(tx: Tx, organisation: Organisation, incoming: Incoming, seq: int) -> Turn:
    person, address = await members.meet(
        tx, incoming.channel, incoming.line, incoming.address, organisation.language
    )
    before = await conversations.load(tx, person.id, organisation.id)
    if before.expires <= tx.now or before.organisation != organisation.id:
        before = replace(before, flow=None, behalf=None, offered={}, answers=())
    return Turn(
        tx=tx,
        book=BOOK,
        organisation=organisation,
        person=person,
        address=address,
        roles=await members.roles_of(tx, person.id, organisation.id),
        incoming=incoming,
        text=incoming.text.strip(),
        before=before,
        cause=f"turn:{seq}",
        language=person.language,
        behalf=before.behalf,
    )


async def _answer(turn: Turn) -> None:
    if turn.incoming.contact:
        await _contact(turn)
    elif turn.incoming.media is not None and not turn.text:
        await _media(turn, turn.incoming.media)
    elif turn.incoming.pressed:
        await _pressed(turn)
    else:
        await _written(turn)


async def _media(turn: Turn, media: Media) -> None:
    """No picture and no voice is fetched or kept. A voice wants an ear: somebody calls her back."""
    if media is Media.VOICE and turn.roles:
        await inbox.call(turn.tx, turn.organisation.id, "call-back", turn.person.id)
        await turn.reply("media-voice")
        return
    await turn.reply("media-voice-stranger" if media is Media.VOICE else "media-picture")


async def _contact(turn: Turn) -> None:
    """Her own card: the network knows the number, so this is her second way to be reached."""
    owner = await members.owner_of_number(turn.tx, turn.incoming.contact)
    if owner is None or owner == turn.person.id or turn.roles:
        await turn.reply("contact-known" if turn.roles else "stranger")
        return
    turn.address = await members.join_addresses(turn.tx, turn.address, owner, turn.organisation.id)
    await turn.reply("address-added")


async def _pressed(turn: Turn) -> None:
    pressed = turn.incoming.pressed
    turn.text = turn.text.removeprefix("#")  # a value too long for a button comes as its number in the list
    if pressed.startswith("a"):
        ask = await conversations.ask_by_code(turn.tx, turn.person.id, pressed[1:])
        if ask is not None:
            await _answer_ask(turn, ask, turn.text)
            return
    if turn.before.flow and pressed == f"c{turn.before.version}":
        await _step(turn, Understood(Intent.UNKNOWN))
        return
    await turn.reply("button-old")
    if turn.before.flow:
        await turn.go_on(turn.before, turn.before.answers)


async def _written(turn: Turn) -> None:
    """One reader after the other, until one says that the text was its own."""
    for read in (_first, _urgent, _by_code, _early, _running, _one_open, _command, _intent):
        if await read(turn):
            return


async def _first(turn: Turn) -> bool:
    for read in turn.book.first:
        if await read(turn, turn.text):
            return True
    await _speak_for(turn)
    return False


async def _urgent(turn: Turn) -> bool:
    """Leaving, coming back, danger: before anything that is open."""
    urgent = words.urgent(turn.text, turn.language)
    if urgent is None:
        return False
    await turn.book.intents[urgent](turn, Understood(urgent))
    return True


async def _early(turn: Turn) -> bool:
    """A hand-over code, unless the running conversation asks for numbers as long as one."""
    running = turn.book.kinds.get(turn.before.flow or "")
    if running is not None and running.asks_numbers:
        return False
    for early in turn.book.early:
        if await early(turn, turn.text):
            return True
    return False


async def _by_code(turn: Turn) -> bool:
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
    await turn.book.asks[ask.kind](turn, ask, answer)


async def _speak_for(turn: Turn) -> None:
    """In "geranio 1 necesita comida" the cover word says for whom she speaks, and what follows is hers."""
    told = turn.text.casefold()
    for ward in await members.wards_of(turn.tx, turn.person.id):
        cover = ward.cover.casefold()
        if told == cover or told.startswith(cover + " "):
            turn.behalf = ward.person
            turn.text = turn.text[len(cover) :].strip() or words.say("word-help", turn.language)
            turn.before = replace(turn.before, flow=None, behalf=None, offered={}, answers=())
            return


async def _running(turn: Turn) -> bool:
    """The conversation that is under way, if there is one and the text answers it."""
    return bool(turn.before.flow) and await _step(turn, words.understand(turn.text, turn.language))


async def _step(turn: Turn, understood: Understood) -> bool:
    """Take the text as the answer to the running question; False when it is something else altogether."""
    conversation = turn.before
    kind = turn.book.kinds[conversation.flow or ""]
    where = replay(kind.steps(conversation.offered), conversation.answers)
    if not isinstance(where, Asking):
        turn.end()
        return False
    if understood.intent in OVER_A_STEP and words.is_short(turn.text):
        turn.end()
        turn.before = replace(turn.before, flow=None, answers=(), offered={})
        return False
    try:
        answer = _read(where.question, turn.text, understood, turn.language)
    except NotUnderstood as missed:
        if understood.intent is not Intent.UNKNOWN and understood.intent not in {
            Intent.YES,
            Intent.NO,
            Intent.DIGIT,
        }:
            turn.end()
            return False
        await _miss(turn, missed, where.question)
        return True
    await turn.go_on(conversation, (*where.answers, answer))
    return True


def _read(question: Question, text: str, understood: Understood, language: str) -> str:
    """Her answer: as written, else as it was understood ("sip" for yes, "pa comer" for food)."""
    if question.optional and words.means_pass(text, understood, language):
        return PASS
    try:
        return question.read(text)
    except NotUnderstood:
        for meant in (understood.category, understood.intent):
            if meant is not None and question.takes(str(meant)):
                return question.read(str(meant))
        raise


async def _miss(turn: Turn, missed: NotUnderstood, question: Question) -> None:
    misses = turn.before.misses + 1
    turn.after = replace(turn.before, misses=misses)
    if misses >= MISSES_TO_A_PERSON:
        await _to_a_person(turn)
        return
    await turn.tell(missed)
    await turn.ask(question)


async def _to_a_person(turn: Turn) -> None:
    turn.after = replace(turn.after or turn.before, misses=0)
    await inbox.call(turn.tx, turn.organisation.id, "misunderstood", turn.person.id, words=turn.text)
    await turn.reply("human-coming")


async def _one_open(turn: Turn) -> bool:
    """A bare yes, no or digit answers the one ask that is open; with several open she hears which."""
    understood = words.understand(turn.text, turn.language)
    if understood.intent not in {Intent.YES, Intent.NO, Intent.DIGIT, Intent.CLAIM}:
        return False
    waiting = await conversations.open_of(turn.tx, turn.person.id)
    if understood.intent is Intent.CLAIM:
        waiting = [ask for ask in waiting if ask.kind == "offer"]
    if not waiting:
        return False
    if len(waiting) > 1:
        await turn.reply("ask-several", codes=" ".join(ask.code for ask in waiting))
        return True
    await _answer_ask(
        turn, waiting[0], turn.text if understood.intent is Intent.DIGIT else str(understood.intent)
    )
    return True


async def _command(turn: Turn) -> bool:
    first, _, rest = turn.text.partition(" ")
    for command in turn.book.commands:
        if turn.roles & command.roles and words.is_one_of(first, command.words, turn.language):
            await command.run(turn, rest.strip())
            return True
    return False


async def _intent(turn: Turn) -> bool:
    understood = words.understand(turn.text, turn.language)
    if not turn.roles and understood.intent not in STRANGERS:
        await turn.reply("stranger")
        return True
    starter = turn.book.intents.get(understood.intent)
    if starter is not None:
        await starter(turn, understood)
        return True
    misses = turn.before.misses + 1
    turn.after = replace(turn.before, misses=misses)
    if misses >= MISSES_TO_A_PERSON:
        await _to_a_person(turn)
    else:
        await turn.reply("not-understood")
    return True
