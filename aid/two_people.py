"""Rules of two people: which of them an organisation is too small for, so that it hears of it beforehand."""

from __future__ import annotations

from aid import complaints, incidents, members, payouts
from aid.db import Tx

PAIR = 2


async def cannot_meet(tx: Tx, organisation: str) -> list[str]:
    """The keys of the rules that this organisation has too few people for."""
    unmet = []
    if not await members.holders(tx, organisation, members.DUTY):
        unmet.append("rule-nobody-on-duty")
    if len(await members.holders(tx, organisation, *incidents.PROTECTORS)) < PAIR:
        unmet.append("rule-two-protect")
    # One of the readers may be the one complained of.
    if len(await members.holders(tx, organisation, *complaints.READERS)) < PAIR + 1:
        unmet.append("rule-two-complaint")
    treasurers = await members.holders(tx, organisation, "treasurer")
    if not treasurers or len(await members.holders(tx, organisation, *payouts.SECOND_ROLES)) < PAIR:
        unmet.append("rule-two-payout")
    return unmet
