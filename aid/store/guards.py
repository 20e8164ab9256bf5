"""Tables that are only ever appended to: the database itself refuses to change or delete a row of theirs.

One home for what makes them so, used when tests lay the tables and again after every migration, because a
batch migration on SQLite builds a table anew and drops its triggers.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Table, UniqueConstraint, event, inspect, text

from aid.store.columns import metadata

APPENDED: Final = "append-only"
"""The mark in `Table.info`."""
REFUSED: Final = "appended only"
"""What the database says; nothing of the row."""

_FUNCTION: Final = f"""CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END $$"""
_KNOWN: Final = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def append_only(table: Table) -> Table:
    """Mark a table as one that is only appended to."""
    table.info[APPENDED] = True

    def lay_one(target: Table, connection: Connection, **_: object) -> None:
        _lay(connection, target)

    event.listen(table, "after_create", lay_one)
    return table


def lay(connection: Connection) -> None:
    """Make every guard that is missing. Marked tables that are not there yet are left for later."""
    there = inspect(connection).get_table_names()
    for table in metadata.sorted_tables:
        if table.info.get(APPENDED) and table.name in there:
            _lay(connection, table)


def guards(dialect: str, table: Table) -> dict[str, str]:
    """The triggers of a table by their names."""
    return _sqlite(table) if dialect == "sqlite" else _postgresql(table)


def _lay(connection: Connection, table: Table) -> None:
    dialect = connection.dialect.name
    known = set(connection.scalars(text(_KNOWN[dialect])))
    missing = [made for name, made in guards(dialect, table).items() if name not in known]
    if missing and dialect == "postgresql":
        connection.execute(text(_FUNCTION))
    for statement in missing:
        connection.execute(text(statement))


def _sqlite(table: Table) -> dict[str, str]:
    name = table.name
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    made = {
        f"{name}_refuses_update": f"BEFORE UPDATE ON {name} {refuse}",
        f"{name}_refuses_delete": f"BEFORE DELETE ON {name} {refuse}",
        # REPLACE deletes without asking the trigger above.
        f"{name}_refuses_replace": f"BEFORE INSERT ON {name} WHEN {_repeated(table)} {refuse}",
    }
    return {trigger: f"CREATE TRIGGER {trigger} {rest}" for trigger, rest in made.items()}


def _repeated(table: Table) -> str:
    """Whether a row with a key of the new one stands there already."""
    unique = [item.columns for item in table.constraints if isinstance(item, UniqueConstraint)]
    keys = [table.primary_key.columns, *unique]
    same = " OR ".join(
        "(" + " AND ".join(f'"{column.name}" = NEW."{column.name}"' for column in key) + ")" for key in keys
    )
    return f"EXISTS (SELECT 1 FROM {table.name} WHERE {same})"  # noqa: S608 - names of our own tables


def _postgresql(table: Table) -> dict[str, str]:
    trigger = f"{table.name}_refuses_change"
    return {
        trigger: f"CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table.name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    }
