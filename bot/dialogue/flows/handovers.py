"""The six digits: the asker asks for them, an organiser passes them on, the volunteer types them."""

from __future__ import annotations

from aid import conversations, deliveries, handovers, inbox, members, requests
from aid.conversations import Ask
from aid.errors import Refused
from aid.requests import Request
from aid.rules import receipts
from bot.dialogue import words
from bot.dialogue.turn import Command, Turn

LATE_MS = 48 * 3_600_000
"""So long after the end of a claim digits are still taken for its code, and answered kindly."""
ORGANISER = frozenset({"organiser"})


async def typed(turn: Turn, text: str) -> bool:
    """She who carries something types the six digits that the asker told her."""
    running = turn.book.kinds.get(turn.before.flow or "")
    if (running is not None and running.asks_numbers) or _asks_for(turn, text):
        return False
    told = await deliveries.type_code(turn.tx, turn.person.id, turn.organisation.id, text)
    if told is None:
        return await _late(turn, text)
    if told.result == "delivered":
        await turn.reply("handover-done", receipt=told.receipt)
    elif told.result == "spent":
        await turn.reply("handover-spent")
    elif turn.before.flow:
        return False  # six digits may be what the running question asks for; the try is counted all the same
    elif told.several:
        await turn.reply("handover-wrong-several", left=told.left)
    else:
        await turn.reply("handover-wrong", left=told.left)
    return True


def _asks_for(turn: Turn, text: str) -> bool:
    """An organiser may name a request whose number happens to be six digits."""
    return bool(ORGANISER & turn.roles) and words.is_one_of(
        text.partition(" ")[0], "command-code", turn.language
    )


async def _late(turn: Turn, text: str) -> bool:
    """A late code closes nothing: the request has gone back to its place, or to another."""
    if turn.before.flow or receipts.read_hand_over_code(text) is None:
        return False
    ended = await deliveries.newest_of(turn.tx, turn.person.id, turn.organisation.id)
    if ended is None or turn.tx.now - ended.lease > LATE_MS:
        return False
    await turn.reply("handover-late")
    return True


async def bare(turn: Turn, text: str) -> bool:
    """CODIGO alone, also in the middle of a conversation: she stands there and needs it now."""
    if not words.is_one_of(text, "command-code", turn.language):
        return False
    await code(turn, "")
    return True


async def code(turn: Turn, rest: str) -> None:
    """A new code, for herself, or for an organiser to pass on."""
    if rest and ORGANISER & turn.roles:
        await _pass_on(turn, rest)
        return
    live = await requests.live_of(turn.tx, turn.whose, turn.organisation.id)
    coming = [request for request in live if request.state == "claimed"]
    if not coming:
        raise Refused("code-none")
    if turn.behalf:
        for request in coming:
            await handovers.by_mouth(turn.tx, request)
        await turn.reply("code-by-mouth")
        return
    for request in coming:
        await turn.reply_with(await handovers.new_code(turn.tx, request))


async def _pass_on(turn: Turn, rest: str) -> None:
    request = await _named(turn, rest.upper())
    if request is None:
        raise Refused("code-none")
    if request.person == turn.person.id:
        await turn.reply_with(await handovers.new_code(turn.tx, request))
    else:
        await turn.reply_with(await handovers.code_to_pass_on(turn.tx, request, turn.person.id))


async def _named(turn: Turn, receipt: str) -> Request | None:
    """A request by its own number, or by that of the row on the organisers' list."""
    found = await requests.by_receipt(turn.tx, turn.organisation.id, receipt)
    if found is None:
        item = await inbox.by_receipt(turn.tx, turn.organisation.id, receipt)
        found = await requests.by_id(turn.tx, item.about) if item and item.about else None
    return found


async def told(turn: Turn, ask: Ask, _text: str) -> None:
    """Somebody comes: she asked what the discreet first word was about."""
    live = await requests.live_of(turn.tx, turn.person.id, turn.organisation.id)
    claim = await handovers.by_id(turn.tx, ask.about or "")
    request = next((one for one in live if claim and one.id == claim.request), None)
    if request is None or not await conversations.settle(turn.tx, ask.id, "answered"):
        raise Refused("code-none")
    await turn.reply_with(await handovers.new_code(turn.tx, request))


COMMANDS = (Command("command-code", frozenset(members.ROLES), code),)
ASKS = {handovers.ASK: told}
EARLY = (typed, bare)
