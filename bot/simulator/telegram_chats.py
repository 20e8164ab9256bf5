"""What the simulated Telegram remembers: bots, their chats, the messages in them, the updates that wait."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.simulator.telegram_changes import Changes
from bot.simulator.telegram_faults import Faults, Mishap

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: what it says, and what the bot hears when it is pressed (or where it leads)."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(slots=True)
class Shown:
    """One message as the person sees it. `media` names what she sent instead of words."""

    message_id: int
    from_bot: bool
    text: str
    date: int
    buttons: list[list[Button]] = field(default_factory=list)
    keyboard: list[list[str]] = field(default_factory=list)
    protected: bool = False
    edited: bool = False
    media: str = ""


@dataclass(slots=True)
class Query:
    """One press of a button; the person sees it spin until the bot has answered."""

    query_id: str
    answered: bool = False
    text: str = ""


@dataclass(slots=True)
class Chat:
    """A private chat of one person with one bot. `arrivals` are the bot's messages in order of arrival."""

    chat_id: int
    user_id: int
    first_name: str
    started: bool = False
    blocked: bool = False
    messages: dict[int, Shown] = field(default_factory=dict)
    arrivals: list[Shown] = field(default_factory=list)
    queries: dict[str, Query] = field(default_factory=dict)

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        return {"id": self.chat_id, "type": "private", "first_name": self.first_name}

    def person_as_json(self) -> Json:
        """The Bot API's User on the other side."""
        return {"id": self.user_id, "is_bot": False, "first_name": self.first_name, "language_code": "es"}


@dataclass(slots=True)
class Hook:
    """A webhook that the bot has set."""

    url: str
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""


@dataclass(slots=True)
class Waiting:
    """An update that was not acknowledged as often as it has copies."""

    update: Json
    copies: int = 1


@dataclass(slots=True)
class SimulatedBot:
    """One bot: what BotFather knows of it, its chats, and its queue of updates."""

    token: str = field(repr=False)
    username: str
    now: Callable[[], int] = field(repr=False)
    changes: Changes = field(repr=False)
    faults: Faults = field(repr=False)
    chats: dict[int, Chat] = field(default_factory=dict, repr=False)
    moved: dict[int, int] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list, repr=False)
    held: list[Waiting] = field(default_factory=list, repr=False)
    allowed: list[str] = field(default_factory=list)
    commands: list[Json] = field(default_factory=list)
    hook: Hook | None = None
    polls: int = 0
    next_update: int = 700_000_001
    next_message: int = 1

    @property
    def bot_id(self) -> int:
        """The number before the colon of the token."""
        return int(self.token.partition(":")[0])

    @property
    def seconds(self) -> int:
        """Now, as the Bot API counts it."""
        return self.now() // 1000

    def as_json(self) -> Json:
        """The Bot API's User for the bot itself."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self.username, "username": self.username}

    def message_as_json(self, chat: Chat, shown: Shown) -> Json:
        """The Bot API's Message."""
        message: Json = {
            "message_id": shown.message_id,
            "date": shown.date,
            "chat": chat.as_json(),
            "from": self.as_json() if shown.from_bot else chat.person_as_json(),
            "text": shown.text,
        }
        if shown.protected:
            message["has_protected_content"] = True
        if shown.buttons:
            message["reply_markup"] = {
                "inline_keyboard": [[_button(b) for b in row] for row in shown.buttons]
            }
        return message

    def show(self, chat: Chat, shown: Shown) -> None:
        """Put a message into the chat; the bot's own count as arrivals."""
        chat.messages[shown.message_id] = shown
        if shown.from_bot:
            chat.arrivals.append(shown)
        self.changes.note()

    def message_id(self) -> int:
        """A fresh message id."""
        self.next_message += 1
        return self.next_message - 1

    def push(self, kind: str, chat: Chat, payload: Json) -> None:
        """Queue an update, unless it is not allowed or meets with a mishap."""
        update_id = self.next_update
        self.next_update += 1
        if self.allowed and kind not in self.allowed:
            return
        self.queue({"update_id": update_id, kind: payload}, chat.chat_id)

    def queue(self, update: Json, chat_id: int = 0) -> None:
        """Queue a ready-made update."""
        fault = self.faults.on_update(chat_id)
        entry = Waiting(update)
        match fault.wrong if fault else None:
            case Mishap.LOST:
                return
            case Mishap.LATE:
                self.held.append(entry)
                return
            case Mishap.DOUBLED:
                entry.copies = 2
            case Mishap.MALFORMED:
                entry.update = _malformed(update)
            case _:
                pass
        self.waiting += [entry, *self.held]
        self.held.clear()
        self.changes.note()

    def confirm(self, offset: int) -> None:
        """Forget what is older than `offset`; a doubled update survives its first confirmation."""
        kept = []
        for entry in self.waiting:
            if entry.update.get("update_id", 0) < offset:
                entry.copies -= 1
            if entry.copies > 0:
                kept.append(entry)
        self.waiting[:] = kept


def _button(button: Button) -> Json:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


def _malformed(update: Json) -> Json:
    broken = copy.deepcopy(update)
    for payload in broken.values():
        if isinstance(payload, dict):
            payload.get("message", payload).get("chat", {}).pop("type", None)
    return broken
