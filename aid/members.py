"""Persons: meeting them, enrolling them, their roles, who acts for whom, and their wish to be left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aid import history, outbox
from aid.db import Tx
from aid.errors import Refused
from aid.messages import ChannelName, Presence
from aid.rules import aliases
from aid.store import addresses, carers, members
from aid.store.addresses import Address
from aid.store.ids import chance
from aid.store.members import Affiliation, Person

__all__ = [
    "DUTY",
    "ROLES",
    "Address",
    "Affiliation",
    "Newcomer",
    "Person",
    "add_ward",
    "addresses_of",
    "affiliation",
    "bound_to",
    "by_alias",
    "by_id",
    "carers_of",
    "enrol",
    "give_role",
    "holders",
    "holders_in",
    "join_addresses",
    "meet",
    "offer_aliases",
    "organisations_of",
    "owner_of_number",
    "presence",
    "roles_of",
    "set_duty",
    "start",
    "stop",
    "wards_of",
]

ADULT_YEARS = 18
ROLES = ("member", "volunteer", "donor", "treasurer", "organiser", "auditor")
DUTY = "duty"
"""The role of those whom danger reaches first; given and dropped by the word that she types."""

affiliation = members.affiliation
by_alias = members.by_alias
by_id = members.by_id
holders = members.holders
holders_in = members.holders_in
organisations_of = members.organisations_of
roles_of = members.roles_of
wards_of = carers.wards_of
carers_of = carers.carers_of
bound_to = carers.bound_to
addresses_of = addresses.addresses_of


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a newcomer tells of herself. Nothing else is asked."""

    alias: str
    district: str
    birth_year: int | None
    out_of_work: bool
    dependants: int


async def meet(
    tx: Tx, channel: ChannelName, line: str, address: str, language: str, *, heard: int | None = None
) -> tuple[Person, Address]:
    """Who writes from this address; a stranger becomes a person of whom nothing is known.

    `heard`: when her words came, if that was not just now: an SMS answers only what is fresh.
    """
    then = tx.now if heard is None else min(heard, tx.now)
    known = await addresses.by_address(tx, channel, address)
    if known is None:
        person = await members.add_person(tx, language)
        known = await addresses.add_address(tx, person.id, channel, line, address, heard=then)
        return person, known
    await addresses.heard_from(tx, known, line, then)
    found = await members.by_id(tx, known.person)
    if found is None:
        raise LookupError("an address without a person")
    return found, replace(known, line=line, heard=then, live=True)


async def offer_aliases(tx: Tx, words: aliases.Words) -> tuple[str, ...]:
    """Three free aliases to choose from."""
    offered: tuple[str, ...] = ()
    while len(offered) < aliases.OFFERED:
        drawn = aliases.offers(chance(aliases.RANDOM_BYTES), offered, words)
        free = [alias for alias in drawn if await members.by_alias(tx, alias) is None]
        offered = (*offered, *free)[: aliases.OFFERED]
    return offered


async def enrol(
    tx: Tx, organisation: str, person: str, role: str, facts: Newcomer, *, actor: str, behalf: str | None
) -> None:
    """Make her part of an organisation. Raises Refused when the alias was taken meanwhile."""
    if not await members.set_alias(tx, person, facts.alias):
        raise Refused("join-alias-taken")
    await members.set_affiliation(
        tx,
        Affiliation(
            person, organisation, facts.district, facts.birth_year, facts.out_of_work, facts.dependants
        ),
    )
    await members.add_role(tx, person, organisation, role)
    await history.append(
        tx, organisation, "enrolled", "person", person, actor=actor, behalf=behalf, facts={"role": role}
    )


async def give_role(tx: Tx, organisation: str, person: str, role: str, *, actor: str | None) -> None:
    """Give a role to a person."""
    await members.add_role(tx, person, organisation, role)
    await history.append(tx, organisation, "role-given", "person", person, actor=actor, facts={"role": role})


async def set_duty(tx: Tx, organisation: str, person: str, *, on: bool) -> None:
    """Go on duty, or off."""
    if on:
        await members.add_role(tx, person, organisation, DUTY)
    else:
        await members.drop_role(tx, person, organisation, DUTY)
    verb = "duty-begun" if on else "duty-ended"
    await history.append(tx, organisation, verb, "person", person, actor=person)


async def add_ward(  # noqa: PLR0917 - who, for whom, and under what word
    tx: Tx, organisation: str, carer: str, cover: str, language: str, facts: Newcomer
) -> Person:
    """Enrol a woman who shares the carer's phone or has none, by spoken consent, under a cover word."""
    ward = await meet_ward(tx, organisation, carer, cover, language)
    await enrol(tx, organisation, ward.id, "member", facts, actor=carer, behalf=ward.id)
    return ward


async def meet_ward(tx: Tx, organisation: str, carer: str, cover: str, language: str) -> Person:
    """Somebody who is reached through a carer, and of whom nothing else is known."""
    if any(ward.cover.casefold() == cover.casefold() for ward in await carers.wards_of(tx, carer)):
        raise Refused("ward-cover-taken", cover=cover)
    ward = await members.add_person(tx, language)
    await carers.add_ward(tx, ward.id, carer, organisation, cover)
    return ward


async def stop(tx: Tx, organisation: str, person: str) -> None:
    """End all messages to her at once, on every channel; answers to her own go on."""
    await members.set_stopped(tx, person, stopped=True)
    await outbox.cancel_for(tx, person)
    await history.append(tx, organisation, "stopped", "person", person, actor=person)


async def start(tx: Tx, organisation: str, person: str) -> None:
    """She is back: messages may reach her again, and a wish to be erased is undone."""
    await members.set_stopped(tx, person, stopped=False)
    await members.set_erase_due(tx, person, None)
    await history.append(tx, organisation, "started", "person", person, actor=person)


async def join_addresses(tx: Tx, address: Address, owner: str, organisation: str) -> Address:
    """A stranger's address turns out to be a known woman's: she has both from now on.

    Raises Refused when it is no stranger's: who belongs to another organisation must not vanish from it.
    """
    if await members.organisations_of(tx, address.person):
        raise Refused("address-known")
    moved = await addresses.move_address(tx, address, owner)
    await history.append(tx, organisation, "address-added", "person", owner, actor=owner)
    return moved


async def owner_of_number(tx: Tx, number: str) -> str | None:
    """Who is reached by SMS at a number (E.164)."""
    known = await addresses.by_address(tx, ChannelName.SMS, number)
    return known.person if known else None


async def presence(tx: Tx, seen: Presence) -> None:
    """She blocked the bot, or came back to it."""
    address = await addresses.by_address(tx, seen.channel, seen.address)
    if address is not None:
        await addresses.mark_live(tx, address.id, live=seen.reachable)
