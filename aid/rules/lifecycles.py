"""The few states of each thing, and the steps between them that are allowed.

request    open ──> claimed ──> delivered ──> confirmed
             │ ^───────┘  │         │  │          ^
             │ ^──────────┼─────────┘  └──> unconfirmed ──> open ("it did not come")
             │            │    "no"
             ├────────────┼──> delivered (paid without a claim)
             └────────────┴──> withdrawn

gift       announced ──> received ──> used        (used ──> received: what was set aside came back)
               │             └──────> returned
               └──> declined

claim      held ──> delivered | given_back | expired

fulfilment (delivery, payout, event)   open ──> done | dead

outbox     ready ──> sending ──> accepted ──> failed ──> delivered ──> answered
             │ ^────────┘ │                      reports come in any order: a later one may skip
             │ ^──────────┴─> unknown            steps forward and never goes back
             └──> expired | cancelled | suppressed

A step to the state one is in is no step: whoever repeats it changes nothing.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["request", "gift", "claim", "fulfilment", "outbox"]

FULFILMENT_KINDS: Final = ("delivery", "payout", "event")

_STEPS: Final[dict[Kind, dict[str, tuple[str, ...]]]] = {
    "request": {
        "open": ("claimed", "delivered", "withdrawn"),
        "claimed": ("open", "delivered", "withdrawn"),
        "delivered": ("confirmed", "unconfirmed", "open"),
        "unconfirmed": ("confirmed", "open"),
        "confirmed": (),
        "withdrawn": (),
    },
    "gift": {
        "announced": ("received", "declined"),
        "received": ("used", "returned"),
        "used": ("received",),
        "returned": (),
        "declined": (),
    },
    "claim": {
        "held": ("delivered", "given_back", "expired"),
        "delivered": (),
        "given_back": (),
        "expired": (),
    },
    "fulfilment": {
        "open": ("done", "dead"),
        "done": (),
        "dead": (),
    },
    "outbox": {
        "ready": ("sending", "expired", "cancelled", "suppressed"),
        "sending": ("ready", "unknown", "accepted", "failed", "delivered", "answered"),
        "unknown": ("ready", "expired", "cancelled", "accepted", "failed", "delivered", "answered"),
        "accepted": ("failed", "delivered", "answered"),
        "failed": ("delivered", "answered"),  # one part of a long text fails, the handset reports the whole
        "delivered": ("answered",),
        "answered": (),
        "expired": (),
        "cancelled": (),
        "suppressed": (),
    },
}


def states(kind: Kind) -> tuple[str, ...]:
    """Every state of a kind, for the CHECK of its table."""
    return tuple(_STEPS[kind])


def allowed(kind: Kind, old: str, new: str) -> bool:
    """Whether this step exists. Raises KeyError for a state nobody drew."""
    steps = _STEPS[kind]
    if new not in steps:
        raise KeyError(new)
    return new in steps[old]


def sources(kind: Kind, new: str) -> tuple[str, ...]:
    """The states from which `new` may be reached: what a conditional UPDATE names as the old state."""
    return tuple(old for old in _STEPS[kind] if allowed(kind, old, new))


def is_final(kind: Kind, state: str) -> bool:
    """Nothing follows."""
    return not _STEPS[kind][state]
