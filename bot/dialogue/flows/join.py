"""Joining: consent in two short messages, an alias, a district, and three facts she may leave out.

A carer enrols a woman who shares her phone or has none by the same steps, by spoken consent and a cover word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aid import consents, incidents, invitations, members, organisations
from aid.errors import Refused
from aid.invitations import Invitation
from aid.members import Newcomer
from aid.messages import ChannelName, Option
from aid.rules.aliases import Words
from bot.dialogue import covers, dates, places
from bot.dialogue.engine import PASS, Flow, choice, number, yes_or_no
from bot.dialogue.turn import Command, Kind, Turn
from bot.dialogue.understand import Intent, Understood
from config import texts
from config.defaults import load

OLDEST = 1920
MOST_DEPENDANTS = 15
CONSENT_KEYS = ("join-consent-keep", "join-consent-leave")


@dataclass(frozen=True, slots=True)
class Joined:
    """All answers of a newcomer; None where she declined."""

    offered: Mapping[str, Any]
    facts: Newcomer
    cover: str


@dataclass(frozen=True, slots=True)
class Minor:
    """She is a girl: neither enrolled nor queued. `cover`: the word of her who speaks for her, or ""."""

    offered: Mapping[str, Any]
    cover: str


def steps(offered: Mapping[str, Any]) -> Flow:
    """Ask a newcomer, or her who speaks for one, what the network must know."""
    cover = ""
    if offered["spoken"]:
        cover = yield covers.cover("join-ward-cover", offered["language"])
        if (yield yes_or_no("join-ward-consent", cover=cover)) == "no":
            return None
    else:
        for key in CONSENT_KEYS:
            if (yield yes_or_no(key)) == "no":
                return None
    alias = yield choice("join-alias", [Option(one, "plain", {"text": one}) for one in offered["aliases"]])
    district = yield from places.district(offered["zones"], "join-city", "join-district")
    year = yield number("join-year", least=OLDEST, most=offered["year"], optional=True)
    if year != PASS and offered["year"] - int(year) < members.ADULT_YEARS:
        return Minor(offered, cover)
    out_of_work = yield yes_or_no("join-out-of-work")
    dependants = yield number("join-dependants", least=0, most=MOST_DEPENDANTS, optional=True)
    facts = Newcomer(
        alias=alias,
        district=district,
        birth_year=None if year == PASS else int(year),
        out_of_work=out_of_work == "yes",
        dependants=0 if dependants == PASS else int(dependants),
    )
    return Joined(offered, facts, cover)


async def finish(turn: Turn, result: Joined | Minor | None) -> None:
    """Enrol her, and say what she can do from now on."""
    if result is None:
        await turn.reply("join-declined")
    elif isinstance(result, Minor):
        girl = await _girl(turn, result)
        await incidents.protect(turn.tx, turn.organisation.id, girl)
        await turn.reply("join-minor")
    elif result.offered["spoken"]:
        await _enrol_ward(turn, result)
    else:
        await _enrol(turn, result)


async def _girl(turn: Turn, minor: Minor) -> str:
    """Who is to be protected: she who writes, or the girl for whom she speaks, never both."""
    if not minor.offered["spoken"]:
        return turn.person.id
    ward = await members.meet_ward(turn.tx, turn.organisation.id, turn.person.id, minor.cover, turn.language)
    return ward.id


async def _enrol(turn: Turn, joined: Joined) -> None:
    offered, organisation = joined.offered, turn.organisation.id
    await invitations.use(turn.tx, offered["invitation"])
    for key, purpose in zip(CONSENT_KEYS, consents.JOINING, strict=True):
        await consents.give(
            turn.tx,
            turn.person.id,
            organisation,
            (purpose,),
            channel=turn.incoming.channel,
            words=texts.say(key, {}, language=turn.language, sms=turn.incoming.channel is ChannelName.SMS),
            evidence="button" if turn.incoming.pressed else "typed",
        )
    await members.enrol(
        turn.tx,
        organisation,
        turn.person.id,
        offered["role"],
        joined.facts,
        actor=turn.person.id,
        behalf=None,
    )
    await turn.reply("join-done", alias=joined.facts.alias, role=offered["role"])


async def _enrol_ward(turn: Turn, joined: Joined) -> None:
    ward = await members.add_ward(
        turn.tx, turn.organisation.id, turn.person.id, joined.cover, turn.language, joined.facts
    )
    await consents.give(
        turn.tx,
        ward.id,
        turn.organisation.id,
        consents.JOINING,
        channel=turn.incoming.channel,
        words=texts.say("join-ward-consent", {"cover": joined.cover}, language=turn.language),
        evidence="spoken",
        taken_by=turn.person.id,
    )
    await turn.reply("join-ward-done", cover=joined.cover, alias=joined.facts.alias)


async def invited(turn: Turn, invitation: Invitation) -> None:
    """A code or a link: join, take a role, or add Telegram to what she has."""
    if invitation.kind == "address":
        await _add_address(turn, invitation)
        return
    if invitation.uses_left < 1 or invitation.expires <= turn.tx.now:
        raise Refused("invite-spent")
    if await incidents.is_protected(turn.tx, turn.organisation.id, turn.person.id):
        await turn.reply("join-minor")
        return
    tie = await members.affiliation(turn.tx, turn.person.id, turn.organisation.id)
    if tie is None or tie.district is None:
        await turn.begin("join", await _offered(turn, invitation=invitation))
        return
    await invitations.use(turn.tx, invitation.id)
    await members.give_role(
        turn.tx, turn.organisation.id, turn.person.id, invitation.role, actor=turn.person.id
    )
    await turn.reply("join-role", role=invitation.role)


async def _add_address(turn: Turn, invitation: Invitation) -> None:
    owner = invitation.person or ""
    if owner == turn.person.id or turn.roles:
        raise Refused("address-known")
    await invitations.use(turn.tx, invitation.id)
    turn.address = await members.join_addresses(turn.tx, turn.address, owner, turn.organisation.id)
    await turn.reply("address-added")


async def _offered(turn: Turn, *, invitation: Invitation | None) -> dict[str, Any]:
    zones = await organisations.zones(turn.tx, turn.organisation.id)
    return {
        "spoken": invitation is None,
        "language": turn.language,
        "invitation": invitation.id if invitation else "",
        "role": invitation.role if invitation else "member",
        "aliases": list(await members.offer_aliases(turn.tx, Words(**load("aliases")))),
        "zones": places.offered(zones),
        "year": dates.day_of(turn.tx.now, turn.organisation.zone).year,
    }


async def asked(turn: Turn, _understood: Understood) -> None:
    """She wants to join but holds no code."""
    await turn.reply("join-known" if turn.roles else "stranger")


async def enrol_another(turn: Turn, _rest: str) -> None:
    """A member or an organiser enrols a woman who shares her phone or has none."""
    await turn.begin("join", await _offered(turn, invitation=None))


async def link(turn: Turn, _rest: str) -> None:
    """She asks to use Telegram as well: a one-use link, an hour long."""
    if not turn.organisation.bot:
        raise Refused("address-no-bot")
    made = await invitations.link_address(turn.tx, turn.organisation.id, turn.person.id)
    await turn.reply("address-link", payload=made.payload, bot=turn.organisation.bot)


KINDS = (Kind("join", 2, steps, finish),)
INTENTS = {Intent.JOIN: asked}
COMMANDS = (
    Command("command-enrol", frozenset({"member", "organiser"}), enrol_another),
    Command("command-telegram", frozenset(members.ROLES), link),
)
