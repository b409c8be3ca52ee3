"""Roles and schemas, made once by the migrator before the first migration,
the same on PostgreSQL 15 and later.

The migrator is no superuser: it owns the database and may create roles. It inherits nothing,
so that a backfill which would only work by seeing every row fails here as it would in production.
"""

import asyncpg

from app.db.tables.base import SCHEMA

API = "flerpart_api"
OWNER = "flerpart_owner"
GATES = (
    "gate_context",
    "gate_visibility",
    "gate_facts",
    "gate_delivery",
    "gate_identity",
    "gate_statistics",
    "gate_journal",
    "gate_volume",
    "gate_protection",
    "gate_disposal",
    "gate_recovery",
)


def _quoted(text: str) -> str:
    """A string literal: passwords cannot be bound in CREATE ROLE."""
    return "'" + text.replace("'", "''") + "'"


async def prepare(migration_url: str, api_password: str) -> None:
    """Make the roles and schemas that are absent, and give the application's login this password.

    Safe to repeat.
    """
    connection = await asyncpg.connect(migration_url)
    try:
        async with connection.transaction():
            present = {row[0] for row in await connection.fetch("select rolname from pg_roles")}
            for role in (OWNER, *GATES):
                if role not in present:
                    await connection.execute(f"create role {role} nologin noinherit")
                # In 15 CREATEROLE allows it; from 16 the creator holds ADMIN only and this adds SET. Same
                # words.
                await connection.execute(f"grant {role} to current_user")
            verb = "alter" if API in present else "create"
            await connection.execute(f"{verb} role {API} login noinherit password {_quoted(api_password)}")
            await connection.execute(f"create schema if not exists {SCHEMA} authorization {OWNER}")
            for gate in GATES:
                # One schema a gate, owned by it: its functions are made, and later replaced, as that role.
                await connection.execute(f"create schema if not exists {gate} authorization {gate}")
    finally:
        await connection.close()


async def store_context_key(migration_url: str, key_id: str, ipad: bytes, opad: bytes) -> None:
    """Make this the current key for signed contexts; earlier ones still verify what they signed."""
    connection = await asyncpg.connect(migration_url)
    try:
        async with connection.transaction():
            await connection.execute(f"set local role {OWNER}")
            await connection.execute(
                "update flerpart.context_key set state = 'retired' where id <> $1 and state = 'current'",
                key_id,
            )
            await connection.execute(
                "insert into flerpart.context_key (id, ipad, opad, state) values ($1, $2, $3, 'current') "
                "on conflict (id) do update "
                "set ipad = excluded.ipad, opad = excluded.opad, state = 'current'",
                key_id,
                ipad,
                opad,
            )
    finally:
        await connection.close()
