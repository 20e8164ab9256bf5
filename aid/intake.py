"""What came in, kept before it is acknowledged and handled in order of arrival, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aid.db import Tx
from aid.messages import ChannelName
from aid.store import addresses, intake
from aid.store.intake import Raw

__all__ = ["Arrived", "Raw", "count_try", "finish", "keep", "park", "waiting"]

MOST_TRIES = 5

waiting = intake.waiting
finish = intake.finish
park = intake.park
count_try = intake.count_try


@dataclass(frozen=True, slots=True)
class Arrived:
    """One raw message at the door. `sender`: her address as far as it can be read, "" when it cannot."""

    provider_id: str
    channel: ChannelName
    sender: str
    raw: bytes


async def keep(tx: Tx, organisation: str, line: str, arrived: Sequence[Arrived]) -> int:
    """Keep raw messages; a repeat changes nothing. How many were new."""
    new = 0
    for one in arrived:
        index = addresses.address_index(tx, one.channel, one.sender)
        new += await intake.keep(tx, organisation, line, one.provider_id, index, one.raw)
    if new:
        tx.wake("intake")
    return new
