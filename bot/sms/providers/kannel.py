"""Kannel: a gateway of one's own, before an aggregator by SMPP or a modem.

It calls us by plain GET without a signature; a secret word in the path tells that it is ours. The address to
put into its configuration is `Kannel.inbound_url`.
"""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr, field_validator

from aid.errors import NotUnderstood
from aid.messages import ChannelName, Heard, Incoming, Outcome, Report, ReportState, Verdict
from aid.rules.phones import e164
from aid.rules.segments import Alphabet, count
from bot.sms.providers.contract import Call, Kind, Place, fields, fingerprint, same
from bot.sms.providers.wire import ANSWER_SECONDS, Wire

ALL_REPORTS = "31"
URGENT_PRIORITY, USUAL_PRIORITY = "3", "0"
TEMPORARY = 503
"""Kannel's "Temporal failure": it did not take the message."""
REPORTED = {
    "1": ReportState.DELIVERED,
    "2": ReportState.FAILED,
    "4": ReportState.ACCEPTED,  # waiting at the operator
    "8": ReportState.ACCEPTED,
    "16": ReportState.FAILED,
}
CODINGS = {Alphabet.GSM7: "0", Alphabet.UCS2: "2"}
INVALID_DESTINATION = "nack-11"
"""SMPP 0x0B, however Kannel writes it."""
NACK = re.compile(r"NACK/(0x[0-9a-f]{1,8}|[0-9]{1,6})", re.IGNORECASE | re.ASCII)
UNDELIVERED = re.compile(r"stat:([A-Z]{4,8})\b(?:.{0,20}?err:([0-9A-Za-z]{1,8})\b)?", re.ASCII)
CHARSETS = frozenset({"utf-8", "utf-16be", "iso-8859-1", "windows-1252", "us-ascii"})
SECOND_MS = 1000


class KannelSettings(BaseModel):
    """A Kannel of one's own."""

    prefix: ClassVar[str] = "AYNI_KANNEL_"

    url: str = Field(
        pattern=r"^https?://[^\s/]+",
        description="Its sendsms address, for example http://127.0.0.1:13013/cgi-bin/sendsms",
    )
    username: str = Field(min_length=1, description="User name of the group sendsms-user")
    password: SecretStr = Field(min_length=1, description="Password of the group sendsms-user")
    token: SecretStr = Field(
        min_length=16,
        description="Secret word in the addresses that Kannel calls; letters, digits, - and _",
    )
    sender: str = Field(default="", description="The number it writes from, if Kannel does not know it")
    smsc: str = Field(default="", description="Id of the SMSC to use, if Kannel has several")

    @field_validator("token")
    @classmethod
    def _fits_in_a_path(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]+", token.get_secret_value()):
            raise ValueError("letters, digits, - and _ only")
        return token


class Kannel:
    """One sender at a Kannel."""

    def __init__(
        self, settings: KannelSettings, place: Place, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self._place = place
        self._token = settings.token.get_secret_value()
        self._fixed = {
            "username": settings.username,
            "password": settings.password.get_secret_value(),
            "charset": "UTF-8",
            "dlr-mask": ALL_REPORTS,
        }
        self._fixed |= {"from": settings.sender} if settings.sender else {}
        self._fixed |= {"smsc": settings.smsc} if settings.smsc else {}
        self._wire = Wire(settings.url, repeatable=False, answer_seconds=answer_seconds)

    @property
    def inbound_url(self) -> str:
        """The `get-url` for Kannel's group sms-service, with `max-messages = 0` and `mo-recode = true`."""
        address = self._place.url(Kind.IN, self._token)
        return f"{address}?from=%p&to=%P&text=%b&charset=%C&id=%I&ts=%T"

    async def prepare(self) -> Outcome:
        """Nothing to do: the address for incoming SMS is set in Kannel's configuration."""
        return Outcome(Verdict.ACCEPTED)

    async def send(self, message: str, to: str, text: str, *, urgent: bool) -> Outcome:
        """GET sendsms; its reports will carry our id."""
        report = f"{self._place.url(Kind.REPORT, self._token)}?id={message}&type=%d&answer=%A"
        query = self._fixed | {
            "to": to,
            "text": text,
            "coding": CODINGS[count(text).alphabet],
            "priority": URGENT_PRIORITY if urgent else USUAL_PRIORITY,
            "dlr-url": report,
        }
        answer = await self._wire.ask("GET", "", query=query)
        if isinstance(answer, Outcome):
            return answer
        if answer.status == TEMPORARY:
            return Outcome(Verdict.AGAIN, reason="kannel-temporary")
        return self._wire.judge(answer)

    def genuine(self, call: Call, now: int) -> bool:  # noqa: ARG002 - Kannel sends no time; its ids stop a repeat
        """Whether the caller knows the secret word."""
        return same(self._token, call.token)

    def identify(self, call: Call) -> str:
        """Kannel's own id of an SMS it heard; of a report, a keyed hash of what it says."""
        asked = call.asked()
        if call.kind is Kind.REPORT:
            parts = [asked.get(name, "") for name in ("id", "type", "answer")]
            return fingerprint(self._token, "report", *parts)
        known = asked.get("id", "")
        is_id = bool(re.fullmatch(r"[0-9A-Za-z-]{8,64}", known))
        return known if is_id else fingerprint(self._token, call.query, call.body)

    def read(self, call: Call) -> Heard | None:
        """An SMS, or how far one of ours has come."""
        return self._report(call) if call.kind is Kind.REPORT else self._incoming(call)

    @property
    def reply(self) -> tuple[str, str]:
        """No words: Kannel would send them to her."""
        return "text/plain", ""

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _report(self, call: Call) -> Report | None:
        asked = call.asked()
        message, state = asked.get("id", ""), REPORTED.get(asked.get("type", ""))
        if not message or state is None:
            return None
        if state is not ReportState.FAILED:
            return Report(message, state)
        reason = _reason(asked.get("answer", "")) or f"kannel-{asked['type']}"
        return Report(message, state, reason, gone=reason == INVALID_DESTINATION)

    def _incoming(self, call: Call) -> Incoming | None:
        octets = fields(call.query, encoding="latin-1")
        try:
            address = e164(octets.get("from", ""))
        except NotUnderstood:
            return None
        text = _decoded(octets.get("text", "").encode("latin-1", "replace"), octets.get("charset", ""))
        stamp = octets.get("ts", "")
        sent = int(stamp) * SECOND_MS if re.fullmatch(r"[0-9]{9,11}", stamp) else call.at
        return Incoming(self._place.line, ChannelName.SMS, address, text, sent)


def _decoded(octets: bytes, charset: str) -> str:
    """The words in the character set Kannel names; where it is wrong, in the likeliest."""
    named = charset.lower() if charset.lower() in CHARSETS else "utf-8"
    try:
        return octets.decode(named)
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def _reason(answer: str) -> str:
    """A short code out of the operator's answer, which may quote the message."""
    if undelivered := UNDELIVERED.search(answer):
        return "-".join(part.lower() for part in undelivered.groups() if part)
    refused = NACK.search(answer)
    return f"nack-{_number(refused.group(1))}" if refused else ""


def _number(written: str) -> int:
    return int(written, 16 if written[:2].lower() == "0x" else 10)
