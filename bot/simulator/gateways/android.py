"""A fake of SMS Gateway for Android: the telephone on the table and those that write to it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from bot.simulator.gateways.faults import AFTER, BEFORE, Fault
from bot.simulator.gateways.gateway import Gateway
from bot.simulator.gateways.handsets import Handset

SECOND_MS = 1000
DEVICE = "rehearsal"
STATES = {"sms:sent": "Sent", "sms:delivered": "Delivered", "sms:failed": "Failed"}


class AndroidGateway(Gateway):
    """`async with AndroidGateway(clock) as gateway:` then `gateway.phones["+51900000001"].write("AYUDA")`."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        number: str = "+51900000000",
        username: str = "sms",
        password: str = "rehearsal",  # noqa: S107 - of an invented telephone
        key: str = "rehearsal-signing-key",
    ) -> None:
        app = FastAPI(openapi_url=None)
        super().__init__(app, clock, self._heard)
        self.settings: dict[str, Any] = {}
        self.webhooks: dict[str, dict[str, str]] = {}
        self.states: dict[str, str] = {}
        self._clock, self._number, self._key = clock, number, key
        self._login = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()
        self._last: dict[str, int] = {}
        self._events = 0
        self._route(app)

    async def picture(self, number: str) -> None:
        """She sends a picture message; only the news of it is told."""
        payload = {
            "sender": number,
            "transactionId": f"mms{self._events}",
            "receivedAt": self._received_at(number),
        }
        await self._emit("mms:received", payload)

    def _route(self, app: FastAPI) -> None:
        app.add_api_route("/messages", self._messages, methods=["POST"])
        app.add_api_route("/messages/{message}", self._message, methods=["GET"])
        app.add_api_route("/webhooks", self._register, methods=["POST"])
        app.add_api_route("/webhooks", self._registered, methods=["GET"])
        app.add_api_route("/settings", self._change, methods=["PATCH"])

    def _closed(self, request: Request) -> bool:
        return request.headers.get("authorization") != self._login

    async def _messages(self, request: Request) -> Response:
        if self._closed(request):
            return _fault(401)
        if trouble := await self.stumble(request, *BEFORE):
            return trouble
        wanted = await request.json()
        message = str(wanted["id"])
        if message in self.states:
            return _fault(409)
        self.states[message] = "Pending"
        carry = self._carry(message, wanted["phoneNumbers"][0], wanted["textMessage"]["text"])
        if self.faults.take(Fault.REPORTS_FIRST):
            await carry
        else:
            self.start(carry)
        return await self.stumble(request, *AFTER) or JSONResponse(self._state(message), 202)

    async def _message(self, request: Request, message: str) -> Response:
        if self._closed(request):
            return _fault(401)
        return JSONResponse(self._state(message)) if message in self.states else _fault(404)

    async def _register(self, request: Request) -> Response:
        if self._closed(request):
            return _fault(401)
        webhook = await request.json()
        self.webhooks[webhook["id"]] = webhook
        return JSONResponse(webhook, 201)

    async def _registered(self, request: Request) -> Response:
        return _fault(401) if self._closed(request) else JSONResponse(list(self.webhooks.values()))

    async def _change(self, request: Request) -> Response:
        if self._closed(request):
            return _fault(401)
        self.settings |= await request.json()
        return JSONResponse({})

    async def _carry(self, message: str, number: str, text: str) -> None:
        phone = self.phones[number]
        if phone.failure:
            await self._report("sms:failed", message, number, reason=phone.failure)
            return
        sent = partial(self._report, "sms:sent", message, number, partsCount=1)
        delivered = partial(self._report, "sms:delivered", message, number)
        if not phone.on.is_set():
            await sent()
            await phone.show(text)
            await delivered()
            return
        await phone.show(text)
        for report in (delivered, sent) if self.faults.take(Fault.BACKWARDS) else (sent, delivered):
            await report()

    async def _heard(self, phone: Handset, text: str) -> None:
        payload = {
            "messageId": hashlib.sha256(f"{phone.number}{text}".encode()).hexdigest()[:8],
            "sender": phone.number,
            "phoneNumber": phone.number,
            "recipient": self._number,
            "simNumber": 1,
            "message": text,
            "receivedAt": self._received_at(phone.number),
        }
        await self._emit("sms:received", payload)

    def _received_at(self, number: str) -> str:
        """The network's stamp has whole seconds, and no hand writes two SMS within one."""
        self._last[number] = max(self._clock(), self._last.get(number, 0) + SECOND_MS)
        return _written(self._last[number] // SECOND_MS * SECOND_MS)

    async def _report(self, event: str, message: str, number: str, **more: object) -> None:
        self.states[message] = STATES[event]
        moment = {event.removeprefix("sms:") + "At": _written(self._clock())}
        await self._emit(event, {"messageId": message, "recipient": number, "simNumber": 1, **moment, **more})

    async def _emit(self, event: str, payload: Mapping[str, object]) -> None:
        """Tell every webhook of this event. Told twice, the second has an id of its own, as with the app."""
        for webhook in [each for each in self.webhooks.values() if each["event"] == event]:
            for _ in range(2 if self.faults.take(Fault.TWICE) else 1):
                self._events += 1
                envelope = {
                    "id": f"event-{self._events}",
                    "webhookId": webhook["id"],
                    "deviceId": DEVICE,
                    "event": event,
                    "payload": payload,
                }
                body = json.dumps(envelope, ensure_ascii=False).encode()
                await self.tell("POST", webhook["url"], body=body, headers=partial(self.sign, body))

    def sign(self, body: bytes) -> dict[str, str]:
        """The headers the app adds, with the present time."""
        stamp = str(self._clock() // SECOND_MS)
        seal = hmac.new(self._key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
        return {"Content-Type": "application/json", "X-Timestamp": stamp, "X-Signature": seal}

    def _state(self, message: str) -> dict[str, object]:
        state = self.states[message]
        recipients = [{"phoneNumber": "hidden", "state": state}]
        return {"id": message, "deviceId": DEVICE, "state": state, "recipients": recipients}


def _fault(status: int) -> Response:
    return JSONResponse({"message": "no"}, status)


def _written(at: int) -> str:
    return datetime.fromtimestamp(at / SECOND_MS, UTC).isoformat(timespec="milliseconds")
