"""Where people stand: the one conversation each has, and the asks that wait for them."""

from __future__ import annotations

from aid.messages import Message
from aid.store import asks, conversations
from aid.store.asks import Ask
from aid.store.conversations import Conversation
from aid.store.outbox import read_message

__all__ = [
    "Ask",
    "Conversation",
    "ask_by_code",
    "dropped",
    "load",
    "mark_shown",
    "message_of",
    "open_about",
    "open_ask",
    "open_of",
    "save",
    "settle",
    "settle_about",
]

LIFE_MS = 24 * 3_600_000
"""A conversation that nobody went on with for a day is over: its next word is a new one."""

dropped = conversations.dropped
load = conversations.load
save = conversations.save
open_ask = asks.open_ask
open_of = asks.open_of
open_about = asks.open_about
ask_by_code = asks.by_code
settle = asks.settle
mark_shown = asks.mark_shown
settle_about = asks.settle_about


def message_of(notice: Ask) -> Message:
    """What a notice says, kept until she asked for it."""
    message, _ = read_message(notice.content["message"])
    return message
