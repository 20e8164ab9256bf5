from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy import text

from aid.store import guards
from aid.store.columns import SealedType, metadata
from aid.store.schema import engine, load_tables

LOCK = 7_210_441  # any number that only our migrations use

load_tables()


def as_plain(kind: str, column: object, _context: object) -> str | Literal[False]:
    """A migration names the database's own types: ours may change their names."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(column, SealedType) else False


opened = engine(context.config.attributes["url"])
# All that is missing in one transaction: a second process waits, and a power cut leaves the old schema.
with opened.begin() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        render_item=as_plain,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    guards.lay(connection)
opened.dispose()
