"""The outbox: who is told by which way, and rows that move by conditional updates only."""

from __future__ import annotations

import asyncio
from itertools import count, permutations
from typing import Any

import pytest
from sqlalchemy import Select, func, select, update

from aid import conversations, inbox, members, organisations, outbox, sending
from aid.db import Tx
from aid.members import Address, Newcomer
from aid.messages import ChannelName, Message, Outcome, Report, ReportState, Verdict
from aid.outbox import ANSWERING_MS, Priority
from aid.rules import lifecycles
from aid.sending import BACKOFF_MS, LEASE_MS, MOST_TRIES, Claimed
from aid.store import carers
from aid.store.addresses import add_address, addresses
from aid.store.members import set_stopped
from aid.store.outbox import READY, attempts
from aid.store.outbox import outbox as rows
from aid.store.sealing import destroy_key
from tests.world import SMS, TELEGRAM, World

TEXT = Message("not-understood")
ACCEPTED = Outcome(Verdict.ACCEPTED, reference="r")
_causes = count(1)


async def person(world: World, *ways: ChannelName, number: int = 1) -> tuple[str, list[Address]]:
    """A person with an address on each of these channels, heard from now."""
    async with world.tx() as tx:
        made, first = await members.meet(tx, ways[0], line_of(ways[0]), f"{ways[0]}-{number}", "es")
        more = [
            await add_address(tx, made.id, way, line_of(way), f"{way}-{number}-{n}", heard=tx.now)
            for n, way in enumerate(ways[1:])
        ]
    return made.id, [first, *more]


def line_of(way: ChannelName) -> str:
    return SMS if way is ChannelName.SMS else TELEGRAM


async def say(world: World, who: str, message: Message = TEXT, **more: Any) -> bool:  # noqa: ANN401 - the arguments of outbox.say
    async with world.tx() as tx:
        cause = more.pop("cause", f"c{next(_causes)}")
        return await outbox.say(tx, world.organisation, who, message, cause=cause, **more)


async def claim(world: World, line: str = TELEGRAM, limit: int = 5) -> list[Claimed]:
    async with world.tx() as tx:
        return [held for held, _ in await sending.claim(tx, line, limit)]


async def settle(world: World, held: Claimed, outcome: Outcome) -> None:
    async with world.tx() as tx:
        await sending.settle(tx, held, outcome)


async def report(world: World, row: str, state: ReportState, **more: Any) -> None:  # noqa: ANN401 - the fields of Report
    async with world.tx() as tx:
        await sending.report(tx, Report(row, state, **more))


async def sweep(world: World) -> int:
    async with world.tx() as tx:
        return await sending.sweep(tx)


async def kept(world: World) -> list[Any]:
    async with world.db.reading(world.now) as tx:
        return list(await tx.all(select(rows).order_by(rows.c.seq)))


async def calls(world: World) -> list[str]:
    """The kinds of what waits on the organisers' list."""
    async with world.db.reading(world.now) as tx:
        return [item.kind for item in await inbox.open_for(tx, world.organisation, "irma")]


