"""Join, ask, know, withdraw, leave: over SMS, over Telegram and mixed."""

from __future__ import annotations

from tests.world import World, sms, telegram


async def test_a_member_joins_asks_knows_and_withdraws_by_sms(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    assert "necesitas" in (await nieves.write("ayuda"))[0].lower()
    await nieves.write("1")
    await nieves.write("4")
    await nieves.write("1")
    opened = await nieves.write("no")
    assert "Recibido" in opened[0]
    assert "todavia no llega" in (await nieves.write("estado"))[0]
    assert "retiramos" in (await nieves.write("cancelar"))[0]


async def test_a_number_may_be_a_word(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    assert "cuando" in (await nieves.answer("necesito comida", "cuatro"))[0]


async def test_a_first_sentence_that_says_it_needs_three_messages(world: World) -> None:
    nieves = telegram(world, 1)
    await nieves.join()
    await nieves.write("nesecito viveres xfa")
    await nieves.write("4")
    assert "Recibido" in (await nieves.press("today"))[0]
