"""Invitations: a deep link and a short code, single use; or one time-boxed word for a roomful."""

from __future__ import annotations

from dataclasses import dataclass

from aid import history
from aid.db import Tx
from aid.errors import Refused
from aid.rules import receipts
from aid.store import invitations
from aid.store.ids import chance, new_id
from aid.store.invitations import Invitation

__all__ = ["Invitation", "Made", "by_id", "find", "invite", "invite_room", "link_address", "use"]

LIFE_MS = 7 * 86_400_000
ROOM_LIFE_MS = 3 * 3_600_000
ROOM_USES = 60
LINK_LIFE_MS = 3_600_000
MOST_LINK_LETTERS = 64

by_id = invitations.by_id


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation, said once and never again: the code to type and the payload of the link."""

    code: str
    payload: str
    expires: int


async def invite(tx: Tx, organisation: str, role: str, *, actor: str | None) -> Made:
    """Invite one person to a role, by a code that she types or a link that she taps. Either uses up both."""
    code = receipts.receipt_number(chance(receipts.RANDOM_BYTES))
    expires = tx.now + LIFE_MS
    kept = await _keep(tx, organisation, code, kind="invite", role=role, actor=actor, uses=1, expires=expires)
    await history.append(
        tx, organisation, "invited", "invitation", kept.id, actor=actor, facts={"role": role}
    )
    return Made(code, code, expires)


async def invite_room(tx: Tx, organisation: str, word: str, *, actor: str) -> Made:
    """One word for a roomful of members, for a few hours. Raises Refused when the word is in use."""
    expires = tx.now + ROOM_LIFE_MS
    kept = await _keep(
        tx, organisation, word, kind="room", role="member", actor=actor, uses=ROOM_USES, expires=expires
    )
    await history.append(tx, organisation, "invited-room", "invitation", kept.id, actor=actor)
    return Made(word, word, expires)


async def link_address(tx: Tx, organisation: str, person: str) -> Made:
    """A one-use link by which she adds Telegram to what she has."""
    payload = new_id()
    expires = tx.now + LINK_LIFE_MS
    kept = await invitations.add(
        tx,
        organisation,
        payload,
        kind="address",
        role="",
        made_by=person,
        person=person,
        uses=1,
        expires=expires,
    )
    if kept is None:
        raise Refused("invite-word-taken")
    return Made(payload, payload, expires)


async def find(tx: Tx, typed: str) -> Invitation | None:
    """What a typed code, word or payload opens; None when nothing does."""
    word = "".join(typed.split())
    if not word or len(word) > MOST_LINK_LETTERS:
        return None
    return await invitations.find(tx, word)


async def use(tx: Tx, invitation: str) -> None:
    """Use it up. Raises Refused when another was faster or the time is over."""
    if not await invitations.use(tx, invitation):
        raise Refused("invite-spent")


async def _keep(
    tx: Tx, organisation: str, code: str, *, kind: str, role: str, actor: str | None, uses: int, expires: int
) -> Invitation:
    kept = await invitations.add(
        tx,
        organisation,
        code,
        kind=kind,
        role=role,
        made_by=actor,
        person=None,
        uses=uses,
        expires=expires,
    )
    if kept is None:
        raise Refused("invite-word-taken")
    return kept
