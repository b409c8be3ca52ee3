"""What every table shares: the schema, the names of constraints, and a few words to say columns with."""

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

SCHEMA = "flerpart"

# Both must be set before the first table class exists: the schema ends up in every foreign key,
# and an error of the database is recognised by the name of the constraint that was broken.
SQLModel.metadata.schema = SCHEMA
SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Stored(SQLModel):
    """The base of every table's class: a row to be inserted, taking its values as they are given.

    SQLModel would look at each of them in turn, which for one row costs more than inserting it; what a row
    must
    have, the INSERT asks for.
    """

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(_defaults_of(type(self)))
        self.__dict__.update(values)


@cache
def _defaults_of(row: type[SQLModel]) -> dict[str, Any]:
    """The columns of a table that a row need not give, with what they then have."""
    return {name: one.get_default() for name, one in row.model_fields.items() if not one.is_required()}


def to(table: str, *columns: str) -> sa.ForeignKeyConstraint:
    """A foreign key to a row of the same organisation: `columns` are ours, the other side is (org_id, id).
    Never cascades.
    """
    return sa.ForeignKeyConstraint(columns, [f"{SCHEMA}.{table}.org_id", f"{SCHEMA}.{table}.id"])


def one_of(column: str, *values: str) -> sa.CheckConstraint:
    """An enumeration as text with a CHECK: cheap to extend, and readable in the database."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} in ({quoted})", name=column)


def some_of(column: str, *values: str) -> sa.CheckConstraint:
    """An enumeration of which a list may hold any."""
    quoted = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} <@ array[{quoted}]::text[]", name=column)


def holds(name: str, condition: str) -> sa.CheckConstraint:
    """A condition over several columns of one row, under a name."""
    return sa.CheckConstraint(condition, name=name)


def Text() -> Any:  # noqa: N802 - reads as a type where it is used
    """Text without a length limit: limits are the request's, given there in characters."""
    return Field(sa_type=sa.Text)


def OptionalText() -> Any:  # noqa: N802
    """Text that may be absent."""
    return Field(default=None, sa_type=sa.Text, nullable=True)


def Texts() -> Any:  # noqa: N802
    """A list of code words."""
    return Field(sa_type=sa.ARRAY(sa.Text))


def Ids() -> Any:  # noqa: N802
    """A list of ids."""
    return Field(sa_type=sa.ARRAY(sa.Uuid))


def OptionalIds() -> Any:  # noqa: N802
    """A list of ids that may be missing."""
    return Field(default=None, nullable=True, sa_type=sa.ARRAY(sa.Uuid))


def Sealed() -> Any:  # noqa: N802
    """Personal data, sealed by the application and bound to this organisation, table, row and column."""
    return Field(sa_type=sa.LargeBinary)


def OptionalSealed() -> Any:  # noqa: N802
    """Sealed personal data that may be absent."""
    return Field(default=None, sa_type=sa.LargeBinary, nullable=True)


def Instant() -> Any:  # noqa: N802
    """A point in time, UTC."""
    return Field(sa_type=sa.DateTime(timezone=True))


def OptionalInstant() -> Any:  # noqa: N802
    """A point in time, UTC, that may not have come."""
    return Field(default=None, sa_type=sa.DateTime(timezone=True), nullable=True)
