"""One raw update, read: what a person sent, that she left or came back, or nothing that concerns us."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from typing import Any

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Contact, Message, Update
from telegram.warnings import PTBDeprecationWarning

from aid.messages import ChannelName, Heard, Incoming, Media, Presence
from bot.telegram.account import Sign
from bot.telegram.buttons import ChatSeal

PICTURES = ("photo", "video", "video_note", "animation", "live_photo", "paid_media")
VOICES = ("voice", "audio")
REACHABLE = {ChatMember.MEMBER: True, ChatMember.BANNED: False, ChatMember.LEFT: False}

# What json and the library raise for an update they cannot read; the last two for dates out of range.
BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError, OSError)


class UnreadableUpdate(Exception):
    """An update that will never be understood: park it. Tells the kind of fault, nothing of the update."""


def read(raw: bytes, line: str, sign: Sign, *, received: int = 0) -> Heard | None:
    """What the update says. `received` dates a pressed button, which carries no time of its own.

    None for groups, edits, bots and service messages. Raises UnreadableUpdate.
    """
    try:
        with warnings.catch_warnings():
            # 22.8 warns of its own future when it builds some messages; nobody here can act on that.
            warnings.simplefilter("ignore", PTBDeprecationWarning)
            return _read(raw, line, sign, received)
    except BROKEN as error:
        fault = type(error).__name__
    raise UnreadableUpdate(fault)  # outside of `except`: the fault's own text may quote the update


def provider_id(raw: bytes) -> str:
    """What names this update for good: Telegram's update_id, or a digest of one that has none."""
    number = _peek(raw).get("update_id")
    return str(number) if isinstance(number, int) else f"x{hashlib.sha256(raw).hexdigest()[:32]}"


def sender(raw: bytes) -> str:
    """The digits of the sender's id, for keeping her messages in order; empty if it cannot be seen."""
    for payload in _peek(raw).values():
        number = _inside(payload, "from", "id")
        if isinstance(number, int):
            return str(number)
    return ""


def callback_query(raw: bytes) -> str:
    """The id to acknowledge when the update is a pressed button; else empty."""
    query = _inside(_peek(raw), "callback_query", "id")
    return query if isinstance(query, str) else ""


def _read(raw: bytes, line: str, sign: Sign, received: int) -> Heard | None:
    update = Update.de_json(json.loads(raw))
    if update.message:
        return _message(update.message, line)
    if update.callback_query:
        return _press(update.callback_query, line, sign, received)
    if update.my_chat_member:
        return _presence(update.my_chat_member, line)
    return None


def _message(message: Message, line: str) -> Incoming | None:
    user = message.from_user
    if message.chat.type != Chat.PRIVATE or user is None or user.is_bot:
        return None
    number = _own_number(message.contact, user.id)
    media = None if number else _media(message)
    text = message.text or message.caption or ""
    if not (text or media or number):
        return None  # a service message: a pinned text, a changed timer
    sent = int(message.date.timestamp() * 1000)
    return Incoming(line, ChannelName.TELEGRAM, str(user.id), _clean(text), sent, media=media, contact=number)


def _press(query: CallbackQuery, line: str, sign: Sign, received: int) -> Incoming | None:
    chat = query.message.chat if query.message else None
    if chat is None or chat.type != Chat.PRIVATE:
        return None
    press = ChatSeal(line, chat.id, sign).press(query.data or "")
    user = str(query.from_user.id)
    return Incoming(line, ChannelName.TELEGRAM, user, press.value, received, pressed=press.question)


def _presence(change: ChatMemberUpdated, line: str) -> Presence | None:
    reachable = REACHABLE.get(change.new_chat_member.status)
    if change.chat.type != Chat.PRIVATE or reachable is None:
        return None
    return Presence(line, ChannelName.TELEGRAM, str(change.chat.id), reachable)


def _media(message: Message) -> Media | None:
    if any(getattr(message, name) for name in PICTURES) or _is_picture_file(message):
        return Media.PICTURE
    if any(getattr(message, name) for name in VOICES):
        return Media.VOICE
    return Media.OTHER if message.effective_attachment else None


def _is_picture_file(message: Message) -> bool:
    kind = (message.document.mime_type or "") if message.document else ""
    return kind.startswith(("image/", "video/"))


def _own_number(contact: Contact | None, user_id: int) -> str:
    """Her number as E.164, only from her own card: she could forward anybody's."""
    if contact is None or contact.user_id != user_id:
        return ""
    number = "+" + re.sub(r"\D", "", contact.phone_number)
    return number if re.fullmatch(r"\+[1-9][0-9]{7,14}", number) else ""


def _clean(text: str) -> str:
    """Half an emoji (a lone surrogate) cannot be stored as UTF-8, a zero byte not in PostgreSQL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _peek(raw: bytes) -> dict[str, Any]:
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return update if isinstance(update, dict) else {}


def _inside(value: object, *names: str) -> object:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
