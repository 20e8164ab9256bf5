from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from aid.messages import Message, Option, Outcome, Outgoing, Verdict
from bot.simulator.telegram import BotApi
from bot.simulator.telegram_faults import FOR_EVER, Wrong
from bot.simulator.telegram_people import Person
from bot.telegram.account import Account
from bot.telegram.face import TelegramLine
from tests.bot.telegram.world import LINE, NIEVES, NOW, TOKEN, outgoing, say, sign

MOVED = 900000099


async def test_a_text_arrives_and_its_reference_names_it(line: TelegramLine, nieves: Person) -> None:
    outcome = await line.send(outgoing("Hola, Nieves"))
    shown = await nieves.next()
    assert outcome == Outcome(Verdict.ACCEPTED, f"{NIEVES}:{shown.message_id}")
    assert (shown.text, shown.protected, shown.buttons) == ("Hola, Nieves", False, [])
    assert shown.date == NOW // 1000


async def test_texts_and_labels_are_said_in_her_language(line: TelegramLine, nieves: Person) -> None:
    message = Message("ask-what", options=(Option("food", "need-food"),), question="c1")
    await line.send(Outgoing("0" * 32, LINE, str(NIEVES), "en", message))
    shown = await nieves.next()
    assert (shown.text, shown.buttons[0][0].label) == ("ask-what (en)", "need-food (en)")


async def test_markdown_in_a_text_is_only_text(line: TelegramLine, nieves: Person) -> None:
    await line.send(outgoing("*2_ soles [y] <b>medio"))
    assert (await nieves.next()).text == "*2_ soles [y] <b>medio"


async def test_a_delicate_text_is_protected(line: TelegramLine, nieves: Person) -> None:
    await line.send(outgoing("Tu código es 123456", protect=True))
    assert (await nieves.next()).protected


async def test_links_are_not_looked_up(api: BotApi, line: TelegramLine, nieves: Person) -> None:
    await line.send(outgoing("Mira"))
    assert api.calls[-1].params["link_preview_options"] == {"is_disabled": True}


async def test_a_long_text_comes_in_parts_with_the_buttons_under_the_last(
    line: TelegramLine, nieves: Person
) -> None:
    outcome = await line.send(outgoing("a" * 4000 + "\n\n" + "b" * 400, ("1", "Sí")))
    first, last = await nieves.next(), await nieves.next()
    assert (first.text, last.text) == ("a" * 4000, "b" * 400)
    assert (first.buttons, len(last.buttons)) == ([], 1)
    assert outcome.reference == f"{NIEVES}:{first.message_id},{last.message_id}"


async def test_a_break_between_parts_leaves_the_end_unknown(
    api: BotApi, line: TelegramLine, nieves: Person
) -> None:
    api.faults.call(Wrong.SLOW, "sendMessage")
    api.faults.call(Wrong.FLOOD, "sendMessage", seconds=2)
    outcome = await line.send(outgoing("a" * 4000 + "\n\n" + "b" * 400))
    assert outcome == Outcome(Verdict.PERHAPS, reason="in-part flood", pause_seconds=2)
    assert nieves.unread == 1


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (Wrong.FLOOD, Outcome(Verdict.AGAIN, reason="flood", pause_seconds=4)),
        (Wrong.FLOOD_BARE, Outcome(Verdict.AGAIN, reason="flood", pause_seconds=5)),
        (Wrong.FORBIDDEN, Outcome(Verdict.REFUSED, reason="blocked", gone=True)),
        (Wrong.UNAUTHORIZED, Outcome(Verdict.AGAIN, reason="token", pause_seconds=300)),
        (Wrong.NOT_FOUND_CHAT, Outcome(Verdict.REFUSED, reason="chat-not-found", gone=True)),
        (Wrong.BAD_GATEWAY, Outcome(Verdict.PERHAPS, reason="maybe-sent http-502")),
    ],
)
async def test_a_send_that_surely_did_nothing_shows_nothing(
    api: BotApi, line: TelegramLine, nieves: Person, wrong: Wrong, expected: Outcome
) -> None:
    api.faults.call(wrong, "sendMessage", chat=NIEVES, seconds=4)
    assert await line.send(outgoing()) == expected
    assert nieves.unread == 0


@pytest.mark.parametrize("wrong", [Wrong.BAD_GATEWAY_AFTER, Wrong.CUT_AFTER, Wrong.GARBAGE_AFTER])
async def test_what_she_has_but_we_do_not_know_is_never_called_not_sent(
    api: BotApi, line: TelegramLine, nieves: Person, wrong: Wrong
) -> None:
    api.faults.call(wrong, "sendMessage")
    assert (await line.send(outgoing())).verdict is Verdict.PERHAPS
    assert nieves.unread == 1


