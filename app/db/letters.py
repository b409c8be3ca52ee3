"""What a letter is made of: the meeting's own words, its invitees, addresses, and who calls. Shown to
nobody here.
"""

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
_UNITS = Statement(
    sa.select(_U, _O.c.name.label("organisation"))
    .join(_O, _O.c.id == _U.c.org_id)
    .where(_U.c.org_id == sa.any_(ask("organisations", sa.ARRAY(sa.Uuid()))), _U.c.active)
)
_CONSENT = Statement(
    sa.select(_C.c.taker_name, _C.c.taker_function, _C.c.said_at).where(_C.c.org_id == _ME, _C.c.id == _ID)
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


async def units_of(tx: Tx, organisations: list[UUID]) -> list[asyncpg.Record]:
    """The active units of these organisations, with their addresses."""
    return await tx.rows(_UNITS, organisations=organisations)


async def consent_line(tx: Tx, consent_id: UUID) -> asyncpg.Record | None:
    """Who took a consent, as what, and when it was said."""
    return await tx.row(_CONSENT, id=consent_id)
