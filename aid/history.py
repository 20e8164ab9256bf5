"""What happened, for those who must answer for it. Use cases append; nobody edits."""

from __future__ import annotations

from aid.store.history import Event, append, of

__all__ = ["Event", "append", "of"]
