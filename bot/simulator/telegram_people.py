"""The person's side of a simulated chat: she writes, presses, sends a voice note, blocks, and reads."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

from bot.simulator.telegram_chats import Chat, Json, Query, Shown, SimulatedBot

STRANGERS_ID = 999_999_999
"""The Telegram id on a contact card that is not the sender's own."""


class Person:
    """One person with one bot. What she does becomes an update; what the bot does she sees in `chat`."""

    _queries = itertools.count(1)

    def __init__(self, bot: SimulatedBot, chat: Chat) -> None:
        """Made by `BotApi.person`."""
        self._bot = bot
        self._chat = chat
        self._read = 0

    @property
    def user_id(self) -> int:
        """Her Telegram id."""
        return self._chat.user_id

    @property
    def first_name(self) -> str:
        """The name on her account."""
        return self._chat.first_name

    @property
    def bot_username(self) -> str:
        """Whom she is talking to."""
        return self._bot.username

    @property
    def chat(self) -> list[Shown]:
        """Everything she sees now, oldest first; what was deleted is gone."""
        return list(self._chat.messages.values())

    @property
    def blocked(self) -> bool:
        """Whether she blocked the bot."""
        return self._chat.blocked

    def know(self) -> None:
        """She has opened the chat before the story begins: the bot may write to her."""
        self._chat.started = True

    async def start(self, payload: str = "") -> None:
        """Open the chat, perhaps by a deep link."""
        await self.write(f"/start {payload}".strip())

    async def write(self, text: str) -> int:
        """Write; the id of her message."""
        extra: Json = {"text": text}
        if text.startswith("/"):
            command = text.split(maxsplit=1)[0]
            extra["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return self._send(extra, text)

    async def send_photo(self, caption: str = "") -> int:
        """Send a picture."""
        photo = [{"file_id": "photo", "file_unique_id": "p", "width": 90, "height": 60, "file_size": 1000}]
        return self._send_media("photo", photo, caption)

    async def send_voice(self, seconds: int = 4) -> int:
        """Send a voice note."""
        return self._send_media("voice", _file("voice") | {"duration": seconds})

    async def send_video(self, caption: str = "") -> int:
        """Send a video."""
        video = _file("video") | {"width": 90, "height": 60, "duration": 3}
        return self._send_media("video", video, caption)

    async def send_document(self, caption: str = "", mime_type: str = "application/pdf") -> int:
        """Send a file."""
        return self._send_media("document", _file("document") | {"mime_type": mime_type}, caption)

    async def send_sticker(self) -> int:
        """Send a sticker."""
        flags = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send_media("sticker", _file("sticker") | flags)

    async def send_location(self) -> int:
        """Send a place."""
        return self._send_media("location", {"latitude": -12.05, "longitude": -77.04})

    async def share_contact(self, number: str, *, own: bool = True) -> int:
        """Share a contact card: her own, or somebody else's."""
        owner = self.user_id if own else STRANGERS_ID
        card = {"phone_number": number, "first_name": self.first_name, "user_id": owner}
        return self._send_media("contact", card)

    async def press(self, message_id: int, what: str) -> str:
        """Press the button with this label or this data; the id of the press.

        Raises LookupError when she does not see such a button.
        """
        for button in itertools.chain.from_iterable(self._chat.messages[message_id].buttons):
            if button.data and what in (button.label, button.data):
                return await self.forge(message_id, button.data)
        raise LookupError(f"message {message_id} shows no such button")

    async def tap(self, label: str) -> str:
        """Press the button with this label on the newest message that has one."""
        for shown in reversed(self.chat):
            if any(button.label == label for button in itertools.chain.from_iterable(shown.buttons)):
                return await self.press(shown.message_id, label)
        raise LookupError("no message shows such a button")

    async def forge(self, message_id: int, data: str) -> str:
        """Send a press with any data, as a changed app could."""
        query_id = str(next(self._queries))
        self._chat.queries[query_id] = Query(query_id)
        self._bot.push(
            "callback_query",
            self._chat,
            {
                "id": query_id,
                "from": self._chat.person_as_json(),
                "message": self._bot.message_as_json(self._chat, self._chat.messages[message_id]),
                "chat_instance": str(self.user_id),
                "data": data,
            },
        )
        return query_id

    def query(self, query_id: str) -> Query:
        """What became of a press."""
        return self._chat.queries[query_id]

    async def block(self) -> None:
        """Block the bot."""
        self._chat.blocked = True
        self._membership("member", "kicked")

    async def unblock(self) -> None:
        """Take the bot back."""
        self._chat.blocked = False
        self._membership("kicked", "member")

    def migrate(self, new_id: int) -> None:
        """From now on her chat has another id; sends to the old one are told so."""
        self._bot.moved[self._chat.chat_id] = new_id
        self._bot.chats[new_id] = self._chat
        self._chat.chat_id = new_id

    async def next(self, *, seconds: float = 5.0) -> Shown:
        """The next message of the bot that was not asked for yet. Raises TimeoutError when none comes."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while len(self._chat.arrivals) <= self._read:
            if loop.time() >= deadline:
                raise TimeoutError(f"no further message to {self.user_id} within {seconds} s")
            await self._bot.changes.after(self._bot.changes.version, seconds=deadline - loop.time())
        self._read += 1
        return self._chat.arrivals[self._read - 1]

    @property
    def unread(self) -> int:
        """How many of the bot's messages `next` has not given yet."""
        return len(self._chat.arrivals) - self._read

    def _send_media(self, kind: str, value: Any, caption: str = "") -> int:  # noqa: ANN401 - any JSON
        extra = {kind: value} | ({"caption": caption} if caption else {})
        return self._send(extra, caption, media=kind)

    def _send(self, extra: Json, text: str, *, media: str = "") -> int:
        chat, bot = self._chat, self._bot
        chat.started = True
        shown = Shown(bot.message_id(), from_bot=False, text=text, date=bot.seconds, media=media)
        bot.show(chat, shown)
        message = bot.message_as_json(chat, shown)
        del message["text"]
        bot.push("message", chat, message | extra)
        return shown.message_id

    def _membership(self, before: str, after: str) -> None:
        me = self._bot.as_json()
        self._bot.push(
            "my_chat_member",
            self._chat,
            {
                "chat": self._chat.as_json(),
                "from": self._chat.person_as_json(),
                "date": self._bot.seconds,
                "old_chat_member": _member(me, before),
                "new_chat_member": _member(me, after),
            },
        )


def _file(name: str) -> Json:
    return {"file_id": name, "file_unique_id": name[0], "file_size": 1000}


def _member(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
