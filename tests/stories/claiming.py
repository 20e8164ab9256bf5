"""What the stories of claiming share: people who have joined, a request, codes read off a screen, time."""

from __future__ import annotations

import re
from collections.abc import Callable

from aid import inbox, members, organisations, requests
from aid.db import Database
from aid.members import Newcomer
from aid.messages import ChannelName
from aid.requests import Request
from bot.dialogue.listening import Listener
from jobs.beats import arrivals, leases
from jobs.limits import MemoryLimits, Pace
from jobs.worker import Worker
from tests.world import SMS, TELEGRAM, Phone, World, read, sms, telegram

HOUR = 3_600_000
QUARTER = 15 * 60_000 + 1000
PLACE = "Puerta 2 del mercado"
PHONES: dict[str, Callable[[World, int], Phone]] = {"sms": sms, "telegram": telegram}
MIXES = [(hers, other) for hers in PHONES for other in PHONES]


async def enrolled(phone: Phone, role: str, *, district: str = "lima-cercado") -> Phone:
    """Somebody who has joined already; how one joins is another story."""
    world = phone.world
    async with world.tx() as tx:
        line = SMS if phone.channel is ChannelName.SMS else TELEGRAM
        person, _ = await members.meet(tx, phone.channel, line, phone.address, "es")
        facts = Newcomer(f"alias {phone.address[-3:]}", district, 1958, out_of_work=True, dependants=2)
        await members.enrol(tx, world.organisation, person.id, role, facts, actor=person.id, behalf=None)
    return phone


async def people(world: World, hers: str, other: str) -> tuple[Phone, Phone, Phone]:
    """Nieves, Tula the volunteer and Irma the organiser; the district has a meeting point."""
    irma = await enrolled(telegram(world, 5), "organiser", district="lima-comas")
    tula = await enrolled(PHONES[other](world, 2), "volunteer")
    nieves = await enrolled(PHONES[hers](world, 1), "member")
    async with world.tx() as tx:
        await organisations.set_point(tx, world.organisation, "lima-cercado", PLACE, actor="")
    return nieves, tula, irma


async def ward_of(phone: Phone) -> None:
    """She acts from now on for a woman without a phone, whom she calls geranio 1."""
    async with phone.world.tx() as tx:
        facts = Newcomer("alias Geranio", "lima-cercado", 1950, out_of_work=True, dependants=0)
        carer = await phone.world.owner(tx, phone)
        await members.add_ward(tx, phone.world.organisation, carer, "geranio 1", "es", facts)


async def ask_for_food(phone: Phone, cover: str = "") -> str:
    """She asks for food for four, for today; the number of her request."""
    for answer in (f"{cover} necesito viveres".strip(), "4"):
        await phone.write(answer)
    opened = await phone.write("1")
    return found(r"[2-9B-Z]{6}", opened[0])


def found(pattern: str, text: str) -> str:
    """The first thing of a kind in a text."""
    match = re.search(rf"\b{pattern}\b", text)
    assert match is not None, text
    return match.group()


def ask_code(texts: list[str]) -> str:
    return found(r"[A-Z]\d[A-Z]\d", texts[-1])


def six(texts: list[str]) -> str:
    """The last six digits of a text: the number of a request may be six digits, too, and stands before."""
    digits: list[str] = re.findall(r"\b\d{6}\b", texts[-1])
    return digits[-1]


async def code_of(phone: Phone) -> str:
    """Her code, however her phone brought it: at once, or behind a discreet first word."""
    shown = phone.world.new(phone)
    if "Responde" in shown[-1]:
        shown = await phone.write(ask_code(shown))
    return six(shown)


async def request_of(world: World, receipt: str) -> Request:
    async with world.tx() as tx:
        request = await requests.by_receipt(tx, world.organisation, receipt)
        assert request is not None
        return request


async def listed(world: World, phone: Phone) -> list[str]:
    """The kinds of what is open on the organisers' list."""
    async with world.tx() as tx:
        return [
            item.kind for item in await inbox.open_for(tx, world.organisation, await world.owner(tx, phone))
        ]


async def later(world: World, hours: float) -> None:
    """Time passes, and the beats of this room are heard."""
    world.now += int(hours * HOUR)
    await leases.run(world.db, world.now)
    await arrivals.run(world.db, world.now)
    await world.settle()


async def restart(world: World) -> None:
    """The program is killed and started again on the same database, with the same keys."""
    await world.db.close()
    world.db = Database(world.db.url, world.db.keyring)
    world.listener = Listener(world.db, world.clock, {SMS: read, TELEGRAM: read})
    world.worker = Worker(
        world.db, world.clock, world.lines, MemoryLimits(dict.fromkeys(world.lines, Pace(1000, 1000)))
    )


async def go_on(_world: World) -> None:
    """Nothing happens."""
