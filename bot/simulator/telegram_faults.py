"""What the simulated Telegram can be told to do wrong: per method, per chat, so many times, and counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

FOR_EVER = -1


class Wrong(StrEnum):
    """Wrongs done to a call."""

    FLOOD = "429 with retry_after"
    FLOOD_BARE = "429 from a proxy, without parameters"
    FORBIDDEN = "403 blocked"
    UNAUTHORIZED = "401"
    CONFLICT = "409 another poller"
    NOT_FOUND_CHAT = "400 chat not found"
    ENTITIES = "400 can't parse entities"
    BAD_GATEWAY = "502, nothing done"
    BAD_GATEWAY_AFTER = "502, but done"
    CUT = "connection cut, nothing done"
    CUT_AFTER = "connection cut, but done"
    GARBAGE_AFTER = "200 with a page instead of JSON, but done"
    ODD_AFTER = "200 with a result that is no message, but done"
    SLOW = "answers late"
    HANG = "never answers"


class Mishap(StrEnum):
    """Wrongs done to an update on its way to the bot."""

    LOST = "never arrives"
    DOUBLED = "arrives again after it was acknowledged"
    LATE = "arrives after the next one"
    MALFORMED = "its chat lacks a required field"


@dataclass(slots=True)
class Fault:
    """One wrong that is set. `hits` counts how often it struck; `times` how often it may (-1: for ever)."""

    wrong: Wrong | Mishap
    method: str = ""
    chat: int | None = None
    times: int = 1
    seconds: float = 0.0
    hits: int = 0

    def _fits(self, method: str, chat: int | None) -> bool:
        return (
            (self.times == FOR_EVER or self.hits < self.times)
            and (not self.method or self.method.lower() == method.lower())
            and (self.chat is None or self.chat == chat)
        )


@dataclass(slots=True)
class Faults:
    """All wrongs that are set, asked in the order they were set."""

    faults: list[Fault] = field(default_factory=list)

    def call(
        self, wrong: Wrong, method: str = "", *, chat: int | None = None, times: int = 1, seconds: float = 0.0
    ) -> Fault:
        """Do this to the next calls of `method` (any, when empty). `seconds`: retry_after, or how late."""
        return self._set(Fault(wrong, method, chat, times, seconds))

    def update(self, mishap: Mishap, *, chat: int | None = None, times: int = 1) -> Fault:
        """Do this to the next updates."""
        return self._set(Fault(mishap, "", chat, times))

    def clear(self) -> None:
        """From now on all goes well."""
        self.faults.clear()

    def on_call(self, method: str, chat: int | None) -> Fault | None:
        """The wrong that strikes this call, counted."""
        return self._strike(Wrong, method, chat)

    def on_update(self, chat: int) -> Fault | None:
        """The wrong that strikes this update, counted."""
        return self._strike(Mishap, "", chat)

    def _set(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault

    def _strike(self, kind: type[StrEnum], method: str, chat: int | None) -> Fault | None:
        for fault in self.faults:
            if isinstance(fault.wrong, kind) and fault._fits(method, chat):  # noqa: SLF001 - its own list
                fault.hits += 1
                return fault
        return None
