"""Reservations: what is set aside of a gift for a request; given with it, or free for others again."""

from __future__ import annotations

from collections.abc import Sequence

from aid import gifts, history, ledger
from aid.db import Tx
from aid.gifts import Gift
from aid.messages import Value
from aid.store import gifts as gift_rows
from aid.store import reservations
from aid.store.requests import Request
from aid.store.reservations import Reservation

__all__ = ["free", "release", "reserve", "spend"]


async def reserve(
    tx: Tx, gift: Gift, request: str, amount: int, *, version: int, because: Sequence[str]
) -> None:
    """Set so much of a gift aside, for reasons of a version of the priorities. Hold the books first."""
    if not await gift_rows.take(tx, gift.id, amount):
        raise RuntimeError("a gift was set aside twice")  # the held books forbid it: everything is undone
    fund = ledger.fund(gift.category) if gift.kind == "cash" else ""
    made = await reservations.add(
        tx,
        gift.organisation,
        request,
        gift.id,
        kind=gift.kind,
        fund=fund,
        amount=amount,
        priority_version=version,
        reasons=because,
    )
    await _move(tx, made, "reserve", "reservation", source=fund, target=ledger.RESERVED)
    await _note(tx, made, "reserved", {"units": amount, "priority": version})


async def spend(tx: Tx, request: Request, fulfilment: str, *, actor: str) -> None:
    """What is set aside for a request is given now, by this fulfilment; without any, nothing happens.

    Within the transaction that closes the fulfilment.
    """
    await ledger.hold(tx, request.organisation)
    ended = await reservations.of_request(tx, request.id, "reserved")
    for one in ended:
        if not await reservations.end(tx, one.id, "given", fulfilment=fulfilment):
            continue
        await _move(tx, one, "given", "given", source=ledger.RESERVED, target=ledger.GIVEN, actor=actor)
        await _note(tx, one, "given", {"units": one.amount}, actor=actor)
    for gift in dict.fromkeys(one.gift for one in ended):
        if await reservations.is_all_given(tx, gift):
            await gifts.tell_donor(tx, gift, "gift-given")


async def release(tx: Tx, request: str) -> None:
    """What is set aside for a request is free for others again. Nothing set aside: nothing happens."""
    for one in await reservations.of_request(tx, request, "reserved"):
        await free(tx, one)


async def free(tx: Tx, one: Reservation) -> bool:
    """Void what was set aside; False when it was given or voided already."""
    await ledger.hold(tx, one.organisation)
    if not await reservations.end(tx, one.id, "void"):
        return False
    await gift_rows.put_back(tx, one.gift, one.amount)
    await _move(tx, one, "void", "void", source=ledger.RESERVED, target=one.fund)
    await _note(tx, one, "freed", {"units": one.amount})
    return True


async def _move(
    tx: Tx, one: Reservation, key: str, code: str, *, source: str, target: str, actor: str | None = None
) -> None:
    """The same in the books, which know money only."""
    if one.kind != "cash":
        return
    await ledger.move(
        tx,
        one.organisation,
        f"{key}:{one.id}",
        one.amount,
        source=source,
        target=target,
        code=code,
        request=one.request,
        gift=one.gift,
        actor=actor,
    )


async def _note(
    tx: Tx, one: Reservation, verb: str, facts: dict[str, Value], *, actor: str | None = None
) -> None:
    await history.append(tx, one.organisation, verb, "request", one.request, actor=actor, facts=facts)
