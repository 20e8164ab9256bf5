"""Gifts: announced by whoever gives, received or declined when a treasurer says so."""

from __future__ import annotations

from dataclasses import dataclass

from aid import conversations, history, inbox, ledger, members, outbox
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.messages import Message, Option, Value
from aid.rules.money import Centimos, say_soles
from aid.store import gifts
from aid.store.gifts import Gift, Payment

__all__ = [
    "ASK",
    "Announced",
    "Gift",
    "Payment",
    "announce",
    "asked",
    "by_id",
    "decline",
    "of_donor",
    "receive",
    "tell_donor",
    "waiting",
]

ASK = "gift-received"
"""The kind of ask by which a treasurer says whether a gift came."""
ASK_LIFE_MS = 30 * 86_400_000
MOST_ANNOUNCED = 5
"""Announcements of one giver that may wait at once: anybody may write, and treasurers read them all."""

by_id = gifts.by_id
of_donor = gifts.of_donor


@dataclass(frozen=True, slots=True)
class Announced:
    """What somebody says she gives. `amount`: centimos for cash, units for goods. None wishes nothing."""

    kind: str
    amount: int
    category: str | None = None
    district: str | None = None
    use_by: int | None = None
    payment: Payment | None = None


async def announce(tx: Tx, organisation: str, donor: str, told: Announced) -> Gift:
    """Keep what she announces, make her a donor and tell the treasurers. It counts only when it was received.

    What she announced earlier and has now paid is the same gift. Raises Refused when too many of hers wait.
    """
    earlier = await gifts.of_donor(tx, organisation, donor, "announced")
    same = next((gift for gift in earlier if _is_same(gift, told)), None)
    if same is not None:
        return await _paid(tx, same, told)
    if len(earlier) >= MOST_ANNOUNCED:
        raise Refused("gift-many")
    made = await gifts.add(
        tx,
        organisation,
        donor,
        kind=told.kind,
        amount=told.amount,
        category=told.category,
        district=told.district,
        use_by=told.use_by,
        payment=told.payment,
    )
    await members.give_role(tx, organisation, donor, "donor", actor=donor)
    await history.append(
        tx, organisation, "announced", "gift", made.id, actor=donor, facts={"kind": told.kind}
    )
    await _tell_treasurers(tx, made)
    return made


def _is_same(gift: Gift, told: Announced) -> bool:
    """The same payment told twice, or the payment of what she had announced."""
    if told.payment is None or gift.kind != "cash" or gift.amount != told.amount:
        return False
    return gift.payment in (None, told.payment)


async def _paid(tx: Tx, gift: Gift, told: Announced) -> Gift:
    if gift.payment is None and told.payment is not None:
        await gifts.set_payment(tx, gift, told.payment)
        await history.append(tx, gift.organisation, "paid", "gift", gift.id, actor=gift.donor)
        await conversations.settle_about(tx, ASK, gift.id, "withdrawn")
        gift = await _known(tx, gift.id)
        await _tell_treasurers(tx, gift)
    return gift


async def _tell_treasurers(tx: Tx, gift: Gift) -> None:
    told = [one for one in await members.holders(tx, gift.organisation, "treasurer") if one != gift.donor]
    for treasurer in told:
        ask, message = await asked(tx, gift, treasurer)
        await outbox.say(
            tx,
            gift.organisation,
            treasurer,
            message,
            cause=f"gift:{ask.id}",
            opener=f"{message.key}.opener",
            policy="hold",
            condition="ask-open",
            about=ask.id,
        )
    lost = _sort(gift) == "pledge" and not await gifts.collecting_of(tx, gift.organisation)
    if lost or not told:  # an organiser writes to her, where no treasurer or no text tells her how
        await inbox.call(tx, gift.organisation, "gift", gift.donor, about=gift.id)


