"""What waited behind a discreet first word: "Hay un aviso para ti. Responde K7P4", and here it is."""

from __future__ import annotations

from aid import conversations
from aid.conversations import Ask
from aid.sending import NOTICE
from bot.dialogue.turn import Turn


async def read(turn: Turn, _ask: Ask, _answer: str) -> None:
    """She asked for one notice and gets all that wait: each code she types costs her credit."""
    for waiting in await conversations.open_of(turn.tx, turn.person.id):
        if waiting.kind != NOTICE or not await conversations.settle(turn.tx, waiting.id, "answered"):
            continue
        message = conversations.message_of(waiting)
        about = message.question.removeprefix("a")
        asked = await conversations.ask_by_code(turn.tx, turn.person.id, about) if about else None
        if asked is not None and asked.state != "open":
            await turn.reply("ask-closed", code=asked.code)
        else:
            if asked is not None:
                await conversations.mark_shown(turn.tx, asked.id, shown=True)
            await turn.reply_with(message)


ASKS = {NOTICE: read}
