"""Danger and complaint: people answer. Also those who are called to a woman in danger, and go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aid import complaints, conversations, incidents
from aid.conversations import Ask
from aid.incidents import Alarm
from bot.dialogue import words
from bot.dialogue.engine import Flow, free_text
from bot.dialogue.normal import normalise
from bot.dialogue.turn import Kind, Turn
from bot.dialogue.understand import Intent, Understood

COMPLAINT = "complaint"
GOING = frozenset({"going", "1"})
CANNOT = frozenset({"2"})


async def danger(turn: Turn, _understood: Understood) -> None:
    """People are called before anything else."""
    if turn.before.flow == COMPLAINT or _told(turn.text, turn.language) != turn.text:
        await _complain(turn, _told(turn.text, turn.language))
    raise_ = incidents.protect if must_be_protected(turn.text, turn.language) else incidents.danger
    somebody = await raise_(turn.tx, turn.organisation.id, turn.whose, turn.text)
    if turn.before.flow:
        turn.end()
    await turn.reply("danger-heard" if somebody else "danger-nobody")


def must_be_protected(text: str, language: str) -> bool:
    """She says that she is a girl, or that she is forced: two people hear of it, not everybody."""
    told = f" {_plain(text)} "
    return any(f" {_plain(said)} " in told for said in words.say("words-protect", language).split(","))


def _plain(text: str) -> str:
    return normalise(text).replace("ñ", "n")  # "anos" is how a cheap phone writes "años"


async def called(turn: Turn, ask: Ask, text: str) -> None:
    """One who was called answers: she goes, she cannot, or she wants to know what it is."""
    alarm = await incidents.by_id(turn.tx, ask.about or "")
    if alarm is None:
        await turn.reply("ask-closed", code=ask.code)
    elif _goes(turn, text):
        await _go(turn, alarm)
    elif text in CANNOT or words.understand(text, turn.language).intent in {Intent.NO, Intent.GIVE_BACK}:
        await incidents.decline(turn.tx, alarm, ask.id)
        await turn.reply("alarm-declined")
    else:
        await turn.reply_with(await incidents.show(turn.tx, alarm, ask.code))


def _goes(turn: Turn, text: str) -> bool:
    first = text.partition(" ")[0]
    if text in GOING or words.is_one_of(text, "words-going", turn.language):
        return True
    if words.is_one_of(first, "words-going", turn.language):
        return True
    return words.understand(text, turn.language).intent in {Intent.YES, Intent.CLAIM}


async def _go(turn: Turn, alarm: Alarm) -> None:
    """She goes, and only she learns of whom, and the number to call: in answer to her VOY, never unasked."""
    going = await incidents.go(turn.tx, alarm, turn.person.id)
    await turn.reply(
        "alarm-yours",
        protect=True,
        alias=going.alias or "none",
        number=going.number or "none",
        words=going.words or "none",
        receipt=going.receipt,
    )


async def going(turn: Turn, text: str) -> bool:
    """The bare word VOY, when she is called to an alarm."""
    if not words.is_one_of(text, "words-going", turn.language):
        return False
    open_ = await conversations.open_of(turn.tx, turn.person.id)
    alarms = [ask for ask in open_ if ask.kind == incidents.ALARM]
    if len(alarms) == 1:
        await called(turn, alarms[0], text)
    elif alarms:
        await turn.reply("ask-several", codes=" ".join(ask.code for ask in alarms))
    return bool(alarms)


def steps(_offered: Mapping[str, Any]) -> Flow:
    """What happened, in her words."""
    return (yield free_text("complaint-words"))


async def finish(turn: Turn, told: str) -> None:
    """Give it to two people who are no part of it."""
    await _complain(turn, told)


async def complain(turn: Turn, _understood: Understood) -> None:
    """She complains: at once if she says of what, else after one question."""
    told = _told(turn.text, turn.language)
    if told:
        turn.end()
        await _complain(turn, told)
    else:
        await turn.begin(COMPLAINT, {})


async def first_word(turn: Turn, text: str) -> bool:
    """QUEJA at the beginning is a complaint, whatever follows ("queja por mi pedido" asks after nothing)."""
    if _told(text, turn.language) == text:
        return False
    await complain(turn, Understood(Intent.COMPLAINT))
    return True


def _told(text: str, language: str) -> str:
    """What she says beside the word QUEJA."""
    first, _, rest = text.partition(" ")
    return rest.strip() if words.is_one_of(first.strip(".,:;!"), "words-complaint", language) else text


async def _complain(turn: Turn, told: str) -> None:
    receipt, readers = await complaints.complain(
        turn.tx, turn.organisation.id, turn.whose, told, actor=turn.person.id
    )
    await turn.reply("complaint-heard", receipt=receipt, readers=readers)


KINDS = (Kind(COMPLAINT, 1, steps, finish),)
INTENTS = {Intent.DANGER: danger, Intent.COMPLAINT: complain}
ASKS = {incidents.ALARM: called}
EARLY = (going, first_word)
