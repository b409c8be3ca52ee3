"""One person's log at the caller's organisation: what was decided about them, and who was shown what."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile
from app.db.tables.consents import Disclosure
from app.db.tables.directory import Account, Officer, Organisation, Unit
from app.db.tables.records import JournalEntry, ReadEntry
from app.db.tables.summonses import ReceivedCopy

_J, _R, _D = table_of(JournalEntry), table_of(ReadEntry), table_of(Disclosure)
_F, _COPY = table_of(CaseFile), table_of(ReceivedCopy)
_A, _O, _U, _ORG = (table_of(row) for row in (Account, Officer, Unit, Organisation))
_TO = _ORG.alias("recipient")
_ME, _PERSON = ask("me", sa.Uuid()), ask("individual", sa.Uuid())
_MOMENT = sa.DateTime(timezone=True)

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


def _arm(source: sa.FromClause, columns: dict[str, sa.ColumnElement[Any]], *which: Any) -> sa.Subquery:
    """The newest entries of one source before a place in the log, cut to the page by itself."""
    told = {name: sa.cast(sa.null(), kind) for name, kind in _COLUMNS.items()} | columns
    moment = told["recorded_at"]
    before = sa.tuple_(ask("before", _MOMENT), ask("before_id", sa.Uuid()))
    return (
        sa.select(*(told[name].label(name) for name in _COLUMNS))
        .select_from(source)
        .where(*which, sa.tuple_(moment, told["id"]) < before, moment >= ask("since", _MOMENT))
        .order_by(moment.desc(), told["id"].desc())
        .limit(ask("limit", sa.Integer()))
        .subquery()
    )


_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "kind": sa.Text(),
    "id": sa.Uuid(),
    "actor_id": sa.Uuid(),
    "unit_id": sa.Uuid(),
    "operation": sa.Text(),
    "item_kind": sa.Text(),
    "item_id": sa.Uuid(),
    "holder": sa.Uuid(),
    "case_id": sa.Uuid(),
    "recipient_org": sa.Uuid(),
    "reason_sealed": sa.LargeBinary(),
    "recorded_at": _MOMENT,
}


def _columns(table: sa.Table, kind: sa.ColumnElement[Any], **more: Any) -> dict[str, sa.ColumnElement[Any]]:
    return {name: table.c[name] for name in _COLUMNS if name in table.c} | {"kind": kind} | more


_READ = _columns(
    _R,
    sa.case((_R.c.item_kind == sa.literal_column("'refusal'"), "refusal"), else_="read"),
    holder=sa.func.coalesce(_R.c.case_org, _R.c.item_org),
)
_DECIDED = _columns(_J, sa.literal_column("'decision'"), holder=_J.c.item_org)
_SHOWN = _columns(
    _D,
    sa.literal_column("'disclosure'"),
    actor_id=_D.c.recorded_by,
    unit_id=_A.c.unit_id,
    item_kind=_D.c.kind,
    holder=_ME,
)
_OWN_CASES = sa.select(_F.c.id).where(_F.c.org_id == _ME, _F.c.individual_id == _PERSON)
_ARMS = (
    _arm(_R, _READ, _R.c.org_id == _ME, _R.c.individual_id == _PERSON),
    _arm(
        _R,
        _READ,
        _R.c.org_id == _ME,
        _R.c.individual_id.is_(None),
        sa.tuple_(_R.c.case_org, _R.c.case_id).in_(_CASES_OF_OTHERS),
    ),
    _arm(_J, _DECIDED, _J.c.org_id == _ME, _J.c.individual_id == _PERSON),
    _arm(
        _J,
        _DECIDED,
        _J.c.org_id == _ME,
        _J.c.individual_id.is_distinct_from(_PERSON),
        _J.c.item_org != _ME,
        _J.c.item_id.in_(_THINGS_OF_OTHERS),
    ),
    _arm(
        _D.outerjoin(_A, sa.and_(_A.c.org_id == _D.c.org_id, _A.c.id == _D.c.recorded_by)),
        _SHOWN,
        _D.c.org_id == _ME,
        _D.c.case_id.in_(_OWN_CASES),
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
    .add_columns(_ORG.c.name.label("holder_name"), _TO.c.name.label("recipient_name"))
    .outerjoin(_ORG, _ORG.c.id == _PAGE.c.holder)
    .outerjoin(_TO, _TO.c.id == _PAGE.c.recipient_org)
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
