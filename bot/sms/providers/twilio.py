"""Twilio: a rented number. It signs its calls over the public address, and knows no id of ours.

So a call that broke after the words had left is not tried again: she might get the message twice.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import ClassVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, Field, SecretStr

from aid.errors import NotUnderstood
from aid.messages import ChannelName, Heard, Incoming, Media, Outcome, Report, ReportState, Verdict
from aid.rules.phones import e164
from bot.sms.providers.contract import Call, Kind, Place, fingerprint, same
from bot.sms.providers.wire import LOCKED_OUT_SECONDS, Wire

OPTED_OUT = 21610
"""She wrote STOP to Twilio itself, which keeps its own list."""
NO_SUCH_PHONE = frozenset({21211, 21614, 30005, 30006})
"""Not a number, not a mobile, unknown, a fixed line."""
OUR_FAULT = frozenset({20003, 21606})
"""Our credentials, our sender: an organiser must mend them, and nothing was sent."""
QUEUE_FULL = 21611
REPORTED = {
    "accepted": ReportState.ACCEPTED,
    "scheduled": ReportState.ACCEPTED,
    "queued": ReportState.ACCEPTED,
    "sending": ReportState.ACCEPTED,
    "sent": ReportState.ACCEPTED,
    "delivered": ReportState.DELIVERED,
    "read": ReportState.DELIVERED,
    "undelivered": ReportState.FAILED,
    "failed": ReportState.FAILED,
    "canceled": ReportState.FAILED,
}
EMPTY_ANSWER = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
MOST_FIELDS = 200


class TwilioSettings(BaseModel):
    """A number rented from Twilio."""

    prefix: ClassVar[str] = "AYNI_TWILIO_"

    account_sid: str = Field(pattern=r"^AC[0-9a-zA-Z]+$", description="Account SID; begins with AC")
    auth_token: SecretStr = Field(min_length=16, description="Auth token of the account")
    sender: str = Field(
        pattern=r"^(\+[0-9]{5,15}|MG[0-9a-zA-Z]+|[0-9]{3,8})$",
        description="The number it writes from (+51...), a short code, or a messaging service (MG...)",
    )
    url: str = Field(
        default="https://api.twilio.com",
        pattern=r"^https?://[^\s/]+",
        description="Where Twilio's API answers",
    )


class Twilio:
    """One sender at Twilio."""

    def __init__(self, settings: TwilioSettings, place: Place) -> None:
        self._place = place
        self._token = settings.auth_token.get_secret_value()
        self._path = f"/2010-04-01/Accounts/{settings.account_sid}/Messages.json"
        sender = "MessagingServiceSid" if settings.sender.startswith("MG") else "From"
        self._sender = {sender: settings.sender}
        self._wire = Wire(settings.url, repeatable=False, user=settings.account_sid, password=self._token)

    async def prepare(self) -> Outcome:
        """Nothing to do: the address for incoming SMS is set in Twilio's console."""
        return Outcome(Verdict.ACCEPTED)

    async def send(self, message: str, to: str, text: str, *, urgent: bool) -> Outcome:  # noqa: ARG002 - Twilio has no lanes
        """POST Messages.json; its reports will carry our id."""
        callback = f"{self._place.url(Kind.REPORT)}?id={message}"
        form = {"To": to, "Body": text, "StatusCallback": callback, **self._sender}
        answer = await self._wire.ask("POST", self._path, form=form)
        if isinstance(answer, Outcome):
            return answer
        told = answer.json()
        if answer.fine:
            return Outcome(Verdict.ACCEPTED, reference=str(told.get("sid", "")))
        return _refusal(told.get("code")) or self._wire.judge(answer)

    def genuine(self, call: Call, now: int) -> bool:  # noqa: ARG002 - Twilio signs no time; its ids stop a repeat
        """Whether the signature fits the public address and every field."""
        try:
            pairs = parse_qsl(call.body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return False
        url = self._place.url(call.kind) + (f"?{call.query}" if call.query else "")
        signed = url + "".join(name + value for name, value in sorted(set(pairs)))
        seal = hmac.new(self._token.encode(), signed.encode("utf-8", "surrogatepass"), hashlib.sha1)
        return same(base64.b64encode(seal.digest()).decode(), call.headers.get("x-twilio-signature", ""))

    def identify(self, call: Call) -> str:
        """Its own id of the message, with the state for reports."""
        form = call.form()
        sid, state = form.get("MessageSid", ""), form.get("MessageStatus", "")
        if not sid.isalnum() or not sid.isascii():
            return fingerprint(self._token, call.query, call.body)
        return f"{sid[:64]}:{state if state in REPORTED else ''}" if call.kind is Kind.REPORT else sid[:64]

    def read(self, call: Call) -> Heard | None:
        """An SMS (never the media behind it), or how far one of ours has come."""
        return self._report(call) if call.kind is Kind.REPORT else self._incoming(call)

    @property
    def reply(self) -> tuple[str, str]:
        """An empty answer, else Twilio would send the words back to her."""
        return "text/xml", EMPTY_ANSWER

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _report(self, call: Call) -> Report | None:
        form = call.form()
        message, state = call.asked().get("id", ""), REPORTED.get(form.get("MessageStatus", ""))
        if not message or state is None:
            return None
        code = form.get("ErrorCode", "")
        number = int(code) if code.isascii() and code.isdecimal() and len(code) < len("1000000") else 0
        reason = f"twilio-{number}" if number else ""
        return Report(message, state, reason, gone=number in NO_SUCH_PHONE, opted_out=number == OPTED_OUT)

    def _incoming(self, call: Call) -> Incoming | None:
        form = call.form()
        try:
            address = e164(form.get("From", ""))
        except NotUnderstood:
            return None
        text = form.get("Body", "")
        return Incoming(self._place.line, ChannelName.SMS, address, text, call.at, media=_media(form))


def _media(form: dict[str, str]) -> Media | None:
    if form.get("NumMedia", "0") in ("", "0"):
        return None
    return Media.VOICE if form.get("MediaContentType0", "").startswith("audio/") else Media.PICTURE


def _refusal(code: object) -> Outcome | None:
    """What Twilio's own code says; None where the status of the answer says it all."""
    reason = f"twilio-{code}"
    if code == OPTED_OUT:
        return Outcome(Verdict.REFUSED, reason=reason, opted_out=True)
    if code in NO_SUCH_PHONE:
        return Outcome(Verdict.REFUSED, reason=reason, gone=True)
    if code in OUR_FAULT or code == QUEUE_FULL:
        return Outcome(Verdict.AGAIN, reason=reason, pause_seconds=LOCKED_OUT_SECONDS)
    return None
