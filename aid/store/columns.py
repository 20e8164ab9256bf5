"""The shapes that columns have, and the one list of tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Integer, LargeBinary, MetaData, String, TypeDecorator

from aid.keys import Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

BigKey = BigInteger().with_variant(Integer, "sqlite")
"""A counter: SQLite gives numbers by itself only to INTEGER keys."""


class SealedType(TypeDecorator[Sealed]):
    """A column that takes ciphertext and nothing else, so that clear text cannot slip in."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, _dialect: Dialect) -> bytes | None:
        """Let nothing through but ciphertext. Raises TypeError."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("a sealed column takes only Sealed")
        return value

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> Sealed | None:
        """What was stored is ciphertext again."""
        return None if value is None else Sealed(value)


def key() -> Column[Any]:
    """A random id of 32 hex characters, the row's name everywhere."""
    return Column("id", String(32), primary_key=True)


def ref(name: str, *, optional: bool = False, primary_key: bool = False) -> Column[Any]:
    """The id of a row of another topic. By value: topics do not reach into one another's tables."""
    return Column(name, String(32), nullable=optional, primary_key=primary_key)


def instant(name: str, *, optional: bool = False) -> Column[Any]:
    """Milliseconds UTC."""
    return Column(name, BigInteger, nullable=optional)


def word(name: str, *, optional: bool = False, default: str | None = None) -> Column[Any]:
    """A short word in clear, because SQL selects on it: a state, a kind, a code."""
    return Column(name, String(64), nullable=optional, server_default=default)


def sealed(name: str, *, optional: bool = False) -> Column[Any]:
    """Ciphertext."""
    return Column(name, SealedType, nullable=optional)
