"""Meetings: of the caller's unit, or shown to its organisation; the row itself and the list."""

from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.reading import person_here, shown
from app.db.statement import Statement, ask, ask_for, table_of
from app.db.tables.held_meetings import Conclusion, MeetingOpening
from app.db.tables.meetings import Meeting, MeetingChange

_M = table_of(Meeting)
_OWN = _M.c.org_id == ask("me", sa.Uuid())
_MINE = sa.or_(ask("all_units", sa.Boolean()), _M.c.unit_id == ask("my_unit", sa.Uuid()))
_THIS = (_M.c.org_id == ask("org", sa.Uuid()), _M.c.id == ask("id", sa.Uuid()))


def _has(row: type[SQLModel], *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Whether the meeting has a row of this table that fulfils the conditions."""
    table = table_of(row)
    of_meeting = (table.c.org_id == _M.c.org_id, table.c.meeting_id == _M.c.id)
    return sa.exists().where(*of_meeting, *conditions)


def _changed(how: str) -> sa.ColumnElement[bool]:
    return _has(MeetingChange, table_of(MeetingChange).c.change == sa.literal_column(f"'{how}'"))


# The keys of a list come by index, own and shown, cut to the page; rows are joined last.
_SHOWN_TO_ME = sa.func.gate_visibility.disclosed_page(
    sa.literal_column("'meeting'"),
    ask("until", sa.Integer()),
    sa.case((ask("all_units", sa.Boolean()), sa.null()), else_=ask("my_unit", sa.Uuid())),
).table_valued(sa.column("org_id", sa.Uuid()), sa.column("id", sa.Uuid()))
_OWN_KEYS = (
    sa.select(_M.c.org_id, _M.c.id)
    .where(_OWN, _MINE)
    .order_by(_M.c.id.desc())
    .limit(ask("until", sa.Integer()))
    .subquery()
)
_BOTH = sa.union_all(
    sa.select(_OWN_KEYS.c.org_id, _OWN_KEYS.c.id), sa.select(_SHOWN_TO_ME.c.org_id, _SHOWN_TO_ME.c.id)
).subquery()
_KEYS = (
    sa.select(_BOTH)
    .order_by(_BOTH.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer()))
    .subquery()
)
_PERSON = person_here(_M.c.org_id, _M.c.case_id, _M.c.individual_id)
_LIST = shown(
    sa.select(
        _M,
        _PERSON,
        _changed("cancelled").label("is_cancelled"),
        _changed("entered_in_error").label("is_entered_in_error"),
        _has(MeetingOpening).label("is_held"),
        _has(Conclusion).label("is_concluded"),
    )
    .join(_KEYS, sa.and_(_KEYS.c.org_id == _M.c.org_id, _KEYS.c.id == _M.c.id))
    .order_by(_M.c.id.desc()),
    "meeting",
    newest_first_by="id",
)
_COUNTED = sa.select(_BOTH).limit(ask("until", sa.Integer())).subquery()
_COUNT = Statement(sa.select(sa.func.count()).select_from(_COUNTED))

_READ = shown(sa.select(_M, _PERSON).where(*_THIS), "meeting")
_FOR_USE = Statement(sa.select(_M).where(_OWN, _M.c.id == ask("id", sa.Uuid())))


def _step(*columns: str, kept_if_null: str | None = None) -> Statement:
    """The next version of a meeting, with these columns written; one may stay what it is for a null."""
    written: dict[str, Any] = {name: ask_for(_M.c[name]) for name in columns}
    if kept_if_null:
        written[kept_if_null] = sa.func.coalesce(ask_for(_M.c[kept_if_null]), _M.c[kept_if_null])
    return Statement(
        sa.update(_M)
        .where(_OWN, _M.c.id == ask("of_id", sa.Uuid()), _M.c.version == ask("of_version", sa.Integer()))
        .values(written | {"version": _M.c.version + sa.literal_column("1")})
    )


_NEXT = _step()
_DETAILS = _step("purpose_sealed", "current_situation_sealed", "mode", "place_sealed")
_TIME = _step("starts_at", "ends_at", "mode", "booked_offer_id", kept_if_null="place_sealed")


async def read(tx: Tx, org_id: UUID, meeting_id: UUID, *, operation: str) -> asyncpg.Record | None:
    """One meeting that the caller sees, logged as shown."""
    return await tx.row(_READ, org=org_id, id=meeting_id, operation=operation)


async def for_use(tx: Tx, meeting_id: UUID) -> asyncpg.Record | None:
    """A meeting of the caller's organisation for a use case to work with; shown to nobody, so not logged."""
    return await tx.row(_FOR_USE, id=meeting_id)


async def page(tx: Tx, *, all_units: bool, limit: int, offset: int, operation: str) -> list[asyncpg.Record]:
    """A page of meetings, own and shown, newest first; every person on it is logged as shown."""
    return await tx.rows(
        _LIST, all_units=all_units, limit=limit, offset=offset, until=limit + offset, operation=operation
    )


async def count_to_1000(tx: Tx, *, all_units: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, all_units=all_units, until=1001)
    return found if found <= 1000 else None


async def next_version(tx: Tx, meeting_id: UUID, version: int) -> bool:
    """Let the meeting step from this version to the next; False when it is stale."""
    return await tx.change(_NEXT, of_id=meeting_id, of_version=version) == 1


async def write_details(tx: Tx, meeting_id: UUID, version: int, **columns: Any) -> bool:
    """Write purpose, situation, mode and place, and the next version; False when it is stale."""
    return await tx.change(_DETAILS, of_id=meeting_id, of_version=version, **columns) == 1


async def write_time(tx: Tx, meeting_id: UUID, version: int, **columns: Any) -> bool:
    """Write time, mode, the offer chosen and a place, if one is given, and the next version; False when it is
    stale.
    """
    return await tx.change(_TIME, of_id=meeting_id, of_version=version, **columns) == 1
