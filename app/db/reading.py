"""Reading about a person: the rows, and one log row for each person shown, in one statement or not at all."""

from typing import Any

import sqlalchemy as sa

from app.db.statement import Statement, ask, table_of
from app.db.tables.records import ReadEntry

_READ = table_of(ReadEntry)


_LOGGED = (
    "org_id",
    "actor_id",
    "unit_id",
    "operation",
    "item_kind",
    "item_org",
    "item_id",
    "individual_id",
    "recorded_at",
)


def shown(query: sa.Select[Any], item_kind: str, newest_first_by: str | None = None) -> Statement:
    """A statement that answers `query` and logs every row of it as shown to the caller.

    The query must have columns org_id, id and individual_id. The statement wants `operation`
    beside the query's own values. If a log row cannot be written, nothing is answered.
    """
    rows = query.cte("shown")
    who: tuple[sa.ColumnElement[Any], ...] = (
        ask("me", sa.Uuid()),
        ask("actor", sa.Uuid()),
        ask("my_unit", sa.Uuid()),
        ask("operation", sa.Text()),
    )
    what: tuple[sa.ColumnElement[Any], ...] = (
        sa.literal_column(f"'{item_kind}'"),
        rows.c.org_id,
        rows.c.id,
        rows.c.individual_id,
    )
    log = (
        sa.insert(_READ)
        .from_select(
            _LOGGED,
            sa.select(*who, *what, ask("instant", sa.DateTime(timezone=True))),
            include_defaults=False,
        )
        .cte("logged")
    )
    # The log uses the rows too, so PostgreSQL evaluates them once; a list says its order again outside.
    answer = sa.select(rows).add_cte(log)
    return Statement(answer.order_by(rows.c[newest_first_by].desc()) if newest_first_by else answer)
