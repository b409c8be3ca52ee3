"""Which cases a work list is made of: the own unit's open ones, those in which a deviation of its waits for a
decision, and those others have called it to or shown it.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile
from app.db.tables.consents import Disclosure
from app.db.tables.deviations import Deviation, DeviationStep
from app.db.tables.summonses import ReceivedCopy

_C, _R, _X = table_of(CaseFile), table_of(ReceivedCopy), table_of(Disclosure)
_D, _S = table_of(Deviation), table_of(DeviationStep)
_ME, _UNIT, _ALL = ask("me", sa.Uuid()), ask("my_unit", sa.Uuid()), ask("all_units", sa.Boolean())

_OWN = sa.select(_C.c.org_id.label("holder"), _C.c.id.label("case_id")).where(
    _C.c.org_id == _ME, sa.or_(_ALL, _C.c.unit_id == _UNIT), _C.c.closed_at.is_(None)
)
# A proposal stays with the unit it came to, also when its case has ended or goes on in another unit.
_UNDECIDED = sa.select(_D.c.case_org, _D.c.case_id).where(
    _D.c.org_id == _ME,
    _D.c.case_org == _ME,
    sa.or_(_ALL, _D.c.unit_id == _UNIT),
    _D.c.origin == sa.literal_column("'proposed'"),
    sa.not_(sa.exists().where(_S.c.org_id == _D.c.org_id, _S.c.deviation_id == _D.c.id)),
)
_CALLED = sa.select(_R.c.from_org, _R.c.case_id).where(
    _R.c.org_id == _ME,
    _R.c.kind == sa.literal_column("'summons'"),
    sa.or_(_ALL, _R.c.unit_id == _UNIT, _R.c.unit_id.is_(None)),
)
# Whoever came without having been called, or owns an action without having been there, has no letter that
# names a unit: then the case is every unit's concern, unless one has come to another unit since.
_LETTER = (_R.c.org_id == _ME, _R.c.from_org == _X.c.org_id, _R.c.case_id == _X.c.case_id)
_SHOWN = sa.select(_X.c.org_id, _X.c.case_id).where(
    _X.c.recipient_org == _ME,
    _X.c.without_letter,
    sa.or_(
        _ALL,
        sa.exists().where(*_LETTER, sa.or_(_R.c.unit_id == _UNIT, _R.c.unit_id.is_(None))),
        sa.not_(sa.exists().where(*_LETTER)),
    ),
)
# What a task on another's case is about: an action or a plan, a meeting or a letter, shown now or received.
_KNOWN: Final = (
    "select distinct k.id"
    " from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[]) as k (kind, holder, id, case_id)"
    " where case k.kind when 'action' then exists (select from gate_visibility.plan_of_action(k.id))"
    " else gate_visibility.known(k.kind, k.holder, k.id, k.case_id) end"
)
_KEYS = Statement(sa.union(_OWN, _UNDECIDED, _CALLED, _SHOWN))


async def cases_to_look_at(tx: Tx, *, all_units: bool) -> list[tuple[UUID, UUID]]:
    """(holder, case) of every case in which the caller's unit may owe something."""
    return [(row["holder"], row["case_id"]) for row in await tx.rows(_KEYS, all_units=all_units)]


async def known(tx: Tx, things: Collection[tuple[str, UUID, UUID, UUID]]) -> set[UUID]:
    """Which of these things of others' (kind, whose, which, of which case) the caller may know of now."""
    if not things:
        return set()
    kinds, holders, ids, cases = ([*one] for one in zip(*things, strict=True))
    return {row["id"] for row in await tx.table(_KNOWN, kinds, holders, ids, cases)}
