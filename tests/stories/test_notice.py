"""An SMS that answers nothing is a first word that anybody may read; the rest follows when she asks."""

from __future__ import annotations

from aid import outbox
from aid.messages import Message
from tests.world import Phone, World, sms, telegram

QUARTER_MS = 15 * 60_000


async def tell(world: World, phone: Phone, text: str) -> list[str]:
    async with world.tx() as tx:
        person = await world.owner(tx, phone)
        await outbox.say(
            tx, world.organisation, person, Message("inbox-answer", {"text": text}), cause=f"test:{text}"
        )
    await world.settle()
    return world.new(phone)


async def test_within_a_quarter_of_an_hour_the_text_itself_comes(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    assert await tell(world, nieves, "ya viene la bolsa") == ["ya viene la bolsa"]


async def test_later_only_a_code_comes_and_the_text_follows_on_request(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    world.now += QUARTER_MS + 1000
    first = await tell(world, nieves, "ya viene la bolsa")
    assert len(first) == 1
    assert first[0].startswith("Hay un aviso para ti. Responde ")
    code = first[0].split()[-1]
    assert await nieves.write(code.lower()) == ["ya viene la bolsa"]
    assert "ya se cerro" in (await nieves.write(code))[0]


async def test_one_answer_brings_all_that_waits(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    world.now += QUARTER_MS + 1000
    await tell(world, nieves, "uno")
    second = await tell(world, nieves, "dos")
    assert sorted(await nieves.write(second[0].split()[-1])) == ["dos", "uno"]


async def test_a_bare_yes_opens_the_one_notice(world: World) -> None:
    nieves = sms(world, 1)
    await nieves.join()
    world.now += QUARTER_MS + 1000
    await tell(world, nieves, "uno")
    assert await nieves.write("si") == ["uno"]


async def test_telegram_says_it_at_once(world: World) -> None:
    nieves = telegram(world, 1)
    await nieves.join()
    world.now += QUARTER_MS + 1000
    assert await tell(world, nieves, "ya viene la bolsa") == ["ya viene la bolsa"]


async def test_a_yes_to_a_question_she_has_not_read_confirms_nothing(world: World) -> None:
    delia, berta = sms(world, 8), telegram(world, 5)
    await delia.join("treasurer")
    world.now += QUARTER_MS + 1000
    await berta.answer("quiero donar 50 soles", "todavia no", "1")
    assert "Responde" in world.new(delia)[-1]
    for blind in ("voy", "si"):
        assert "Anotado" not in " ".join(await delia.write(blind))
    assert "Anotado" in (await delia.write("si"))[0]
