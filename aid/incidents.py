"""Danger, complaints, and girls or forced women: people answer these, not programs."""

from __future__ import annotations

from aid import history, inbox, members
from aid.db import Tx

WITNESSES = 2


async def protect(tx: Tx, organisation: str, person: str) -> None:
    """A girl, or a woman who is forced: neither enrolled nor queued. Two people hear of it, nobody else."""
    for reader in await _two(tx, organisation, but=frozenset({person})):
        await inbox.call(tx, organisation, "protect", person, reader=reader)
    await history.append(tx, organisation, "protected", "person", person, actor=None)


async def _two(tx: Tx, organisation: str, *, but: frozenset[str]) -> list[str]:
    on_duty = await members.holders(tx, organisation, members.DUTY)
    organisers = await members.holders(tx, organisation, "organiser")
    either = dict.fromkeys([*on_duty, *organisers])
    return [one for one in either if one not in but][:WITNESSES]
