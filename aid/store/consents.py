"""The consent ledger: purpose, channel, version of the text, time, evidence. Appended, never changed."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, insert, select

from aid.db import Tx
from aid.store.columns import BigKey, instant, metadata, ref, word

consents = Table(
    "consents",
    metadata,
    Column("seq", BigKey, primary_key=True, autoincrement=True),
    ref("person"),
    ref("organisation"),
    word("purpose"),
    word("channel"),
    Column("given", Boolean, nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("text_hash", String(64), nullable=False),
    word("evidence"),
    ref("taken_by", optional=True),
    instant("at"),
    Index("ix_consents_person", "person", "organisation", "purpose"),
)


async def append(
    tx: Tx,
    person: str,
    organisation: str,
    *,
    purpose: str,
    channel: str,
    given: bool,
    text_version: int,
    text_hash: str,
    evidence: str,
    taken_by: str | None,
) -> None:
    """One more line: she said yes, or took it back. `taken_by`: who enrolled her by spoken consent."""
    await tx.run(
        insert(consents).values(
            person=person,
            organisation=organisation,
            purpose=purpose,
            channel=channel,
            given=given,
            text_version=text_version,
            text_hash=text_hash,
            evidence=evidence,
            taken_by=taken_by,
            at=tx.now,
        )
    )


async def is_given(tx: Tx, person: str, organisation: str, purpose: str) -> bool:
    """Whether her last word for this purpose was yes."""
    last = await tx.scalar(
        select(consents.c.given)
        .where(
            consents.c.person == person,
            consents.c.organisation == organisation,
            consents.c.purpose == purpose,
        )
        .order_by(consents.c.seq.desc())
        .limit(1)
    )
    return bool(last)
