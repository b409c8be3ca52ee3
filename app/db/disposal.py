"""Disposal: the caller's organisation's rules, what falls under them, and what has been disposed of."""

from datetime import date
from typing import Final
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.directory import Listed
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Account, Officer, Organisation
from app.db.tables.disposal import Disposal, DisposalRule, DisposalTombstone

_R, _D, _T = table_of(DisposalRule), table_of(Disposal), table_of(DisposalTombstone)
_A, _O, _ORG = table_of(Account), table_of(Officer), table_of(Organisation)
_ME, _ID = ask("me", sa.Uuid()), ask("id", sa.Uuid())

# A list of disposals leaves the certificates where they are.
_LISTED = [column for column in _D.c if column.name not in ("certificate", "digest")]
RULES = Listed(sa.select(_R).where(_R.c.org_id == _ME))
DISPOSALS = Listed(sa.select(*_LISTED).where(_D.c.org_id == _ME))

_RULE = Statement(sa.select(_R).where(_R.c.org_id == _ME, _R.c.id == _ID))
_DISPOSAL = Statement(sa.select(_D).where(_D.c.org_id == _ME, _D.c.id == _ID))
_STONES = Statement(
    sa.select(_T).where(_T.c.org_id == _ME, _T.c.disposal_id == _ID).order_by(_T.c.event_on, _T.c.item_id)
)
_OFFICER = Statement(
    sa.select(_O.c.name, _O.c.function)
    .join(_A, sa.and_(_A.c.org_id == _O.c.org_id, _A.c.officer_id == _O.c.id))
    .where(_A.c.org_id == _ME, _A.c.id == _ID)
)
_NAME = Statement(sa.select(_ORG.c.name).where(_ORG.c.id == _ME))

_DUE: Final = (
    "select item_id, item_org, event_on from gate_disposal.due($1, $2)"
    " order by event_on, item_id limit $3 offset $4"
)
_COUNT_DUE: Final = "select count(*) from gate_disposal.due($1, $2)"
_AMONG_DUE: Final = "select item_id from gate_disposal.due($1, $2) where item_id = any($3)"
_CARRY_OUT: Final = "select item_id, item_org, event_on, rows_removed from gate_disposal.carry_out($1)"


async def rule(tx: Tx, rule_id: UUID) -> asyncpg.Record | None:
    """A rule of the caller's organisation, in force or not."""
    return await tx.row(_RULE, id=rule_id)


async def due(tx: Tx, rule_id: UUID, on_day: date, *, limit: int, offset: int) -> list[asyncpg.Record]:
    """A page of what falls under a rule on a day, the longest kept first; nothing where another is in
    force.
    """
    return await tx.table(_DUE, rule_id, on_day, limit, offset)


async def count_due(tx: Tx, rule_id: UUID, on_day: date) -> int:
    """How much falls under a rule on a day."""
    found: int = await tx.call(_COUNT_DUE, rule_id, on_day)
    return found


async def among_due(tx: Tx, rule_id: UUID, on_day: date, items: list[UUID]) -> set[UUID]:
    """Which of these things fall under a rule on a day."""
    return {row["item_id"] for row in await tx.table(_AMONG_DUE, rule_id, on_day, items)}


async def carry_out(tx: Tx, disposal_id: UUID) -> list[asyncpg.Record]:
    """Remove what two have agreed on, and leave a tombstone for each thing; all of it or nothing."""
    return await tx.table(_CARRY_OUT, disposal_id)


async def disposal(tx: Tx, disposal_id: UUID) -> asyncpg.Record | None:
    """A disposal of the caller's organisation that has been carried out."""
    return await tx.row(_DISPOSAL, id=disposal_id)


async def tombstones(tx: Tx, disposal_id: UUID) -> list[asyncpg.Record]:
    """What stays of each thing that was disposed of."""
    return await tx.rows(_STONES, id=disposal_id)


async def officer_of(tx: Tx, account_id: UUID) -> asyncpg.Record | None:
    """Who an account of the caller's organisation belongs to."""
    return await tx.row(_OFFICER, id=account_id)


async def own_name(tx: Tx) -> str:
    """What the caller's organisation is called."""
    name: str = await tx.value(_NAME)
    return name
