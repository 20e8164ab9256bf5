"""The books: accounts and two-legged transfers, appended for ever; kept balances are held by CHECK."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Row,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from aid.db import Tx
from aid.errors import Refused
from aid.store.columns import instant, key, metadata, ref, word
from aid.store.guards import append_only
from aid.store.ids import new_id
from aid.store.rows import columns_of, made_from

accounts = Table(
    "accounts",
    metadata,
    key(),
    ref("organisation"),
    word("code"),
    Column("floored", Boolean, nullable=False),
    Column("debits", BigInteger, nullable=False),
    Column("credits", BigInteger, nullable=False),
    UniqueConstraint("organisation", "code"),
    CheckConstraint("debits >= 0 AND credits >= 0", name="sides"),
    CheckConstraint("NOT floored OR credits >= debits", name="floor"),
)

# Without a row number of its own, or SQLite's REPLACE could push a row out past the triggers.
transfers = Table(
    "transfers",
    metadata,
    Column("id", String(80), primary_key=True),
    ref("organisation"),
    ref("debit"),
    ref("credit"),
    Column("amount", BigInteger, nullable=False),
    word("code"),
    ref("request", optional=True),
    ref("gift", optional=True),
    ref("actor", optional=True),
    Column("reverses", String(80), unique=True),
    word("reason", optional=True),
    instant("at"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("debit <> credit", name="legs"),
    CheckConstraint("(reverses IS NULL) = (reason IS NULL)", name="reason"),
    Index("ix_transfers_debit", "debit"),
    Index("ix_transfers_credit", "credit"),
    sqlite_with_rowid=False,
)

append_only(transfers)


@dataclass(frozen=True, slots=True)
class Account:
    """One account. Balance in centimos; `floored` accounts (funds) never fall below zero."""

    id: str
    code: str
    floored: bool
    debits: int
    credits: int

    @property
    def balance(self) -> int:
        """What came in less what went out, centimos."""
        return self.credits - self.debits


@dataclass(frozen=True, slots=True)
class Transfer:
    """So many centimos out of account `debit` into account `credit` (ids). `id` is the idempotency key."""

    id: str
    organisation: str
    debit: str
    credit: str
    amount: int
    code: str
    request: str | None = None
    gift: str | None = None
    actor: str | None = None
    reverses: str | None = None
    reason: str | None = None


async def lock(tx: Tx, organisation: str) -> dict[str, Account]:
    """Every account of an organisation by code, held in one order until the end of the transaction."""
    rows = await tx.all(
        select(accounts)
        .where(accounts.c.organisation == organisation)
        .order_by(accounts.c.code)
        .with_for_update()
    )
    return {row.code: _account(row) for row in rows}


async def read(tx: Tx, organisation: str) -> list[Account]:
    """Every account of an organisation, by code."""
    rows = await tx.all(
        select(accounts).where(accounts.c.organisation == organisation).order_by(accounts.c.code)
    )
    return [_account(row) for row in rows]


async def open_accounts(tx: Tx, organisation: str, codes: Iterable[tuple[str, bool]]) -> None:
    """Open accounts (code, floored) that are not there yet."""
    for code, floored in sorted(codes):
        await tx.insert_new(
            accounts,
            {
                "id": new_id(),
                "organisation": organisation,
                "code": code,
                "floored": floored,
                "debits": 0,
                "credits": 0,
            },
        )


async def find(tx: Tx, transfer: str) -> Transfer | None:
    """A transfer by its key."""
    row = await tx.first(select(transfers).where(transfers.c.id == transfer))
    return None if row is None else _transfer(row)


async def post(tx: Tx, made: Transfer) -> bool:
    """Append a transfer and move both balances; False when the same one stands there already.

    Hold the books (`lock`) first. Raises Refused, having written nothing, when a fund would be overdrawn or
    the key means another transfer.
    """
    known = await find(tx, made.id)
    if known is not None:
        if known != made:
            raise Refused("ledger-key")
        return False
    drawn = await tx.first(
        update(accounts)
        .where(accounts.c.id == made.debit)
        .where(~accounts.c.floored | (accounts.c.credits - accounts.c.debits >= made.amount))
        .values(debits=accounts.c.debits + made.amount)
        .returning(accounts.c.id)
    )
    if drawn is None:
        raise Refused("ledger-short")
    await tx.run(
        update(accounts).where(accounts.c.id == made.credit).values(credits=accounts.c.credits + made.amount)
    )
    await tx.run(insert(transfers).values(at=tx.now, **columns_of(made)))
    return True


async def derived(tx: Tx, organisation: str) -> dict[str, int]:
    """Balances (centimos) by account code, added up from the transfers alone."""
    sums: dict[str, int] = {}
    for side, sign in ((transfers.c.credit, 1), (transfers.c.debit, -1)):
        rows = await tx.all(
            select(accounts.c.code, func.sum(transfers.c.amount).label("total"))
            .join(accounts, accounts.c.id == side)
            .where(transfers.c.organisation == organisation)
            .group_by(accounts.c.code)
        )
        for row in rows:
            sums[row.code] = sums.get(row.code, 0) + sign * int(row.total)
    return sums


def _account(row: Row[Any]) -> Account:
    return made_from(Account, row)


def _transfer(row: Row[Any]) -> Transfer:
    return made_from(Transfer, row)
