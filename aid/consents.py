"""Consent: what she said yes to, in which words, when and how; and that she took it back."""

from __future__ import annotations

from hashlib import sha256

from aid.db import Tx
from aid.store import consents

TEXT_VERSION = 1
"""Grows whenever the consent texts change their meaning."""
KEEP = "keep"
"""Purpose: keeping her data to coordinate aid, and writing to her about it."""

is_given = consents.is_given


async def give(
    tx: Tx,
    person: str,
    organisation: str,
    *,
    channel: str,
    words: str,
    evidence: str,
    taken_by: str | None = None,
) -> None:
    """She said yes. `words`: the text she was shown, kept as a hash. `evidence`: sms, button or spoken."""
    await _append(
        tx,
        person,
        organisation,
        channel=channel,
        given=True,
        words=words,
        evidence=evidence,
        taken_by=taken_by,
    )


async def take_back(tx: Tx, person: str, organisation: str, *, channel: str) -> None:
    """She left."""
    await _append(
        tx, person, organisation, channel=channel, given=False, words="", evidence=channel, taken_by=None
    )


async def _append(
    tx: Tx,
    person: str,
    organisation: str,
    *,
    channel: str,
    given: bool,
    words: str,
    evidence: str,
    taken_by: str | None,
) -> None:
    await consents.append(
        tx,
        person,
        organisation,
        purpose=KEEP,
        channel=channel,
        given=given,
        text_version=TEXT_VERSION,
        text_hash=sha256(words.encode()).hexdigest(),
        evidence=evidence,
        taken_by=taken_by,
    )