async def asked(tx: Tx, gift: Gift, treasurer: str) -> tuple[conversations.Ask, Message]:
    """The question to a treasurer whether a gift came: the one that is open to her already, or a new one."""
    opened = await conversations.open_about(tx, ASK, gift.id)
    mine = [ask for ask in opened if ask.person == treasurer and ask.expires > tx.now]
    ask = (
        mine[0]
        if mine
        else await conversations.open_ask(
            tx, gift.organisation, treasurer, ASK, gift.id, expires=tx.now + ASK_LIFE_MS
        )
    )
    return ask, Message(
        f"gift-asked-{_sort(gift)}",
        _told(gift) | {"code": ask.code},
        options=(Option("yes", "gift-option-came"), Option("no", "gift-option-not")),
        question=f"a{ask.code}",
        protect=True,
    )


def _sort(gift: Gift) -> str:
    if gift.kind == "goods":
        return "goods"
    return "paid" if gift.payment else "pledge"


def _told(gift: Gift) -> dict[str, Value]:
    """What a treasurer needs to find it in the bank's list, or at the door."""
    if gift.kind == "goods":
        return {"receipt": gift.receipt, "units": gift.amount, "category": gift.category or "other"}
    told: dict[str, Value] = {"receipt": gift.receipt, "amount": say_soles(Centimos(gift.amount))}
    if gift.payment is not None:
        told |= {"operation": gift.payment.operation, "day": gift.payment.day}
    return told


async def waiting(tx: Tx, organisation: str, treasurer: str) -> list[Gift]:
    """Gifts that wait for a treasurer's word, but her own."""
    announced = await gifts.in_state(tx, organisation, "announced")
    return [gift for gift in announced if gift.donor != treasurer]


async def receive(tx: Tx, gift: Gift, *, actor: str, amount: int | None = None) -> None:
    """It came, `amount` of it when that differs from what was announced; only now it counts.

    Raises NotAllowed to whoever is no treasurer, Refused for her own gift, a payment that was counted
    already, or a gift that somebody has decided.
    """
    await _may_decide(tx, gift, actor)
    if gift.payment is not None and await gifts.is_counted(tx, gift.organisation, gift.payment):
        raise Refused("gift-counted", receipt=gift.receipt)
    if not await gifts.decide(tx, gift.id, "received", actor=actor, amount=amount):
        raise Refused("gift-decided", receipt=gift.receipt)
    if gift.kind == "cash":
        await ledger.move(
            tx,
            gift.organisation,
            f"gift:{gift.id}",
            amount or gift.amount,
            source=ledger.CONTRIBUTIONS,
            target=ledger.fund(gift.category),
            code="contribution",
            gift=gift.id,
            actor=actor,
        )
    await _decided(tx, gift, "received", actor)
    await tell_donor(tx, gift.id, f"gift-received-{gift.kind}")


async def decline(tx: Tx, gift: Gift, *, actor: str) -> None:
    """It did not come. Raises as `receive` does."""
    await _may_decide(tx, gift, actor)
    if not await gifts.decide(tx, gift.id, "declined", actor=actor):
        raise Refused("gift-decided", receipt=gift.receipt)
    await _decided(tx, gift, "declined", actor)
    await tell_donor(tx, gift.id, "gift-declined")


async def _may_decide(tx: Tx, gift: Gift, actor: str) -> None:
    if "treasurer" not in await members.roles_of(tx, actor, gift.organisation):
        raise NotAllowed
    if actor == gift.donor:
        raise Refused("gift-own")


async def _decided(tx: Tx, gift: Gift, state: str, actor: str) -> None:
    await conversations.settle_about(tx, ASK, gift.id, "answered")
    await history.append(tx, gift.organisation, state, "gift", gift.id, actor=actor)


async def tell_donor(tx: Tx, gift: str, key: str) -> None:
    """Her own gift and its sum (not by SMS): she is the second pair of eyes on what was counted."""
    kept = await _known(tx, gift)
    values: dict[str, Value] = {"receipt": kept.receipt}
    if key == "gift-received-cash":
        values["amount"] = say_soles(Centimos(kept.amount))
    await outbox.say(
        tx, kept.organisation, kept.donor, Message(key, values), cause=f"{key}:{kept.id}", policy="hold"
    )


async def _known(tx: Tx, gift: str) -> Gift:
    found = await gifts.by_id(tx, gift)
    if found is None:
        raise LookupError("a gift that is gone")
    return found
