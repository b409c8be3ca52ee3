"""Which cases a work list is made of: the own unit's open ones, and those others have called or shown it."""

from uuid import UUID

import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile
from app.db.tables.summonses import ReceivedCopy

_C, _R = table_of(CaseFile), table_of(ReceivedCopy)
_ME, _UNIT, _ALL = ask("me", sa.Uuid()), ask("my_unit", sa.Uuid()), ask("all_units", sa.Boolean())

_OWN = sa.select(_C.c.org_id.label("holder"), _C.c.id.label("case_id")).where(
    _C.c.org_id == _ME, sa.or_(_ALL, _C.c.unit_id == _UNIT), _C.c.closed_at.is_(None)
)
_OTHERS = (
    sa.select(_R.c.from_org, _R.c.case_id)
    .where(
        _R.c.org_id == _ME,
        _R.c.kind == sa.literal_column("'summons'"),
        sa.or_(_ALL, _R.c.unit_id == _UNIT, _R.c.unit_id.is_(None)),
    )
    .distinct()
)
_KEYS = Statement(sa.union_all(_OWN, _OTHERS))


async def cases_to_look_at(tx: Tx, *, all_units: bool) -> list[tuple[UUID, UUID]]:
    """(holder, case) of every case in which the caller's unit may owe something."""
    return [(row["holder"], row["case_id"]) for row in await tx.rows(_KEYS, all_units=all_units)]
