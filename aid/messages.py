"""What every floor speaks of: a text as a key with values, what came in, what goes out, and how a send ended.

Instants are integers: milliseconds since 1970, UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

Value: TypeAlias = str | int


class ChannelName(StrEnum):
    """The two ways a person is reached."""

    TELEGRAM = "telegram"
    SMS = "sms"


class Media(StrEnum):
    """What arrived instead of words. Nothing of it is downloaded or kept."""

    PICTURE = "picture"
    VOICE = "voice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a question offers: the canonical value, and the key and values of its label.

    The key `plain` says its value `text` unchanged, for labels that are data (a district, an alias).
    """

    value: str
    label: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A text before it has a language, a form or a length: key and values, and the answers it offers.

    `question` names what a pressed button answers (a step of a conversation, an ask), so that an old
    button is recognised. `protect` asks Telegram to forbid forwarding and has the text deleted in time.
    `open`: she may answer in her own words, so the options are buttons only and a text does not number them.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    question: str = ""
    protect: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person sent, the same from every channel.

    `address` is E.164 (+51900000001) or the digits of a Telegram user id. A pressed button arrives as
    its canonical value in `text`, with the question it belonged to in `pressed`. `contact` is her own
    number (E.164), and only if the card she shared was her own.
    """

    line: str
    channel: ChannelName
    address: str
    text: str
    sent: int
    pressed: str = ""
    media: Media | None = None
    contact: str = ""


class ReportState(StrEnum):
    """How far a provider says a message has come. Reports arrive in any order."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """A provider's word on a message of ours, named by our own id. `gone`: this address will never work."""

    message: str
    state: ReportState
    reason: str = ""
    gone: bool = False
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """A person blocked our bot or came back to it."""

    line: str
    channel: ChannelName
    address: str
    reachable: bool


Heard: TypeAlias = Incoming | Report | Presence


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a channel is asked to send. `id` is random and ours; providers that take a client id get it."""

    id: str
    line: str
    address: str
    language: str
    message: Message
    urgent: bool = False


class Verdict(StrEnum):
    """How a send ended."""

    ACCEPTED = "accepted"
    """The provider has it."""
    AGAIN = "again"
    """Surely not sent, and worth another try."""
    REFUSED = "refused"
    """Surely not sent, and never will be."""
    PERHAPS = "perhaps"
    """Nobody knows: the line broke after the words had left."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt to send.

    `reason` is a short code without personal data. `gone`: this address will never work again.
    `opted_out`: the provider itself holds her stop. `pause_seconds`: the provider asked the whole line
    to wait. `moved_to`: the address she has now.
    """

    verdict: Verdict
    reference: str = ""
    reason: str = ""
    gone: bool = False
    opted_out: bool = False
    pause_seconds: float = 0.0
    moved_to: str = ""


class Channel(Protocol):
    """One line to the outside: a bot, a phone, a provider's number."""

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Try once. Never raises for what the outside world does; says how it ended."""
        ...
