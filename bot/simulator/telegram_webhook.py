"""Delivery to a webhook: one update after the other, with the secret, again and again until a 2xx."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import aiohttp

from bot.simulator.telegram_chats import Hook, SimulatedBot

FIRST_PAUSE = 0.05  # seconds; doubled after each refusal
LONGEST_PAUSE = 1.0
PATIENCE = aiohttp.ClientTimeout(total=10)


async def deliver(bot: SimulatedBot) -> None:
    """Deliver for ever, whenever a webhook is set and something waits."""
    async with aiohttp.ClientSession(timeout=PATIENCE, cookie_jar=aiohttp.DummyCookieJar()) as session:
        refusals = 0
        while True:
            seen = bot.changes.version
            if bot.hook is None or not bot.waiting:
                await bot.changes.after(seen, seconds=LONGEST_PAUSE)
                continue
            refusals = 0 if await _deliver_one(session, bot, bot.hook) else refusals + 1
            if refusals:
                await asyncio.sleep(min(FIRST_PAUSE * 2 ** (refusals - 1), LONGEST_PAUSE))


async def _deliver_one(session: aiohttp.ClientSession, bot: SimulatedBot, hook: Hook) -> bool:
    entry = bot.waiting[0]
    headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=entry.update, headers=headers) as response:
            status = response.status
    except (aiohttp.ClientError, OSError) as error:
        hook.last_error = type(error).__name__
        return False
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        hook.last_error = f"Wrong response from the webhook: {status}"
        return False
    entry.copies -= 1
    if entry.copies <= 0 and entry in bot.waiting:
        bot.waiting.remove(entry)
    bot.changes.note()
    return True
