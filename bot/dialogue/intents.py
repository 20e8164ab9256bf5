"""What a text can want, and what can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What a text wants."""

    ASK = "ask"
    STATUS = "status"
    CANCEL = "cancel"
    GIVE = "give"
    CLAIM = "claim"
    GIVE_BACK = "give_back"
    YES = "yes"
    NO = "no"
    DIGIT = "digit"
    MENU = "menu"
    JOIN = "join"
    STOP = "stop"
    START = "start"
    ERASE = "erase"
    HUMAN = "human"
    DANGER = "danger"
    COMPLAINT = "complaint"
    UNKNOWN = "unknown"


class Category(StrEnum):
    """What is asked for, the most urgent first; cash last, because it is for something."""

    MEDICINE = "medicine"
    FOOD = "food"
    SHELTER = "shelter"
    TRANSPORT = "transport"
    OTHER = "other"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Understood:
    """The intent, and for an ask its category."""

    intent: Intent
    category: Category | None = None

    @property
    def topic(self) -> str:
        """How files of phrases and examples name it: "cancel", "ask.food"."""
        return f"{self.intent}.{self.category}" if self.category else self.intent


def of_topic(topic: str) -> Understood:
    """What a topic of those files means. Raises ValueError for a topic that is none."""
    intent, _, category = topic.partition(".")
    return Understood(Intent(intent), Category(category) if category else None)
