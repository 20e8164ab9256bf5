"""The schema of the database, brought to the present."""

from __future__ import annotations

from aid.store.schema import Standing, migrate, standing

__all__ = ["Standing", "migrate", "standing"]
