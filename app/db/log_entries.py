"""One person's log at the caller's organisation: what was decided about them, and when they were shown."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Account, Officer, Organisation, Unit
from app.db.tables.records import JournalEntry, ReadEntry
from app.db.tables.summonses import ReceivedCopy

_J, _R, _COPY = table_of(JournalEntry), table_of(ReadEntry), table_of(ReceivedCopy)
_A, _O, _U, _ORG = (table_of(row) for row in (Account, Officer, Unit, Organisation))
_ME, _PERSON = ask("me", sa.Uuid()), ask("individual", sa.Uuid())
_MOMENT = sa.DateTime(timezone=True)
_NOTHING = sa.cast(sa.null(), sa.Uuid())

# What has come from others about the person: by it the organisation knows whom their cases are about.
_RECEIVED = (_COPY.c.org_id == _ME, _COPY.c.individual_id == _PERSON)
_CASES_OF_OTHERS = sa.select(_COPY.c.from_org, _COPY.c.case_id).where(*_RECEIVED)
_THINGS_OF_OTHERS = sa.union(
    sa.select(_COPY.c.id).where(*_RECEIVED), sa.select(_COPY.c.meeting_id).where(*_RECEIVED)
)


def telling_who(entries: sa.Subquery) -> sa.Select[Any]:
    """The entries with who each account is, and the name of the unit it acted for."""
    return (
        sa.select(entries, _O.c.name.label("officer_name"), _O.c.function, _U.c.name.label("unit_name"))
        .outerjoin(_A, sa.and_(_A.c.org_id == _ME, _A.c.id == entries.c.actor_id))
        .outerjoin(_O, sa.and_(_O.c.org_id == _ME, _O.c.id == _A.c.officer_id))
        .outerjoin(_U, sa.and_(_U.c.org_id == _ME, _U.c.id == entries.c.unit_id))
    )


def _arm(table: sa.Table, *which: sa.ColumnElement[bool]) -> sa.Subquery:
    """The newest entries of a table before a place in the log, cut to the page by itself."""
    reads = table is _R
    kind = sa.case((_R.c.item_kind == sa.literal_column("'refusal'"), "refusal"), else_="read")
    columns: tuple[sa.ColumnElement[Any], ...] = (
        (kind if reads else sa.literal("decision")).label("kind"),
        table.c.id,
        *(table.c[name] for name in ("actor_id", "unit_id", "operation", "item_kind", "item_id")),
        (sa.func.coalesce(_R.c.case_org, _R.c.item_org) if reads else _J.c.item_org).label("holder"),
        (_R.c.case_id if reads else _NOTHING).label("case_id"),
        (_R.c.reason_sealed if reads else sa.cast(sa.null(), sa.LargeBinary())).label("reason_sealed"),
        table.c.recorded_at,
    )
    place = sa.tuple_(table.c.recorded_at, table.c.id)
    before = sa.tuple_(ask("before", _MOMENT), ask("before_id", sa.Uuid()))
    return (
        sa.select(*columns)
        .where(table.c.org_id == _ME, *which, place < before, table.c.recorded_at >= ask("since", _MOMENT))
        .order_by(table.c.recorded_at.desc(), table.c.id.desc())
        .limit(ask("limit", sa.Integer()))
        .subquery()
    )


_ARMS = (
    _arm(_R, _R.c.individual_id == _PERSON),
    _arm(_R, _R.c.individual_id.is_(None), sa.tuple_(_R.c.case_org, _R.c.case_id).in_(_CASES_OF_OTHERS)),
    _arm(_J, _J.c.individual_id == _PERSON),
    _arm(
        _J,
        _J.c.individual_id.is_distinct_from(_PERSON),
        _J.c.item_org != _ME,
        _J.c.item_id.in_(_THINGS_OF_OTHERS),
    ),
)
_PAGE = (
    sa.union_all(*(sa.select(one) for one in _ARMS))
    .order_by(sa.desc(sa.literal_column("recorded_at")), sa.desc(sa.literal_column("id")))
    .limit(ask("limit", sa.Integer()))
    .subquery("page")
)
_ENTRIES = Statement(
    telling_who(_PAGE)
    .add_columns(_ORG.c.name.label("holder_name"))
    .outerjoin(_ORG, _ORG.c.id == _PAGE.c.holder)
    .order_by(_PAGE.c.recorded_at.desc(), _PAGE.c.id.desc())
)


async def of_individual(
    tx: Tx, individual_id: UUID, *, before: tuple[datetime, UUID], since: datetime, limit: int
) -> list[asyncpg.Record]:
    """The newest entries about the person before a place in the log, with who it was and of which unit."""
    moment, entry_id = before
    return await tx.rows(
        _ENTRIES, individual=individual_id, before=moment, before_id=entry_id, since=since, limit=limit
    )
