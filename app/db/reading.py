"""Reading about a person: the rows, and one log row for each thing shown, in one statement or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.db.database import Tx
from app.db.ids import new_id
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile
from app.db.tables.records import ReadEntry
from app.db.tables.summonses import ReceivedCopy

_READ, _F, _R = table_of(ReadEntry), table_of(CaseFile), table_of(ReceivedCopy)
_ME = ask("me", sa.Uuid())
_BY: dict[str, sa.ColumnElement[Any]] = {
    "org_id": _ME,
    "actor_id": ask("actor", sa.Uuid()),
    "unit_id": ask("my_unit", sa.Uuid()),
    "operation": ask("operation", sa.Text()),
    "recorded_at": ask("instant", sa.DateTime(timezone=True)),
}


def _received_about(holder: sa.ColumnElement[Any], case_id: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """The caller's own row of the person another organisation's case is about, by what has come about it."""
    return (
        sa.select(_R.c.individual_id)
        .where(_R.c.org_id == _ME, _R.c.from_org == holder, _R.c.case_id == case_id)
        .limit(sa.literal_column("1"))
        .scalar_subquery()
    )


def person_here(
    holder: sa.ColumnElement[Any], case_id: sa.ColumnElement[Any], individual_id: sa.ColumnElement[Any]
) -> sa.Label[Any]:
    """The caller's own row of the person: the one named where the case is the caller's, and where it is
    another organisation's, the one that what has come about it belongs to.
    """
    return sa.case((holder == _ME, individual_id), else_=_received_about(holder, case_id)).label(
        "person_here"
    )


def shown(query: sa.Select[Any], item_kind: str, newest_first_by: str | None = None) -> Statement:
    """A statement that answers `query` and logs every row of it as shown to the caller.

    The query must have columns org_id and id, and individual_id or, where that may be another organisation's
    row of the person, `person_here`. Its case_id is logged where it has one, as a case of case_org, or of
    org_id. The statement wants `operation` beside the query's own values. If a log row cannot be written,
    nothing is answered.
    """
    rows = query.cte("shown")
    nothing = sa.cast(sa.null(), sa.Uuid())
    logged = _BY | {
        "item_kind": sa.literal_column(f"'{item_kind}'"),
        "item_org": rows.c.org_id,
        "item_id": rows.c.id,
        "case_org": rows.c[("case_org" if "case_org" in rows.c else "org_id")]
        if "case_id" in rows.c
        else nothing,
        "case_id": rows.c.case_id if "case_id" in rows.c else nothing,
        "individual_id": rows.c[("person_here" if "person_here" in rows.c else "individual_id")],
    }
    log = _logging(logged).cte("logged")
    # The log uses the rows too, so PostgreSQL evaluates them once; a list says its order again outside.
    answer = sa.select(rows).add_cte(log)
    return Statement(answer.order_by(rows.c[newest_first_by].desc()) if newest_first_by else answer)


def _logging(logged: dict[str, sa.ColumnElement[Any]]) -> sa.Insert:
    return sa.insert(_READ).from_select(list(logged), sa.select(*logged.values()), include_defaults=False)


@dataclass(frozen=True)
class Shown:
    """A thing shown that is not read in one statement, and the case of the same organisation that it is of.

    The case tells who the person is; `individual_id`, the caller's own row, is given where there is no case.
    """

    item_kind: str
    item_org: UUID
    item_id: UUID
    case_id: UUID | None
    individual_id: UUID | None = None
    id: UUID = field(default_factory=new_id)
    reason_sealed: bytes | None = None

    @property
    def case_org(self) -> UUID | None:
        """Whose the case is."""
        return self.item_org if self.case_id else None


_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    name: _READ.c[name].type
    for name in (
        "id",
        "item_kind",
        "item_org",
        "item_id",
        "case_org",
        "case_id",
        "individual_id",
        "reason_sealed",
    )
}
_GIVEN = (
    sa.func.unnest(*(ask(name, sa.ARRAY(kind)) for name, kind in _TYPES.items()))
    .table_valued(*(sa.column(name, kind) for name, kind in _TYPES.items()))
    .render_derived(name="given")
)
_OF_OWN_CASE = (
    sa.select(_F.c.individual_id)
    .where(_F.c.org_id == _ME, _F.c.org_id == _GIVEN.c.case_org, _F.c.id == _GIVEN.c.case_id)
    .scalar_subquery()
)
_LOG = Statement(
    _logging(
        _BY
        | {name: _GIVEN.c[name] for name in _TYPES}
        | {
            "individual_id": sa.func.coalesce(
                _GIVEN.c.individual_id, _OF_OWN_CASE, _received_about(_GIVEN.c.case_org, _GIVEN.c.case_id)
            )
        }
    )
)


async def log(tx: Tx, operation: str, things: Sequence[Shown]) -> None:
    """Log these things as shown to the caller, all in one statement."""
    given = {name: [getattr(one, name) for one in things] for name in _TYPES}
    await tx.rows(_LOG, operation=operation, **given)
