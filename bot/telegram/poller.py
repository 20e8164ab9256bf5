"""Long polling on raw JSON: every batch is kept before Telegram may forget it, and silence is noticed.

The library's own poller stops for good at an update it cannot parse, and takes a wedged pool for a quiet day.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.telegram.account import Account
from bot.telegram.faults import Flooded, MaybeSent, NotSent, Stumbled
from bot.telegram.outcomes import outcome_of
from bot.telegram.transport import AiohttpRequest
from bot.telegram.updates import provider_id

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"]

Row: TypeAlias = tuple[str, bytes]
"""The provider's id of an update, and the update as it came."""
Keep: TypeAlias = Callable[[list[Row]], Awaitable[None]]
"""Commits a batch; what it raises ends the polling, and nothing is lost."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All in seconds. `margin` is what an answer may need beyond the long poll itself."""

    long_poll: float = 30.0
    margin: float = 10.0
    stalled: float = 90.0
    hopeless: float = 300.0
    first_pause: float = 1.0
    longest_pause: float = 30.0


class PollingStalled(Exception):
    """Telegram has been silent for too long, new sessions did not help: start the whole program anew."""


class Poller:
    """Fetches the updates of one bot. `heartbeat` is when a getUpdates last came back well (ms UTC)."""

    def __init__(
        self, line: str, account: Account, *, keep: Keep, now: Callable[[], int], rhythm: Rhythm | None = None
    ) -> None:
        """Nothing is opened yet. `now` only dates the heartbeat; silence is measured on the loop's clock."""
        self.line = line
        self.heartbeat = now()
        self._keep = keep
        self._now = now
        self._rhythm = rhythm or Rhythm()
        self._request = AiohttpRequest(account, pool_size=2)  # one may still be dying after a stall
        self._offset = 0
        self._hook_gone = False
        self._answered = 0.0
        self._rebuilt = 0.0
        self._failures = 0

    async def poll(self) -> NoReturn:
        """Fetch until cancelled. Raises PollingStalled, and whatever `keep` raises."""
        self._answered = self._rebuilt = asyncio.get_running_loop().time()
        await self._request.initialize()
        try:
            while True:
                await self._turn()
        finally:
            await self._request.shutdown()

    async def _turn(self) -> None:
        try:
            if not self._hook_gone:
                await self._call("deleteWebhook", {})
                self._hook_gone = True
            updates = await self._fetch()
        except TelegramError as error:
            await self._recover(error)
            return
        self._answered = asyncio.get_running_loop().time()
        self._failures = 0
        self.heartbeat = self._now()
        await self._take(updates)

    async def _fetch(self) -> list[Any]:
        parameters = {
            "offset": self._offset,
            "timeout": int(self._rhythm.long_poll),
            "allowed_updates": ALLOWED_UPDATES,
        }
        payload = await self._call("getUpdates", parameters)
        updates = AiohttpRequest.parse_json_payload(payload)["result"]
        if not isinstance(updates, list):
            raise MaybeSent("unreadable")
        return updates

    async def _take(self, updates: list[Any]) -> None:
        rows = [(provider_id(raw), raw) for raw in map(_raw, updates)]
        if rows:
            await self._keep(rows)
        numbers = [int(number) for number, _ in rows if number.isdecimal()]
        # With nothing to confirm the offset goes back to 0: after a quiet week Telegram counts anew, perhaps
        # from a lower number, and an old offset would have it forget what is new.
        self._offset = max(numbers) + 1 if numbers else 0
        if rows and not numbers:
            await asyncio.sleep(self._rhythm.first_pause)  # nothing here can be confirmed: no hot loop

    async def _call(self, method: str, parameters: dict[str, Any]) -> bytes:
        seconds = self._rhythm.long_poll + self._rhythm.margin
        return await self._watched(self._request.call(method, parameters, read_seconds=seconds))

    async def _watched(self, call: Coroutine[Any, Any, bytes]) -> bytes:
        """The call's own timeouts should end it; one that is wedged beyond them is left behind."""
        task = asyncio.create_task(call, name=f"getUpdates of {self.line}")
        task.add_done_callback(_forget)
        try:
            done, _ = await asyncio.wait({task}, timeout=self._rhythm.stalled)
        finally:
            task.cancel()
        if not done:
            raise MaybeSent("wedged")
        return task.result()

    async def _recover(self, error: TelegramError) -> None:
        self._failures += 1
        pause = self._pause(error)
        log.warning("line %s: getUpdates: %s; again in %.0f s", self.line, outcome_of(error).reason, pause)
        if isinstance(error, Conflict) and error.message == "webhook-active":
            self._hook_gone = False
        await self._mend(silent=isinstance(error, NotSent | MaybeSent) and not isinstance(error, Stumbled))
        await asyncio.sleep(pause)

    async def _mend(self, *, silent: bool) -> None:
        """An answer, even a refusal, proves the line; silence has it rebuilt, and at last given up."""
        now = asyncio.get_running_loop().time()
        if not silent:
            self._answered = now
        if now - self._answered > self._rhythm.hopeless:
            raise PollingStalled(self.line)
        if now - max(self._answered, self._rebuilt) >= self._rhythm.stalled:
            self._rebuilt = now
            log.warning("line %s: no answer for %.0f s; new session", self.line, now - self._answered)
            await self._request.shutdown()
            await self._request.initialize()

    def _pause(self, error: TelegramError) -> float:
        if isinstance(error, Flooded):
            return error.seconds
        if isinstance(error, InvalidToken | EndPointNotFound | Conflict):
            return self._rhythm.longest_pause
        doubled = self._rhythm.first_pause * 2.0 ** min(self._failures - 1, 10)
        return min(doubled, self._rhythm.longest_pause)


def _raw(update: object) -> bytes:
    return json.dumps(update, separators=(",", ":")).encode()


def _forget(task: asyncio.Task[bytes]) -> None:
    """Look at the fault of a call that nobody may wait for any more, or asyncio complains of it."""
    if not task.cancelled():
        task.exception()
