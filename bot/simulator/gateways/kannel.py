"""A fake of Kannel's smsbox, with telephones of invented people behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse

from bot.simulator.gateways.faults import AFTER, BEFORE, Fault
from bot.simulator.gateways.gateway import Gateway, read
from bot.simulator.gateways.handsets import Handset

SECOND_MS = 1000
TAKEN, WRONG, LOCKED_OUT = 202, 400, 403
DELIVERED, FAILED, QUEUED, ACCEPTED, REJECTED = 1, 2, 4, 8, 16


class KannelGateway(Gateway):
    """`inbound` is the `get-url` of its configuration. A handset's `failure` is the operator's answer."""

    def __init__(
        self,
        clock: Callable[[], int],
        *,
        number: str = "51900000000",
        username: str = "ayni",
        password: str = "rehearsal",  # noqa: S107 - of an invented gateway
    ) -> None:
        app = FastAPI(openapi_url=None)
        super().__init__(app, clock, self._heard)
        self.inbound = ""
        self.away = False
        """The operator is not reached: messages are queued."""
        self._clock, self._number = clock, number
        self._login = {"username": username, "password": password}
        app.add_api_route("/cgi-bin/sendsms", self._sendsms, methods=["GET"])

    @property
    def send_url(self) -> str:
        """Where it takes messages."""
        return f"{self.url}/cgi-bin/sendsms"

    async def _sendsms(self, request: Request) -> Response:
        asked = (await read(request)).query
        if not self._login.items() <= asked.items():
            return PlainTextResponse("Authorization failed for sendsms", LOCKED_OUT)
        if trouble := await self.stumble(request, *BEFORE):
            return trouble
        if not asked.get("to"):
            return PlainTextResponse("Missing receiver number, rejected", WRONG)
        carry = self._carry(asked)
        if self.faults.take(Fault.REPORTS_FIRST):
            await carry
        else:
            self.start(carry)
        said = "3: Queued for later delivery" if self.away else "0: Accepted for delivery"
        return await self.stumble(request, *AFTER) or PlainTextResponse(said, TAKEN)

    async def _carry(self, asked: Mapping[str, str]) -> None:
        phone = self.phones[asked["to"]]
        if self.away:
            await self._report(asked, QUEUED, "")
        if phone.failure:
            kind = REJECTED if phone.failure.startswith("NACK") else FAILED
            await self._report(asked, kind, phone.failure)
            return
        await phone.show(asked["text"])
        backwards = self.faults.take(Fault.BACKWARDS)
        for kind in (DELIVERED, ACCEPTED) if backwards else (ACCEPTED, DELIVERED):
            await self._report(asked, kind, "ACK/")

    async def _report(self, asked: Mapping[str, str], kind: int, answer: str) -> None:
        url = asked["dlr-url"].replace("%d", str(kind)).replace("%A", quote(answer, safe=""))
        await self._get(url)

    async def _heard(self, phone: Handset, text: str) -> None:
        filled = {
            "%p": quote(phone.number.removeprefix("+"), safe=""),
            "%P": self._number,
            "%b": quote(text, safe=""),
            "%C": "UTF-8",
            "%I": str(uuid4()),
            "%T": str(self._clock() // SECOND_MS),
        }
        address, _, query = self.inbound.partition("?")
        pairs = (pair.partition("=") for pair in query.split("&"))
        await self._get(
            f"{address}?" + "&".join(f"{name}={filled.get(word, word)}" for name, _, word in pairs)
        )

    async def _get(self, url: str) -> None:
        for _ in range(2 if self.faults.take(Fault.TWICE) else 1):
            await self.tell("GET", url)
