"""A fake of Twilio's Messages API, with telephones of invented people behind it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.simulator.gateways.faults import AFTER, BEFORE, Fault
from bot.simulator.gateways.gateway import Gateway, read
from bot.simulator.gateways.handsets import Handset

ACCOUNT = "ACrehearsal"
CREATED, REFUSED, LOCKED_OUT = 201, 400, 401
TEXTS = {21610: "Attempt to send to unsubscribed recipient", 20003: "Authenticate"}


class TwilioGateway(Gateway):
    """`gateway.inbound` is the address set in Twilio's console. A handset's `failure` is an error code."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        number: str = "+51900000000",
        token: str = "rehearsal-auth-token",  # noqa: S107 - of an invented account
    ) -> None:
        app = FastAPI(openapi_url=None)
        super().__init__(app, clock, self._heard)
        self.inbound = ""
        self.stopped: set[str] = set()
        """Numbers that wrote STOP to Twilio."""
        self._number, self._token = number, token
        self._login = "Basic " + base64.b64encode(f"{ACCOUNT}:{token}".encode()).decode()
        self._ids = 0
        path = "/2010-04-01/Accounts/{account}/Messages.json"
        app.add_api_route(path, self._messages, methods=["POST"])

    async def picture(self, number: str, media_type: str = "image/jpeg") -> None:
        """She sends a picture or, with an audio type, a voice note."""
        media = {"NumMedia": "1", "MediaContentType0": media_type, "MediaUrl0": f"{self.url}/never"}
        await self._post(self.inbound, self._received(number, "") | media)

    def sign(self, url: str, form: Mapping[str, str]) -> dict[str, str]:
        """The header Twilio adds."""
        signed = url + "".join(name + form[name] for name in sorted(form))
        seal = hmac.new(self._token.encode(), signed.encode(), hashlib.sha1).digest()
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": base64.b64encode(seal).decode(),
        }

    async def _messages(self, request: Request, account: str) -> Response:
        if request.headers.get("authorization") != self._login or account != ACCOUNT:
            return _fault(LOCKED_OUT, 20003)
        if trouble := await self.stumble(request, *BEFORE):
            return trouble
        form = (await read(request)).form()
        if form["To"] in self.stopped:
            return _fault(REFUSED, 21610)
        failure = self.phones[form["To"]].failure
        if failure.startswith("2"):  # told at once; 3xxxx come as reports
            return _fault(REFUSED, int(failure))
        sid = self._next()
        carry = self._carry(sid, form)
        if self.faults.take(Fault.REPORTS_FIRST):
            await carry
        else:
            self.start(carry)
        return await self.stumble(request, *AFTER) or JSONResponse({"sid": sid, "status": "queued"}, CREATED)

    async def _carry(self, sid: str, form: Mapping[str, str]) -> None:
        phone, callback = self.phones[form["To"]], form["StatusCallback"]
        if phone.failure:
            await self._report(callback, sid, "undelivered", ErrorCode=phone.failure)
            return
        await phone.show(form["Body"])
        states = ("delivered", "sent") if self.faults.take(Fault.BACKWARDS) else ("sent", "delivered")
        for state in states:
            await self._report(callback, sid, state)

    async def _report(self, callback: str, sid: str, state: str, **more: str) -> None:
        await self._post(callback, {"MessageSid": sid, "MessageStatus": state, "AccountSid": ACCOUNT, **more})

    async def _heard(self, phone: Handset, text: str) -> None:
        if text.strip().upper() == "STOP":
            self.stopped.add(phone.number)
        await self._post(self.inbound, self._received(phone.number, text))

    def _received(self, number: str, text: str) -> dict[str, str]:
        return {
            "MessageSid": self._next(),
            "AccountSid": ACCOUNT,
            "From": number,
            "To": self._number,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
        }

    async def _post(self, url: str, form: Mapping[str, str]) -> None:
        for _ in range(2 if self.faults.take(Fault.TWICE) else 1):
            body = urlencode(form).encode()
            await self.tell("POST", url, body=body, headers=lambda: self.sign(url, form))

    def _next(self) -> str:
        self._ids += 1
        return f"SM{self._ids:032x}"


def _fault(status: int, code: int) -> Response:
    return JSONResponse({"code": code, "message": TEXTS.get(code, "no"), "status": status}, status)
