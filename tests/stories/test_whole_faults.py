"""Everything between her and us stumbles: she still gets each answer, and once where it can be promised."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.simulator.gateways.faults import Fault
from bot.simulator.telegram_faults import Mishap, Wrong
from tests.stories.cast import Woman
from tests.stories.theatre import Theatre, opened

ANSWER = "No tienes pedidos abiertos"
AGAIN = (timedelta(seconds=6), timedelta(seconds=16), timedelta(minutes=6))
"""After these pauses whatever was not sent has been tried again."""
TOLD_ODDLY = (Fault.TWICE, Fault.REPORTS_FIRST, Fault.BACKWARDS)
STUMBLING = (Fault.BROKEN, Fault.BROKEN_AFTER, Fault.CUT, Fault.CUT_AFTER, Fault.TOO_MANY, Fault.LOCKED)
"""By SMS the telephone knows our own id of a message, so nothing comes twice."""
SURE = (
    (Wrong.FLOOD, "sendMessage"),
    (Wrong.FLOOD_BARE, "sendMessage"),
    (Wrong.CONFLICT, "sendMessage"),
    (Wrong.ODD_AFTER, "sendMessage"),
    (Wrong.BAD_GATEWAY, "getUpdates"),
    (Wrong.CUT_AFTER, "getUpdates"),
)
"""Telegram says no, or the answer can be trusted all the same: exactly once."""
UNSURE = (Wrong.BAD_GATEWAY, Wrong.BAD_GATEWAY_AFTER, Wrong.CUT, Wrong.CUT_AFTER, Wrong.GARBAGE_AFTER)
"""Nobody can know whether it was said, and Telegram takes no id of ours: once, and at most once more."""


async def answers(theatre: Theatre, woman: Woman, text: str = "estado") -> list[str]:
    """What she hears in all, when every later try has been made."""
    before = len(woman.heard)
    await woman.write(text)
    await theatre.quiet()
    for pause in AGAIN:
        await theatre.later(pause)
        await theatre.quiet()
    while woman.phone.unread:
        await woman.next()
    return woman.heard[before:]


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_by_sms_each_answer_comes_once_whatever_the_telephone_does(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path) as theatre:
        nieves = theatre.sms("Nieves", 1)
        await theatre.enrol(nieves, "member")
        for fault in TOLD_ODDLY + STUMBLING:
            theatre.gateway.faults.plan(fault)
            heard = await answers(theatre, nieves)
            assert [ANSWER in text for text in heard] == [True], (fault, heard)
        theatre.gateway.faults.plan(Fault.LOST)
        assert await answers(theatre, nieves) == []
        assert len(await answers(theatre, nieves)) == 1


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_in_telegram_each_answer_comes_and_no_update_is_answered_twice(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path, channels="telegram") as theatre:
        nieves = theatre.telegram("Nieves", 1)
        await theatre.enrol(nieves, "member")
        for wrong, method in SURE:
            theatre.api.faults.call(wrong, method, seconds=1)
            heard = await answers(theatre, nieves)
            assert [ANSWER in text for text in heard] == [True], (wrong, heard)
        for wrong in UNSURE:
            theatre.api.faults.call(wrong, "sendMessage")
            heard = await answers(theatre, nieves)
            assert heard, wrong
            assert heard[1:] in ([], heard[:1]), (wrong, heard)
        theatre.api.faults.update(Mishap.DOUBLED)
        assert len(await answers(theatre, nieves)) == 1
        theatre.api.faults.update(Mishap.LOST)
        assert await answers(theatre, nieves) == []
        theatre.api.faults.update(Mishap.MALFORMED)
        assert await answers(theatre, nieves) == []
        theatre.api.faults.update(Mishap.LATE)
        await nieves.write("estado")
        assert len(await answers(theatre, nieves, "hola")) == 2
