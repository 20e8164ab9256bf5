"""Every call we make to the telephone is legal by its own OpenAPI description."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest

from aid.messages import Message, Outgoing
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.gateways.gateway import Asked
from bot.sms.face import SmsLine
from bot.sms.providers.android import Android
from tests.bot.sms.house import LINE, MESSAGE, NIEVES, House, settings_for

DESCRIPTION = Path(__file__).parents[4] / "shared" / "data" / "android-sms-gateway-openapi.json"
pytestmark = pytest.mark.skipif(
    not DESCRIPTION.exists() and os.environ.get("CI") != "true",
    reason="the gateway's OpenAPI description (shared/data) is not here",
)


def repaired(part: Any) -> Any:  # noqa: ANN401 - JSON
    """The description says `type: object` beside `allOf` on numbers and words, which refuses every value."""
    if isinstance(part, dict):
        kept = {name: repaired(value) for name, value in part.items()}
        if "allOf" in kept and kept.get("type") == "object" and "properties" not in kept:
            del kept["type"]
        return kept
    return [repaired(each) for each in part] if isinstance(part, list) else part


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    found: dict[str, Any] = repaired(json.loads(DESCRIPTION.read_text(encoding="utf-8")))
    found["servers"] = [{"url": "/"}]
    return found


@pytest.fixture(scope="module")
def judge(described: dict[str, Any]) -> OpenAPI:
    strict = copy.deepcopy(described)
    for schema in strict["components"]["schemas"].values():
        if schema.get("type") == "object" and "additionalProperties" not in schema:
            schema["additionalProperties"] = False  # a field it does not know would be dropped in silence
    return OpenAPI.from_dict(strict)


def verdict(judge: OpenAPI, asked: Asked, body: bytes | None = None) -> None:
    judge.validate_request(
        MockRequest(
            "http://telephone",
            asked.method.lower(),
            asked.path,
            args=dict(asked.query),
            headers=dict(asked.headers),
            data=asked.body if body is None else body,
            content_type="application/json",
        )
    )


async def calls(line: SmsLine, gateway: AndroidGateway, house: House) -> list[Asked]:
    """Every kind of call we make: preparing, a usual message, an urgent one, one of several telephones."""
    chosen = Android(settings_for(gateway, "PyDmBQZZXYmyxMwED8Fzy"), house.place())
    await chosen.prepare()
    await chosen.send("d" * 32, NIEVES, "Hola", urgent=False)
    await chosen.close()
    for message, urgent in ((MESSAGE, False), ("a" * 32, True)):
        await line.send(Outgoing(message, LINE, NIEVES, "es", Message("what"), urgent=urgent))
    return gateway.calls


async def test_every_call_is_legal(
    line: SmsLine, gateway: AndroidGateway, house: House, judge: OpenAPI
) -> None:
    made = await calls(line, gateway, house)
    assert {(asked.method, asked.path) for asked in made} == {
        ("POST", "/messages"),
        ("POST", "/webhooks"),
        ("PATCH", "/settings"),
    }
    for asked in made:
        verdict(judge, asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "x" * 37},
        {"phoneNumbers": []},
        {"priority": 50},
        {"priority": "100"},
        {"textMessage": {"text": ""}},
        {"withDeliveryReports": True},
        {"simNumber": 4},
    ],
)
async def test_the_judge_refuses_what_is_wrong(
    line: SmsLine, gateway: AndroidGateway, judge: OpenAPI, wrong: dict[str, object]
) -> None:
    await line.send(Outgoing(MESSAGE, LINE, NIEVES, "es", Message("what"), urgent=True))
    asked = gateway.calls[-1]
    verdict(judge, asked)
    with pytest.raises(OpenAPIError):
        verdict(judge, asked, json.dumps(json.loads(asked.body) | wrong).encode())


async def test_what_the_fake_answers_and_tells_is_legal_too(
    line: SmsLine, gateway: AndroidGateway, house: House, described: dict[str, Any]
) -> None:
    """The fake is a fair telephone: its events have the fields of the description."""
    await gateway.phones[NIEVES].write("AYUDA")
    await line.send(Outgoing(MESSAGE, LINE, NIEVES, "es", Message("what")))
    await gateway.idle()
    schemas = described["components"]["schemas"]
    named = {
        "sms:received": "SmsReceivedPayload",
        "sms:sent": "SmsSentPayload",
        "sms:delivered": "SmsDeliveredPayload",
    }
    events = [json.loads(json.loads(raw)["body"].encode("latin-1")) for raw in house.keeper.rows.values()]
    assert {event["event"] for event in events} == set(named)
    for event in events:
        assert set(schemas["WebHookEvent"]["required"]) <= set(event)
        fields = (
            schemas["SmsEventPayload"]["properties"]
            | schemas[named[event["event"]]]["allOf"][1]["properties"]
        )
        assert set(event["payload"]) <= {*fields, "partsCount"}  # newer than the description
