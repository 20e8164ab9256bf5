"""The books of an organisation, in céntimos: money in, set aside, given, and never edited.

400 contributions ──> 200 funds by their giver's wish ──> 300 set aside for requests ──> 500 aid given
A pledge is no transfer, goods are no money (reservations count them), a correction is a reversing row.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aid import history
from aid.db import Tx
from aid.errors import Refused
from aid.store import ledger
from aid.store.ledger import Account, Transfer

__all__ = ["Account", "Transfer", "balances", "fund", "hold", "is_balanced", "move", "reverse", "wish_of"]

FUND: Final = "200"
RESERVED: Final = "300"
CONTRIBUTIONS: Final = "400"
GIVEN: Final = "500"
STANDING: Final = ((FUND, True), (RESERVED, True), (CONTRIBUTIONS, False), (GIVEN, True))
"""The accounts every organisation has, and whether each is kept from falling below zero."""

balances = ledger.read


def fund(wish: str | None) -> str:
    """The code of the fund of a wish: a category, or None for where it is needed most."""
    return f"{FUND}-{wish}" if wish else FUND


def wish_of(code: str) -> str | None:
    """The category that a fund is for, "" for the free fund, None for an account that is no fund."""
    head, _, wish = code.partition("-")
    return wish if head == FUND else None


async def hold(tx: Tx, organisation: str, *codes: str) -> dict[str, Account]:
    """Hold the books: whoever else moves money or gifts of this organisation waits for the end of this.

    `codes`: further funds that are needed, opened if they are new.
    """
    known = await ledger.lock(tx, organisation)
    if FUND not in known:
        await ledger.open_accounts(tx, organisation, STANDING)
        known = await ledger.lock(tx, organisation)
    missing = [(code, True) for code in codes if code not in known]
    if missing:
        await ledger.open_accounts(tx, organisation, missing)
        known = await ledger.lock(tx, organisation)
    return known


async def move(
    tx: Tx,
    organisation: str,
    key: str,
    amount: int,
    *,
    source: str,
    target: str,
    code: str,
    request: str | None = None,
    gift: str | None = None,
    actor: str | None = None,
) -> bool:
    """Move céntimos between two accounts (codes). `key` names this movement for ever: repeating is harmless.

    False for a repeat. Raises Refused when the fund does not hold so much, or the key means another movement.
    """
    if amount <= 0 or source == target:
        raise Refused("ledger-amount")
    known = await hold(tx, organisation, source, target)
    return await ledger.post(
        tx,
        Transfer(
            id=key,
            organisation=organisation,
            debit=known[source].id,
            credit=known[target].id,
            amount=amount,
            code=code,
            request=request,
            gift=gift,
            actor=actor,
        ),
    )


async def reverse(tx: Tx, organisation: str, key: str, *, reason: str, actor: str) -> bool:
    """Correct a movement by its opposite, with a reason; False when that was done already.

    Raises Refused when there is no such movement, it is a correction itself, or the money is no longer there.
    """
    await hold(tx, organisation)
    wrong = await ledger.find(tx, key)
    if wrong is None or wrong.organisation != organisation or wrong.reverses is not None:
        raise Refused("ledger-unknown")
    undone = f"reverse:{key}"
    known = await ledger.find(tx, undone)
    if known is not None:
        return False
    opposite = replace(
        wrong,
        id=undone,
        debit=wrong.credit,
        credit=wrong.debit,
        code="reversal",
        actor=actor,
        reverses=key,
        reason=reason,
    )
    posted = await ledger.post(tx, opposite)
    await history.append(tx, organisation, "reversed", "transfer", wrong.gift, actor=actor)
    return posted


async def is_balanced(tx: Tx, organisation: str) -> bool:
    """Whether the kept balances are those of the transfers, sum to nothing, and no fund is overdrawn."""
    kept = {account.code: account for account in await ledger.read(tx, organisation)}
    told = await ledger.derived(tx, organisation)
    return (
        sum(account.balance for account in kept.values()) == 0
        and all(account.balance == told.get(code, 0) for code, account in kept.items())
        and not any(account.floored and account.balance < 0 for account in kept.values())
    )
