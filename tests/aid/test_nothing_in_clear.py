"""T1: names, numbers and words are nowhere in clear: in no file of the database, in no log, in no encoding.

The control runs the same story with sealing switched off, and must find nearly all: so the search can fail.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from aid import claims, gifts, keys, members, requests
from aid.db import Database
from aid.gifts import Announced, Payment
from aid.keys import Keyring, Sealed, SubjectKey
from aid.messages import ChannelName
from config import logs
from jobs.beats import BEATS
from tests.aid.planted import Planted, search
from tests.servers.fixtures import KINDS, sqlite_url
from tests.servers.postgres import PostgresServer
from tests.stories.people import enrol
from tests.world import Phone, World

STRANGERS = 58
MEMBERS = 24
LEAST_PLANTED = 200
LEAST_BYTES = 200_000
NEARLY_ALL = 0.95
TOLD = (
    "quiero hablar con una persona, soy {}",
    "me estan siguiendo, soy {} auxilio",
    "queja {} me trato mal",
)


class Glass(SubjectKey):
    """A key that seals nothing."""

    __slots__ = ()

    def seal(self, text: str, bound: str) -> Sealed:
        return Sealed(text.encode())

    def open(self, sealed: bytes, bound: str) -> str:
        return sealed.decode()


class GlassRing(Keyring):
    """A keyring whose keys seal nothing: the control."""

    __slots__ = ()

    def unwrap(self, subject: str, key_id: int, wrapped: bytes) -> SubjectKey:
        return Glass(super().unwrap(subject, key_id, wrapped).cipher)


def glass() -> Keyring:
    made = keys.fresh()
    return GlassRing(made.wrap, made.index_key, made.code_key, made.audit_key)


@dataclass(frozen=True)
class Place:
    """A database whose files can be read from outside while it works."""

    url: str
    folder: Path
    flush: Callable[[], None]

    def files(self) -> list[Path]:
        self.flush()
        return [path for path in self.folder.rglob("*") if path.is_file()]


@pytest.fixture(params=KINDS)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, lay_schema: Callable[[str], None]
) -> Iterator[Place]:
    if request.param == "sqlite":
        folder = tmp_path / "database"
        folder.mkdir()
        url = sqlite_url(folder / "ayni.db")
        lay_schema(url)
        yield Place(url, folder, lambda: None)
        return
    server = PostgresServer()  # its own: whatever other tests wrote in clear is not in its files
    try:
        server.start()
        url = server.fresh()
        lay_schema(url)
        yield Place(url, server.folder, lambda: server.execute("CHECKPOINT"))
    finally:
        server.stop()


@asynccontextmanager
async def opened(url: str, keyring: Keyring) -> AsyncIterator[World]:
    db = Database(url, keyring)
    world = World(db)
    await world.found()
    try:
        yield world
    finally:
        await db.close()


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """All that the program logs at DEBUG, as it writes it, into a file."""
    root = logging.getLogger()
    level = root.level
    logs.quieten()
    with path.open("w", encoding="utf-8") as stream:
        handler = logs.handler("plain", stream)
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            root.debug("the story begins")
            yield
        finally:
            root.removeHandler(handler)
            root.setLevel(level)


def phones(world: World, planted: Planted, count: int) -> list[Phone]:
    """Telephones and Telegram accounts by turns, with planted numbers."""
    made = []
    for place in range(count):
        number = planted.number()
        channel = ChannelName.SMS if place % 2 else ChannelName.TELEGRAM
        made.append(Phone(world, channel, f"+51{number}" if place % 2 else number))
    return made


async def story(world: World, planted: Planted) -> None:
    """Strangers write, members ask, cry and complain, organisers answer, volunteers claim, a donor pays."""
    irma, olga, tula, berta = phones(world, planted, 4)
    organiser = await enrol(world, irma, "organiser", "auditor", "duty")
    treasurer = await enrol(world, olga, "treasurer", "organiser")
    volunteer = await enrol(world, tula, "volunteer")
    await irma.write(f"punto los olivos {planted.word()}")
    for place, zoila in enumerate(phones(world, planted, STRANGERS)):
        told = "hola, soy {}" if place % 10 == 0 else "queja {} me trato mal"
        await zoila.write(told.format(planted.word()))
    for place, nieves in enumerate(phones(world, planted, MEMBERS)):
        await enrol(world, nieves)
        await nieves.write(f"necesito comida para {planted.word()} y mis hijos")
        for answer in ("3", "1"):
            await nieves.write(answer)
        await nieves.write(TOLD[place % len(TOLD)].format(planted.word()))
        await irma.write("voy")
    await wards(irma, planted)
    await answers(world, irma, planted)
    await give_and_claim(world, planted, volunteer.id, treasurer.id, berta)
    assert organiser.id


async def wards(irma: Phone, planted: Planted) -> None:
    """Women without a telephone, each under a cover word."""
    for _ in range(5):
        await irma.write("inscribir")
        for answer in (planted.word(), "si", "1", "1", "1", "1950", "si", "0"):
            await irma.write(answer)


async def answers(world: World, irma: Phone, planted: Planted) -> None:
    """The organiser answers what is on her list."""
    for told in await irma.write("pendientes"):
        receipt, colon, _ = told.partition(":")
        if colon:
            await irma.write(f"responder {receipt} {planted.word()}")


async def give_and_claim(
    world: World, planted: Planted, volunteer: str, treasurer: str, berta: Phone
) -> None:
    """A volunteer claims and gives back with a reason; a donor pays with an operation number."""
    async with world.tx() as tx:
        waiting = await requests.in_state(tx, world.organisation, "open")
        held = await claims.claim(tx, waiting[0], volunteer)
        await claims.give_back(tx, held, reason=planted.word())
        donor, _ = await members.meet(tx, berta.channel, "sms:amancay", berta.address, "es")
        paid = Announced("cash", 5000, payment=Payment(planted.number(), "2026-05-12"))
        gift = await gifts.announce(tx, world.organisation, donor.id, paid)
        await gifts.receive(tx, gift, actor=treasurer)
    await world.settle()
    for beat in BEATS:
        await beat.run(world.db, world.now)
    await world.settle()


def found(files: Iterable[Path], planted: Planted) -> dict[str, set[str]]:
    return {name: things for name, things in search(files, planted).items() if things}


async def test_nothing_of_anybody_is_in_clear_in_any_file(place: Place, tmp_path: Path) -> None:
    planted = Planted("Ñahuincópac", "900713")
    log = tmp_path / "ayni.log"
    with logged(log):
        async with opened(place.url, keys.fresh()) as world:
            await story(world, planted)
            files = place.files()
            assert found([*files, log], planted) == {}
            assert sum(path.stat().st_size for path in files) > LEAST_BYTES
    assert found([*place.files(), log], planted) == {}
    assert len(planted) >= LEAST_PLANTED
    assert "the story begins" in log.read_text("utf-8")


async def test_with_sealing_switched_off_the_same_search_finds_nearly_all(place: Place) -> None:
    planted = Planted("Ñaupacóndor", "900714")
    async with opened(place.url, glass()) as world:
        await story(world, planted)
        seen = set().union(*found(place.files(), planted).values())
    missed = {*planted.words, *planted.numbers} - seen
    assert len(missed) <= (1 - NEARLY_ALL) * len(planted), sorted(missed)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16-le", "utf-16-be"])
def test_the_search_knows_every_encoding(tmp_path: Path, encoding: str) -> None:
    planted = Planted("Ñuñoacápac", "900715")
    path = tmp_path / "file"
    path.write_bytes(b"\0\1" + f"{planted.word()} {planted.number()}".encode(encoding) + b"\2")
    assert found([path], planted) == {"file": {*planted.words, *planted.numbers}}
