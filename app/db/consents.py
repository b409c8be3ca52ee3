"""Consents: those of the caller's cases whole, and of others what covers the caller's organisation.

Which parts of a consent come back is the policies' answer: its holder sees everything, an organisation it
covers the consent, its own coverage, its own documentation and the withdrawals that concern it.
"""

from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.facts.consents import consents
from app.db.facts.reading import Tables
from app.db.reading import shown
from app.db.statement import Statement, ask, table_of
from app.db.tables.cases import CaseFile
from app.db.tables.consents import (
    Consent,
    ConsentCoverage,
    ConsentDocumentation,
    ConsentExtension,
    ConsentPerson,
    ConsentWithdrawal,
)
from app.db.tables.directory import Officer, Organisation
from app.db.tables.summonses import ReceivedCopy
from app.domain.facts.consent import Consent as ConsentFacts

_C, _F, _R = table_of(Consent), table_of(CaseFile), table_of(ReceivedCopy)
_P, _W = table_of(ConsentPerson), table_of(ConsentWithdrawal)
_ME, _MY_UNIT = ask("me", sa.Uuid()), ask("my_unit", sa.Uuid())

# Found by key, under the caller's organisation or under that of whoever has a consent that covers it.
_COVERING = sa.select(table_of(ConsentCoverage).c.org_id).where(
    table_of(ConsentCoverage).c.covered_org == _ME,
    table_of(ConsentCoverage).c.consent_id == ask("id", sa.Uuid()),
)
_HOLDERS = sa.union(sa.select(_ME.label("org_id")), _COVERING).subquery("holders")
_BY_KEY = _C.join(_HOLDERS, _HOLDERS.c.org_id == _C.c.org_id)
_OF_CONSENT = _C.c.id == ask("id", sa.Uuid())

# The holder's: the case is its unit's. Another's: a letter about the case has come to the unit, or to nobody.
_CASE_OF_MINE = sa.and_(_F.c.org_id == _C.c.org_id, _F.c.id == _C.c.case_id)
_COPIES = sa.and_(_R.c.org_id == _ME, _R.c.from_org == _C.c.org_id, _R.c.case_id == _C.c.case_id)
_MINE = sa.and_(
    _C.c.org_id == _ME,
    sa.exists().where(_CASE_OF_MINE, sa.or_(ask("all_units", sa.Boolean()), _F.c.unit_id == _MY_UNIT)),
)
_COVERS_ME = sa.and_(
    _C.c.org_id != _ME,
    sa.or_(
        ask("all_units", sa.Boolean()),
        sa.not_(sa.exists().where(_COPIES)),
        sa.exists().where(_COPIES, sa.or_(_R.c.unit_id == _MY_UNIT, _R.c.unit_id.is_(None))),
    ),
)
# The person as the caller's organisation knows them: by its case, or by what it has received.
_PERSON = sa.func.coalesce(
    sa.select(_F.c.individual_id).where(_CASE_OF_MINE).scalar_subquery(),
    sa.select(_R.c.individual_id).where(_COPIES).limit(sa.literal_column("1")).scalar_subquery(),
).label("individual_id")

_GRANT = tuple(column for column in _C.c if not isinstance(column.type, sa.LargeBinary))
_READ_WHOLE = shown(sa.select(_C, _PERSON).where(_MINE, _OF_CONSENT), "consent")
_READ_GRANT = shown(
    sa.select(*_GRANT, _PERSON).select_from(_BY_KEY).where(_COVERS_ME, _OF_CONSENT), "consent"
)
_STANDS = (
    sa.select(_C.c.org_id, _C.c.id, _C.c.case_id, _C.c.kind, _PERSON)
    .select_from(_BY_KEY)
    .where(sa.or_(_MINE, _COVERS_ME), _OF_CONSENT)
)
_STANDING, _STANDING_SHOWN = Statement(_STANDS), shown(_STANDS, "consent")
_OF_CASE = sa.and_(_MINE, _C.c.case_id == ask("case_id", sa.Uuid()))
_LIST = shown(
    sa.select(_C, _PERSON)
    .where(_OF_CASE)
    .order_by(_C.c.id.desc())
    .limit(ask("limit", sa.Integer()))
    .offset(ask("offset", sa.Integer())),
    "consent",
    newest_first_by="id",
)
_COUNT = Statement(
    sa.select(sa.func.count()).select_from(
        sa.select(_C.c.id).where(_OF_CASE).limit(sa.literal_column("1001")).subquery()
    )
)
_PERSONS = Statement(
    sa.select(_P)
    .where(_P.c.org_id == _ME, _P.c.consent_id == sa.any_(ask("ids", sa.ARRAY(sa.Uuid))))
    .order_by(_P.c.id)
)
_D = table_of(ConsentDocumentation)
_REFERENCES = Statement(
    sa.select(_D.c.consent_id, _D.c.own_reference).where(
        _D.c.org_id == _ME, _D.c.consent_id == sa.any_(ask("ids", sa.ARRAY(sa.Uuid)))
    )
)
_WITHDRAWAL = shown(
    sa.select(_W, _W.c.consent_org.label("case_org"), _PERSON)
    .select_from(_BY_KEY.join(_W, sa.and_(_W.c.consent_org == _C.c.org_id, _W.c.consent_id == _C.c.id)))
    .where(
        sa.or_(_MINE, _COVERS_ME),
        _OF_CONSENT,
        _W.c.kind == sa.literal_column("'withdrawn'"),
        _W.c.id == ask("withdrawal_id", sa.Uuid()),
    ),
    "consent_withdrawal",
)
_OFFICER = Statement(
    sa.select(table_of(Officer)).where(
        table_of(Officer).c.org_id == _ME, table_of(Officer).c.id == ask("id", sa.Uuid())
    )
)
_NAMES = Statement(
    sa.select(table_of(Organisation).c.id, table_of(Organisation).c.name).where(
        table_of(Organisation).c.id == sa.any_(ask("ids", sa.ARRAY(sa.Uuid)))
    )
)


