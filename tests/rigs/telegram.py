"""telegram-test-api, a Bot API by others, behind the shim beside this file: where people write and read."""

import asyncio
import os
import shutil
import time
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

from tests.rigs.npm import HERE, modules

NAME = "telegram_test_api"
TOKEN = "900000099:rig-of-the-tests"
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Said:
    """What the bot said to a person: its id, its words and the data of its buttons by their labels."""

    id: int
    text: str
    buttons: dict[str, str]


def missing() -> str:
    """Why the rig cannot run here; nothing where it can."""
    if not shutil.which("node"):
        return "node is not installed"
    return "" if modules(NAME) else "telegram-test-api is not laid (`make test` does it)"


class TelegramTestApi:
    """One server. `url` is the root of the Bot API: give it and `token` to the bot."""

    def __init__(self) -> None:
        """Nothing runs before `async with`."""
        self.token = TOKEN
        self.url = ""

    async def __aenter__(self) -> Self:
        """Start the server on a free port."""
        self._process = await asyncio.create_subprocess_exec(
            "node",
            str(HERE / NAME / "shim.cjs"),
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "NODE_PATH": str(modules(NAME)), "PORT": "0"},
        )
        assert self._process.stdout
        async with asyncio.timeout(START_SECONDS):
            port = int(await self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{port}"
        self._session = aiohttp.ClientSession(self.url)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End it."""
        await self._session.close()
        self._process.terminate()
        await self._process.wait()

    async def write(self, user: int, text: str) -> None:
        """A person writes to the bot; "/start code" too, as from a link."""
        message = {"text": text, **self._from(user)}
        if text.startswith("/"):
            command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
            await self._post("/sendCommand", {**message, "entities": [command]})
        else:
            await self._post("/sendMessage", message)

    async def press(self, user: int, said: Said, label: str) -> None:
        """A person presses a button under something the bot said."""
        known = self._from(user)
        under = {"message_id": said.id, "date": known["date"], "chat": known["chat"], "text": said.text}
        query = {"data": said.buttons[label], "chat_instance": str(user), "message": under}
        await self._post("/sendCallback", {**known, **query})

    async def messages(self, user: int, count: int = 0, seconds: float = 15) -> list[Said]:
        """All the bot said to a person, once it is `count` messages or the seconds are over."""
        asked = {"token": self.token, "chat": user, "count": count, "seconds": seconds if count else 0}
        return [
            Said(row["id"], row["text"], _buttons(row["markup"])) for row in await self._post("/said", asked)
        ]

    async def fault(self, method: str, status: int, body: dict[str, Any], times: int = 1) -> None:
        """Let the next calls of a method fail with this status and body."""
        await self._post("/faults", {"method": method, "status": status, "body": body, "times": times})

    def _from(self, user: int) -> dict[str, Any]:
        return {
            "botToken": self.token,
            "date": int(time.time()),  # noqa: TID251 - the server's clock, not ours
            "from": {"id": user, "first_name": f"P{user % 1000}", "is_bot": False},
            "chat": {"id": user, "first_name": f"P{user % 1000}", "type": "private"},
        }

    async def _post(self, path: str, body: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON of another program
        async with self._session.post(path, json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


def _buttons(markup: dict[str, Any]) -> dict[str, str]:
    return {
        button["text"]: button.get("callback_data", "")
        for row in markup.get("inline_keyboard", [])
        for button in row
    }
