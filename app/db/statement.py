"""Statements: SQLAlchemy Core built from the tables, compiled once at import, run on asyncpg's own
connections.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg as _asyncpg
from sqlmodel import SQLModel

_DIALECT = _asyncpg.dialect()  # type: ignore[no-untyped-call]


class Statement:
    """One compiled statement: its text for PostgreSQL and the order in which it wants its values."""

    def __init__(self, statement: sa.sql.expression.ClauseElement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self.sql = str(compiled)
        self._order: tuple[str, ...] = tuple(getattr(compiled, "positiontup", None) or ())
        # Constants written into a query (a code word, a limit) travel as values too; asked ones have none.
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in the statement's order. Raises KeyError for one that is missing: nothing is
        guessed.
        """
        return [values[name] if name in values else self._fixed[name] for name in self._order]


def ask(name: str, type_: sa.types.TypeEngine[Any] | type[sa.types.TypeEngine[Any]]) -> sa.BindParameter[Any]:
    """A value the caller gives, always with its type, so that PostgreSQL never has to guess one."""
    return sa.bindparam(name, type_=type_)


def table_of(row: type[SQLModel]) -> sa.Table:
    """The Core table behind a SQLModel class."""
    table: sa.Table = row.__table__  # type: ignore[attr-defined]
    return table


def ask_for(column: sa.Column[Any], name: str | None = None) -> sa.BindParameter[Any]:
    """A value for this column, under the column's name or another."""
    return sa.bindparam(name or column.name, type_=column.type)


def insert_together(rows: Sequence[type[SQLModel]]) -> Statement:
    """The INSERTs of whole rows of several tables as one statement; row number n gives its values as
    n_column.

    For rows of which none refers to another: a policy of one sees the database as it was before them all.
    """
    parts = [
        sa.insert(table)
        .values({c.name: ask_for(c, f"{place}_{c.name}") for c in table.c if c.server_default is None})
        .cte(f"part_{place}")
        for place, table in enumerate(map(table_of, rows))
    ]
    return Statement(sa.select(sa.literal_column("1")).add_cte(*parts))


def insert_into(row: type[SQLModel]) -> Statement:
    """The plain INSERT of one whole row; columns the database fills are left to it."""
    table = table_of(row)
    return Statement(
        sa.insert(table).values({c.name: ask_for(c) for c in table.c if c.server_default is None})
    )
