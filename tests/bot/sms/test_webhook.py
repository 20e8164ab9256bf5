"""The doors: who may come in, what is kept, what is answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from aid.messages import Incoming
from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.gateways.twilio import ACCOUNT, TwilioGateway
from bot.sms.face import SmsLine
from bot.sms.providers.android import Android, AndroidSettings
from bot.sms.providers.contract import Call, Kind, Place, Provider
from bot.sms.providers.kannel import Kannel, KannelSettings
from bot.sms.providers.twilio import Twilio, TwilioSettings
from bot.sms.webhook import BODY_LIMIT_BYTES
from tests.bot.sms.house import HOOK, LINE, MESSAGE, NIEVES, NOW, Clock, House, say

TOKEN = "a-secret-word-in-the-path"
PLACE = Place(LINE, HOOK, "https://ayni.example")
MINUTE_MS = 60_000
PAYLOAD = {"sender": NIEVES, "message": "AYUDA", "receivedAt": "2026-09-21T09:13:20.000-05:00"}
HEARD = json.dumps({"id": "event-1", "event": "sms:received", "payload": PAYLOAD}).encode()


def android(place: Place = PLACE) -> Android:
    secret = SecretStr("rehearsal-signing-key")
    return Android(
        AndroidSettings(
            url="http://127.0.0.1:1", username="sms", password=SecretStr("x"), signing_key=secret
        ),
        place,
    )


def twilio(place: Place = PLACE) -> Twilio:
    secret = SecretStr("rehearsal-auth-token")
    return Twilio(TwilioSettings(account_sid=ACCOUNT, auth_token=secret, sender="+51900000000"), place)


def kannel(place: Place = PLACE) -> Kannel:
    settings = KannelSettings(
        url="http://127.0.0.1:1", username="ayni", password=SecretStr("x"), token=SecretStr(TOKEN)
    )
    return Kannel(settings, place)


PROVIDERS: tuple[Provider, ...] = (android(), twilio(), kannel())


def signed(body: bytes, at: int = NOW) -> dict[str, str]:
    return AndroidGateway(Clock(at)).sign(body)


async def knock(
    url: str, *, method: str = "POST", body: bytes = b"", headers: Mapping[str, str] | None = None
) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_signed_call_is_kept_whole_before_it_is_answered(house: House) -> None:
    line = house.move_in(android(house.place()))
    assert await knock(house.place().url(Kind.IN), body=HEARD, headers=signed(HEARD)) == 200
    [((name, provider_id), raw)] = house.keeper.rows.items()
    assert name == LINE
    assert NIEVES not in provider_id
    heard = SmsLine(LINE, android(), say).read(raw)
    assert isinstance(heard, Incoming)
    assert (heard.text, heard.sent) == ("AYUDA", NOW)
    assert heard == line.read(raw)


@dataclass(frozen=True)
class Case:
    """Headers that must not open the door, and why."""

    why: str
    headers: dict[str, str]


STRANGERS = [
    Case("no signature", {}),
    Case("no time", {"X-Signature": signed(HEARD)["X-Signature"]}),
    Case("another body", signed(HEARD + b" ")),
    Case("another time", signed(HEARD) | {"X-Timestamp": str(NOW // 1000 + 1)}),
    Case("six minutes old", signed(HEARD, NOW - 6 * MINUTE_MS)),
    Case("six minutes ahead", signed(HEARD, NOW + 6 * MINUTE_MS)),
    Case("letters for a time", signed(HEARD) | {"X-Timestamp": "now"}),
    Case("a time beyond all times", signed(HEARD) | {"X-Timestamp": "9" * 300}),
    Case("an empty signature", signed(HEARD) | {"X-Signature": ""}),
    Case("a signature cut short", signed(HEARD) | {"X-Signature": signed(HEARD)["X-Signature"][:-1]}),
    Case("letters that are not ASCII", signed(HEARD) | {"X-Signature": "ñ"}),
]


@pytest.mark.parametrize("case", STRANGERS, ids=lambda case: case.why)
async def test_a_strangers_call_is_refused_and_leaves_no_trace(house: House, case: Case) -> None:
    house.move_in(android(house.place()))
    assert await knock(house.place().url(Kind.IN), body=HEARD, headers=case.headers) == 403
    assert house.keeper.rows == {}


async def test_a_call_played_again_changes_nothing_and_later_is_refused(house: House) -> None:
    house.move_in(android(house.place()))
    url, headers = house.place().url(Kind.IN), signed(HEARD)
    assert await knock(url, body=HEARD, headers=headers) == 200
    house.clock.now += 4 * MINUTE_MS
    assert await knock(url, body=HEARD, headers=headers) == 200
    assert len(house.keeper.rows) == 1
    house.clock.now += 2 * MINUTE_MS
    assert await knock(url, body=HEARD, headers=headers) == 403


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff\xfe", b'{"event": 7}', b"[" * 60_000, b'{"id": null}']
)
async def test_what_is_genuine_but_makes_no_sense_is_kept_and_answered_kindly(
    house: House, body: bytes
) -> None:
    line = house.move_in(android(house.place()))
    assert await knock(house.place().url(Kind.REPORT), body=body, headers=signed(body)) == 200
    [raw] = house.keeper.rows.values()
    assert line.read(raw) is None


async def test_a_body_of_more_than_64_kib_is_not_read_to_the_end(house: House) -> None:
    house.move_in(android(house.place()))
    fits, too_long = b"x" * BODY_LIMIT_BYTES, b"x" * (BODY_LIMIT_BYTES + 1)
    assert await knock(house.place().url(Kind.IN), body=fits, headers=signed(fits)) == 200
    assert await knock(house.place().url(Kind.IN), body=too_long, headers=signed(too_long)) == 413
    assert len(house.keeper.rows) == 1


@pytest.mark.parametrize("path", ["/sms/nobody/in", f"/sms/{HOOK}/other", f"/sms/{HOOK}", "/sms/"])
async def test_an_unknown_door_does_not_exist(house: House, path: str) -> None:
    house.move_in(android(house.place()))
    assert await knock(house.url + path, body=HEARD, headers=signed(HEARD)) == 404


async def test_a_keeper_that_fails_makes_the_provider_come_again(house: House) -> None:
    house.move_in(android(house.place()))
    house.keeper.broken = 1
    assert await knock(house.place().url(Kind.IN), body=HEARD, headers=signed(HEARD)) == 500


FORM = {"MessageSid": "SM1", "From": NIEVES, "Body": "¿hay?", "NumMedia": "0"}


@pytest.mark.parametrize(
    ("public_url", "form", "status"),
    [
        ("https://ayni.example", FORM, 200),
        ("http://ayni.example", FORM, 403),  # signed over https, the address the world sees
        ("https://ayni.example", FORM | {"Body": "otra cosa"}, 403),
        ("https://ayni.example", FORM | {"Extra": ""}, 403),
    ],
)
async def test_twilio_signs_the_public_address_and_every_field(
    house: House, public_url: str, form: dict[str, str], status: int
) -> None:
    house.move_in(twilio(Place(LINE, HOOK, public_url)))
    headers = TwilioGateway(house.clock).sign(f"https://ayni.example/sms/{HOOK}/in", FORM)
    body = urlencode(form).encode()
    assert await knock(house.place().url(Kind.IN), body=body, headers=headers) == status
    assert len(house.keeper.rows) == (status == 200)


def test_the_fake_signs_as_the_example_of_twilios_documentation() -> None:
    call = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234"}
    form = call | {"From": "+14158675309", "To": "+18005551212"}
    headers = TwilioGateway(Clock(), token="12345").sign("https://mycompany.com/myapp.php?foo=1&bar=2", form)
    assert headers["X-Twilio-Signature"] == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize(("token", "status"), [(TOKEN, 200), (TOKEN[:-1], 403), ("ñ", 403), ("", 403)])
async def test_kannel_must_know_the_word_in_the_path(house: House, token: str, status: int) -> None:
    house.move_in(kannel(house.place()))
    more = (token,) if token else ()
    url = house.place().url(Kind.IN, *more) + "?from=51900000001&text=AYUDA&id=12345678"
    assert await knock(url, method="GET") == status
    assert len(house.keeper.rows) == (status == 200)
    assert not any(TOKEN.encode() in raw for raw in house.keeper.rows.values())


async def test_many_doors_are_knocked_at_together(house: House) -> None:
    house.move_in(kannel(house.place()))
    url = house.place().url(Kind.IN, TOKEN) + "?from=51900000001&text=AYUDA&id=1234567"
    assert set(await asyncio.gather(*(knock(f"{url}{n}", method="GET") for n in range(50)))) == {200}
    assert len(house.keeper.rows) == 50


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
EVENTS = st.fixed_dictionaries(
    {"event": st.sampled_from(["sms:received", "mms:received", "sms:failed", "sms:sent"]) | JSON},
    optional={
        "id": JSON,
        "payload": JSON
        | st.dictionaries(
            st.sampled_from(["sender", "message", "receivedAt", "messageId", "reason", "phoneNumber"]), JSON
        ),
    },
)
FORMS = st.dictionaries(
    st.sampled_from(["From", "Body", "NumMedia", "MessageSid", "MessageStatus", "ErrorCode", "from", "text"]),
    st.text(st.characters(exclude_categories=["Cs"])),
).map(lambda form: urlencode(form).encode())
GARBAGE = st.binary(max_size=300) | EVENTS.map(lambda event: json.dumps(event).encode()) | FORMS


@given(
    st.sampled_from(PROVIDERS),
    st.sampled_from(list(Kind)),
    GARBAGE,
    st.text(st.characters(codec="ascii"), max_size=80) | FORMS.map(bytes.decode),
    st.dictionaries(st.sampled_from(["x-timestamp", "x-signature", "x-twilio-signature"]), st.text()),
)
def test_no_garbage_makes_a_provider_stumble(
    provider: Provider, kind: Kind, body: bytes, query: str, headers: dict[str, str]
) -> None:
    call = Call("POST", kind, NOW, query, "", body, token="ñ", headers=headers)
    assert not provider.genuine(call, NOW)
    assert provider.identify(call).isascii()
    assert 0 < len(provider.identify(call)) <= 80
    line = SmsLine(LINE, provider, say)
    assert line.read(call.pack()) == provider.read(call)
    assert line.sender(call.pack()).isascii()


@given(st.binary() | JSON.map(lambda found: json.dumps(found).encode()))
def test_a_kept_row_that_is_none_of_ours_says_nothing(raw: bytes) -> None:
    assert SmsLine(LINE, PROVIDERS[0], say).read(raw) is None


@given(st.text(), st.binary(), st.text(), st.sampled_from(list(Kind)))
def test_a_call_comes_back_from_the_database_as_it_was(
    query: str, body: bytes, kind_of: str, kind: Kind
) -> None:
    call = Call("POST", kind, NOW, query, kind_of, body)
    assert Call.unpack(call.pack()) == call


def test_secrets_do_not_show_when_things_are_printed() -> None:
    call = Call("GET", Kind.IN, NOW, token=TOKEN, headers={"x-signature": "seal"})
    shown = repr((call, PROVIDERS, MESSAGE))
    assert TOKEN not in shown
    assert "seal" not in shown
    assert "rehearsal" not in shown
