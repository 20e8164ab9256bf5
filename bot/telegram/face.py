"""A Telegram line that speaks: a message becomes words and buttons, is sent once, and the end is told."""

from __future__ import annotations

import logging
from dataclasses import replace
from types import TracebackType
from typing import Self

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, TelegramError

from aid.messages import Outcome, Outgoing, Verdict
from bot.telegram.account import Account, Sign
from bot.telegram.buttons import ChatSeal, keyboard
from bot.telegram.outcomes import after_first_part, of_delete, outcome_of
from bot.telegram.parts import split
from bot.telegram.transport import AiohttpRequest, bot_over
from config.texts import Say

log = logging.getLogger(__name__)

DIRECT_POOL = 16
"""Connections kept for what cannot wait behind a broadcast: button answers, deletions, danger."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # Telegram would fetch a link, even an invitation
UNREADABLE_ANSWER = (KeyError, TypeError, ValueError, AttributeError)
"""What the library raises while reading the answer to a call that went well."""


class TelegramLine:
    """One bot as a Channel. Open it with `async with`; then `send`, `delete`, `acknowledge`."""

    def __init__(self, line: str, account: Account, *, sign: Sign, say: Say) -> None:
        """Nothing is opened yet. `sign` makes the codes on the buttons, `say` the words."""
        self.line = line
        self._sign = sign
        self._say = say
        self._requests = (AiohttpRequest(account), AiohttpRequest(account, pool_size=DIRECT_POOL))
        self._bulk, self._direct = map(bot_over, self._requests)

    @property
    def bot(self) -> Bot:
        """The library's methods over the connections kept for what cannot wait."""
        return self._direct

    async def __aenter__(self) -> Self:
        for request in self._requests:
            await request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for request in self._requests:
            await request.shutdown()

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Try once. A chat that has moved is followed once; `reference` is "chat:message[,message]"."""
        chat_id = _chat(outgoing.address)
        if chat_id is None:
            return Outcome(Verdict.REFUSED, reason="address", gone=True)
        outcome = await self._send_to(chat_id, outgoing)
        moved = _chat(outcome.moved_to)
        if moved is not None and moved != chat_id:
            outcome = await self._send_to(moved, outgoing)
            return replace(outcome, moved_to=str(moved))
        return outcome

    async def delete(self, reference: str) -> Outcome:
        """Take back the messages of a reference; the Bot API allows it for 48 hours."""
        chat, _, messages = reference.partition(":")
        ids = [int(message) for message in messages.split(",")]
        try:
            if len(ids) == 1:
                await self._direct.delete_message(int(chat), ids[0])
            else:
                await self._direct.delete_messages(int(chat), ids)
        except TelegramError as error:
            return of_delete(outcome_of(error))
        return Outcome(Verdict.ACCEPTED, reference)

    async def acknowledge(self, callback_query_id: str) -> None:
        """Stop the spinning of a pressed button. Too late is no harm: the press itself is already kept."""
        try:
            await self._direct.answer_callback_query(callback_query_id)
        except TelegramError as error:
            log.debug("line %s: a press was not acknowledged: %s", self.line, outcome_of(error).reason)

    async def username(self) -> str:
        """The bot's name for a deep link; "" when Telegram does not answer."""
        try:
            return (await self._direct.get_me()).username or ""
        except TelegramError as error:
            log.warning("line %s: its name is not known: %s", self.line, outcome_of(error).reason)
            return ""

    async def _send_to(self, chat_id: int, outgoing: Outgoing) -> Outcome:
        message = outgoing.message
        parts = split(self._say(message.key, message.values, language=outgoing.language))
        if not parts:
            return Outcome(Verdict.REFUSED, reason="empty")
        sent: list[str] = []
        for number, part in enumerate(parts, start=1):
            markup = self._keyboard(chat_id, outgoing) if number == len(parts) else None
            outcome = await self._send_part(chat_id, outgoing, part, markup)
            if outcome.verdict is not Verdict.ACCEPTED:
                return after_first_part(outcome) if sent else outcome
            sent.append(outcome.reference)
        known = ",".join(filter(None, sent))
        return Outcome(Verdict.ACCEPTED, f"{chat_id}:{known}" if known else "")

    async def _send_part(
        self, chat_id: int, outgoing: Outgoing, text: str, markup: InlineKeyboardMarkup | None
    ) -> Outcome:
        bot = self._direct if outgoing.urgent else self._bulk
        try:
            return await _post(bot, chat_id, text, markup, protect=outgoing.message.protect)
        except BadRequest as error:
            if error.message != "entities":
                return outcome_of(error)
        except TelegramError as error:
            return outcome_of(error)
        return await self._send_plain(bot, chat_id, outgoing, text, markup)

    async def _send_plain(
        self, bot: Bot, chat_id: int, outgoing: Outgoing, text: str, markup: InlineKeyboardMarkup | None
    ) -> Outcome:
        """Once more: our texts carry no markup, so what stumbled over markup was not of our making."""
        try:
            return await _post(bot, chat_id, text, markup, protect=outgoing.message.protect)
        except TelegramError as error:
            return outcome_of(error)

    def _keyboard(self, chat_id: int, outgoing: Outgoing) -> InlineKeyboardMarkup | None:
        message = outgoing.message
        answers = [
            (option.value, self._say(option.label, option.values, language=outgoing.language))
            for option in message.options
        ]
        return keyboard(ChatSeal(self.line, chat_id, self._sign), message.question, answers)


async def _post(
    bot: Bot, chat_id: int, text: str, markup: InlineKeyboardMarkup | None, *, protect: bool
) -> Outcome:
    """One sendMessage, without a parse mode; the message id as reference. Raises TelegramError."""
    try:
        message = await bot.send_message(
            chat_id,
            text,
            reply_markup=markup,
            protect_content=protect or None,
            link_preview_options=NO_PREVIEW,
        )
    except UNREADABLE_ANSWER:
        return Outcome(Verdict.ACCEPTED)
    return Outcome(Verdict.ACCEPTED, str(message.message_id))


def _chat(address: str) -> int | None:
    digits = address.removeprefix("-")
    return int(address) if digits.isascii() and digits.isdigit() else None
