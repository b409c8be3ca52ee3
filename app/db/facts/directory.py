"""The organisations of a picture: type, party and whether there is any way to reach them."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from app.db.database import Tx
from app.db.facts.reading import code_of
from app.db.statement import Statement, ask, table_of
from app.db.tables.directory import Membership, Unit
from app.db.tables.directory import Organisation as OrganisationRow
from app.domain.codes import OrganisationType
from app.domain.facts.case import NoParty, Organisation

_organisation, _membership, _unit = table_of(OrganisationRow), table_of(Membership), table_of(Unit)


def _filled(column: sa.Column[str]) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(sa.func.btrim(column), sa.literal_column("''")) != sa.literal_column("''")


_reachable = (
    sa.select(sa.literal_column("1"))
    .where(
        _unit.c.org_id == _organisation.c.id,
        _unit.c.active,
        sa.or_(
            _filled(_unit.c.email),
            _filled(_unit.c.telephone),
            sa.func.cardinality(_unit.c.address) > sa.literal_column("0"),
        ),
    )
    .exists()
)
_ORGANISATIONS = Statement(
    sa.select(_organisation.c.id, _organisation.c.type, _membership.c.party, _reachable.label("reachable"))
    .select_from(
        _organisation.outerjoin(
            _membership,
            sa.and_(
                _membership.c.org_id == _organisation.c.id,
                _membership.c.agreement_key == ask("agreement_key", sa.Text()),
            ),
        )
    )
    .where(
        sa.or_(
            _membership.c.org_id.is_not(None),
            _organisation.c.id == sa.any_(ask("named", sa.ARRAY(sa.Uuid()))),
        )
    )
    .order_by(_organisation.c.id)
)


async def organisations(tx: Tx, agreement_key: str, named: Iterable[UUID]) -> tuple[Organisation, ...]:
    """Every organisation of an agreement's parties, and those named beside them, by id.

    Reachable is an organisation with an active unit that has a postal address, an e-mail address or a
    telephone number (UPP-126).
    """
    rows = await tx.rows(_ORGANISATIONS, agreement_key=agreement_key, named=sorted(named))
    return tuple(
        Organisation(
            id=row["id"],
            party=NoParty() if row["party"] is None else row["party"],
            type=code_of(row["type"], OrganisationType, "organisation.type"),
            reachable=row["reachable"],
        )
        for row in rows
    )
