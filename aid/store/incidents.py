"""Alarms: a woman is in danger, or must be protected, until one of those who were called goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Row, Table, exists, or_, select, text, update

from aid.db import Tx
from aid.store.asks import asks
from aid.store.claims import claims
from aid.store.columns import instant, key, metadata, ref, sealed, word
from aid.store.fulfilments import fulfilments
from aid.store.ids import new_id
from aid.store.inbox import inbox
from aid.store.requests import requests
from aid.store.sealing import seal, unseal

alarms = Table(
    "alarms",
    metadata,
    key(),
    ref("organisation"),
    ref("person"),
    word("kind"),
    sealed("words", optional=True),
    word("state"),
    ref("goer", optional=True),
    Column("round", Integer, nullable=False),
    instant("since"),
    instant("due"),
    instant("answered", optional=True),
    CheckConstraint("state IN ('open', 'answered')", name="state"),
    CheckConstraint("kind IN ('danger', 'protect')", name="kind"),
    CheckConstraint("goer IS NULL OR goer <> person", name="goer"),
    Index(
        "uq_alarms_open",
        "person",
        "organisation",
        unique=True,
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index(
        "ix_alarms_due",
        "due",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm. `round`: how often people were called, 0 at first. `goer`: who said that she goes."""

    id: str
    organisation: str
    person: str
    kind: str
    words: str
    state: str
    goer: str | None
    round: int


async def add(tx: Tx, organisation: str, person: str, kind: str, words: str, *, due: int) -> Alarm | None:
    """Raise an alarm; None when one of hers is open."""
    row = new_id()
    new = await tx.insert_new(
        alarms,
        {
            "id": row,
            "organisation": organisation,
            "person": person,
            "kind": kind,
            "words": await seal(tx, person, alarms.c.words, row, words) if words else None,
            "state": "open",
            "round": 0,
            "since": tx.now,
            "due": due,
        },
    )
    return Alarm(row, organisation, person, kind, words, "open", None, 0) if new else None


async def by_id(tx: Tx, alarm: str) -> Alarm | None:
    """An alarm, or None when she was erased."""
    return await _alarm(tx, await tx.first(select(alarms).where(alarms.c.id == alarm)))


async def live_of(tx: Tx, person: str, organisation: str, answered_since: int) -> Alarm | None:
    """Her open alarm, or one that was answered a short while ago."""
    return await _alarm(
        tx,
        await tx.first(
            select(alarms)
            .where(
                alarms.c.person == person,
                alarms.c.organisation == organisation,
                or_(alarms.c.state == "open", alarms.c.answered >= answered_since),
            )
            .order_by(alarms.c.since.desc())
            .limit(1)
        ),
    )


async def ever(tx: Tx, person: str, organisation: str, kind: str) -> bool:
    """Whether there was ever an alarm of a kind for her."""
    found = select(alarms.c.id).where(
        alarms.c.person == person, alarms.c.organisation == organisation, alarms.c.kind == kind
    )
    return await tx.first(found.limit(1)) is not None


async def is_open(tx: Tx, person: str, organisation: str, kind: str) -> bool:
    """Whether an alarm of a kind for her goes on: nobody went yet, or who went has not closed it."""
    talking = exists().where(inbox.c.about == alarms.c.id, inbox.c.state == "open")
    found = select(alarms.c.id).where(
        alarms.c.person == person,
        alarms.c.organisation == organisation,
        alarms.c.kind == kind,
        or_(alarms.c.state == "open", talking),
    )
    return await tx.first(found.limit(1)) is not None


async def set_words(tx: Tx, alarm: Alarm, kind: str, words: str) -> None:
    """Keep what she says now beside what she said before."""
    hidden = await seal(tx, alarm.person, alarms.c.words, alarm.id, words)
    await tx.run(update(alarms).where(alarms.c.id == alarm.id).values(words=hidden, kind=kind))


async def answer(tx: Tx, alarm: str, goer: str) -> bool:
    """Somebody goes; False when another was faster."""
    moved = await tx.first(
        update(alarms)
        .where(alarms.c.id == alarm, alarms.c.state == "open", alarms.c.person != goer)
        .values(state="answered", goer=goer, answered=tx.now)
        .returning(alarms.c.id)
    )
    return moved is not None


async def due(tx: Tx, every_ms: int) -> list[Alarm]:
    """Open alarms that nobody answered in time, moved to their next round."""
    rows = await tx.all(
        update(alarms)
        .where(alarms.c.state == "open", alarms.c.due <= tx.now)
        .values(due=tx.now + every_ms, round=alarms.c.round + 1)
        .returning(alarms)
    )
    return [made for row in rows if (made := await _alarm(tx, row)) is not None]


async def called(tx: Tx, alarm: str, kind: str) -> set[str]:
    """Everybody who was ever called to an alarm, by asks of a kind."""
    rows = await tx.all(select(asks.c.person).where(asks.c.kind == kind, asks.c.about == alarm).distinct())
    return {row.person for row in rows}


async def hands_in(tx: Tx, organisation: str, *, of: str, receipts: list[str]) -> set[str]:
    """Who asked, claimed, paid or approved requests: those of the receipts, or without any all of hers."""
    chosen = select(requests.c.id).where(requests.c.organisation == organisation)
    chosen = chosen.where(requests.c.receipt.in_(receipts) if receipts else requests.c.person == of)
    rows = [
        *await tx.all(select(claims.c.claimer).where(claims.c.request.in_(chosen))),
        *await tx.all(
            select(fulfilments.c.payer, fulfilments.c.approver).where(fulfilments.c.request.in_(chosen))
        ),
        *await tx.all(select(requests.c.person, requests.c.behalf).where(requests.c.id.in_(chosen))),
    ]
    return {person for row in rows for person in row if person is not None}


async def _alarm(tx: Tx, row: Row[Any] | None) -> Alarm | None:
    if row is None:
        return None
    words = await unseal(tx, row.person, alarms.c.words, row.id, row.words)
    return Alarm(row.id, row.organisation, row.person, row.kind, words, row.state, row.goer, row.round)
