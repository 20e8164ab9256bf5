"""Did it arrive? She says so herself, or to an organiser by telephone."""

from __future__ import annotations

from aid import arrivals, requests
from aid.conversations import Ask
from aid.errors import NotUnderstood, Refused
from bot.dialogue import words
from bot.dialogue.turn import Command, Turn


async def answered(turn: Turn, ask: Ask, text: str) -> None:
    """Her answer; the bare code brings the question."""
    request = await requests.by_id(turn.tx, ask.about or "")
    if request is None:
        raise Refused("status-none")
    said = words.yes_or_no(text, turn.language)
    if said is None:
        await turn.reply_with(arrivals.question(request, ask))
        return
    await arrivals.answer(turn.tx, request, arrived=said, actor=turn.person.id)
    await turn.reply("arrival-yes" if said else "arrival-no", receipt=request.receipt)


async def told(turn: Turn, rest: str) -> None:
    """LLEGO K7P4XM SI: an organiser has asked her by telephone."""
    receipt, _, hers = rest.partition(" ")
    request = await requests.by_receipt(turn.tx, turn.organisation.id, receipt.upper())
    said = words.yes_or_no(hers, turn.language)
    if request is None or said is None:
        raise NotUnderstood("arrival-how")
    await arrivals.answer(turn.tx, request, arrived=said, actor=turn.person.id)
    await turn.reply("arrival-kept", receipt=request.receipt)


ASKS = {arrivals.ASK: answered}
COMMANDS = (Command("command-arrived", frozenset({"organiser"}), told),)
