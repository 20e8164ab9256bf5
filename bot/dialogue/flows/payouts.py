"""Paying a request: a treasurer types the operation number, a second person says yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aid import approvals, payouts
from aid.conversations import Ask
from aid.errors import NotUnderstood
from aid.messages import ChannelName, Message
from aid.payouts import Due
from bot.dialogue import given, words
from bot.dialogue.engine import Flow
from bot.dialogue.turn import Command, Kind, Turn

MOST_LISTED = 12


def steps(offered: Mapping[str, Any]) -> Flow:
    """The operation number, once she has paid what she is shown."""
    shown = Message("payout-operation", offered["told"], protect=True)
    operation = yield given.operation("payout-operation", shown)
    return offered["told"]["receipt"], offered["amount"], operation


async def finish(turn: Turn, result: tuple[str, int, str]) -> None:
    """Begin the payout and ask for the second yes."""
    receipt, amount, operation = result
    await payouts.begin(
        turn.tx, turn.organisation.id, receipt, payer=turn.person.id, operation=operation, amount=amount
    )
    await turn.reply("payout-waits", receipt=receipt)


async def pay(turn: Turn, rest: str) -> None:
    """A treasurer pays what is set aside for a request; without its number she hears which can be paid."""
    receipt = "".join(rest.split()).upper()
    if not receipt:
        await _list(turn)
        return
    due = await payouts.due(turn.tx, turn.organisation.id, receipt, turn.person.id)
    await _number(turn, due)
    told = await payouts.told_of(turn.tx, due.request, due.amount)
    await turn.begin("payout", {"told": told, "amount": due.amount})


async def _number(turn: Turn, due: Due) -> None:
    """Where to pay her: her own number, on Telegram alone, once, and not kept with the conversation."""
    number = ""
    if turn.incoming.channel is ChannelName.TELEGRAM:
        number = await payouts.number_of(turn.tx, due, turn.person.id)
    await turn.reply("payout-number", protect=True, number=number or "none")


async def _list(turn: Turn) -> None:
    found = await payouts.payable(turn.tx, turn.organisation.id, turn.person.id)
    if found:
        await turn.reply("payouts-due", receipts=" ".join(found[:MOST_LISTED]))
    else:
        await turn.reply("payouts-none")


async def second(turn: Turn, ask: Ask, text: str) -> None:
    """The second person says yes or no; anything else shows her what it is about."""
    payout = await payouts.by_id(turn.tx, ask.about or "")
    if payout is None:
        raise NotUnderstood
    meant = words.yes_or_no(text, turn.language, strictly=True)
    if meant is None:
        await turn.reply_with(await payouts.shown(turn.tx, ask, payout))
    elif meant:
        await approvals.approve(turn.tx, payout, actor=turn.person.id)
        await turn.reply("payout-noted")
    else:
        await approvals.refuse(turn.tx, payout, actor=turn.person.id)
        await turn.reply("payout-noted-not")


KINDS = (Kind("payout", 1, steps, finish, asks_numbers=True),)
COMMANDS = (Command("command-pay", frozenset({"treasurer"}), pay),)
ASKS = {payouts.ASK: second}
