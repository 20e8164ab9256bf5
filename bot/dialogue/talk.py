"""One incoming text in, replies out: who is she, where was she, what now. In one transaction.

Read in this order: what an organiser writes to or for another, a cover word, stop words, danger, the code
of an ask, a hand-over code, the running step, a bare yes, no or digit if exactly one ask is open, a word of
her role, intent.
"""

from __future__ import annotations

from dataclasses import replace

from aid import conversations, inbox, members
from aid.db import Tx
from aid.errors import AyniError, NotAllowed
from aid.messages import Incoming, Media
from aid.organisations import Organisation
from bot.dialogue import asked, steps, words
from bot.dialogue.flows import BOOK
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Intent, Understood

STRANGERS = frozenset({Intent.JOIN, Intent.GIVE, Intent.HUMAN, Intent.COMPLAINT})


class Overtaken(Exception):
    """Another turn of the same person was faster: this one must be taken again."""


async def hear(
    tx: Tx, organisation: Organisation, incoming: Incoming, seq: int, *, received: int | None = None
) -> None:
    """Answer one text. `received`: when it came, if that was not just now (milliseconds UTC).

    Raises Overtaken when another of hers was faster: roll back and take it again.
    """
    turn = await _turn(tx, organisation, incoming, seq, received)
    try:
        async with tx.attempt():
            await _answer(turn)
    except AyniError as told:
        turn.after = None
        await turn.tell(told)
    after = turn.after or replace(turn.before, misses=0)
    if not await conversations.save(tx, turn.before, after):
        raise Overtaken


async def apologise(tx: Tx, organisation: Organisation, incoming: Incoming, seq: int) -> None:
    """Her text met a fault of ours, and is put aside: she hears that she has to say it again."""
    turn = await _turn(tx, organisation, incoming, seq, None)
    await turn.reply("error-ours")


async def _turn(
    tx: Tx, organisation: Organisation, incoming: Incoming, seq: int, received: int | None
) -> Turn:
    person, address = await members.meet(
        tx, incoming.channel, incoming.line, incoming.address, organisation.language, heard=received
    )
    before = await conversations.load(tx, person.id, organisation.id)
    unknown = (
        before.flow is not None and before.flow not in BOOK.kinds
    )  # of an earlier version of the program
    if unknown or before.expires <= tx.now or before.organisation != organisation.id:
        before = conversations.dropped(before)
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
        await asked.pressed(turn)
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


async def _written(turn: Turn) -> None:
    """One reader after the other, until one says that the text was its own."""
    for read in (_first, _urgent, asked.by_code, _early, steps.running, asked.one_open, _command, _intent):
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
    if turn.before.behalf is not None:
        turn.behalf = None  # no cover word stands before it, so it is her own cry or her own leaving
    await turn.book.intents[urgent](turn, Understood(urgent))
    return True


async def _early(turn: Turn) -> bool:
    """What cannot wait for the end of the running conversation: a hand-over code, VOY, a complaint."""
    for early in turn.book.early:
        if await early(turn, turn.text):
            return True
    return False


async def _speak_for(turn: Turn) -> None:
    """In "geranio 1 necesita comida" the cover word says for whom she speaks, and what follows is hers."""
    told = turn.text.casefold()
    for ward in await members.wards_of(turn.tx, turn.person.id):
        cover = ward.cover.casefold()
        if told == cover or told.startswith(cover + " "):
            turn.behalf = ward.person
            turn.text = turn.text[len(cover) :].strip() or words.say("word-help", turn.language)
            turn.before = conversations.dropped(turn.before)
            return


async def _command(turn: Turn) -> bool:
    command = steps.command_of(turn)
    if command is not None:
        await command.run(turn, turn.text.partition(" ")[2].strip())
    return command is not None


async def _intent(turn: Turn) -> bool:
    understood = words.understand(turn.text, turn.language)
    if not turn.roles and understood.intent not in STRANGERS:
        turn.after = replace(turn.before, misses=turn.before.misses + 1)
        if turn.before.misses < steps.MOST_MISSES:
            await turn.reply("stranger")
        return True
    if turn.roles and steps.is_anothers(turn):
        raise NotAllowed
    starter = turn.book.intents.get(understood.intent)
    if starter is not None:
        await starter(turn, understood)
        return True
    if not await steps.miss(turn):
        await turn.reply("not-understood")
    return True
