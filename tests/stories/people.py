"""People who are part of the network already: enrolled by the use case, without its nine messages."""

from __future__ import annotations

from aid import members
from aid.members import Newcomer, Person
from aid.messages import ChannelName
from aid.rules.aliases import Words
from config.defaults import load
from tests.world import SMS, TELEGRAM, Phone, World

DISTRICT = "lima-cercado"


async def met(world: World, phone: Phone) -> Person:
    """Who holds a phone, whether she wrote before or not."""
    line = SMS if phone.channel is ChannelName.SMS else TELEGRAM
    async with world.tx() as tx:
        return (await members.meet(tx, phone.channel, line, phone.address, "es"))[0]


async def enrol(world: World, phone: Phone, *roles: str, district: str = DISTRICT) -> Person:
    """Make the holder of a phone part of the network, in some roles (a member when none is named)."""
    person = await met(world, phone)
    async with world.tx() as tx:
        alias = (await members.offer_aliases(tx, Words(**load("aliases"))))[0]
        facts = Newcomer(alias, district, 1958, out_of_work=True, dependants=2)
        first, *others = roles or ("member",)
        await members.enrol(tx, world.organisation, person.id, first, facts, actor=person.id, behalf=None)
        for role in others:
            await members.give_role(tx, world.organisation, person.id, role, actor=None)
        known = await members.by_id(tx, person.id)
    world.now += 1  # who came first is who is asked first
    assert known is not None
    return known
