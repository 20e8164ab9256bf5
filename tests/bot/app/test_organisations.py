"""Two organisations in one installation: a woman who knows both is one person, and each sees only its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from aid import invitations, members, organisations, outbox, requests
from aid.messages import Message
from aid.store.addresses import by_address
from aid.store.members import persons
from bot.app import App, clock, running
from bot.simulator.telegram import BotApi
from bot.simulator.telegram_people import Person
from config.lines import House, Line
from config.settings import Settings

TOKENS = {"amancay": "700000001:amancay-token", "retama": "700000002:retama-token"}
NIEVES, TULA = 900_000_001, 900_000_002
PATIENCE_SECONDS = 20


@dataclass(slots=True)
class Town:
    """The program with two organisations, and their bots."""

    app: App
    api: BotApi

    def phone(self, user: int, slug: str) -> Person:
        return self.api.person(user, "N", token=TOKENS[slug])

    async def ids(self) -> dict[str, str]:
        async with self.app.db.reading(clock()) as tx:
            return {one.slug: one.id for one in await organisations.everyone(tx)}

    async def join(self, user: int, slug: str, role: str = "member") -> None:
        """By an invitation of this organisation, the shortest way through its questions."""
        async with self.app.db.transaction(clock()) as tx:
            made = await invitations.invite(tx, (await self.ids())[slug], role, actor=None)
        phone = self.phone(user, slug)
        await phone.start(made.payload)
        await phone.next(seconds=PATIENCE_SECONDS)
        for answer in ("si", "si", "1", "1", "1", "1958", "si", "2"):
            if (await self.roles(user, slug)) >= {role}:
                return
            await phone.write(answer)
            await phone.next(seconds=PATIENCE_SECONDS)
        await self.until_joined(user, slug, role)

    async def until_joined(self, user: int, slug: str, role: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (await self.roles(user, slug)) >= {role}:  # noqa: ASYNC110 - it happens in the database
                await asyncio.sleep(0.02)

    async def roles(self, user: int, slug: str) -> frozenset[str]:
        async with self.app.db.reading(clock()) as tx:
            address = await by_address(tx, "telegram", str(user))
            if address is None:
                return frozenset()
            return await members.roles_of(tx, address.person, (await self.ids())[slug])


def house(slug: str, url: str) -> House:
    bot = Line(f"telegram:{slug}", "telegram", "telegram", {"token": TOKENS[slug], "api_url": url})
    return House(slug, f"Red {slug.title()}", "America/Lima", "es", (bot,))


@asynccontextmanager
async def town(url: str, folder: Path) -> AsyncIterator[Town]:
    async with BotApi(clock) as api:
        for slug, token in TOKENS.items():
            api.bot(token, f"{slug}_bot")
        settings = Settings(database_url=url, data_dir=folder / "data", http_port=0)
        houses = [house(slug, api.url) for slug in TOKENS]
        async with running(settings, houses) as app:
            yield Town(app, api)


async def test_a_woman_of_two_organisations_is_one_person_and_each_sees_its_own(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with town(empty_database_url, tmp_path) as here:
        for slug in TOKENS:
            await here.join(NIEVES, slug)
        ids = await here.ids()
        async with here.app.db.reading(clock()) as tx:
            assert await tx.scalar(select(func.count()).select_from(persons)) == 1
            (person,) = await members.holders(tx, ids["amancay"], "member")
            assert await members.holders(tx, ids["retama"], "member") == [person]
            assert set(await members.organisations_of(tx, person)) == set(ids.values())

        phone = here.phone(NIEVES, "amancay")
        await phone.write("necesito comida urgente hoy para 4")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await asked(here, ids["amancay"]):
                await phone.next(seconds=PATIENCE_SECONDS)
                if not await asked(here, ids["amancay"]):
                    await phone.write("no" if await half_way(here) else "1")
        assert await asked(here, ids["amancay"]) == 1
        assert await asked(here, ids["retama"]) == 0


async def asked(here: Town, organisation: str) -> int:
    async with here.app.db.reading(clock()) as tx:
        return len(await requests.everything(tx, organisation))


async def half_way(here: Town) -> bool:
    return any("algo más" in shown.text.casefold() for shown in here.phone(NIEVES, "amancay").chat)


async def test_each_organisation_speaks_by_its_own_bot(empty_database_url: str, tmp_path: Path) -> None:
    async with town(empty_database_url, tmp_path) as here:
        for slug in ("amancay", "retama"):  # she wrote to retama last
            await here.join(NIEVES, slug)
        ids = await here.ids()
        before = {slug: len(here.phone(NIEVES, slug).chat) for slug in TOKENS}
        async with here.app.db.transaction(clock()) as tx:
            (person,) = await members.holders(tx, ids["amancay"], "member")
            assert await outbox.say(tx, ids["amancay"], person, Message("not-understood"), cause="one")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(here.phone(NIEVES, "amancay").chat) == before["amancay"]:  # noqa: ASYNC110 - a real server's chat
                await asyncio.sleep(0.02)
        assert len(here.phone(NIEVES, "retama").chat) == before["retama"]


async def test_an_organisation_cannot_write_to_who_only_knows_the_other(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with town(empty_database_url, tmp_path) as here:
        await here.join(TULA, "retama", "volunteer")
        ids = await here.ids()
        async with here.app.db.transaction(clock()) as tx:
            (tula,) = await members.holders(tx, ids["retama"], "volunteer")
            assert await members.holders(tx, ids["amancay"], "volunteer") == []
            assert not await outbox.say(tx, ids["amancay"], tula, Message("not-understood"), cause="one")
            assert await outbox.say(tx, ids["retama"], tula, Message("not-understood"), cause="two")


async def test_an_invitation_of_one_organisation_opens_nothing_at_the_other(
    empty_database_url: str, tmp_path: Path
) -> None:
    async with town(empty_database_url, tmp_path) as here:
        ids = await here.ids()
        async with here.app.db.transaction(clock()) as tx:
            made = await invitations.invite(tx, ids["amancay"], "organiser", actor=None)
        phone = here.phone(TULA, "retama")
        await phone.start(made.payload)
        await phone.next(seconds=PATIENCE_SECONDS)
        assert await here.roles(TULA, "amancay") == frozenset()
        assert await here.roles(TULA, "retama") == frozenset()
