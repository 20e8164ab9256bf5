"""One call is one call."""

from __future__ import annotations

import aiohttp
import pytest
from fastapi import FastAPI, Response

from aid.messages import Outcome, Verdict
from bot.simulator.gateways.faults import Fault
from bot.simulator.gateways.kannel import KannelGateway
from bot.simulator.loopback import Loopback
from bot.sms.providers.wire import ANSWER_BYTES, Answer, Wire
from tests.bot.sms.house import Clock


async def test_a_cut_get_is_one_call_and_the_control_shows_what_aiohttp_does_alone() -> None:
    async with KannelGateway(Clock()) as kannel:
        wire = Wire(kannel.url, repeatable=False)
        kannel.faults.plan(Fault.CUT)
        query = {"username": "ayni", "password": "rehearsal"}
        assert await wire.ask("GET", "/cgi-bin/sendsms", query=query) == Outcome(
            Verdict.PERHAPS, reason="cut"
        )
        assert len(kannel.calls) == 1
        await wire.close()

        kannel.faults.plan(Fault.CUT)
        async with aiohttp.ClientSession() as plain, plain.get(kannel.send_url, params=query):
            pass
        assert len(kannel.calls) == 3  # control: it asked twice by itself


async def test_the_pause_a_provider_asks_for_is_kept_within_an_hour() -> None:
    wire = Wire("http://127.0.0.1:1", repeatable=True)
    for header, seconds in (
        ("7", 7),
        ("", 30),
        ("999999", 3600),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 30),
        ("٣", 3),
    ):
        assert wire.judge(Answer(429, b"", header)).pause_seconds == seconds


@pytest.mark.parametrize("status", [302, 307, 401, 403, 404, 405])
async def test_a_wrong_address_or_password_is_ours_to_mend_and_loses_no_message(status: int) -> None:
    outcome = Wire("http://127.0.0.1:1", repeatable=False).judge(Answer(status, b""))
    assert outcome == Outcome(Verdict.AGAIN, reason=f"http-{status}", pause_seconds=300)


async def test_only_so_much_of_an_answer_is_read() -> None:
    app = FastAPI()
    app.add_api_route("/", lambda: Response(b"x" * 10_000_000))
    async with Loopback(app) as server:
        wire = Wire(server.url, repeatable=False)
        answer = await wire.ask("GET", "/")
        assert isinstance(answer, Answer)
        assert len(answer.body) < 2 * ANSWER_BYTES
        await wire.close()
