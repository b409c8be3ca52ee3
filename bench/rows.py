"""Rows on their way into tables by COPY: kept by table, in the order of the columns."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import SQLModel

from app.db.statement import table_of


class Columns:
    """The columns of one table that a row must bring, with their defaults."""

    def __init__(self, row: type[SQLModel]) -> None:
        table = table_of(row)
        self.table = str(table.name)
        self.names = [column.name for column in table.c if column.server_default is None]
        self._defaults = {name: row.model_fields[name].get_default() for name in self.names}
        optional = {column.name for column in table.c if column.nullable}
        self._given = {
            name: value for name, value in self._defaults.items() if name in optional or _plain(value)
        }

    def values(self, given: dict[str, Any]) -> list[Any]:
        """The row's values in the order of the columns. Raises KeyError for one that must be given."""
        return [given[name] if name in given else self._given[name] for name in self.names]


def _plain(value: Any) -> bool:
    return isinstance(value, bool | int | str)


class Rows:
    """Rows of many tables."""

    def __init__(self) -> None:
        self._columns: dict[type[SQLModel], Columns] = {}
        self._rows: dict[type[SQLModel], list[list[Any]]] = {}

    def add(self, row: type[SQLModel], **values: Any) -> None:
        """Keep one row."""
        columns = self._columns.get(row)
        if columns is None:
            columns = self._columns[row] = Columns(row)
        self._rows.setdefault(row, []).append(columns.values(values))

    def drain(self) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
        """Every table's name, columns and rows, which are then forgotten."""
        for row, kept in self._rows.items():
            if kept:
                yield self._columns[row].table, self._columns[row].names, kept
        self._rows = {}
