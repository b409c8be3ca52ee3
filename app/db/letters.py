"""What a letter is made of: the meeting's own words, its invitees, addresses, and who calls. Shown to
nobody here.
"""

from collections.abc import Iterable
from uuid import UUID

import asyncpg
import sqlalchemy as sa

from app.db.database import Tx
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import Individual
from app.db.tables.consents import Consent
from app.db.tables.directory import Officer, Organisation, Unit
from app.db.tables.meetings import Invitee, Meeting, MeetingPreparation

_M, _V, _P = table_of(Meeting), table_of(Invitee), table_of(MeetingPreparation)
_I, _O, _U, _F, _C = (table_of(one) for one in (Individual, Organisation, Unit, Officer, Consent))
_ME = ask("me", sa.Uuid())
_ID = ask("id", sa.Uuid())

_MEETING = Statement(sa.select(_M).where(_M.c.org_id == _ME, _M.c.id == _ID))
_INVITEES = Statement(
    sa.select(_V, _O.c.name.label("organisation"))
    .outerjoin(_O, _O.c.id == _V.c.organisation_id)
    .where(_V.c.org_id == _ME, _V.c.meeting_id == _ID, _V.c.removed_at.is_(None))
    .order_by(_V.c.id)
)
_PREPARATION = Statement(
    sa.select(_P)
    .where(_P.c.org_id == _ME, _P.c.meeting_id == _ID)
    .order_by(_P.c.id.desc())
    .limit(sa.literal_column("1"))
)
_PERSON = Statement(sa.select(_I).where(_I.c.org_id == _ME, _I.c.id == _ID))
_CONVENER = Statement(
    sa.select(
        _F.c.id,
        _F.c.org_id,
        _F.c.name,
        _F.c.title,
        _F.c.email,
        _F.c.telephone,
        _U.c.name.label("unit"),
        _U.c.address,
        _U.c.email.label("unit_email"),
        _U.c.telephone.label("unit_telephone"),
        _O.c.name.label("organisation"),
    )
    .join(_U, sa.and_(_U.c.org_id == _F.c.org_id, _U.c.id == _F.c.unit_id))
    .join(_O, _O.c.id == _F.c.org_id)
    .where(_F.c.org_id == _ME, _F.c.id == _ID)
)
_OF = ask("organisations", sa.ARRAY(sa.Uuid()))
_CALLED = sa.func.unnest(_OF).table_valued(sa.column("id", sa.Uuid())).render_derived("called")
# An organisation may have thousands of units: those asked for, and two more tell whether one must be named.
_FIRST_TWO = (
    sa.select(_U.c.org_id, _U.c.id)
    .where(_U.c.org_id == _CALLED.c.id, _U.c.active)
    .order_by(_U.c.org_id, _U.c.id)
    .limit(sa.literal_column("2"))
    .lateral("first_two")
)
_KEYS = sa.union(
    sa.select(_FIRST_TWO.c.org_id, _FIRST_TWO.c.id).select_from(_CALLED.join(_FIRST_TWO, sa.true())),
    sa.select(_U.c.org_id, _U.c.id).where(
        _U.c.org_id == sa.any_(_OF), _U.c.id == sa.any_(ask("units", sa.ARRAY(sa.Uuid())))
    ),
).subquery("keys")
_UNITS = Statement(
    sa.select(_U, _O.c.name.label("organisation"))
    .join(_KEYS, sa.and_(_KEYS.c.org_id == _U.c.org_id, _KEYS.c.id == _U.c.id))
    .join(_O, _O.c.id == _U.c.org_id)
    .where(_U.c.active)
)
_CONSENTS = Statement(
    sa.select(_C.c.id, _C.c.taker_name, _C.c.taker_function, _C.c.said_at).where(
        _C.c.org_id == _ME, _C.c.id == sa.any_(ask("ids", sa.ARRAY(sa.Uuid())))
    )
)


async def meeting(tx: Tx, meeting_id: UUID) -> asyncpg.Record | None:
    """The meeting's row with its sealed words."""
    return await tx.row(_MEETING, id=meeting_id)


async def invitees(tx: Tx, meeting_id: UUID) -> list[asyncpg.Record]:
    """Those the meeting is for, in the order they were noted, with their organisation's name."""
    return await tx.rows(_INVITEES, id=meeting_id)


async def preparation(tx: Tx, meeting_id: UUID) -> asyncpg.Record | None:
    """How the meeting was prepared last."""
    return await tx.row(_PREPARATION, id=meeting_id)


async def person(tx: Tx, individual_id: UUID) -> asyncpg.Record | None:
    """The individual at the caller's organisation."""
    return await tx.row(_PERSON, id=individual_id)


async def convener(tx: Tx, officer_id: UUID) -> asyncpg.Record | None:
    """The officer who calls, with unit and organisation."""
    return await tx.row(_CONVENER, id=officer_id)


async def units_of(
    tx: Tx, organisations: Iterable[UUID], units: Iterable[UUID | None]
) -> list[asyncpg.Record]:
    """Those of these active units, and of each of these organisations two at least where it has so many, with
    their addresses.
    """
    return await tx.rows(_UNITS, organisations=sorted(organisations), units=list(filter(None, units)))


async def consent_lines(tx: Tx, consent_ids: Iterable[UUID]) -> list[asyncpg.Record]:
    """Who took each consent, as what, and when it was said."""
    return await tx.rows(_CONSENTS, ids=sorted(consent_ids))