async def test_the_same_cause_is_said_once(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    for _ in range(2):
        await say(world, who, cause="once")
    assert [row.state for row in await kept(world)] == ["ready"]


async def test_two_workers_never_take_the_same_row(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    for _ in range(40):
        await say(world, who)

    async def work() -> list[str]:
        taken: list[str] = []
        while held := await claim(world, limit=3):
            taken += [one.id for one in held]
            assert len(held) <= 3
        return taken

    taken = [row for rows_taken in await asyncio.gather(*(work() for _ in range(6))) for row in rows_taken]
    assert len(taken) == 40
    assert len(set(taken)) == 40


async def test_what_is_urgent_leaves_first_and_the_rest_in_order(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    for priority in (Priority.NOTICE, Priority.REPLY, Priority.NOTICE, Priority.DANGER, Priority.REPLY):
        await say(world, who, priority=priority)
    assert [held.priority for held in await claim(world)] == [-1, 0, 0, 5, 5]
    order = [(row.priority, row.seq) for row in await kept(world)]
    assert [seq for _, seq in order] == sorted(seq for _, seq in order)


@pytest.mark.parametrize("told", list(permutations(("accepted", "delivered", "failed"))), ids="-".join)
async def test_reports_in_any_order_never_step_down(world: World, told: tuple[str, ...]) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    (held,) = await claim(world)
    await settle(world, held, ACCEPTED)
    before = "accepted"
    for state in told:
        await report(world, held.id, ReportState(state))
        (row,) = await kept(world)
        assert row.state == before or lifecycles.allowed("outbox", before, row.state)
        before = row.state
    assert before == "delivered"


async def test_a_report_before_the_answer_of_the_call_counts(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    (held,) = await claim(world)
    await report(world, held.id, ReportState.DELIVERED)
    await settle(world, held, Outcome(Verdict.PERHAPS, reason="timeout"))
    (row,) = await kept(world)
    assert (row.state, row.content, row.lease) == ("delivered", None, None)


async def test_a_report_on_nothing_of_ours_changes_nothing(world: World) -> None:
    await report(world, "f" * 32, ReportState.FAILED, gone=True)
    assert await kept(world) == []
    assert await calls(world) == []


async def test_a_doubt_is_repeated_once(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    (first,) = await claim(world)
    await settle(world, first, Outcome(Verdict.PERHAPS))
    assert await sweep(world) == 0
    world.now += BACKOFF_MS[0]
    assert await sweep(world) == 1
    (second,) = await claim(world)
    assert (second.id, second.attempts) == (first.id, 2)
    await settle(world, second, Outcome(Verdict.PERHAPS))
    world.now += 10 * BACKOFF_MS[0]
    assert await sweep(world) == 0
    (row,) = await kept(world)
    assert (row.state, row.content) == ("unknown", None)


async def test_a_report_that_comes_in_time_saves_the_repetition(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    (held,) = await claim(world)
    await settle(world, held, Outcome(Verdict.PERHAPS))
    await report(world, held.id, ReportState.DELIVERED)
    world.now += BACKOFF_MS[0]
    assert await sweep(world) == 0
    assert await claim(world) == []


async def test_what_must_not_go_twice_is_held_for_a_person(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who, policy="hold")
    (held,) = await claim(world)
    await settle(world, held, Outcome(Verdict.PERHAPS))
    assert [row.state for row in await kept(world)] == ["unknown"]
    assert await calls(world) == ["unknown"]


async def test_rows_of_a_dead_worker_are_in_doubt_after_their_lease(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    (dead,) = await claim(world)
    world.now += LEASE_MS - 1
    assert await sweep(world) == 0
    world.now += 1
    assert await sweep(world) == 1
    world.now += BACKOFF_MS[0]
    assert await sweep(world) == 1
    (alive,) = await claim(world)
    await settle(world, dead, Outcome(Verdict.REFUSED))  # it was only asleep: its token is not valid any more
    assert [row.state for row in await kept(world)] == ["sending"]
    await settle(world, alive, ACCEPTED)
    assert [row.state for row in await kept(world)] == ["accepted"]


async def test_what_surely_was_not_sent_is_tried_later_and_not_for_ever(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    for tried in range(1, MOST_TRIES + 1):
        (held,) = await claim(world)
        assert held.attempts == tried
        await settle(world, held, Outcome(Verdict.AGAIN, reason="connect"))
        assert await claim(world) == []
        world.now += BACKOFF_MS[-1]
    assert [(row.state, row.reason) for row in await kept(world)] == [("failed", "connect")]
    assert await calls(world) == ["undelivered"]
    async with world.db.reading(world.now) as tx:
        assert len(await tx.all(select(attempts))) == MOST_TRIES


async def test_being_told_to_wait_is_no_failed_try(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    for _ in range(MOST_TRIES * 2):
        (held,) = await claim(world)
        assert held.attempts == 1
        await settle(world, held, Outcome(Verdict.AGAIN, reason="flood", pause_seconds=30))
        world.now += 29_999
        assert await claim(world) == []
        world.now += 1


async def test_who_is_gone_on_one_channel_is_told_by_another_in_the_same_transaction(world: World) -> None:
    who, [telegram, _] = await person(world, ChannelName.TELEGRAM, ChannelName.SMS)
    await say(world, who)
    (held,) = await claim(world)
    await settle(world, held, Outcome(Verdict.REFUSED, reason="blocked", gone=True))
    first, second = await kept(world)
    assert (first.state, second.state, second.channel, second.cause) == (
        "failed",
        "ready",
        "sms",
        first.cause,
    )
    async with world.db.reading(world.now) as tx:
        assert telegram.id not in {one.id for one in await members.addresses_of(tx, who)}
    assert await calls(world) == []


async def test_a_second_number_is_tried_when_the_first_is_gone(world: World) -> None:
    who, _ = await person(world, ChannelName.SMS, ChannelName.SMS)
    await say(world, who)
    (held,) = await claim(world, SMS)
    await settle(world, held, Outcome(Verdict.REFUSED, reason="unknown-number", gone=True))
    (again,) = await claim(world, SMS)
    assert again.address != held.address
    await settle(world, again, Outcome(Verdict.REFUSED, reason="unknown-number", gone=True))
    assert [row.state for row in await kept(world)] == ["failed", "failed"]
    assert await calls(world) == ["undelivered"]


async def test_a_stop_that_the_provider_holds_is_told_to_the_organisers(world: World) -> None:
    who, _ = await person(world, ChannelName.SMS, ChannelName.TELEGRAM)
    async with world.tx() as tx:
        await tx.run(update(addresses).where(addresses.c.person == who).values(is_first=False))
        await tx.run(update(addresses).where(addresses.c.channel == "sms").values(is_first=True))
    await say(world, who)
    (held,) = await claim(world, SMS)
    await settle(world, held, Outcome(Verdict.REFUSED, reason="21610", opted_out=True))
    assert [row.state for row in await kept(world)] == ["failed"]
    assert await calls(world) == ["opted-out"]


async def test_what_a_report_says_will_never_arrive_is_a_call_to_make(world: World) -> None:
    who, [only] = await person(world, ChannelName.SMS)
    await say(world, who)
    (held,) = await claim(world, SMS)
    await settle(world, held, ACCEPTED)
    await report(world, held.id, ReportState.FAILED, reason="unknown-number", gone=True)
    assert await calls(world) == ["undelivered"]
    async with world.db.reading(world.now) as tx:
        assert await members.addresses_of(tx, only.person) == []


async def test_who_has_stopped_is_told_nothing_but_answers(world: World) -> None:
    who, [way] = await person(world, ChannelName.TELEGRAM)
    await say(world, who)  # before she stopped
    async with world.tx() as tx:
        await set_stopped(tx, who, stopped=True)
    assert not await say(world, who)
    assert await say(world, who, priority=Priority.REPLY, answering=way)
    (held,) = await claim(world)
    assert held.priority is Priority.REPLY.value
    assert [row.state for row in await kept(world)] == ["suppressed", "suppressed", "sending"]


async def test_a_stop_cancels_what_waits_but_not_the_answer_to_it(world: World) -> None:
    who, [way] = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    await say(world, who, priority=Priority.REPLY, answering=way)
    async with world.tx() as tx:
        await outbox.cancel_for(tx, who)
    assert [(row.state, row.content is None) for row in await kept(world)] == [
        ("cancelled", True),
        ("ready", False),
    ]


@pytest.mark.parametrize(("later", "key"), [(0, "not-understood"), (1, "opener")])
async def test_an_sms_is_an_answer_for_exactly_fifteen_minutes(world: World, later: int, key: str) -> None:
    who, _ = await person(world, ChannelName.SMS)
    world.now += ANSWERING_MS + later
    await say(world, who)
    async with world.tx() as tx:
        [(held, outgoing)] = await sending.claim(tx, SMS, 5)
    assert outgoing.message.key == key
    if later:
        async with world.tx() as tx:
            ask = await conversations.ask_by_code(tx, who, str(outgoing.message.values["code"]))
            assert ask is not None
            assert conversations.message_of(ask) == held.message


async def test_a_first_word_of_its_own_is_said_instead_of_the_general_one(world: World) -> None:
    who, _ = await person(world, ChannelName.SMS)
    world.now += ANSWERING_MS + 1
    await say(world, who, Message("offer", {"code": "K7P4"}), opener="offer.opener")
    async with world.tx() as tx:
        [(_, outgoing)] = await sending.claim(tx, SMS, 5)
    assert (outgoing.message.key, outgoing.message.values) == ("offer.opener", {"code": "K7P4"})


async def test_a_first_word_tried_again_stays_the_same(world: World) -> None:
    who, _ = await person(world, ChannelName.SMS)
    world.now += ANSWERING_MS + 1
    await say(world, who)
    said = []
    for _ in range(2):
        async with world.tx() as tx:
            [(held, outgoing)] = await sending.claim(tx, SMS, 5)
        said.append(outgoing.message)
        await settle(world, held, Outcome(Verdict.AGAIN, reason="connect"))
        world.now += BACKOFF_MS[-1]
    assert said[0] == said[1]


async def test_what_is_late_expires_instead_of_leaving(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who, expires=world.now + 1_000)
    await say(world, who, expires=world.now + 1_001)
    world.now += 1_000
    assert len(await claim(world)) == 1
    assert [row.state for row in await kept(world)] == ["expired", "sending"]


async def test_a_question_that_is_answered_is_not_put_any_more(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    async with world.tx() as tx:
        ask = await conversations.open_ask(
            tx, world.organisation, who, "offer", "x", expires=tx.now + 1_000, content={}
        )
    await say(world, who, condition="ask-open", about=ask.id)
    await say(world, who, condition="ask-open", about=ask.id)
    assert len(await claim(world, limit=1)) == 1
    async with world.tx() as tx:
        await conversations.settle(tx, ask.id, "answered")
    assert await claim(world) == []
    assert [row.state for row in await kept(world)] == ["sending", "cancelled"]


async def test_what_is_over_is_cancelled_with_its_words(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    await say(world, who, about="request-1")
    await say(world, who, about="request-2")
    async with world.tx() as tx:
        await outbox.cancel_about(tx, "request-1")
    assert [(row.state, row.content is None) for row in await kept(world)] == [
        ("cancelled", True),
        ("ready", False),
    ]


async def test_words_are_emptied_when_their_row_ends(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM)
    for _ in range(3):
        await say(world, who)
    one, two, three = await claim(world)
    await settle(world, one, ACCEPTED)
    await settle(world, two, Outcome(Verdict.REFUSED, reason="bad"))
    await settle(world, three, Outcome(Verdict.PERHAPS))
    assert [(row.state, row.content is None) for row in await kept(world)] == [
        ("accepted", True),
        ("failed", True),
        ("unknown", False),
    ]


async def test_an_erased_woman_holds_up_nobody_else(world: World) -> None:
    nieves, _ = await person(world, ChannelName.TELEGRAM)
    tula, _ = await person(world, ChannelName.TELEGRAM, number=2)
    await say(world, nieves)
    await say(world, tula)
    async with world.tx() as tx:
        await destroy_key(tx, nieves)
    assert [held.person for held in await claim(world)] == [tula]
    assert [row.state for row in await kept(world)] == ["suppressed", "sending"]


async def test_what_waits_follows_her_to_the_address_her_provider_names(world: World) -> None:
    who, [old] = await person(world, ChannelName.TELEGRAM)
    await say(world, who)
    await say(world, who)
    (held,) = await claim(world, limit=1)
    await settle(world, held, Outcome(Verdict.ACCEPTED, moved_to="-100900000001"))
    async with world.tx() as tx:
        [(_, outgoing)] = await sending.claim(tx, TELEGRAM, 5)
    assert outgoing.address == "-100900000001"
    assert outgoing.address != old.address


async def test_a_ward_hears_through_her_who_acts_for_her(world: World) -> None:
    carer, _ = await person(world, ChannelName.TELEGRAM)
    async with world.tx() as tx:
        facts = Newcomer("flor de sal", "lima-cercado", 1950, out_of_work=True, dependants=0)
        ward = await members.add_ward(tx, world.organisation, carer, "geranio 1", "es", facts)
    assert await say(world, ward.id)
    (held,) = await claim(world)
    assert (held.person, held.message.values) == (carer, {"cover": "geranio 1"})


async def test_what_was_hers_alone_never_goes_on_to_her_who_acts_for_her(world: World) -> None:
    who, _ = await person(world, ChannelName.SMS, number=1)
    carer, _ = await person(world, ChannelName.TELEGRAM, number=2)
    async with world.tx() as tx:
        await carers.add_ward(tx, who, carer, world.organisation, "geranio 1")
    assert await say(world, who, Message("code-dead", {"receipt": "K7P4XM"}))
    (held,) = await claim(world, SMS)
    await settle(world, held, Outcome(Verdict.REFUSED, reason="unknown-number", gone=True))
    assert [row.person for row in await kept(world)] == [who]
    assert await calls(world) == ["undelivered"]
    assert not await say(world, who, alone=True)
    assert await say(world, who)


async def test_who_has_no_address_cannot_be_told_and_the_caller_hears_it(world: World) -> None:
    who, [only] = await person(world, ChannelName.SMS)
    async with world.tx() as tx:
        await tx.run(update(addresses).where(addresses.c.id == only.id).values(live=False))
    assert not await say(world, who)


async def test_counts_tell_how_many_and_of_whom_nothing(world: World) -> None:
    who, _ = await person(world, ChannelName.TELEGRAM, ChannelName.SMS)
    for _ in range(3):
        await say(world, who)
    await claim(world, limit=1)
    async with world.db.reading(world.now) as tx:
        assert await outbox.counts(tx, world.organisation) == {
            ("telegram", "ready"): 2,
            ("telegram", "sending"): 1,
        }


async def plan(tx: Tx, statement: Select[Any]) -> str:
    """How SQLite would look for it."""
    compiled = statement.compile(dialect=tx.connection.dialect, compile_kwargs={"render_postcompile": True})
    found = await tx.connection.exec_driver_sql(
        f"EXPLAIN QUERY PLAN {compiled}", tuple(compiled.params.values())
    )
    return " ".join(str(row) for row in found)


async def test_looking_for_what_is_due_uses_the_index_of_what_is_ready(world: World) -> None:
    async with world.db.reading(world.now) as tx:
        if not world.db.is_sqlite:
            assert await organisations.everyone(tx)  # PostgreSQL plans by the size of the table
            return
        ready = rows.c.state == READY
        assert "ix_outbox_due" in await plan(
            tx, select(func.min(rows.c.due)).where(rows.c.line == "x", ready)
        )
        taken = (
            select(rows.c.seq)
            .where(rows.c.line == "x", ready, rows.c.due <= 1)
            .order_by(rows.c.priority, rows.c.seq)
        )
        assert "ix_outbox" in await plan(tx, taken)
