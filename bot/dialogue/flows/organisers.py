"""The organisers' own words: invitations, a word for a roomful, meeting points, being on duty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aid import invitations, members, organisations
from aid.errors import NotUnderstood, Refused
from bot.dialogue import given, places, words
from bot.dialogue.engine import Flow, free_text
from bot.dialogue.normal import normalise
from bot.dialogue.turn import Command, Kind, Turn
from bot.dialogue.understand import Intent

ORGANISER = frozenset({"organiser"})
ON_DUTY = frozenset({"organiser", members.DUTY})
SHORTEST_WORD = 5
LONGEST_WORD = 20
POINT = "point"


async def invite(turn: Turn, rest: str) -> None:
    """A code and a link for one newcomer, said once."""
    role = _role(rest, turn.language)
    made = await invitations.invite(turn.tx, turn.organisation.id, role, actor=turn.person.id)
    bot = turn.organisation.bot
    link = f"t.me/{bot}?start={made.payload}" if bot else "none"
    await turn.reply("invite-made", protect=True, role=role, code=made.code, link=link)


def _role(told: str, language: str) -> str:
    if not told:
        return "member"
    for role in members.ROLES:
        if words.is_one_of(told, f"words-role-{role}", language):
            return role
    raise NotUnderstood("invite-how")


async def room(turn: Turn, rest: str) -> None:
    """One word for a roomful of newcomers, for a few hours. A word that means something else is refused."""
    word = normalise(rest)
    means = words.understand(word, turn.language).intent
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not word.isalpha() or means is not Intent.UNKNOWN:
        raise Refused("room-how")
    await invitations.invite_room(turn.tx, turn.organisation.id, word, actor=turn.person.id)
    await turn.reply("room-made", word=word.upper())


async def duty(turn: Turn, _rest: str) -> None:
    """On duty, or off: whom danger reaches first."""
    on = members.DUTY not in turn.roles
    await members.set_duty(turn.tx, turn.organisation.id, turn.person.id, on=on)
    left = await members.holders(turn.tx, turn.organisation.id, members.DUTY)
    if on:
        await turn.reply("duty-on")
    else:
        await turn.reply("duty-off", left=len(left))


def steps(offered: Mapping[str, Any]) -> Flow:
    """City and district by number, unless she named one, and the place."""
    district = offered["district"]
    if not district:
        district = yield from places.district(offered["zones"], "point-city", "point-district")
    place = offered["place"] or (yield free_text("point-place"))
    return district, place


async def finish(turn: Turn, result: tuple[str, str]) -> None:
    """From now on goods change hands there."""
    district, place = result
    if given.betrays(place, turn.organisation.name):
        raise Refused("words-betray")
    await organisations.set_point(turn.tx, turn.organisation.id, district, place, actor=turn.person.id)
    name = await organisations.district_name(turn.tx, turn.organisation.id, district)
    await turn.reply("point-set", district=name)


async def point(turn: Turn, rest: str) -> None:
    """Where goods change hands in a district."""
    zones = await organisations.zones(turn.tx, turn.organisation.id)
    district, place = _district([pair for zone in zones for pair in zone.districts], rest)
    await turn.begin(POINT, {"district": district, "place": place, "zones": places.offered(zones)})


def _district(known: list[tuple[str, str]], told: str) -> tuple[str, str]:
    """The district whose name begins the text, and the rest; "" when none does, or several share the name."""
    typed = told.split()
    for length in range(len(typed), 0, -1):
        name = normalise(" ".join(typed[:length]))
        found = [district for district, label in known if normalise(label) == name]
        if len(found) == 1:
            return found[0], " ".join(typed[length:])
    return "", told.strip()


KINDS = (Kind(POINT, 1, steps, finish),)
COMMANDS = (
    Command("command-invite-one", ORGANISER, invite),
    Command("command-room", ORGANISER, room),
    Command("command-point", ORGANISER, point),
    Command("command-duty", ON_DUTY, duty),
)
