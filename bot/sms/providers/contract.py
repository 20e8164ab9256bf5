"""What every SMS provider can do, and the request it makes at our door."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from urllib.parse import parse_qsl

from aid.messages import Heard, Incoming, Outcome


class Kind(StrEnum):
    """What a provider calls us for; the last word of the path."""

    IN = "in"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: its id, its word in the path, and the address under which the world finds us."""

    line: str
    hook: str
    public_url: str

    def url(self, kind: Kind, *more: str) -> str:
        """The address a provider calls: https://ayni.example/sms/amancay/in."""
        return "/".join((self.public_url.rstrip("/"), "sms", self.hook, kind, *more))


@dataclass(frozen=True, slots=True)
class Call:
    """A request at our door, whole, so that it can be read again from the database.

    `at` is when it came, in milliseconds. `token` (from the path) and the headers serve to judge whether it
    is genuine and are not kept.
    """

    method: str
    kind: Kind
    at: int
    query: str = ""
    content_type: str = ""
    body: bytes = b""
    token: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    def pack(self) -> bytes:
        """The form that is kept."""
        return json.dumps(
            {
                "method": self.method,
                "kind": self.kind,
                "at": self.at,
                "query": self.query,
                "type": self.content_type,
                "body": self.body.decode("latin-1"),
            }
        ).encode()

    @classmethod
    def unpack(cls, raw: bytes) -> Call | None:
        """The request from its kept form; None if this is not one."""
        try:
            kept = json.loads(raw)
            return cls(
                method=str(kept["method"]),
                kind=Kind(kept["kind"]),
                at=int(kept["at"]),
                query=str(kept["query"]),
                content_type=str(kept["type"]),
                body=str(kept["body"]).encode("latin-1"),
            )
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return None

    def json(self) -> dict[str, object]:
        """The body as a JSON object; empty if it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def form(self) -> dict[str, str]:
        """The body as form fields."""
        return fields(self.body.decode("utf-8", "replace"))

    def asked(self) -> dict[str, str]:
        """The query as fields."""
        return fields(self.query)


def fields(encoded: str, encoding: str = "utf-8") -> dict[str, str]:
    """URL-encoded pairs as a dictionary; what cannot be read is left out."""
    try:
        return dict(parse_qsl(encoded, keep_blank_values=True, encoding=encoding, max_num_fields=200))
    except ValueError:  # more fields than any provider sends
        return {}


class Provider(Protocol):
    """A way to send and receive SMS. Android, Twilio and Kannel stand behind it."""

    async def prepare(self) -> Outcome:
        """Tell the provider where to call us. ACCEPTED when all is ready; may be asked again."""
        ...

    async def send(self, message: str, to: str, text: str, *, urgent: bool) -> Outcome:
        """Try once to send `text` to the E.164 number `to`; `message` is our id for it. Never raises."""
        ...

    def genuine(self, call: Call, now: int) -> bool:
        """Whether the provider made this request. Asked before anything in it is read."""
        ...

    def identify(self, call: Call) -> str:
        """The same id for the same event, however often it is told; no personal data. Never raises."""
        ...

    def read(self, call: Call) -> Heard | None:
        """What a genuine request says; None if nothing for us. Never raises."""
        ...

    @property
    def reply(self) -> tuple[str, str]:
        """Media type and body of the answer the provider wants to hear."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


def fingerprint(secret: str, *parts: str | bytes) -> str:
    """A keyed hash of the parts: names an event without showing whose it is (32 hex characters)."""
    seal = hmac.new(secret.encode(), digestmod=hashlib.sha256)
    for part in parts:
        octets = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        seal.update(len(octets).to_bytes(4, "big") + octets)
    return seal.hexdigest()[:32]


def same(left: str, right: str) -> bool:
    """Compare secrets in constant time, whatever characters a stranger sent."""
    return hmac.compare_digest(left.encode("utf-8", "replace"), right.encode("utf-8", "replace"))


def sender_of(heard: Heard | None) -> str:
    """The address of who wrote; "" for reports and for nothing."""
    return heard.address if isinstance(heard, Incoming) else ""
