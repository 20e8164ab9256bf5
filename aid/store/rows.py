"""Rows and the dataclasses they are read into: by name, so that no column can stand in another's place."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


def made_from(kind: type[T], row: Row[Any], **opened: Any) -> T:  # noqa: ANN401 - what a seal held, of any type
    """A row as a dataclass of its columns. `opened`: what was sealed, or stands in no column of that name."""
    plain = {one.name: getattr(row, one.name) for one in fields(kind) if one.name not in opened}
    return kind(**plain, **opened)


def columns_of(made: DataclassInstance, *but: str) -> dict[str, Any]:
    """The columns of a row to be, without those that are sealed or stand elsewhere."""
    return {one.name: getattr(made, one.name) for one in fields(made) if one.name not in but}
