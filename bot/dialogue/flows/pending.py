"""The organisers' list on a phone: what waits, an answer through the bot, and that it is done.

RESPONDER and LISTO with a number are read before anything else: what an organiser writes to another woman is
not her own word, be it "no" or "police".
"""

from __future__ import annotations

import re
from typing import Final

from aid import inbox, members
from aid.errors import NotUnderstood, Refused
from aid.inbox import Item
from aid.rules.receipts import RECEIPT_ALPHABET, RECEIPT_LENGTH
from bot.dialogue import given, words
from bot.dialogue.turn import Command, Turn

SHOWN: Final = 5
READERS: Final = frozenset({"organiser", "auditor", "treasurer", "volunteer", members.DUTY})
"""Who may have something on the list: each sees only what is hers to see."""
RECEIPT: Final = re.compile(rf"[{RECEIPT_ALPHABET}]{{{RECEIPT_LENGTH}}}")


async def show(turn: Turn, _rest: str) -> None:
    """What waits for her, the oldest first. By SMS without the words: others read her telephone."""
    items = await inbox.shown_to(turn.tx, turn.organisation.id, turn.person.id, turn.roles)
    if not items:
        await turn.reply("pending-none")
    for item in items[:SHOWN]:
        person = await members.by_id(turn.tx, item.person)
        await turn.reply(
            "pending-item",
            protect=True,
            receipt=item.receipt,
            kind=item.kind,
            alias=(person.alias if person else "") or "none",
            words=item.words or "none",
        )
    if len(items) > SHOWN:
        await turn.reply("pending-more", count=len(items) - SHOWN)


async def respond(turn: Turn, rest: str) -> None:
    """Answer a woman through the bot: neither sees the other's number."""
    item, told = await _item(turn, rest)
    if not told:
        raise NotUnderstood("respond-how")
    if given.betrays(told, turn.organisation.name) and await inbox.is_read_by_sms(turn.tx, item):
        raise Refused("words-betray")
    reached = await inbox.answer(turn.tx, item, told, actor=turn.person.id)
    await turn.reply("respond-done" if reached else "respond-unreachable", receipt=item.receipt)


async def done(turn: Turn, rest: str) -> None:
    """It is settled."""
    item, _ = await _item(turn, rest)
    await inbox.settle(turn.tx, item, actor=turn.person.id)
    await turn.reply("pending-done", receipt=item.receipt)


async def _item(turn: Turn, rest: str) -> tuple[Item, str]:
    receipt, _, told = rest.partition(" ")
    if not RECEIPT.fullmatch(receipt.upper()):
        raise NotUnderstood("respond-how")
    return await inbox.find(
        turn.tx, turn.organisation.id, receipt.upper(), turn.person.id, turn.roles
    ), told.strip()


async def first(turn: Turn, text: str) -> bool:
    """RESPONDER or LISTO with a number, whatever else the words might mean."""
    word, _, rest = text.partition(" ")
    if not turn.roles & READERS or not RECEIPT.fullmatch(rest.strip().partition(" ")[0].upper()):
        return False
    for command in COMMANDS[1:]:
        if words.is_one_of(word, command.words, turn.language):
            await command.run(turn, rest.strip())
            return True
    return False


COMMANDS = (
    Command("command-pending", READERS, show),
    Command("command-respond", READERS, respond),
    Command("command-done", READERS, done),
)
FIRST = (first,)
