"""The people, gifts and requests that the tests of giving share, made without talk."""

from __future__ import annotations

from aid import gifts, members
from aid.db import Tx
from aid.gifts import Announced, Gift
from aid.members import Affiliation
from aid.store import members as rows
from aid.store import requests
from aid.store.requests import Request

COMAS, SURCO = "lima-comas", "lima-surco"


async def woman(
    tx: Tx,
    organisation: str,
    *roles: str,
    district: str = COMAS,
    birth_year: int | None = None,
    out_of_work: bool = False,
    dependants: int = 0,
) -> str:
    """Somebody who holds some roles; her id."""
    person = await rows.add_person(tx, "es")
    tie = Affiliation(person.id, organisation, district, birth_year, out_of_work, dependants)
    await rows.set_affiliation(tx, tie)
    for role in roles:
        await members.give_role(tx, organisation, person.id, role, actor=None)
    return person.id


async def asks(
    tx: Tx,
    organisation: str,
    person: str,
    amount: int,
    *,
    kind: str = "cash",
    category: str = "cash",
    urgency: int = 2,
    district: str = COMAS,
    behalf: str | None = None,
) -> Request:
    """She asks for something, a moment after whoever asked before her."""
    tx.now += 1
    opened = await requests.add(
        tx,
        organisation,
        person,
        behalf=behalf,
        category=category,
        kind=kind,
        amount=amount,
        urgency=urgency,
        district=district,
        detail="",
    )
    assert opened is not None
    return opened


async def gives(tx: Tx, organisation: str, told: Announced) -> Gift:
    """Somebody gives something and a treasurer says that it came."""
    donor = await woman(tx, organisation)
    treasurer = await woman(tx, organisation, "treasurer")
    made = await gifts.announce(tx, organisation, donor, told)
    await gifts.receive(tx, made, actor=treasurer)
    return made


def cash(amount: int, *, category: str | None = None, district: str | None = None) -> Announced:
    """So many centimos, with a wish."""
    return Announced("cash", amount, category, district)


def goods(units: int, category: str = "food", *, use_by: int | None = None) -> Announced:
    """So many units of something."""
    return Announced("goods", units, category, None, use_by)
