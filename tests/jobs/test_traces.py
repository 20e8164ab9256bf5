"""Sensitive words are deleted from her chat in time, and what could not go is tried again."""

from __future__ import annotations

from aid import outbox, sending
from aid.messages import Message, Outcome, Verdict
from jobs.beats.traces import LATER_MS, Traces
from tests.world import TELEGRAM, World, telegram


async def tell(world: World, *, protect: bool) -> None:
    paloma = telegram(world, 2)
    await paloma.join()
    async with world.tx() as tx:
        person = await world.owner(tx, paloma)
        message = Message("inbox-answer", {"text": "hola"}, protect=protect)
        await outbox.say(tx, world.organisation, person, message, cause="test")
    await world.settle()


class Eraser:
    """Stands for the Bot API's deleteMessage."""

    def __init__(self, *outcomes: Verdict) -> None:
        self.asked: list[str] = []
        self.outcomes = list(outcomes)

    async def __call__(self, reference: str) -> Outcome:
        self.asked.append(reference)
        return Outcome(self.outcomes.pop(0))


async def test_protected_words_go_in_time_and_once(world: World) -> None:
    await tell(world, protect=True)
    eraser = Eraser(Verdict.ACCEPTED)
    traces = Traces({TELEGRAM: eraser})
    assert await traces.run(world.db, world.now) == {"deleted": 0, "later": 0}
    world.now += sending.TRACE_MS
    assert await traces.run(world.db, world.now) == {"deleted": 1, "later": 0}
    assert eraser.asked == ["r"]
    assert await traces.run(world.db, world.now) == {"deleted": 0, "later": 0}


async def test_what_could_not_be_deleted_is_tried_again(world: World) -> None:
    await tell(world, protect=True)
    traces = Traces({TELEGRAM: Eraser(Verdict.AGAIN, Verdict.PERHAPS, Verdict.ACCEPTED)})
    world.now += sending.TRACE_MS
    for _ in range(2):
        assert await traces.run(world.db, world.now) == {"deleted": 0, "later": 1}
        world.now += LATER_MS
    assert await traces.run(world.db, world.now) == {"deleted": 1, "later": 0}


async def test_what_a_killed_beat_had_in_hand_is_deleted_by_the_next(world: World) -> None:
    await tell(world, protect=True)
    world.now += sending.TRACE_MS
    async with world.tx() as tx:
        assert len(await sending.to_forget(tx, 10, world.now + LATER_MS)) == 1
    traces = Traces({TELEGRAM: Eraser(Verdict.ACCEPTED)})
    assert await traces.run(world.db, world.now) == {"deleted": 0, "later": 0}
    world.now += LATER_MS
    assert await traces.run(world.db, world.now) == {"deleted": 1, "later": 0}


async def test_ordinary_words_stay(world: World) -> None:
    await tell(world, protect=False)
    world.now += sending.TRACE_MS
    assert await Traces({TELEGRAM: Eraser()}).run(world.db, world.now) == {"deleted": 0, "later": 0}
