"""One woman, two channels: she begins by SMS, goes on in Telegram, ends by SMS; killed between messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.cast import Woman, receipt
from tests.stories.theatre import killed_between, opened


@pytest.mark.parametrize("kind", ["sqlite"])
async def test_she_begins_by_sms_goes_on_in_telegram_and_ends_by_sms(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with opened(empty_database_url, tmp_path, fate=killed_between()) as theatre:
        sms, chat = theatre.sms("Nieves", 1), theatre.telegram("Nieves", 2)
        tula = theatre.telegram("Tula", 3)
        await theatre.enrol(sms, "member")
        await theatre.enrol(tula, "volunteer")
        await linked(sms, chat)
        await sms.write("AYUDA")
        await sms.answers(("¿Qué necesitas?", "[Comida]"))
        await sms.hears("¿Para cuántas")
        await chat.write("3")
        await chat.answers(("¿Para cuándo?", "[Hoy]"))
        await chat.hears("¿Algo más")
        await sms.write("no")
        number = receipt(await sms.hears("Tu número es"))
        await chat.write("estado")
        await chat.hears(number)
        await tula.take(await tula.offered())
        await tula.hears(number)
        await chat.write("BAJA")
        await chat.hears("no te escribiré más")
        await theatre.quiet()
        for _ in range(sms.phone.unread):
            await sms.next()
        await tula.write("no puedo ir porque mi hija se enfermo")
        await tula.hears("ya avisamos a otras")
        await theatre.quiet()
        assert [sms.phone.unread, chat.phone.unread] == [0, 0]


async def linked(sms: Woman, chat: Woman) -> None:
    """She asks for the link by SMS and taps it in Telegram; it works once."""
    await sms.write("TELEGRAM")
    payload = (await sms.hears("t.me/")).rpartition("start=")[2]
    await chat.open(payload)
    await chat.hears("también te escribo por aquí")
