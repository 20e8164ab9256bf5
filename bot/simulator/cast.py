"""The people of the rehearsal: all invented, on numbers that nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aid import consents, invitations, members, organisations
from aid.db import Database, Tx
from aid.members import DUTY, Newcomer
from aid.messages import ChannelName

YESTERDAY_MS = 86_400_000
OUT_OF_WORK_BEFORE = 1960
"""Whoever of the cast was born earlier can no longer work."""
DISTRICT = "lima-cercado"
POINTS = {DISTRICT: "Mercado central, puerta 3"}


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody of the rehearsal and her phone. `ward`: the cover word of a woman for whom she acts."""

    name: str
    channel: ChannelName
    number: int
    roles: tuple[str, ...]
    alias: str = ""
    birth_year: int = 1985
    ward: str = ""

    @property
    def id(self) -> str:
        """Her phone on the page."""
        return self.name.casefold()

    @property
    def address(self) -> str:
        """E.164, or the digits of a Telegram user id."""
        return (
            f"+51900000{self.number:03d}"
            if self.channel is ChannelName.SMS
            else str(900_000_000 + self.number)
        )


SMS, TELEGRAM = ChannelName.SMS, ChannelName.TELEGRAM
CAST = (
    Player("Nieves", SMS, 1, ("member",), "garza azul", 1956, ward="geranio 1"),
    Player("Paloma", TELEGRAM, 2, ("member",), "lluvia clara", 1979),
    Player("Tula", TELEGRAM, 3, ("volunteer",), "brisa serena"),
    Player("Rita", SMS, 4, ("volunteer",), "laguna quieta"),
    Player("Berta", TELEGRAM, 5, ("donor",), "colina verde"),
    Player("Olga", TELEGRAM, 6, ("treasurer",), "retama dorada"),
    Player("Irma", TELEGRAM, 7, ("organiser", DUTY), "alondra mansa"),
    Player("Delia", SMS, 8, ("organiser", "treasurer", DUTY), "cumbre alta"),
    Player("Zoila", SMS, 9, ()),
    Player("Flor", TELEGRAM, 10, ()),
)


async def gather(db: Database, now: int, slug: str, lines: Mapping[ChannelName, str]) -> str:
    """Enrol the cast, set the meeting point, and give the code by which the outsider may join."""
    # Nobody has written lately, so the first words of an SMS are discreet.
    async with db.transaction(now - YESTERDAY_MS) as tx:
        found = await organisations.by_slug(tx, slug)
        if found is None:
            raise LookupError(slug)
        for player in CAST:
            await _enter(tx, found.id, player, lines[player.channel])
        for district, place in POINTS.items():
            await organisations.set_point(tx, found.id, district, place, actor=found.id)
    async with db.transaction(now) as tx:
        return (await invitations.invite(tx, found.id, "member", actor=None)).code


async def _enter(tx: Tx, organisation: str, player: Player, line: str) -> None:
    """One of the cast, known from her line, with her roles, her consent and her ward."""
    person, _ = await members.meet(tx, player.channel, line, player.address, "es")
    out_of_work = player.birth_year < OUT_OF_WORK_BEFORE
    facts = Newcomer(player.alias, DISTRICT, player.birth_year, out_of_work, dependants=2)
    for role in player.roles:
        await members.enrol(tx, organisation, person.id, role, facts, actor=person.id, behalf=None)
    if player.roles:
        await consents.give(
            tx,
            person.id,
            organisation,
            consents.JOINING,
            channel=player.channel,
            words="",
            evidence="rehearsal",
        )
    if player.ward:
        ward = Newcomer("flor de sal", DISTRICT, 1950, out_of_work=True, dependants=0)
        await members.add_ward(tx, organisation, person.id, player.ward, "es", ward)
