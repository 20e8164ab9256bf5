"""The simulated Bot API, asked over plain HTTP as any program would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.simulator.telegram import BotApi
from bot.simulator.telegram_faults import Mishap, Wrong
from bot.simulator.telegram_limits import Limits
from bot.simulator.telegram_people import Person

TOKEN = "900100:simulated"
NOW = 1_800_000_000_000
NIEVES, TULA = 900000001, 900000002


class Program:
    """A program that calls the Bot API."""

    def __init__(self, api: BotApi, session: aiohttp.ClientSession) -> None:
        self._url = f"{api.url}/bot"
        self._session = session

    async def call(self, method: str, token: str = TOKEN, **params: object) -> dict[str, Any]:
        async with self._session.post(f"{self._url}{token}/{method}", json=params) as response:
            answer: dict[str, Any] = await response.json()
            assert answer["ok"] or answer["error_code"] == response.status
            return answer

    async def form(self, method: str, **params: str) -> dict[str, Any]:
        async with self._session.post(f"{self._url}{TOKEN}/{method}", data=params) as response:
            answer: dict[str, Any] = await response.json()
            return answer


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(lambda: NOW) as api:
        api.bot(TOKEN, "red_amancay_bot")
        yield api


@pytest.fixture
async def program(api: BotApi) -> AsyncIterator[Program]:
    async with aiohttp.ClientSession() as session:
        yield Program(api, session)


@pytest.fixture
async def nieves(api: BotApi) -> Person:
    nieves = api.person(NIEVES, "Nieves")
    await nieves.start()
    return nieves


def buttons(*labels: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": f"data {label}"} for label in labels]]}


async def test_the_bot_knows_itself(program: Program) -> None:
    me = (await program.call("getMe"))["result"]
    assert (me["id"], me["is_bot"], me["username"]) == (900100, True, "red_amancay_bot")


async def test_a_method_is_known_in_any_case(program: Program) -> None:
    assert (await program.call("GETME"))["ok"]


@pytest.mark.parametrize(
    ("method", "token", "status"),
    [("getMe", "900100:wrong", 401), ("sendMesage", TOKEN, 404), ("getFile", TOKEN, 400)],
)
async def test_what_it_does_not_know_it_refuses_as_the_real_one(
    program: Program, method: str, token: str, status: int
) -> None:
    assert (await program.call(method, token))["error_code"] == status


async def test_two_bots_have_chats_of_their_own(api: BotApi, program: Program, nieves: Person) -> None:
    api.bot("900200:second")
    other = api.person(NIEVES, "Nieves", token="900200:second")
    await other.start()
    await program.call("sendMessage", "900200:second", chat_id=NIEVES, text="del segundo")
    assert (other.unread, nieves.unread) == (1, 0)


async def test_a_person_sees_text_buttons_and_protection(program: Program, nieves: Person) -> None:
    await program.call(
        "sendMessage", chat_id=NIEVES, text="¿Sí?", reply_markup=buttons("Sí", "No"), protect_content=True
    )
    shown = await nieves.next()
    assert [button.label for button in shown.buttons[0]] == ["Sí", "No"]
    assert shown.protected


async def test_a_form_is_read_like_json(api: BotApi, program: Program, nieves: Person) -> None:
    await program.form("sendMessage", chat_id=str(NIEVES), text="12", reply_markup='{"inline_keyboard":[]}')
    assert api.calls[-1].params == {"chat_id": NIEVES, "text": "12", "reply_markup": {"inline_keyboard": []}}
    assert (await nieves.next()).text == "12"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"chat_id": 1, "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": TULA, "text": "x"}, "Forbidden: bot can't initiate conversation with a user"),
        ({"text": "x"}, "Bad Request: chat id is empty"),
        ({"chat_id": NIEVES, "text": " "}, "Bad Request: message text is empty"),
        ({"chat_id": NIEVES, "text": "x" * 4097}, "Bad Request: message is too long"),
        (
            {"chat_id": NIEVES, "text": "x", "reply_markup": "oops"},
            "Bad Request: object expected as reply markup",
        ),
        (
            {
                "chat_id": NIEVES,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
            },
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_a_message_it_would_not_take_is_refused(
    api: BotApi, program: Program, nieves: Person, params: dict[str, Any], description: str
) -> None:
    api.person(TULA, "Tula")
    assert (await program.call("sendMessage", **params))["description"] == description
    assert nieves.unread == 0


async def test_a_message_is_edited_and_deleted(program: Program, nieves: Person) -> None:
    sent = (await program.call("sendMessage", chat_id=NIEVES, text="uno"))["result"]
    here = {"chat_id": NIEVES, "message_id": sent["message_id"]}
    assert (await program.call("editMessageText", **here, text="dos"))["ok"]
    assert "not modified" in (await program.call("editMessageText", **here, text="dos"))["description"]
    assert (await program.call("editMessageReplyMarkup", **here, reply_markup=buttons("Sí")))["ok"]
    shown = nieves.chat[-1]
    assert (shown.text, shown.edited, shown.buttons[0][0].label) == ("dos", True, "Sí")
    assert (await program.call("deleteMessage", **here))["ok"]
    assert (await program.call("deleteMessage", **here))[
        "description"
    ] == "Bad Request: message to delete not found"
    assert all(not shown.from_bot for shown in nieves.chat)


async def test_many_are_deleted_at_once(program: Program, nieves: Person) -> None:
    ids = [
        (await program.call("sendMessage", chat_id=NIEVES, text="x"))["result"]["message_id"]
        for _ in range(3)
    ]
    assert (await program.call("deleteMessages", chat_id=NIEVES, message_ids=[*ids, 999]))["ok"]
    assert len(nieves.chat) == 1


async def test_updates_wait_until_they_are_confirmed(program: Program, nieves: Person) -> None:
    await nieves.write("uno")
    updates = (await program.call("getUpdates"))["result"]
    assert [update["message"]["text"] for update in updates] == ["/start", "uno"]
    assert (await program.call("getUpdates"))["result"] == updates
    after = int(updates[0]["update_id"]) + 1
    assert len((await program.call("getUpdates", offset=after))["result"]) == 1
    assert len((await program.call("getUpdates", offset=-1))["result"]) == 1


async def test_a_long_poll_ends_when_something_comes(program: Program, nieves: Person) -> None:
    await program.call("getUpdates", offset=10**9)
    waiting = asyncio.create_task(program.call("getUpdates", timeout=30))
    await nieves.write("por fin")
    async with asyncio.timeout(2):
        assert (await waiting)["result"][0]["message"]["text"] == "por fin"


async def test_the_later_of_two_pollers_wins(api: BotApi, program: Program) -> None:
    first = asyncio.create_task(program.call("getUpdates", timeout=30))
    await api.changes.after(0, seconds=1)
    assert (await program.call("getUpdates"))["ok"]
    assert (await first)["error_code"] == 409


async def test_only_allowed_updates_are_queued(program: Program, nieves: Person) -> None:
    await program.call("getUpdates", offset=10**9, allowed_updates=["my_chat_member"])
    await nieves.write("no se oye")
    await nieves.block()
    updates = (await program.call("getUpdates"))["result"]
    assert [set(update) - {"update_id"} for update in updates] == [{"my_chat_member"}]


async def test_polling_is_refused_while_a_webhook_is_set(program: Program) -> None:
    await program.call("setWebhook", url="http://127.0.0.1:9/", allowed_updates=["message"])
    assert (await program.call("getUpdates"))["error_code"] == 409
    info = (await program.call("getWebhookInfo"))["result"]
    assert (info["url"], info["allowed_updates"]) == ("http://127.0.0.1:9/", ["message"])
    await program.call("deleteWebhook", drop_pending_updates=True)
    assert (await program.call("getUpdates"))["result"] == []


async def test_a_webhook_gets_the_secret_and_is_tried_again_until_it_answers(
    api: BotApi, program: Program, nieves: Person
) -> None:
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heard.append(head)
        status = b"500 Oops" if len(heard) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await program.call("setWebhook", url=f"http://127.0.0.1:{port}/", secret_token="s3cret")
    async with asyncio.timeout(5):
        while api.bot(TOKEN).waiting:
            await api.changes.after(api.changes.version, seconds=5)
    server.close()
    await server.wait_closed()
    assert len(heard) == 2
    assert all(b"X-Telegram-Bot-Api-Secret-Token: s3cret" in head for head in heard)


async def test_a_pressed_button_spins_until_it_is_answered(program: Program, nieves: Person) -> None:
    sent = (await program.call("sendMessage", chat_id=NIEVES, text="¿?", reply_markup=buttons("Sí")))[
        "result"
    ]
    press = await nieves.press(sent["message_id"], "Sí")
    update = (await program.call("getUpdates"))["result"][-1]["callback_query"]
    assert (update["id"], update["data"], update["message"]["chat"]["id"]) == (press, "data Sí", NIEVES)
    assert not nieves.query(press).answered
    await program.call("answerCallbackQuery", callback_query_id=press, text="Gracias")
    assert (nieves.query(press).answered, nieves.query(press).text) == (True, "Gracias")
    assert (await program.call("answerCallbackQuery", callback_query_id="9999"))["error_code"] == 400


async def test_only_what_is_shown_can_be_pressed(program: Program, nieves: Person) -> None:
    await program.call("sendMessage", chat_id=NIEVES, text="¿?", reply_markup=buttons("Sí"))
    shown = await nieves.next()
    with pytest.raises(LookupError):
        await nieves.press(shown.message_id, "No")
    with pytest.raises(LookupError):
        await nieves.tap("No")
    await nieves.forge(shown.message_id, "invented")
    assert (await program.call("getUpdates"))["result"][-1]["callback_query"]["data"] == "invented"


async def test_what_is_sent_instead_of_words_arrives_in_its_kind(program: Program, nieves: Person) -> None:
    await nieves.send_photo("mira")
    await nieves.send_voice()
    await nieves.send_video()
    await nieves.send_document()
    await nieves.send_sticker()
    await nieves.send_location()
    await nieves.share_contact("51900000001")
    await nieves.share_contact("51900000002", own=False)
    messages = [update["message"] for update in (await program.call("getUpdates"))["result"][1:]]
    kinds = ["photo", "voice", "video", "document", "sticker", "location", "contact", "contact"]
    assert all(
        kind in message and "text" not in message for kind, message in zip(kinds, messages, strict=True)
    )
    assert messages[0]["caption"] == "mira"
    assert [message["contact"]["user_id"] == NIEVES for message in messages[-2:]] == [True, False]


async def test_she_who_blocks_is_not_reached_until_she_comes_back(program: Program, nieves: Person) -> None:
    await nieves.block()
    assert nieves.blocked
    assert (await program.call("sendMessage", chat_id=NIEVES, text="x"))["error_code"] == 403
    await nieves.unblock()
    assert (await program.call("sendMessage", chat_id=NIEVES, text="x"))["ok"]
    changes = (await program.call("getUpdates"))["result"][-2:]
    assert [change["my_chat_member"]["new_chat_member"]["status"] for change in changes] == [
        "kicked",
        "member",
    ]


async def test_a_chat_that_moved_says_where_to(program: Program, nieves: Person) -> None:
    nieves.migrate(-100900)
    answer = await program.call("sendMessage", chat_id=NIEVES, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": -100900}
    assert (await program.call("sendMessage", chat_id=-100900, text="x"))["ok"]


async def test_a_fault_strikes_its_method_and_chat_so_often_and_is_counted(
    api: BotApi, program: Program, nieves: Person
) -> None:
    fault = api.faults.call(Wrong.FLOOD, "sendMessage", chat=NIEVES, times=2, seconds=3)
    assert (await program.call("getMe"))["ok"]
    answers = [await program.call("sendMessage", chat_id=NIEVES, text="x") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [False, False, True]
    assert answers[0]["parameters"] == {"retry_after": 3}
    assert fault.hits == 2
    assert [call.status for call in api.calls] == [200, 429, 429, 200]


async def test_a_cut_connection_leaves_the_effect_it_was_told_to(
    api: BotApi, program: Program, nieves: Person
) -> None:
    for wrong, seen in ((Wrong.CUT, 0), (Wrong.CUT_AFTER, 1)):
        api.faults.call(wrong, "sendMessage")
        with pytest.raises(aiohttp.ClientError):
            await program.call("sendMessage", chat_id=NIEVES, text="x")
        assert nieves.unread == seen
    assert [call.status for call in api.calls] == [0, 0]


async def test_mishaps_strike_updates(api: BotApi, program: Program, nieves: Person) -> None:
    await program.call("getUpdates", offset=10**9)
    for mishap in (Mishap.LOST, Mishap.MALFORMED):
        api.faults.update(mishap)
        await nieves.write(mishap.name)
    assert "type" not in (await program.call("getUpdates"))["result"][0]["message"]["chat"]


async def test_the_judge_of_speed_refuses_what_is_too_fast() -> None:
    async with (
        BotApi(lambda: NOW, limits=Limits(per_bot=3, per_chat=2)) as api,
        aiohttp.ClientSession() as session,
    ):
        api.bot(TOKEN)
        program = Program(api, session)
        for user in (NIEVES, TULA):
            await api.person(user, "x").start()
        statuses = [(await program.call("sendMessage", chat_id=NIEVES, text="x"))["ok"] for _ in range(3)]
        statuses += [(await program.call("sendMessage", chat_id=TULA, text="x"))["ok"] for _ in range(2)]
        assert statuses == [True, True, False, True, False]
        assert api.limits is not None
        assert api.limits.broken == 2


async def test_a_page_can_follow_every_change(api: BotApi, program: Program, nieves: Person) -> None:
    seen = api.changes.version
    follower = asyncio.create_task(api.changes.after(seen, seconds=5))
    await program.call("sendMessage", chat_id=NIEVES, text="x")
    assert await follower > seen
    assert await api.changes.after(api.changes.version, seconds=0.01) == api.changes.version


async def test_waiting_for_a_message_that_never_comes_ends(nieves: Person) -> None:
    with pytest.raises(TimeoutError, match=str(NIEVES)):
        await nieves.next(seconds=0.01)


async def test_a_person_needs_a_bot() -> None:
    api = BotApi(lambda: NOW)
    with pytest.raises(LookupError):
        api.person(NIEVES, "Nieves")
    await api.stop()


async def test_commands_of_the_menu_are_remembered(program: Program) -> None:
    commands = [{"command": "ayuda", "description": "Pedir ayuda"}]
    await program.call("setMyCommands", commands=commands)
    assert (await program.call("getMyCommands"))["result"] == commands


async def test_a_chat_can_be_looked_up(program: Program, nieves: Person) -> None:
    assert (await program.call("getChat", chat_id=NIEVES))["result"]["first_name"] == "Nieves"
    assert (await program.call("sendChatAction", chat_id=NIEVES, action="typing"))["ok"]


async def test_it_stops_at_once_while_a_poll_is_waiting() -> None:
    async with aiohttp.ClientSession() as session:
        async with BotApi(lambda: NOW) as api:
            api.bot(TOKEN)
            poll = asyncio.create_task(Program(api, session).call("getUpdates", timeout=50))
            await api.changes.after(0, seconds=1)
            async with asyncio.timeout(2):
                await api.stop()
        assert (await poll)["result"] == []
