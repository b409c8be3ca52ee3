"""From a verified token to whoever it stands for, by the identity gate: there is no context before this."""

from dataclasses import dataclass
from uuid import UUID

from app.db.database import Database

_ACCOUNTS = "select id, org_id, unit_id, officer_id, roles, name from gate_identity.accounts($1, $2)"
_ISSUERS = "select issuer, audience, key_set, key_set_uri from gate_identity.issuers()"
_SERVICES = "select id, org_id, unit_id, officer_id from gate_identity.service_actors()"

FOUND_WITHIN_SECONDS = 1.0
"""A look into an index takes a moment, or the house is full."""


@dataclass(frozen=True)
class AccountFound:
    """One assignment an account has: this officer, for this unit of this organisation, with these roles."""

    account_id: UUID
    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID
    roles: frozenset[str]
    name: str


@dataclass(frozen=True)
class IssuerFound:
    """A registered issuer of tokens, with its key set or where that is fetched from."""

    issuer: str
    audience: str
    key_set: str | None
    key_set_uri: str | None


async def accounts_of(database: Database, issuer: str, subject: str) -> list[AccountFound]:
    """Every active assignment of (issuer, subject), oldest first. An officer who has left has none."""
    rows = await database.identify(_ACCOUNTS, issuer, subject, within=FOUND_WITHIN_SECONDS)
    return [
        AccountFound(r["id"], r["org_id"], r["unit_id"], r["officer_id"], frozenset(r["roles"]), r["name"])
        for r in rows
    ]


async def issuers(database: Database) -> list[IssuerFound]:
    """Every issuer whose tokens are accepted."""
    return [IssuerFound(**dict(row)) for row in await database.identify(_ISSUERS)]


async def service_actors(database: Database) -> list[AccountFound]:
    """For each organisation that has one, the service account the worker acts as."""
    return [
        AccountFound(r["id"], r["org_id"], r["unit_id"], r["officer_id"], frozenset({"service"}), "")
        for r in await database.identify(_SERVICES)
    ]
