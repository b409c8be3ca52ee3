"""A journal to tamper with: a database of its own, two organisations, and whoever is above all rights."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.auth.context import ContextSigner
from app.auth.journal_key import PublicKeys
from app.auth.keyring import KeyRing
from app.db.database import Database, SignContext, Tx
from app.db.ids import new_id
from app.db.tables.records import JournalEntry, ReadEntry
from app.services.journal import publish_root, seal_reads
from app.services.journal_verification import Verified, verify_journal
from app.wiring import sign_with
from dev.cluster import SUPERUSER
from dev.postgres import Server, Urls
from tests.db.scene import Organisation, enter_directory

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def decision(by: Organisation, about: UUID | None, at: datetime) -> JournalEntry:
    """A decision of an organisation about a person, or about nobody."""
    return JournalEntry(
        org_id=by.id,
        id=new_id(),
        actor_id=by.account,
        unit_id=by.unit,
        operation="registerCase",
        item_kind="case",
        item_id=new_id(),
        individual_id=about,
        agreement_id="uppsala/1",
        findings=[{"rule": "MAL-2", "pointer": None, "code": "Å"}],
        explanations_sealed=b"\x00sealed",
        recorded_at=at,
    )


def read(by: Organisation, about: UUID | None, at: datetime) -> ReadEntry:
    """A person shown once to an officer of an organisation."""
    return ReadEntry(
        org_id=by.id,
        id=new_id(),
        actor_id=by.account,
        unit_id=by.unit,
        operation="readCase",
        item_kind="case",
        item_org=by.id,
        item_id=new_id(),
        individual_id=about,
        recorded_at=at,
    )


NEWEST_READ = """
    select r.id from flerpart.read_entry r where r.recorded_at = $1 and not exists (
        select from flerpart.chain_link l where l.entry_id = r.id)"""


@dataclass(frozen=True)
class Ledger:
    """The journal's database, and what tests know of it."""

    server: Server
    urls: Urls
    name: str
    keyring: KeyRing
    a: Organisation
    b: Organisation
    person: UUID
    """A's individual whose chain has five decisions and two reads: as 1 to 3 and 6 and 7, and as 4 and 5."""
    other: UUID
    """B's individual, with a chain of two decisions."""
    entries: list[UUID]
    """The entries of the person's chain in their order."""

    def signing(self) -> SignContext:
        """What contexts are signed with."""
        return sign_with(ContextSigner.of(self.keyring))

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Database]:
        """The database as the application enters it."""
        async with Database(self.urls.api, self.signing(), smallest=1, largest=4).opened() as opened:
            yield opened

    @asynccontextmanager
    async def acting(self, who: Organisation, at: datetime = FIRST) -> AsyncIterator[Tx]:
        """A transaction in an organisation's name."""
        async with self.opened() as database, database.act(who.caller(at)) as tx:
            yield tx

    async def write(self, who: Organisation, *about: UUID | None, reads: bool = False) -> list[UUID]:
        """One entry after the other, each a commit of its own; their ids."""
        made = []
        async with self.opened() as database:
            for number, one in enumerate(about):
                at = FIRST + timedelta(seconds=number)
                row = (read if reads else decision)(who, one, at)
                async with database.act(who.caller(at)) as tx:
                    # A read's id is made by the database, as it is when one statement writes many.
                    await tx.add(row)
                    made.append(row.id if not reads else await tx.call(NEWEST_READ, at))
                    await tx.commit()
        return made

    async def seal(self) -> int:
        """Seal every read that waits."""
        async with self.opened() as database:
            return await seal_reads(database)

    async def root(self) -> str:
        """Draw a root as the command does; its line."""
        key = self.keyring.journal_key
        assert key is not None
        async with self.opened() as database:
            return await publish_root(database, key)

    async def verified(self, *kept: str) -> Verified:
        """Verify as the command does."""
        key = self.keyring.journal_key
        assert key is not None
        return await verify_journal(self.urls.migration, list(kept), PublicKeys(key.public_pem()).vouch)

    @asynccontextmanager
    async def above_all(self) -> AsyncIterator[Any]:
        """Whoever is above every right, policy and trigger: the server's superuser."""
        login = f"{SUPERUSER}:{self.server.passwords[SUPERUSER]}"
        connection = await asyncpg.connect(f"postgresql://{login}@/{self.name}?host={self.server.sockets}")
        try:
            await connection.execute("set session_replication_role = replica")
            yield connection
        finally:
            await connection.close()


async def told(server: Server, template: str, name: str, keys_file: Path) -> Ledger:
    """A ledger with two roots: the first over five entries of the person's chain, the second over seven."""
    a, b, person, other = Organisation(), Organisation(), new_id(), new_id()
    urls = await asyncio.to_thread(server.create_database, name, template)
    await enter_directory(urls.migration, a, b)
    entries: list[UUID] = []
    ledger = Ledger(server, urls, name, KeyRing.load(keys_file), a, b, person, other, entries)
    entries += await ledger.write(a, person, person, person)
    entries += await ledger.write(a, person, person, reads=True)
    await ledger.write(b, other, other)
    await ledger.write(a, None)
    await ledger.root()
    entries += await ledger.write(a, person, person)
    await ledger.root()
    return ledger
