"""Migrations run on asyncpg, as the owner of the schema: the migrator logs in and steps into that role."""

import asyncio
import os

from alembic import context
from sqlalchemy import pool, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from app.db.migrate import as_sqlalchemy_url
from app.db.tables import METADATA
from app.db.tables.base import SCHEMA


def only_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Compare our schema and nothing else that may live in the database."""
    return name == SCHEMA if kind == "schema" else True


def migrate(connection: Connection) -> None:
    """Run in one transaction as the owner; a migration that steps into a gate's role must step back, or it fails here."""
    connection.execute(text("set role flerpart_owner"))
    connection.execute(text("set lock_timeout = '1s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_schemas=True,
        include_name=only_ours,
        version_table_schema=SCHEMA,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run() -> None:
    """Connect with MIGRATION_DATABASE_URL and migrate."""
    url = context.config.attributes.get("url") or os.environ["MIGRATION_DATABASE_URL"]
    engine = create_async_engine(as_sqlalchemy_url(url), poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


if context.is_offline_mode():
    context.configure(
        dialect_name="postgresql", target_metadata=METADATA, version_table_schema=SCHEMA, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    asyncio.run(run())
