from __future__ import annotations

import json
from typing import Any

import pytest

from aid.messages import ChannelName, Incoming, Media, Presence
from bot.telegram.buttons import ChatSeal
from bot.telegram.updates import UnreadableUpdate, callback_query, provider_id, read, sender
from tests.bot.telegram.world import LINE, NIEVES, NOW, sign

USER = {"id": NIEVES, "is_bot": False, "first_name": "Nieves"}
CHAT = {"id": NIEVES, "type": "private", "first_name": "Nieves"}
GROUP = {"id": -100, "type": "supergroup", "title": "Red Amancay"}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 9}
BOX = FILE | {"width": 9, "height": 9}
CARD = {"phone_number": "51900000001", "first_name": "Nieves", "user_id": NIEVES}


def update(kind: str = "message", **payload: object) -> bytes:
    return json.dumps({"update_id": 7, kind: payload}).encode()


def message(**extra: object) -> bytes:
    whole = {"message_id": 5, "date": NOW // 1000, "chat": CHAT, "from": USER} | extra
    return json.dumps({"update_id": 7, "message": whole}).encode()


def press(data: str, chat: dict[str, Any] = CHAT, date: int = NOW // 1000) -> bytes:
    shown = {"message_id": 5, "date": date, "chat": chat, "text": "¿?"}
    query = {"id": "77", "from": USER, "chat_instance": "1", "message": shown, "data": data}
    return update("callback_query", **query)


def member(status: str, chat: dict[str, Any] = CHAT) -> bytes:
    bot = {"id": 900100, "is_bot": True, "first_name": "Red Amancay"}
    old, new = ({"user": bot, "status": state, "until_date": 0} for state in ("member", status))
    change = {"chat": chat, "from": USER, "date": NOW // 1000}
    return update("my_chat_member", **change, old_chat_member=old, new_chat_member=new)


def incoming(text: str = "", media: Media | None = None, contact: str = "") -> Incoming:
    return Incoming(LINE, ChannelName.TELEGRAM, str(NIEVES), text, NOW, media=media, contact=contact)


PICTURE, VOICE, OTHER = Media.PICTURE, Media.VOICE, Media.OTHER
SEAL = ChatSeal(LINE, NIEVES, sign)


@pytest.mark.parametrize(
    ("raw", "heard"),
    [
        (message(text="nesecito comida"), incoming("nesecito comida")),
        (message(text="/start abc"), incoming("/start abc")),
        (message(text="hola \ud83d\0"), incoming("hola ?")),
        (message(text="x", some_new_field={"of": "tomorrow"}), incoming("x")),
        (message(photo=[BOX]), incoming(media=PICTURE)),
        (message(photo=[BOX], caption="mira"), incoming("mira", PICTURE)),
        (message(video=BOX | {"duration": 3}), incoming(media=PICTURE)),
        (message(video_note=FILE | {"length": 9, "duration": 3}), incoming(media=PICTURE)),
        (message(animation=BOX | {"duration": 3}, document=FILE), incoming(media=PICTURE)),
        (message(document=FILE | {"mime_type": "image/png"}), incoming(media=PICTURE)),
        (message(document=FILE), incoming(media=OTHER)),
        (message(voice=FILE | {"duration": 4}), incoming(media=VOICE)),
        (message(audio=FILE | {"duration": 4}), incoming(media=VOICE)),
        (
            message(sticker=BOX | {"type": "regular", "is_animated": False, "is_video": False}),
            incoming(media=OTHER),
        ),
        (message(location={"latitude": -12.0, "longitude": -77.0}), incoming(media=OTHER)),
        (message(contact=CARD), incoming(contact="+51900000001")),
        (message(contact=CARD | {"phone_number": "+51 900 000 001"}), incoming(contact="+51900000001")),
        (message(contact=CARD | {"user_id": NIEVES + 1}), incoming(media=OTHER)),
        (message(contact={"phone_number": "51900000001", "first_name": "N"}), incoming(media=OTHER)),
        (message(contact=CARD | {"phone_number": "12"}), incoming(media=OTHER)),
        (member("kicked"), Presence(LINE, ChannelName.TELEGRAM, str(NIEVES), reachable=False)),
        (member("member"), Presence(LINE, ChannelName.TELEGRAM, str(NIEVES), reachable=True)),
    ],
)
def test_an_update_is_read(raw: bytes, heard: Incoming | Presence) -> None:
    assert read(raw, LINE, sign) == heard


@pytest.mark.parametrize(
    "raw",
    [
        message(chat=GROUP, text="hola a todas"),
        message(text="robot", **{"from": USER | {"is_bot": True}}),
        message(
            message_auto_delete_timer_changed={"message_auto_delete_time": 9},
        ),
        press("v1", GROUP),
        member("kicked", GROUP),
        member("restricted_in_a_new_way"),
        update("edited_message", message_id=5, date=1, chat=CHAT, text="x", **{"from": USER}),
        update("poll_of_tomorrow", id="1"),
        b'{"update_id": 7}',
    ],
)
def test_what_does_not_concern_us_is_nothing(raw: bytes) -> None:
    assert read(raw, LINE, sign) is None


def test_a_press_is_its_value_and_its_question() -> None:
    heard = read(press(SEAL.data("c17", "food", 1)), LINE, sign, received=NOW)
    assert heard == Incoming(LINE, ChannelName.TELEGRAM, str(NIEVES), "food", NOW, pressed="c17")


def test_a_press_on_a_very_old_message_is_read() -> None:
    heard = read(press(SEAL.data("c17", "food", 1), date=0), LINE, sign)
    assert isinstance(heard, Incoming)
    assert heard.text == "food"


@pytest.mark.parametrize(
    "data",
    [
        ChatSeal(LINE, NIEVES + 1, sign).data("c17", "food", 1),
        ChatSeal("telegram:other", NIEVES, sign).data("c17", "food", 1),
        "v1:c17:food:000000000000",
        "an old form",
        "",
    ],
)
def test_a_press_without_the_right_code_is_stale(data: str) -> None:
    heard = read(press(data), LINE, sign, received=NOW)
    assert heard == Incoming(LINE, ChannelName.TELEGRAM, str(NIEVES), "", NOW, pressed="stale")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b"[]",
        b'"words"',
        b"null",
        b"[" * 100_000,
        message(text="secret words", chat={"id": NIEVES}),
        message(text="secret words", date=10**18),
        message(text="secret words", date="yesterday"),
        message(text={"secret": "words"}),
        update("callback_query", id="1"),
        update("message", text="secret words"),
        b'{"update_id": 7, "message": "secret words"}',
    ],
)
def test_an_unreadable_update_says_so_and_quotes_nothing(raw: bytes) -> None:
    with pytest.raises(UnreadableUpdate) as fault:
        read(raw, LINE, sign)
    assert "secret" not in f"{fault.value!r} {fault.value.__context__!r} {fault.value.__cause__!r}"


@pytest.mark.parametrize(
    ("raw", "name"),
    [(message(text="x"), "7"), (b'{"update_id": 7, "message": "odd"}', "7")],
)
def test_an_update_is_named_by_its_number(raw: bytes, name: str) -> None:
    assert provider_id(raw) == name


def test_an_update_without_a_number_is_named_by_what_it_says() -> None:
    assert provider_id(b"odd") == provider_id(b"odd") != provider_id(b"odder")
    assert provider_id(b"odd").startswith("x")


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        (message(text="x"), str(NIEVES)),
        (press("v1"), str(NIEVES)),
        (member("kicked"), str(NIEVES)),
        (message(text="x", chat={"id": 1}), str(NIEVES)),
        (b"[" * 100_000, ""),
        (b"[]", ""),
        (b'{"update_id": 7, "message": {"from": 5}}', ""),
    ],
)
def test_the_sender_is_seen_even_in_what_cannot_be_read(raw: bytes, digits: str) -> None:
    assert sender(raw) == digits


def test_a_press_names_what_to_acknowledge() -> None:
    assert callback_query(press("v1")) == "77"
    assert callback_query(message(text="x")) == ""
