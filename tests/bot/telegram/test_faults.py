import json

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from aid.messages import Outcome, Verdict
from bot.telegram.faults import Flooded, MaybeSent, NotSent, Stumbled, fault_of
from bot.telegram.outcomes import after_first_part, of_delete, outcome_of

AGAIN, REFUSED, PERHAPS = Verdict.AGAIN, Verdict.REFUSED, Verdict.PERHAPS


def answer(description: str, **parameters: object) -> bytes:
    return json.dumps({"ok": False, "description": description, "parameters": parameters}).encode()


TABLE = [
    # status, body, the fault, and how the send ended
    (
        429,
        answer("Too Many Requests", retry_after=7),
        Flooded,
        Outcome(AGAIN, reason="flood", pause_seconds=7),
    ),
    (429, b"slow down", Flooded, Outcome(AGAIN, reason="flood", pause_seconds=5)),
    (429, answer("", retry_after="soon"), Flooded, Outcome(AGAIN, reason="flood", pause_seconds=5)),
    (
        403,
        answer("Forbidden: bot was blocked by the user"),
        Forbidden,
        Outcome(REFUSED, reason="blocked", gone=True),
    ),
    (
        403,
        answer("Forbidden: user is deactivated"),
        Forbidden,
        Outcome(REFUSED, reason="deactivated", gone=True),
    ),
    (
        403,
        answer("Forbidden: bot can't initiate conversation with a user"),
        Forbidden,
        Outcome(REFUSED, reason="not-started", gone=True),
    ),
    (403, b"", Forbidden, Outcome(REFUSED, reason="http-403", gone=True)),
    (
        400,
        answer("Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009),
        ChatMigrated,
        Outcome(AGAIN, reason="moved", moved_to="-1009"),
    ),
    (
        400,
        answer("Bad Request: chat not found"),
        BadRequest,
        Outcome(REFUSED, reason="chat-not-found", gone=True),
    ),
    (
        400,
        answer("Bad Request: PEER_ID_INVALID"),
        BadRequest,
        Outcome(REFUSED, reason="chat-not-found", gone=True),
    ),
    (400, answer("Bad Request: message is too long"), BadRequest, Outcome(REFUSED, reason="too-long")),
    (400, answer("Bad Request: BUTTON_DATA_INVALID"), BadRequest, Outcome(REFUSED, reason="button-data")),
    (400, answer("Bad Request: something new"), BadRequest, Outcome(REFUSED, reason="http-400")),
    (413, b"<html>", BadRequest, Outcome(REFUSED, reason="http-413")),
    (401, answer("Unauthorized"), InvalidToken, Outcome(AGAIN, reason="token", pause_seconds=300)),
    (404, answer("Not Found"), EndPointNotFound, Outcome(AGAIN, reason="address", pause_seconds=300)),
    (302, b"", EndPointNotFound, Outcome(AGAIN, reason="address", pause_seconds=300)),
    (
        409,
        answer("Conflict: terminated by other getUpdates request"),
        Conflict,
        Outcome(AGAIN, reason="other-poller", pause_seconds=5),
    ),
    (500, answer("Internal Server Error"), Stumbled, Outcome(PERHAPS, reason="maybe-sent http-500")),
    (502, b"<html>Bad Gateway</html>", Stumbled, Outcome(PERHAPS, reason="maybe-sent http-502")),
    (504, b"\xff\xfe", Stumbled, Outcome(PERHAPS, reason="maybe-sent http-504")),
    (503, b"[" * 100_000, Stumbled, Outcome(PERHAPS, reason="maybe-sent http-503")),
    (503, b'"only words"', Stumbled, Outcome(PERHAPS, reason="maybe-sent http-503")),
]


@pytest.mark.parametrize(("status", "body", "kind", "outcome"), TABLE)
def test_a_status_decides_the_fault_and_the_end_of_the_send(
    status: int, body: bytes, kind: type[TelegramError], outcome: Outcome
) -> None:
    fault = fault_of(status, body)
    assert type(fault) is kind
    assert outcome_of(fault) == outcome


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (NotSent("closed"), Outcome(AGAIN, reason="not-sent closed")),
        (MaybeSent("cut"), Outcome(PERHAPS, reason="maybe-sent cut")),
        (NetworkError("anything else of the library"), Outcome(PERHAPS, reason="NetworkError")),
    ],
)
def test_a_broken_line_is_judged_by_what_had_left(fault: TelegramError, outcome: Outcome) -> None:
    assert outcome_of(fault) == outcome


def test_a_bare_429_is_what_the_library_calls_retry_after() -> None:
    assert isinstance(fault_of(429, b""), RetryAfter)


def test_a_fault_repeats_no_word_of_telegrams_sentence() -> None:
    fault = fault_of(400, answer('Bad Request: can\'t parse entities: Unsupported start tag "nieves"'))
    assert "nieves" not in f"{fault} {fault!r}"


def test_a_later_part_that_fails_is_never_simply_tried_again() -> None:
    assert after_first_part(outcome_of(Flooded(3))) == Outcome(
        PERHAPS, reason="in-part flood", pause_seconds=3
    )


def test_a_later_part_that_is_refused_stays_refused() -> None:
    assert after_first_part(outcome_of(Forbidden("blocked"))).gone


def test_deleting_what_is_gone_is_done() -> None:
    gone = fault_of(400, answer("Bad Request: message to delete not found"))
    assert of_delete(outcome_of(gone)).verdict is Verdict.ACCEPTED
