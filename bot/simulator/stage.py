"""The phones of the rehearsal, side by side: what each shows, and what its owner does with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from aid.messages import ChannelName
from aid.rules import segments
from bot.simulator.cast import Player
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.telegram import BotApi
from bot.simulator.telegram_chats import Shown

Json = dict[str, Any]


class Stage:
    """Every player's phone, as data for the page; behind it the Bot API emulator and the gateway fake."""

    def __init__(
        self, players: Sequence[Player], api: BotApi, gateway: AndroidGateway, now: Callable[[], int]
    ) -> None:
        self.players = {player.id: player for player in players}
        self.notes: dict[str, str] = {}
        self._api, self._gateway, self._now = api, gateway, now
        self._turns = 0
        self._over = False

    @property
    def version(self) -> int:
        """Grows with everything that any phone shows, and with every turn of the clock."""
        return self._api.changes.version + len(self._gateway.phones.feed.seen) + self._turns

    def turned(self) -> None:
        """The clock was turned, or the program started again: whoever watches should look."""
        self._turns += 1
        self._api.changes.note()

    def close(self) -> None:
        """The play is over: an open page waits for nothing more, so the program ends at once and quietly."""
        self._over = True
        self._api.changes.note()

    async def after(self, version: int | None, seconds: float) -> None:
        """Wait until there is something else than this version, at most so long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while version == self.version and loop.time() < end and not self._over:
            telegram = asyncio.create_task(
                self._api.changes.after(self._api.changes.version, seconds=end - loop.time())
            )
            sms = asyncio.create_task(self._gateway.phones.feed.after(len(self._gateway.phones.feed.seen)))
            _, pending = await asyncio.wait({telegram, sms}, return_when=asyncio.FIRST_COMPLETED)
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    def phones(self) -> list[Json]:
        """All phones and what they show."""
        return [self._phone(player) for player in self.players.values()]

    async def write(self, phone: str, text: str) -> None:
        """Its owner writes."""
        player = self.players[phone]
        if player.channel is ChannelName.SMS:
            await self._gateway.phones[player.address].write(text)
        else:
            await self._person(player).write(text)

    async def press(self, phone: str, message: int, data: str) -> None:
        """Its owner presses a button. Raises LookupError when there is no such button."""
        await self._person(self.players[phone]).press(message, data)

    async def media(self, phone: str, kind: str) -> None:
        """Its owner sends a photo or a voice note."""
        person = self._person(self.players[phone])
        await (person.send_photo() if kind == "photo" else person.send_voice())

    async def block(self, phone: str, *, blocked: bool) -> None:
        """Its owner blocks the bot, or takes it back."""
        person = self._person(self.players[phone])
        await (person.block() if blocked else person.unblock())

    def _person(self, player: Player) -> Any:  # noqa: ANN401 - the emulator's person
        if player.channel is not ChannelName.TELEGRAM:
            raise LookupError("not a Telegram phone")
        return self._api.person(int(player.address), player.name)

    def _phone(self, player: Player) -> Json:
        telegram = player.channel is ChannelName.TELEGRAM
        return {
            "id": player.id,
            "name": player.name,
            "role": " ".join(player.roles) or "outsider",
            "channel": player.channel.value,
            "address": f"@{player.id}" if telegram else player.address,
            "note": self.notes.get(player.id, ""),
            "blocked": telegram and self._person(player).blocked,
            "messages": self._chat(player) if telegram else self._texts(player),
        }

    def _chat(self, player: Player) -> list[Json]:
        return [_bubble(shown) for shown in self._person(player).chat]

    def _texts(self, player: Player) -> list[Json]:
        return [
            {
                "id": number,
                "from": "me" if seen.mine else "them",
                "text": seen.text,
                "at": seen.at,
                "segments": segments.count(seen.text).segments,
                "buttons": [],
            }
            for number, seen in enumerate(self._gateway.phones.feed.seen)
            if seen.number == player.address
        ]


def _bubble(shown: Shown) -> Json:
    bubble: Json = {
        "id": shown.message_id,
        "from": "them" if shown.from_bot else "me",
        "text": shown.text,
        "at": shown.date * 1000,
        "protected": shown.protected,
        "buttons": [
            [{"label": button.label, "data": button.data} for button in row] for row in shown.buttons
        ],
    }
    return bubble | ({"media": shown.media} if shown.media in {"photo", "voice"} else {})
