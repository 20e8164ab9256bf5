"""Erasing a person: her key first, then every row that leads to her. Emptying what has served its purpose.

What stays are random ids of hers in the columns named in `KEPT`: the law asks for consents, the books and the
history to be kept, and once her key, her addresses and her row are gone those ids lead nowhere.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Column, delete, or_, select, update

from aid.db import Tx
from aid.store.addresses import addresses
from aid.store.asks import asks
from aid.store.carers import carers
from aid.store.claims import claims
from aid.store.conversations import conversations
from aid.store.inbox import inbox
from aid.store.incidents import alarms
from aid.store.intake import intake
from aid.store.invitations import invitations
from aid.store.members import affiliations, persons, roles
from aid.store.outbox import outbox
from aid.store.requests import requests
from aid.store.sealing import destroy_key
from aid.store.ways import ways

ENDED_OUTBOX: Final = ("accepted", "delivered", "answered", "failed", "expired", "cancelled", "suppressed")

DELETED: Final[tuple[Column[Any], ...]] = (
    addresses.c.person,
    ways.c.person,
    affiliations.c.person,
    roles.c.person,
    carers.c.ward,
    carers.c.carer,
    conversations.c.person,
    conversations.c.behalf,
    asks.c.person,
    outbox.c.person,
    inbox.c.person,
    alarms.c.person,
    invitations.c.person,
    persons.c.id,
)
"""The rows that have her here are deleted."""

EMPTIED: Final[tuple[tuple[Column[Any], Column[Any]], ...]] = (
    (requests.c.person, requests.c.detail),
    (claims.c.claimer, claims.c.reason),
    (invitations.c.made_by, invitations.c.made_by),
)
"""Where she stands in the first column, the second is emptied: what her key sealed cannot be opened."""

KEPT: Final[tuple[str, ...]] = (
    *("history.actor", "history.behalf", "history.row", "consents.person", "consents.taken_by"),
    *("requests.person", "requests.behalf", "claims.claimer", "claims.asker", "claims.behalf"),
    *("fulfilments.asker", "fulfilments.behalf", "fulfilments.payer", "fulfilments.approver"),
    *("gifts.donor", "gifts.confirmed_by", "transfers.actor"),
    *("inbox.reader", "alarms.goer"),
)
"""Where her random id stays, for the books and the history."""


async def must_wait(tx: Tx, person: str) -> bool:
    """Whether something of hers is in hand now: a text not read yet (it may undo this), or a message."""
    unread = (
        select(intake.c.seq)
        .join(addresses, addresses.c.address_index == intake.c.sender)
        .where(addresses.c.person == person, intake.c.state == "new")
    )
    leaving = select(outbox.c.seq).where(outbox.c.person == person, outbox.c.state == "sending")
    return await tx.first(unread.limit(1)) is not None or await tx.first(leaving.limit(1)) is not None


async def erase(tx: Tx, person: str) -> None:
    """Destroy her key and every row that leads to her."""
    await destroy_key(tx, person)
    await _forget_intake(tx, person)
    await _forget_about(tx, person)
    for where, column in EMPTIED:
        await tx.run(update(column.table).where(where == person).values({column: None}))
    for column in DELETED:
        await tx.run(delete(column.table).where(column == person))


async def _forget_intake(tx: Tx, person: str) -> None:
    """The rows stay, so that a repeat is still known as one; the index of her address goes."""
    hers = select(addresses.c.address_index).where(addresses.c.person == person)
    await tx.run(update(intake).where(intake.c.sender.in_(hers)).values(sender="", raw=None))


async def _forget_about(tx: Tx, person: str) -> None:
    """What others were asked or are to be told about her: her alias stands in it."""
    things = [
        *await _ids(tx, select(requests.c.id).where(requests.c.person == person)),
        *await _ids(tx, select(claims.c.id).where(claims.c.asker == person)),
        *await _ids(tx, select(alarms.c.id).where(alarms.c.person == person)),
        *await _ids(tx, select(inbox.c.id).where(inbox.c.person == person)),
    ]
    asked = await _ids(tx, select(asks.c.id).where(asks.c.about.in_(things)))
    about = outbox.c.about.in_([*things, *asked])
    told = await _ids(tx, select(outbox.c.id).where(about))
    await tx.run(
        update(outbox).where(about, outbox.c.state == "ready").values(state="cancelled", content=None)
    )
    await tx.run(delete(asks).where(or_(asks.c.id.in_(asked), asks.c.about.in_(told))))


async def _ids(tx: Tx, statement: Any) -> list[str]:  # noqa: ANN401 - any select of one column of ids
    return [row[0] for row in await tx.all(statement)]


async def alone_without(tx: Tx, carer: str) -> list[tuple[str, str]]:
    """Wards, with their organisation, who have no telephone and nobody else who acts for them."""
    others = select(carers.c.ward).where(carers.c.carer != carer)
    reached = select(addresses.c.person).where(addresses.c.live)
    rows = await tx.all(
        select(carers.c.ward, carers.c.organisation).where(
            carers.c.carer == carer, carers.c.ward.not_in(others), carers.c.ward.not_in(reached)
        )
    )
    return [(row.ward, row.organisation) for row in rows]


async def empty_parked(tx: Tx, before: int) -> int:
    """Raw messages that could not be handled, received before an instant: empty them. How many."""
    rows = await tx.all(
        update(intake)
        .where(intake.c.state == "parked", intake.c.raw.is_not(None), intake.c.received < before)
        .values(raw=None)
        .returning(intake.c.seq)
    )
    return len(rows)


async def empty_ended(tx: Tx) -> int:
    """Messages that have ended and still hold their values: empty them. How many."""
    rows = await tx.all(
        update(outbox)
        .where(outbox.c.state.in_(ENDED_OUTBOX), outbox.c.content.is_not(None))
        .values(content=None)
        .returning(outbox.c.seq)
    )
    return len(rows)


async def drop_asks(tx: Tx, before: int) -> int:
    """Asks that are closed and would have ended before an instant: delete them. How many."""
    rows = await tx.all(
        delete(asks).where(asks.c.state != "open", asks.c.expires < before).returning(asks.c.id)
    )
    return len(rows)
