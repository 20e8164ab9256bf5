"""The schema of the database, brought to the present."""

from __future__ import annotations

from aid.store.schema import is_empty, migrate

__all__ = ["is_empty", "migrate"]
