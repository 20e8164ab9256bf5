"""How a send ended, decided from the fault alone: another try, never, or nobody knows."""

from __future__ import annotations

from dataclasses import replace

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from aid.messages import Outcome, Verdict
from bot.telegram.faults import Flooded, MaybeSent, NotSent

BAD_TOKEN_SECONDS = 300.0
"""A wrong token or address is mended by a person, not by trying: look again every five minutes."""
CONFLICT_SECONDS = 5.0
GONE = {"chat-not-found"}
ALREADY_DONE = {"already-gone"}


def outcome_of(error: TelegramError) -> Outcome:
    """The outcome of a call that ended in this error."""
    match error:
        case Flooded():
            outcome = Outcome(Verdict.AGAIN, reason="flood", pause_seconds=error.seconds)
        case NotSent():
            outcome = Outcome(Verdict.AGAIN, reason=f"not-sent {error.message}")
        case MaybeSent():
            outcome = Outcome(Verdict.PERHAPS, reason=f"maybe-sent {error.message}")
        case Forbidden():
            outcome = Outcome(Verdict.REFUSED, reason=error.message, gone=True)
        case ChatMigrated():
            outcome = Outcome(Verdict.AGAIN, reason="moved", moved_to=str(error.new_chat_id))
        case InvalidToken():
            outcome = Outcome(Verdict.AGAIN, reason="token", pause_seconds=BAD_TOKEN_SECONDS)
        case EndPointNotFound():  # sendMessage exists: the token is malformed or the address wrong
            outcome = Outcome(Verdict.AGAIN, reason="address", pause_seconds=BAD_TOKEN_SECONDS)
        case Conflict():
            outcome = Outcome(Verdict.AGAIN, reason=error.message, pause_seconds=CONFLICT_SECONDS)
        case BadRequest():
            outcome = Outcome(Verdict.REFUSED, reason=error.message, gone=error.message in GONE)
        case _:
            outcome = Outcome(Verdict.PERHAPS, reason=type(error).__name__)
    return outcome


def after_first_part(outcome: Outcome) -> Outcome:
    """The same, when earlier parts of the text are already in her chat: she would read them twice."""
    if outcome.verdict is Verdict.AGAIN:
        return replace(outcome, verdict=Verdict.PERHAPS, reason=f"in-part {outcome.reason}")
    return outcome


def of_delete(outcome: Outcome) -> Outcome:
    """The same for a deletion: what is already gone is done."""
    return Outcome(Verdict.ACCEPTED) if outcome.reason in ALREADY_DONE else outcome
