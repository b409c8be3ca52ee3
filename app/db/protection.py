"""Protected identity: the gate that marks and tells who is marked, and the rows of marks and clearances."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.protection import ProtectionClearance, ProtectionMark

_STANDING = "select org_id, case_id, marked, cleared from gate_protection.standing($1, $2)"
_OF_PERSONS = (
    "select k.id, s.marked, s.cleared from unnest($1::uuid[]) as k (id)"
    " cross join lateral gate_protection.of_person(k.id) s"
)
_SET = "select gate_protection.mark($1, $2, $3, $4)"
_LIFT = "select gate_protection.lift($1)"
_M, _C = table_of(ProtectionMark), table_of(ProtectionClearance)
_ME, _ID = ask("me", sa.Uuid()), ask("id", sa.Uuid())
_MARKS = Statement(
    sa.select(_M)
    .where(_M.c.org_id == _ME, _M.c.individual_id == _ID)
    .order_by(_M.c.recorded_at.desc(), _M.c.id)
    .limit(sa.literal_column("200"))
)
_CLEARANCES = Statement(
    sa.select(_C)
    .where(_C.c.org_id == _ME, _C.c.individual_id == _ID)
    .order_by(_C.c.id.desc())
    .limit(sa.literal_column("200"))
)
_END = Statement(
    sa.update(_C)
    .where(
        _C.c.org_id == _ME,
        _C.c.individual_id == ask("of_id", sa.Uuid()),
        _C.c.account_id == ask("of_account", sa.Uuid()),
        _C.c.ended_at.is_(None),
    )
    .values(ended_at=ask("instant", sa.DateTime(timezone=True)), ended_by=ask("actor", sa.Uuid()))
)

CaseKey = tuple[UUID, UUID]
"""Whose case, and which."""


async def standing(tx: Tx, cases: Iterable[CaseKey]) -> dict[CaseKey, tuple[bool, bool]]:
    """Of each case whether its person is marked, and whether the caller is cleared."""
    asked = list(dict.fromkeys(cases))
    rows = await tx.table(_STANDING, [holder for holder, _ in asked], [case for _, case in asked])
    return {(row["org_id"], row["case_id"]): (row["marked"], row["cleared"]) for row in rows}


async def of_person(tx: Tx, individual_id: UUID) -> tuple[bool, bool]:
    """Whether a person of the caller's organisation is marked, and whether the caller is cleared."""
    return (await of_persons(tx, [individual_id]))[individual_id]


async def of_persons(tx: Tx, individuals: Iterable[UUID]) -> dict[UUID, tuple[bool, bool]]:
    """The same of several."""
    rows = await tx.table(_OF_PERSONS, list(dict.fromkeys(individuals)))
    return {row["id"]: (row["marked"], row["cleared"]) for row in rows}


async def mark(tx: Tx, individual_id: UUID, how: str, source: str, since: date) -> bool:
    """Mark a person, at every organisation that shares a case about them; False where there is none."""
    found: bool = await tx.call(_SET, individual_id, how, source, since)
    return found


async def lift(tx: Tx, joint_decision_id: UUID) -> bool:
    """Lift the mark at the caller's organisation, as two have decided; False where there is none any more."""
    found: bool = await tx.call(_LIFT, joint_decision_id)
    return found


async def marks(tx: Tx, individual_id: UUID) -> list[asyncpg.Record]:
    """Every mark set and lifted of a person, the latest first."""
    return await tx.rows(_MARKS, id=individual_id)


async def clearances(tx: Tx, individual_id: UUID) -> list[asyncpg.Record]:
    """Every clearance there has been for a person, the latest first."""
    return await tx.rows(_CLEARANCES, id=individual_id)


async def end_clearances(tx: Tx, individual_id: UUID, account_id: UUID) -> bool:
    """End an account's clearances for a person; False where it has none."""
    return await tx.change(_END, of_id=individual_id, of_account=account_id) > 0
