"""Consent: what she said yes to, in which words, when and how; and that she took it back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from aid.db import Tx
from aid.store import consents

TEXT_VERSION = 1
"""Grows whenever the consent texts change their meaning."""
KEEP = "keep"
"""Purpose: keeping her data to coordinate aid."""
WRITE = "write"
"""Purpose: writing to her first. BAJA takes back only this; ALTA gives it again."""
JOINING = (KEEP, WRITE)

is_given = consents.is_given


async def give(
    tx: Tx,
    person: str,
    organisation: str,
    purposes: Sequence[str],
    *,
    channel: str,
    words: str,
    evidence: str,
    taken_by: str | None = None,
) -> None:
    """She said yes. `words`: the text she was shown, kept as a hash. `evidence`: typed, button or spoken."""
    for purpose in purposes:
        await consents.append(
            tx,
            person,
            organisation,
            purpose=purpose,
            channel=channel,
            given=True,
            text_version=TEXT_VERSION,
            text_hash=sha256(words.encode()).hexdigest(),
            evidence=evidence,
            taken_by=taken_by,
        )


async def take_back(tx: Tx, person: str, organisation: str, purpose: str, *, channel: str) -> None:
    """She took it back."""
    await consents.append(
        tx,
        person,
        organisation,
        purpose=purpose,
        channel=channel,
        given=False,
        text_version=TEXT_VERSION,
        text_hash=sha256(b"").hexdigest(),
        evidence=channel,
        taken_by=None,
    )
