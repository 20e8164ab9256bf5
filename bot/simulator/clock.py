"""The rehearsal's clock: real time, and as far ahead of it as the player has turned it."""

from __future__ import annotations

from collections.abc import Callable


class TurnedClock:
    """Milliseconds UTC. Called, it gives the time; it can only be turned forward."""

    def __init__(self, real: Callable[[], int]) -> None:
        self._real = real
        self._ahead = 0

    def __call__(self) -> int:
        """Now, as turned."""
        return self._real() + self._ahead

    def forward(self, milliseconds: int) -> None:
        """Turn it forward. Raises ValueError for a negative step: time does not go back."""
        if milliseconds < 0:
            raise ValueError("the clock only goes forward")
        self._ahead += milliseconds
