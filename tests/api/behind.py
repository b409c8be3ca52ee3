"""Behind the API: rows as the application stores them, and the picture its rulebook is given."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from app.agreements.registry import registry
from app.auth.context import ContextSigner
from app.days_off import swedish_calendar
from app.db import caller as context
from app.db.database import Database, Tx
from app.db.facts import Asking, Found, case_as_seen
from app.domain.facts.case import Acting
from app.wiring import sign_with
from tests.api.conftest import Application, Caller


@asynccontextmanager
async def acting(application: Application, by: Caller) -> AsyncIterator[Tx]:
    """A transaction in somebody's name, as the application has one."""
    sign = sign_with(ContextSigner.of(application.keyring))
    async with Database(application.urls.api, sign, smallest=1, largest=1).opened() as database:
        who = context.Caller(by.organisation_id, by.unit_id, by.account_id, application.clock())
        async with database.act(who) as tx:
            yield tx


async def stored(application: Application, by: Caller, *rows: SQLModel) -> None:
    """Rows stored in somebody's name, in one commit."""
    async with acting(application, by) as tx:
        await tx.add(*rows)
        await tx.commit()


async def picture(application: Application, by: Caller, case_id: UUID) -> Found:
    """The case of somebody's organisation as the rulebook sees it."""
    file = registry().get("uppsala@2020-01-01")
    assert file is not None
    asking = Asking(
        now=application.clock(),
        calendar=swedish_calendar(),
        acting=Acting(by.organisation_id, by.unit_id, by.officer_id),
        agreement={file.agreement.id: file.agreement}.__getitem__,
        named=(),
    )
    async with acting(application, by) as tx:
        return await case_as_seen(tx, by.organisation_id, case_id, asking)


Fact = tuple[str, str, str]


async def counted(application: Application) -> Counter[Fact]:
    """Every fact there is, by kind, detail and party."""
    connection = await asyncpg.connect(application.urls.migration)
    try:
        await connection.execute("set role flerpart_owner")
        await connection.execute("set role gate_statistics")
        rows = await connection.fetch(
            "select kind, detail, party, count(*) as n from flerpart.statistic_fact group by 1, 2, 3"
        )
        return Counter({(row["kind"], row["detail"], row["party"]): row["n"] for row in rows})
    finally:
        await connection.close()


async def refused(application: Application, by: Caller) -> Counter[tuple[str, str]]:
    """What somebody tried alone and was refused, by operation and code."""
    async with acting(application, by) as tx:
        rows = await tx.table(
            "select operation, code from flerpart.refused_attempt where actor_id = $1", by.account_id
        )
    return Counter((row["operation"], row["code"]) for row in rows)