async def test_an_odd_answer_to_a_send_that_went_well_is_no_reason_to_repeat_it(
    api: BotApi, line: TelegramLine, nieves: Person
) -> None:
    api.faults.call(Wrong.ODD_AFTER, "sendMessage")
    assert await line.send(outgoing()) == Outcome(Verdict.ACCEPTED)


async def test_a_blocked_bot_is_told_she_is_gone(line: TelegramLine, nieves: Person) -> None:
    await nieves.block()
    assert await line.send(outgoing()) == Outcome(Verdict.REFUSED, reason="blocked", gone=True)


async def test_a_chat_that_was_never_opened_is_gone(api: BotApi, line: TelegramLine) -> None:
    api.person(900000002, "Tula")
    outcome = await line.send(outgoing(address=900000002))
    assert outcome == Outcome(Verdict.REFUSED, reason="not-started", gone=True)


@pytest.mark.parametrize("address", ["", "+51900000001", "nieves", "٣", "9 0"])
async def test_what_is_no_telegram_address_is_never_tried(
    api: BotApi, line: TelegramLine, address: str
) -> None:
    assert (await line.send(outgoing(address=address))).gone
    assert api.calls == []


async def test_a_chat_that_moved_is_followed_once(api: BotApi, line: TelegramLine, nieves: Person) -> None:
    nieves.migrate(MOVED)
    outcome = await line.send(outgoing("Hola", ("food", "Comida")))
    shown = await nieves.next()
    assert outcome == Outcome(Verdict.ACCEPTED, f"{MOVED}:{shown.message_id}", moved_to=str(MOVED))
    assert [call.status for call in api.calls] == [400, 200]


async def test_a_chat_that_moved_to_where_she_blocked_us_says_both(
    line: TelegramLine, nieves: Person
) -> None:
    nieves.migrate(MOVED)
    await nieves.block()
    outcome = await line.send(outgoing())
    assert outcome == Outcome(Verdict.REFUSED, reason="blocked", gone=True, moved_to=str(MOVED))


async def test_a_fault_of_markup_is_tried_once_more_as_plain_text(
    api: BotApi, line: TelegramLine, nieves: Person
) -> None:
    api.faults.call(Wrong.ENTITIES, "sendMessage")
    assert (await line.send(outgoing())).verdict is Verdict.ACCEPTED
    api.faults.call(Wrong.ENTITIES, "sendMessage", times=2)
    assert await line.send(outgoing()) == Outcome(Verdict.REFUSED, reason="entities")
    assert all("parse_mode" not in call.params for call in api.calls)


async def test_an_empty_text_is_refused_without_a_call(
    api: BotApi, line: TelegramLine, nieves: Person
) -> None:
    assert await line.send(outgoing("  ")) == Outcome(Verdict.REFUSED, reason="empty")
    assert api.calls == []


async def test_urgent_words_do_not_wait_behind_a_broadcast(api: BotApi, nieves: Person) -> None:
    api.faults.call(Wrong.HANG, "sendMessage", chat=900000077, times=FOR_EVER)
    patient = Account(TOKEN, api.url, pool_size=3)
    async with TelegramLine(LINE, patient, sign=sign, say=say) as line:
        stuck = asyncio.gather(*(line.send(outgoing(address=900000077)) for _ in range(9)))
        async with asyncio.timeout(5):
            outcome = await line.send(replace(outgoing("¡Auxilio!"), urgent=True))
        assert outcome.verdict is Verdict.ACCEPTED
        stuck.cancel()
        with suppress(asyncio.CancelledError):
            await stuck


async def test_a_reference_takes_its_messages_back(line: TelegramLine, nieves: Person) -> None:
    one = await line.send(outgoing("uno"))
    two = await line.send(outgoing("a" * 4000 + "\n\n" + "b" * 400))
    assert len([shown for shown in nieves.chat if shown.from_bot]) == 3
    assert (await line.delete(one.reference)).verdict is Verdict.ACCEPTED
    assert (await line.delete(two.reference)).verdict is Verdict.ACCEPTED
    assert [shown for shown in nieves.chat if shown.from_bot] == []


async def test_taking_back_twice_is_done(line: TelegramLine, nieves: Person) -> None:
    outcome = await line.send(outgoing("uno"))
    for _ in range(2):
        assert (await line.delete(outcome.reference)).verdict is Verdict.ACCEPTED


async def test_a_press_is_acknowledged(line: TelegramLine, nieves: Person) -> None:
    await line.send(outgoing("¿Sí?", ("1", "Sí")))
    query = await nieves.tap("Sí")
    await line.acknowledge(query)
    assert nieves.query(query).answered


async def test_a_press_that_is_too_old_to_acknowledge_is_no_error(line: TelegramLine, nieves: Person) -> None:
    await line.acknowledge("404")


async def test_the_bots_name_is_known_for_deep_links(line: TelegramLine) -> None:
    assert await line.username() == "red_amancay_bot"
