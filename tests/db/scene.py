"""Three organisations round one person: A holds the case, B is covered by consent, C is a stranger."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from app.db.caller import Caller
from app.db.database import Database, Tx
from app.db.ids import new_id
from app.db.tables.cases import CaseFile, Individual
from app.db.tables.consents import Consent, Disclosure
from app.db.tables.meetings import Meeting
from app.db.tables.plans import Action, Plan
from app.db.tables.summonses import Summons
from tests.db import rows

DELIVER = "select gate_delivery.deliver($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
FACTS = "select gate_facts.of_case($1, $2, $3)"


@dataclass(frozen=True)
class Organisation:
    """One organisation of the directory, with a unit and an officer."""

    id: UUID = field(default_factory=new_id)
    unit: UUID = field(default_factory=new_id)
    officer: UUID = field(default_factory=new_id)
    account: UUID = field(default_factory=new_id)

    def caller(self, at: datetime | None = None) -> Caller:
        """Its officer, now or at another instant."""
        return Caller(self.id, self.unit, self.account, at or datetime.now(UTC))


@asynccontextmanager
async def owner(migration_url: str) -> AsyncIterator[Any]:
    """The owner of the schema, as the migrator becomes it: the directory is loaded so."""
    connection = await asyncpg.connect(migration_url)
    try:
        await connection.execute("set role flerpart_owner")
        yield connection
    finally:
        await connection.close()


async def enter_directory(migration_url: str, *organisations: Organisation) -> None:
    """Make the organisations known, each with its unit, officer and account."""
    async with owner(migration_url) as connection:
        for one in organisations:
            await connection.execute(
                "insert into flerpart.organisation (id, name, type) values ($1, 'A body', 'other')", one.id
            )
            await connection.execute(
                "insert into flerpart.unit (org_id, id, name, address, active, version)"
                " values ($1, $2, 'A unit', '{}', true, 1)",
                one.id,
                one.unit,
            )
            await connection.execute(
                "insert into flerpart.officer (org_id, id, unit_id, name, function, version)"
                " values ($1, $2, $3, 'An officer', 'caseworker', 1)",
                one.id,
                one.officer,
                one.unit,
            )
            await connection.execute(
                "insert into flerpart.account (org_id, id, unit_id, officer_id, issuer, subject,"
                " roles, active, version)"
                " values ($1, $2, $3, $4, 'https://issuer.example', $5, '{caseworker}', true, 1)",
                one.id,
                one.account,
                one.unit,
                one.officer,
                f"subject of {one.id}",
            )


@dataclass
class Scene:
    """The organisations, A's case and meeting, and the steps that proofs are made of."""

    database: Database
    a: Organisation
    b: Organisation
    c: Organisation
    person: Individual
    case: CaseFile
    meeting: Meeting

    def act(self, who: Organisation, at: datetime | None = None) -> AbstractAsyncContextManager[Tx]:
        """A transaction in that organisation's name."""
        return self.database.act(who.caller(at))

    async def add(self, who: Organisation, *what: SQLModel) -> None:
        """Store rows in one commit."""
        async with self.act(who) as tx:
            await tx.add(*what)
            await tx.commit()

    async def count(
        self, who: Organisation, table: str, at: datetime | None = None, where: str = "true"
    ) -> int:
        """How many rows of a table that organisation sees."""
        async with self.act(who, at) as tx:
            return int(await tx.call(f"select count(*) from flerpart.{table} where {where}"))

    async def consent(self, *covered: Organisation, **said: Any) -> Consent:
        """A records consent that covers these organisations, to the exchange of information unless said."""
        given = rows.consent(self.case, **said)
        await self.add(self.a, given, *(rows.coverage(given, one.id) for one in covered))
        return given

    async def withdraw(self, by: Organisation, of: Consent, covered: Organisation | None = None) -> None:
        """The individual takes consent back, and tells that organisation so."""
        await self.add(by, rows.withdrawal(by.id, of, covered.id if covered else None))

    async def show(self, kind: str, item: UUID, of: Consent, to: Organisation) -> Disclosure:
        """A shows an item to an organisation."""
        shown = rows.disclosure(kind, item, of, to.id)
        await self.add(self.a, shown)
        return shown

    async def call(self, to: Organisation, of: Consent) -> tuple[Summons, Disclosure]:
        """A issues a summons to an organisation and delivers it."""
        asked = rows.invitee(self.meeting, to.id)
        letter = rows.summons(self.meeting, asked, to.unit, of)
        await self.add(self.a, asked, letter)
        shown = await self.show("summons", letter.id, of, to)
        await self.deliver(self.a, shown, to)
        return letter, shown

    async def propose(self, to: Organisation, of: Consent) -> tuple[Plan, Action, Disclosure]:
        """A proposes a plan with one action of that organisation's, and shows it to it."""
        version = rows.plan(self.meeting)
        promised = rows.action(version, to.id)
        await self.add(self.a, version, promised)
        return version, promised, await self.show("plan", version.id, of, to)

    async def deliver(
        self,
        sender: Organisation,
        shown: Disclosure,
        to: Organisation,
        index: bytes | None = None,
        **other: Any,
    ) -> None:
        """The sender puts a copy of what was shown into the receiver's keeping."""
        values = {
            "kind": shown.kind,
            "about": None,
            "meeting": self.meeting.id,
            "unit": to.unit,
            "person": new_id(),
            **other,
        }
        async with self.act(sender) as tx:
            await tx.call(
                DELIVER,
                *(shown.id, values["kind"], values["about"], values["meeting"], values["unit"]),
                *("api", rows.LONG_AGO, rows.SEALED, values["person"], rows.SEALED),
                *("none" if index is None else "personnummer", None, index, "none"),
            )
            await tx.commit()

    async def facts(
        self, who: Organisation, *, to_change: bool = False, case: UUID | None = None
    ) -> dict[str, Any] | None:
        """The picture of A's case that the gate gives that organisation."""
        async with self.act(who) as tx:
            picture: dict[str, Any] | None = await tx.call(FACTS, self.a.id, case or self.case.id, to_change)
            return picture


async def stage(database: Database, migration_url: str) -> Scene:
    """Three new organisations, and A's case with a meeting."""
    a, b, c = Organisation(), Organisation(), Organisation()
    await enter_directory(migration_url, a, b, c)
    person = rows.individual(a.id)
    case = rows.case_file(a.id, a.unit, person.id)
    scene = Scene(database, a, b, c, person, case, rows.meeting(case))
    await scene.add(a, person, case, scene.meeting)
    return scene


def soon(seconds: int) -> datetime:
    """An instant so many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def waits(database: Database, task: asyncio.Task[Any]) -> bool:
    """Whether the task comes to wait for a lock of the database, instead of coming to its end."""
    sql = (
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    while not task.done():
        if (await database.identify(sql))[0][0]:
            return True
    return False
