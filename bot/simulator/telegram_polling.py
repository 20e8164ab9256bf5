"""getUpdates: the long poll, the offset that confirms, and the quarrel of two pollers."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.simulator.telegram_chats import Json, SimulatedBot
from bot.simulator.telegram_params import ApiError

MOST_AT_ONCE = 100
LONGEST_POLL = 50.0  # seconds

HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(bot: SimulatedBot, params: Json, closing: asyncio.Event) -> list[Any]:
    """Confirm what is older than the offset, then answer with what waits, or with what comes in time."""
    if bot.hook:
        raise ApiError(409, HOOKED)
    _begin(bot, params)
    bot.polls += 1
    mine, loop = bot.polls, asyncio.get_running_loop()
    deadline = loop.time() + min(float(params.get("timeout", 0)), LONGEST_POLL)
    bot.changes.note()  # an older poll looks up, sees it is not the last one, and ends
    while True:
        seen = bot.changes.version
        if bot.polls != mine:
            raise ApiError(409, OTHER)
        limit = min(max(int(params.get("limit", MOST_AT_ONCE)), 1), MOST_AT_ONCE)
        left = deadline - loop.time()
        if bot.waiting or left <= 0 or closing.is_set():
            return [entry.update for entry in bot.waiting[:limit]]
        await bot.changes.after(seen, seconds=left)


def _begin(bot: SimulatedBot, params: Json) -> None:
    if "allowed_updates" in params:
        bot.allowed = list(params["allowed_updates"])
    offset = int(params.get("offset", 0))
    if offset < 0:
        bot.waiting[:] = bot.waiting[offset:]
    else:
        bot.confirm(offset)
