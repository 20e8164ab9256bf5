"""Leaving without a trace: silence at once, erased after 72 hours unless she undoes it."""

from __future__ import annotations

from aid import claims, history, inbox, members, organisations, requests
from aid.db import Tx
from aid.store import asks, erasure
from aid.store import members as rows

ERASE_AFTER_MS = 72 * 3_600_000
DAY_MS = 86_400_000
STRANGER_LIFE_MS = 7 * DAY_MS
PARKED_LIFE_MS = 7 * DAY_MS
ASKED_LIFE_MS = 7 * DAY_MS


async def ask_erasure(tx: Tx, organisation: str, person: str) -> None:
    """She asked to be erased: nothing reaches her from now on, and nobody waits for what she had taken on."""
    for one in await organisations.everyone(tx):
        await _give_back(tx, one.id, person)
    await members.stop(tx, organisation, person)
    await rows.set_erase_due(tx, person, tx.now + ERASE_AFTER_MS)
    await history.append(tx, organisation, "erasure-asked", "person", person, actor=person)


async def due(tx: Tx, only: str | None = None) -> list[str]:
    """Who asked to be erased and did not undo it, and strangers of a week ago. `only`: if it is she."""
    strangers = await rows.strangers_before(tx, tx.now - STRANGER_LIFE_MS, only)
    return [*await rows.due_for_erasure(tx, only), *strangers]


async def erase_due(tx: Tx, person: str) -> bool:
    """Erase a person if she is still due: she may have undone it since, or another process was faster."""
    return bool(await due(tx, person)) and await erase(tx, person)


async def erase(tx: Tx, person: str) -> bool:
    """Erase a person. False when something of hers is in hand this moment: her last word may undo it.

    Her open requests are withdrawn and what she had taken on goes back to its place, so nobody waits for her.
    """
    if await erasure.must_wait(tx, person):
        return False
    for organisation in await organisations.everyone(tx):
        await _step_out(tx, organisation.id, person)
    for ward, organisation_id in await erasure.alone_without(tx, person):
        await inbox.call(tx, organisation_id, "ward-alone", ward)
    await erasure.erase(tx, person)
    return True


async def _give_back(tx: Tx, organisation: str, person: str) -> None:
    for held in await claims.held_by(tx, person, organisation):
        await claims.give_back(tx, held, reason="")


async def _step_out(tx: Tx, organisation: str, person: str) -> None:
    await _give_back(tx, organisation, person)
    for request in await requests.live_of(tx, person, organisation):
        if request.state == "delivered":
            await requests.step(tx, request.id, "unconfirmed")
        else:
            await claims.withdraw(tx, request, actor=person)
    if await members.affiliation(tx, person, organisation) or await members.roles_of(
        tx, person, organisation
    ):
        await history.append(tx, organisation, "erased", "person", person, actor=None)


async def empty(tx: Tx) -> dict[str, int]:
    """Close asks that are over, and empty what has served its purpose; how many of each."""
    return {
        "expired": await asks.expire(tx),
        "parked": await erasure.empty_parked(tx, tx.now - PARKED_LIFE_MS),
        "emptied": await erasure.empty_ended(tx),
        "dropped": await erasure.drop_asks(tx, tx.now - ASKED_LIFE_MS),
    }
