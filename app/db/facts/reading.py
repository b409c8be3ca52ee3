"""Reading a row as the gate of facts gives it, key by key.

Nothing is guessed: a key that is missing, a null where a value must stand and a code nobody knows all raise
`Unreadable`. Its text names table and column, never a value.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, TypeVar
from uuid import UUID

from asyncpg.pgproto import pgproto

from app.domain.codes import Answer

_ID: Final[Callable[[str], UUID]] = pgproto.UUID
"""Makes an id from its text: one equal to the standard library's, in a tenth of the time."""

Code = TypeVar("Code", bound=StrEnum)
Absent = TypeVar("Absent")


class Unreadable(ValueError):
    """The database holds something the facts have no word for: the code and the schema do not fit."""


@lru_cache(maxsize=16_384)
def _instant(text: str) -> datetime | None:
    """An instant in UTC from its text; None without a time zone."""
    instant = datetime.fromisoformat(text)
    return None if instant.tzinfo is None else instant.astimezone(UTC)


def code_of(word: str, kind: type[Code], column: str) -> Code:
    """The code that a word of this column stands for."""
    try:
        return kind(word)
    except ValueError:
        raise Unreadable(f"{column} has a word that {kind.__name__} does not know") from None


class Row:
    """One row of one table."""

    def __init__(self, table: str, values: Mapping[str, Any]) -> None:
        self.table = table
        self._values = values

    def is_given(self, column: str) -> bool:
        """Whether the column has a value."""
        return self._read(column) is not None

    def flag(self, column: str) -> bool:
        """True or false."""
        return self._must(column, bool)

    def number(self, column: str) -> int:
        """A whole number."""
        return self._must(column, int)

    def text(self, column: str) -> str:
        """A text, which may be empty."""
        value = self._values.get(column)
        return value if isinstance(value, str) else self._must(column, str)

    def says(self, column: str) -> bool:
        """Whether the column has a text that is more than blanks."""
        return self.is_given(column) and bool(self.text(column).strip())

    def reference(self, column: str) -> str | None:
        """An id as it is written, to compare by; None for null."""
        value: str | None = self._read(column)
        return value

    def id(self, column: str) -> UUID:
        """An id."""
        # Some five hundred of them make a picture, so this one does without going through text().
        value = self._values.get(column)
        return _ID(value) if isinstance(value, str) else _ID(self.text(column))

    def ids(self, column: str) -> tuple[UUID, ...]:
        """A list of ids."""
        return tuple(_ID(one) for one in self.texts(column))

    def texts(self, column: str) -> tuple[str, ...]:
        """A list of code words."""
        values = self._must(column, list)
        if not all(isinstance(one, str) for one in values):
            raise self._unreadable(column, "is no list of texts")
        return tuple(values)

    def day(self, column: str) -> date:
        """A day."""
        return date.fromisoformat(self.text(column))

    def instant(self, column: str) -> datetime:
        """An instant, in UTC whatever the time zone of the connection."""
        instant = _instant(self.text(column))
        if instant is None:
            raise self._unreadable(column, "has no time zone")
        return instant

    def code(self, column: str, kind: type[Code]) -> Code:
        """A code of a code list."""
        return code_of(self.text(column), kind, f"{self.table}.{column}")

    def codes(self, column: str, kind: type[Code]) -> tuple[Code, ...]:
        """A list of codes of a code list."""
        return tuple(code_of(one, kind, f"{self.table}.{column}") for one in self.texts(column))

    def answer(self, column: str) -> Answer:
        """Yes or no; null where nobody has asked."""
        if not self.is_given(column):
            return Answer.NOT_ASKED
        return Answer.YES if self.flag(column) else Answer.NO

    def id_or(self, column: str, absent: Absent) -> UUID | Absent:
        """An id, or `absent` for null."""
        return self.id(column) if self.is_given(column) else absent

    def day_or(self, column: str, absent: Absent) -> date | Absent:
        """A day, or `absent` for null."""
        return self.day(column) if self.is_given(column) else absent

    def instant_or(self, column: str, absent: Absent) -> datetime | Absent:
        """An instant, or `absent` for null."""
        return self.instant(column) if self.is_given(column) else absent

    def number_or(self, column: str, absent: Absent) -> int | Absent:
        """A whole number, or `absent` for null."""
        return self.number(column) if self.is_given(column) else absent

    def text_or(self, column: str, absent: Absent) -> str | Absent:
        """A text, or `absent` for null."""
        return self.text(column) if self.is_given(column) else absent

    def rows(self, column: str) -> "tuple[Row, ...]":
        """The rows nested under this one."""
        return tuple(Row(f"{self.table}.{column}", one) for one in self._must(column, list))

    def among(self, columns: Iterable[str]) -> Iterator[str]:
        """What stands in those of the columns that this table has."""
        return filter(None, map(self._values.get, columns))

    def _read(self, column: str) -> Any:
        if column not in self._values:
            raise self._unreadable(column, "is missing")
        return self._values[column]

    def _must(self, column: str, kind: type[Absent]) -> Absent:
        value = self._values.get(column)
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self._read(column)
        raise self._unreadable(column, f"is no {kind.__name__}")

    def _unreadable(self, column: str, what: str) -> Unreadable:
        return Unreadable(f"{self.table}.{column} {what}")


class Tables:
    """Every row of one case, by table."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._rows = {
            table: tuple(Row(table, row) for row in _listed(value)) for table, value in values.items()
        }
        self._by_reference: dict[tuple[str, str], dict[str | None, list[Row]]] = {}

    def one(self, table: str) -> Row:
        """The row of a table that has exactly one."""
        rows = self.all(table)
        if len(rows) != 1:
            raise Unreadable(f"{table} has not one row")
        return rows[0]

    def all(self, table: str) -> tuple[Row, ...]:
        """The rows of a table, in order of their ids."""
        if table not in self._rows:
            raise Unreadable(f"{table} is missing")
        return self._rows[table]

    def about(self, table: str, column: str, id_: UUID) -> tuple[Row, ...]:
        """The rows of a table that refer to something by this column."""
        found = self._by_reference.get((table, column))
        if found is None:
            found = self._by_reference[table, column] = {}
            for row in self.all(table):
                found.setdefault(row.reference(column), []).append(row)
        return tuple(found.get(str(id_), ()))

    def ids_in(self, columns: Iterable[str]) -> frozenset[UUID]:
        """Every id that stands in one of these columns, in whichever table."""
        wanted = tuple(columns)
        found: set[str] = set()
        for rows in self._rows.values():
            for row in rows:
                found.update(row.among(wanted))
        return frozenset(map(_ID, found))


def _listed(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table; one that stands alone is one row, null is none."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def latest(rows: Iterable[Row]) -> Row | None:
    """The row that was recorded last, if there is any; the higher id of two recorded at once."""
    return max(rows, key=_recorded, default=None)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows by when they were recorded."""
    return tuple(sorted(rows, key=_recorded))


def _recorded(row: Row) -> tuple[datetime, UUID]:
    return row.instant("recorded_at"), row.id("id")
