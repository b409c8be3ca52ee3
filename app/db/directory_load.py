"""What an installation's operator writes into the directory:
parties from an agreement's file, first accounts, issuers.

Run as the migrator, who steps into the owner's role for it; the application's login cannot.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel

from app.db.bootstrap import OWNER
from app.db.statement import Statement, ask_for, table_of
from app.db.tables.directory import Account, Membership, Officer, Organisation, TokenIssuer, Unit


def _upsert(row: type[SQLModel], *kept: str) -> Statement:
    """Insert, or overwrite everything but the key and what the organisation itself keeps."""
    table = table_of(row)
    keys = [column.name for column in table.primary_key]
    statement = insert(table).values({column.name: ask_for(column) for column in table.c})
    overwritten = {c.name: statement.excluded[c.name] for c in table.c if c.name not in (*keys, *kept)}
    return Statement(
        statement.on_conflict_do_update(index_elements=keys, set_=overwritten)
        if overwritten
        else statement.on_conflict_do_nothing(index_elements=keys)
    )


_UPSERTS = {
    Organisation: _upsert(Organisation),
    Membership: _upsert(Membership),
    # What an administrator has changed stays changed: only the name comes from the agreement again.
    Unit: _upsert(
        Unit,
        "address",
        "attention",
        "address_hint",
        "email",
        "telephone",
        "asks_for_channel",
        "active",
        "version",
    ),
    Officer: _upsert(Officer, "left_on", "version"),
    Account: _upsert(Account, "active", "version"),
    TokenIssuer: _upsert(TokenIssuer),
}


_ADMINISTRATORS = """
    select count(distinct (issuer, subject)) from flerpart.account
    where org_id = $1 and active and 'organisation_administrator' = any (roles)
"""

_SUBJECTS = "select distinct subject from flerpart.account where issuer = $1 and active order by subject"


@dataclass(frozen=True)
class DirectoryWriter:
    """Writes whole rows as the owner, in one transaction."""

    connection: Any

    async def put(self, *rows: SQLModel) -> None:
        """Insert or update rows by their key."""
        for row in rows:
            statement = _UPSERTS[type(row)]
            await self.connection.execute(statement.sql, *statement.arguments(row.__dict__))


@asynccontextmanager
async def writing_directory(migration_url: str) -> AsyncIterator[DirectoryWriter]:
    """A transaction as the owner; it is committed when the block ends without an error."""
    connection = await asyncpg.connect(migration_url)
    try:
        async with connection.transaction():
            await connection.execute(f"set local role {OWNER}")
            yield DirectoryWriter(connection)
    finally:
        await connection.close()


async def put_issuer(migration_url: str, issuer: TokenIssuer) -> None:
    """Register whose tokens are accepted, with a key set or the address of one."""
    async with writing_directory(migration_url) as directory:
        await directory.put(issuer)


async def put_account(
    migration_url: str, officer: Officer, account_id: UUID, issuer: str, subject: str, roles: list[str]
) -> int:
    """Write an officer and the account by which they are known:
    how an organisation gets its first two administrators. Answers how many it has now.
    """
    async with writing_directory(migration_url) as directory:
        await directory.put(
            officer,
            Account(
                org_id=officer.org_id,
                id=account_id,
                unit_id=officer.unit_id,
                officer_id=officer.id,
                issuer=issuer,
                subject=subject,
                roles=roles,
            ),
        )
        administrators: int = await directory.connection.fetchval(_ADMINISTRATORS, officer.org_id)
        return administrators


async def subjects_of(migration_url: str, issuer: str) -> tuple[str, ...]:
    """The subjects of an issuer that have an account, in order."""
    async with writing_directory(migration_url) as directory:
        return tuple(one["subject"] for one in await directory.connection.fetch(_SUBJECTS, issuer))
