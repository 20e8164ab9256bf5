"""SMS Gateway for Android: a telephone on the organisers' table with an ordinary SIM.

It takes our own message id and refuses it the second time with 409, so a repeat is harmless. What it hears it
posts to us, signed: X-Signature is the hexadecimal HMAC-SHA256 of the body followed by X-Timestamp (seconds).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr

from aid.errors import NotUnderstood
from aid.messages import (
    ChannelName,
    Heard,
    Incoming,
    Media,
    Outcome,
    Report,
    ReportState,
    Verdict,
)
from aid.rules.phones import e164
from bot.sms.providers.contract import Call, Kind, Place, fingerprint, same
from bot.sms.providers.wire import Answer, Wire

SEEN = 409
URGENT_PRIORITY = 100
"""From 100 on the telephone lets a message pass before its own limits and pauses."""
OLDEST_MS = 5 * 60 * 1000
HEARD_EVENTS = ("sms:received", "mms:received")
REPORT_EVENTS = {
    "sms:sent": ReportState.ACCEPTED,
    "sms:delivered": ReportState.DELIVERED,
    "sms:failed": ReportState.FAILED,
}
KNOWN_REASON = re.compile(r"RESULT_[A-Z_]+|ttl|expired|cancel|permission|limit", re.IGNORECASE)


class AndroidSettings(BaseModel):
    """A telephone with the app SMS Gateway for Android."""

    prefix: ClassVar[str] = "AYNI_ANDROID_"

    url: str = Field(
        pattern=r"^https?://[^\s/]+",
        description="Where the app answers, for example http://192.168.1.20:8080",
    )
    username: str = Field(min_length=1, description="User name shown in the app")
    password: SecretStr = Field(min_length=1, description="Password shown in the app")
    signing_key: SecretStr = Field(
        min_length=16,
        description="Webhook signing key set in the app (Settings, Webhooks); its own one is too short",
    )
    device: str = Field(
        default="", max_length=21, description="Device id, where one account holds several telephones"
    )


class Android:
    """One telephone."""

    def __init__(self, settings: AndroidSettings, place: Place) -> None:
        self._place = place
        self._device = settings.device
        self._key = settings.signing_key.get_secret_value()
        self._wire = Wire(
            settings.url,
            repeatable=True,
            user=settings.username,
            password=settings.password.get_secret_value(),
        )

    async def prepare(self) -> Outcome:
        """Have the telephone post what it hears to us, and send in our order (by default it does not)."""
        targets = dict.fromkeys(HEARD_EVENTS, Kind.IN) | dict.fromkeys(REPORT_EVENTS, Kind.REPORT)
        asked = [await self._register(event, kind) for event, kind in targets.items()]
        order = {"messages": {"processing_order": "FIFO"}}
        asked.append(await self._wire.ask("PATCH", "/settings", content=order))
        outcomes = [self._wire.judge(each) if isinstance(each, Answer) else each for each in asked]
        return next((each for each in outcomes if each.verdict is not Verdict.ACCEPTED), outcomes[0])

    async def send(self, message: str, to: str, text: str, *, urgent: bool) -> Outcome:
        """POST /messages under our own id; 409 means an earlier try arrived."""
        content: dict[str, object] = {
            "id": message,
            "phoneNumbers": [to],
            "textMessage": {"text": text},
            "withDeliveryReport": True,
        }
        content |= {"priority": URGENT_PRIORITY} if urgent else {}
        content |= {"deviceId": self._device} if self._device else {}
        answer = await self._wire.ask("POST", "/messages", content=content)
        if isinstance(answer, Outcome):
            return answer
        if answer.fine or answer.status == SEEN:
            return Outcome(Verdict.ACCEPTED, reference=message)
        return self._wire.judge(answer)

    def genuine(self, call: Call, now: int) -> bool:
        """Whether the telephone signed this within the last five minutes."""
        stamp = call.headers.get("x-timestamp", "")
        if (
            call.method != "POST"
            or not re.fullmatch(r"[0-9]{1,12}", stamp)
            or abs(now - int(stamp) * 1000) > OLDEST_MS
        ):
            return False
        seal = hmac.new(self._key.encode(), call.body + stamp.encode(), hashlib.sha256)
        return same(seal.hexdigest(), call.headers.get("x-signature", "").lower())

    def identify(self, call: Call) -> str:
        """The event's own id; for a message heard, a keyed hash of it, because the app may tell one twice."""
        event = call.json()
        if event.get("event") in HEARD_EVENTS:
            payload = _payload(event)
            parts = [_words(payload, name) for name in ("sender", "phoneNumber", "message", "transactionId")]
            return fingerprint(self._key, "heard", *parts, str(_instant(payload, 0)))
        event_id = _words(event, "id")
        return event_id[:64] if event_id.isascii() and event_id else fingerprint(self._key, call.body)

    def read(self, call: Call) -> Heard | None:
        """An SMS, the news of a picture message (never its contents), or how far one of ours has come."""
        event = call.json()
        name = event.get("event")
        payload = _payload(event)
        if name in HEARD_EVENTS:
            return self._incoming(call, payload, Media.PICTURE if name == "mms:received" else None)
        message = _words(payload, "messageId")
        if not isinstance(name, str) or name not in REPORT_EVENTS or not message:
            return None
        return Report(message, REPORT_EVENTS[name], reason=_reason(_words(payload, "reason")))

    @property
    def reply(self) -> tuple[str, str]:
        """Any 2xx will do."""
        return "application/json", "{}"

    async def close(self) -> None:
        """Close the connections to the telephone."""
        await self._wire.close()

    async def _register(self, event: str, kind: Kind) -> Answer | Outcome:
        """Under one id for each event, so that a new address takes the place of the old one."""
        known_as = fingerprint("", self._place.hook, self._device, event)
        webhook = {"id": known_as, "url": self._place.url(kind), "event": event}
        webhook |= {"deviceId": self._device} if self._device else {}
        return await self._wire.ask("POST", "/webhooks", content=webhook)

    def _incoming(self, call: Call, payload: dict[str, object], media: Media | None) -> Incoming | None:
        try:
            address = e164(_words(payload, "sender") or _words(payload, "phoneNumber"))
        except NotUnderstood:  # an operator's short code: nobody to answer
            return None
        text = "" if media else _words(payload, "message")
        sent = _instant(payload, call.at)
        return Incoming(self._place.line, ChannelName.SMS, address, text, sent, media=media)


def _payload(event: dict[str, object]) -> dict[str, object]:
    payload = event.get("payload")
    return payload if isinstance(payload, dict) else {}


def _words(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""


def _instant(payload: dict[str, object], otherwise: int) -> int:
    """When the SMS was sent, in whole seconds as milliseconds: the app's two ears differ below the second."""
    try:
        moment = datetime.fromisoformat(_words(payload, "receivedAt"))
    except (ValueError, OverflowError):
        return otherwise
    return int(moment.timestamp()) * 1000 if moment.tzinfo else otherwise


def _reason(told: str) -> str:
    """A short code out of the app's sentence, which may quote the number."""
    found = KNOWN_REASON.search(told)
    return found.group().lower() if found else "failed" if told else ""
