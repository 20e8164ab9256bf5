"""Where each person stands in her conversation: the flow, what was offered, what she answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Integer, Table, select, update

from aid.db import Tx
from aid.store.columns import instant, metadata, ref, sealed, word
from aid.store.rows import made_from
from aid.store.sealing import seal, unseal

conversations = Table(
    "conversations",
    metadata,
    ref("person", primary_key=True),
    ref("organisation"),
    Column("version", Integer, nullable=False),
    word("flow", optional=True),
    Column("flow_version", Integer, nullable=False),
    ref("behalf", optional=True),
    sealed("memory"),
    Column("misses", Integer, nullable=False),
    instant("changed"),
    instant("expires"),
)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A person's conversation. `version` grows with every turn; `misses` counts misunderstandings in a row.

    `offered`: what the flow began with. `answers`: the canonical ones so far. `behalf`: for whom she speaks.
    """

    person: str
    organisation: str
    version: int
    flow: str | None
    flow_version: int
    behalf: str | None
    offered: dict[str, Any]
    answers: tuple[str, ...]
    misses: int
    changed: int
    expires: int


def idle(person: str, organisation: str) -> Conversation:
    """The conversation of somebody who has none."""
    return Conversation(person, organisation, 0, None, 0, None, {}, (), 0, 0, 0)


def dropped(conversation: Conversation) -> Conversation:
    """The same person's, with nothing under way."""
    return replace(conversation, flow=None, behalf=None, offered={}, answers=())


async def load(tx: Tx, person: str, organisation: str) -> Conversation:
    """Where she stands."""
    row = await tx.first(select(conversations).where(conversations.c.person == person))
    if row is None:
        return idle(person, organisation)
    memory = json.loads(await unseal(tx, person, conversations.c.memory, person, row.memory))
    return made_from(Conversation, row, offered=memory["offered"], answers=tuple(memory["answers"]))


async def save(tx: Tx, before: Conversation, after: Conversation) -> bool:
    """Move her conversation on; False when another turn of hers was faster (the version moved)."""
    memory = json.dumps({"offered": after.offered, "answers": after.answers})
    values = {
        "organisation": after.organisation,
        "version": before.version + 1,
        "flow": after.flow,
        "flow_version": after.flow_version,
        "behalf": after.behalf,
        "memory": await seal(tx, before.person, conversations.c.memory, before.person, memory),
        "misses": after.misses,
        "changed": tx.now,
        "expires": after.expires,
    }
    if before.version == 0:
        return await tx.insert_new(conversations, {"person": before.person} | values)
    moved = await tx.first(
        update(conversations)
        .where(conversations.c.person == before.person, conversations.c.version == before.version)
        .values(**values)
        .returning(conversations.c.version)
    )
    return moved is not None