def _rows(row: type[SQLModel], holder: str, consent: str) -> tuple[Any, Any]:
    """The rows of a table that belong to the consents asked for, as JSON, sealed columns left out."""
    table = table_of(row).alias(f"of_{row.__tablename__}")
    open_ = [one for one in table.c if not isinstance(one.type, sa.LargeBinary)]
    named: list[sa.ColumnElement[Any]] = []
    for one in open_:
        named += [sa.literal_column(f"'{one.name}'"), one]
    shape = sa.func.jsonb_build_object(*named)
    order = table.c.id if "id" in table.c else table.c.covered_org
    of_consents = (
        table.c[holder] == ask("holder", sa.Uuid()),
        table.c[consent] == sa.any_(ask("ids", sa.ARRAY(sa.Uuid))),
    )
    listed = sa.func.coalesce(
        sa.func.jsonb_agg(aggregate_order_by(shape, order)), sa.literal_column("'[]'::jsonb")
    )
    return (
        sa.literal_column(f"'{row.__tablename__}'"),
        sa.select(listed).select_from(table).where(*of_consents).scalar_subquery(),
    )


_FACTS = Statement(
    sa.select(
        sa.func.jsonb_build_object(
            *_rows(Consent, "org_id", "id"),
            *_rows(ConsentCoverage, "org_id", "consent_id"),
            *_rows(ConsentPerson, "org_id", "consent_id"),
            *_rows(ConsentExtension, "org_id", "consent_id"),
            *_rows(ConsentDocumentation, "consent_org", "consent_id"),
            *_rows(ConsentWithdrawal, "consent_org", "consent_id"),
        )
    )
)


async def standing(tx: Tx, consent_id: UUID, *, all_units: bool) -> asyncpg.Record | None:
    """Whose consent this is, in which case, if the caller's unit has it or is covered; shown to nobody."""
    return await tx.row(_STANDING, id=consent_id, all_units=all_units)


async def standing_shown(
    tx: Tx, consent_id: UUID, *, all_units: bool, operation: str
) -> asyncpg.Record | None:
    """The same, logged as shown: for an answer that tells what has become of the consent."""
    return await tx.row(_STANDING_SHOWN, id=consent_id, all_units=all_units, operation=operation)


async def read_whole(tx: Tx, consent_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """A consent of the caller's own case with all that was sealed, logged as shown."""
    return await tx.row(_READ_WHOLE, id=consent_id, all_units=all_units, operation=operation)


async def read_grant(tx: Tx, consent_id: UUID, *, all_units: bool, operation: str) -> asyncpg.Record | None:
    """Another's consent that covers the caller, nothing sealed among it, logged as shown."""
    return await tx.row(_READ_GRANT, id=consent_id, all_units=all_units, operation=operation)


async def page(
    tx: Tx, case_id: UUID, *, all_units: bool, limit: int, offset: int, operation: str
) -> list[asyncpg.Record]:
    """The consents of a case of the caller's, newest first, each logged as shown."""
    return await tx.rows(
        _LIST, case_id=case_id, all_units=all_units, limit=limit, offset=offset, operation=operation
    )


async def count_to_1000(tx: Tx, case_id: UUID, *, all_units: bool) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(_COUNT, case_id=case_id, all_units=all_units)
    return found if found <= 1000 else None


async def facts(tx: Tx, holder: UUID, *ids: UUID) -> dict[UUID, ConsentFacts]:
    """The consents by id, each with as much of what has become of it as the caller may see."""
    answer: dict[str, Any] = await tx.value(_FACTS, holder=holder, ids=list(ids))
    return {one.id: one for one in consents(Tables(answer))}


async def persons(tx: Tx, *ids: UUID) -> list[asyncpg.Record]:
    """The persons named in consents of the caller's."""
    return await tx.rows(_PERSONS, ids=list(ids))


async def own_references(tx: Tx, *ids: UUID) -> dict[UUID, str | None]:
    """The caller's own reference numbers of consents that its organisation has documented."""
    return {row["consent_id"]: row["own_reference"] for row in await tx.rows(_REFERENCES, ids=list(ids))}


async def withdrawal(
    tx: Tx, consent_id: UUID, withdrawal_id: UUID, *, all_units: bool, operation: str
) -> asyncpg.Record | None:
    """A withdrawal that the caller may see, logged as shown."""
    return await tx.row(
        _WITHDRAWAL, id=consent_id, withdrawal_id=withdrawal_id, all_units=all_units, operation=operation
    )


async def officer(tx: Tx, officer_id: UUID) -> asyncpg.Record | None:
    """An officer of the caller's organisation."""
    return await tx.row(_OFFICER, id=officer_id)


async def names(tx: Tx, *organisation_ids: UUID) -> dict[UUID, str]:
    """The organisations' names; those the directory does not have are left out."""
    return {row["id"]: row["name"] for row in await tx.rows(_NAMES, ids=list(organisation_ids))}
