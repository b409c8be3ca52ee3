"""The directory of organisations: which agreements each is part of, its units, officers and accounts.

Organisations and units are for everybody who is signed in: whoever calls must know whom. Officers and
accounts are their organisation's own.
"""

from typing import Any
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import SQLModel

from app.db.database import Tx
from app.db.statement import Statement, ask, ask_for, table_of
from app.db.tables.directory import Account, Membership, Officer, Organisation, Unit

_ORG, _M, _U, _O, _A = (table_of(row) for row in (Organisation, Membership, Unit, Officer, Account))
_UUIDS = sa.ARRAY(sa.Uuid())


class Listed:
    """A list in the order of ids: its page, and how many there are up to a thousand."""

    def __init__(self, query: sa.Select[Any]) -> None:
        table = query.get_final_froms()[0]
        limit, offset = ask("limit", sa.Integer()), ask("offset", sa.Integer())
        counted = query.with_only_columns(table.c.id).limit(sa.literal_column("1001")).subquery()
        self.page = Statement(query.order_by(table.c.id).limit(limit).offset(offset))
        self.count = Statement(sa.select(sa.func.count()).select_from(counted))


def _if_asked(column: sa.Column[Any], name: str) -> sa.ColumnElement[bool]:
    """That the column has the value asked for, where one is asked for."""
    return sa.or_(ask(name, column.type).is_(None), column == ask(name, column.type))


def _of_party() -> sa.ColumnElement[bool]:
    """That the organisation is part of the party asked for, where one is asked for."""
    party = ask("party", sa.Text())
    member = sa.exists().where(_M.c.org_id == _ORG.c.id, _M.c.party == party)
    return sa.or_(party.is_(None), member)


def _of_mine(table: sa.Table) -> sa.Select[Any]:
    """The rows of the caller's organisation."""
    return sa.select(table).where(table.c.org_id == ask("me", sa.Uuid()))


def _one(query: sa.Select[Any], table: sa.Table) -> Statement:
    return Statement(query.where(table.c.id == ask("id", sa.Uuid())))


def _change(row: type[SQLModel], *kept: str) -> Statement:
    """Write the columns that may change, and the next version, where the version is the present one."""
    table = table_of(row)
    return Statement(
        sa.update(table)
        .where(
            table.c.org_id == ask("me", sa.Uuid()),
            table.c.id == ask("of_id", sa.Uuid()),
            table.c.version == ask("of_version", sa.Integer()),
        )
        .values(
            {name: ask_for(table.c[name]) for name in kept}
            | {"version": table.c.version + sa.literal_column("1")}
        )
    )


ORGANISATIONS = Listed(sa.select(_ORG).where(_of_party()))
UNITS = Listed(sa.select(_U).where(_if_asked(_U.c.org_id, "organisation")))
OFFICERS = Listed(
    _of_mine(_O).where(
        _if_asked(_O.c.unit_id, "unit"),
        sa.or_(ask("left_too", sa.Boolean()), _O.c.left_on.is_(None), _O.c.left_on > ask("today", sa.Date())),
    )
)
ACCOUNTS = Listed(_of_mine(_A))

_ORGANISATION = _one(sa.select(_ORG), _ORG)
_MEMBERSHIPS = Statement(
    sa.select(_M).where(_M.c.org_id == sa.any_(ask("of", _UUIDS))).order_by(_M.c.org_id, _M.c.agreement_key)
)
_UNIT = _one(sa.select(_U), _U)
_OFFICER = _one(_of_mine(_O), _O)
_ACCOUNT = _one(_of_mine(_A), _A)
_OPEN_ACCOUNTS = Statement(
    _of_mine(_A).where(_A.c.officer_id == ask("of_officer", sa.Uuid()), _A.c.active).order_by(_A.c.id)
)
_CHANGES: dict[type[SQLModel], Statement] = {
    Unit: _change(
        Unit,
        "name",
        "address",
        "attention",
        "address_hint",
        "email",
        "telephone",
        "asks_for_channel",
        "active",
    ),
    Officer: _change(Officer, "unit_id", "name", "title", "function", "email", "telephone", "left_on"),
    Account: _change(Account, "roles", "active"),
}


async def page(tx: Tx, listed: Listed, *, limit: int, offset: int, **asked: Any) -> list[asyncpg.Record]:
    """A page of a list, narrowed by what is asked for; None asks for nothing."""
    return await tx.rows(listed.page, limit=limit, offset=offset, **asked)


async def count_to_1000(tx: Tx, listed: Listed, **asked: Any) -> int | None:
    """How many there are, or None where they are more than a thousand."""
    found: int = await tx.value(listed.count, **asked)
    return found if found <= 1000 else None


async def organisation(tx: Tx, organisation_id: UUID) -> asyncpg.Record | None:
    """An organisation: a body within which secrecy ends."""
    return await tx.row(_ORGANISATION, id=organisation_id)


async def memberships(tx: Tx, *organisations: UUID) -> list[asyncpg.Record]:
    """The agreements these organisations have a place in: as a party's organisation, or as a body's."""
    return await tx.rows(_MEMBERSHIPS, of=list(organisations))


async def unit(tx: Tx, unit_id: UUID) -> asyncpg.Record | None:
    """A unit of any organisation."""
    return await tx.row(_UNIT, id=unit_id)


async def officer(tx: Tx, officer_id: UUID) -> asyncpg.Record | None:
    """An officer of the caller's organisation, also one who has left."""
    return await tx.row(_OFFICER, id=officer_id)


async def account(tx: Tx, account_id: UUID) -> asyncpg.Record | None:
    """An account of the caller's organisation."""
    return await tx.row(_ACCOUNT, id=account_id)


async def open_accounts_of(tx: Tx, officer_id: UUID) -> list[asyncpg.Record]:
    """The accounts of an officer of the caller's organisation that have not been ended."""
    return await tx.rows(_OPEN_ACCOUNTS, of_officer=officer_id)


async def change(tx: Tx, row: type[SQLModel], row_id: UUID, version: int, **columns: Any) -> bool:
    """Change a unit, officer or account of the caller's organisation;
    False when the version is not the present one.
    """
    return await tx.change(_CHANGES[row], of_id=row_id, of_version=version, **columns) == 1
