"""The judge of speed: a sliding window per bot and per chat, as Telegram's own rules are quoted."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field

WINDOW = 1.0  # seconds


@dataclass(slots=True)
class Limits:
    """How many messages a bot may send in any second, and into one chat. `broken` counts the 429s."""

    per_bot: int = 30
    per_chat: int = 1
    broken: int = 0
    _sent: defaultdict[tuple[int, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def allows(self, bot_id: int, chat_id: int) -> bool:
        """Whether one more may pass now; if so it is counted."""
        now = asyncio.get_running_loop().time()
        whole, chat = self._sent[bot_id, 0], self._sent[bot_id, chat_id]
        for times in (whole, chat):
            while times and times[0] <= now - WINDOW:
                times.popleft()
        if len(whole) >= self.per_bot or len(chat) >= self.per_chat:
            self.broken += 1
            return False
        whole.append(now)
        chat.append(now)
        return True
