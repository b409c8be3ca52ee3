"""A whole case to be disposed of, the two who may decide it, and every row of an organisation."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.db.database import Database
from app.db.ids import new_id
from app.db.tables import METADATA
from app.db.tables.disposal import DisposalRule
from app.db.tables.joint_decisions import JointDecision
from tests.db.scene import owner
from tests.db_facts.directory import Body
from tests.db_facts.story import MONDAY, Story
from tests.db_facts.telling import tell

CARRY_OUT = "select count(*) from gate_disposal.carry_out($1)"
CLOSE = "update flerpart.case_file set closed_at = $2 where id = $1"
APPROVE = (
    "update flerpart.joint_decision set outcome = 'approved', decided_by = $2, decided_at = $3 where id = $1"
)
TABLES = {
    table.name: table
    for table in METADATA.sorted_tables
    if "org_id" in table.c and table.name != "membership"
}
LOGS = {"journal_entry", "read_entry"}
OF_A_CASE = {name for name, table in TABLES.items() if "case_id" in table.c} - LOGS


@dataclass(frozen=True)
class Two:
    """Two people of one organisation."""

    one: Body
    other: Body


async def two_of(migration_url: str, body: Body) -> Two:
    """Two officers of an organisation, each with an account."""
    both = Two(*(replace(body, officer=new_id(), account=new_id()) for _ in range(2)))
    async with owner(migration_url) as connection:
        for one in (both.one, both.other):
            await connection.execute(
                "insert into flerpart.officer (org_id, id, unit_id, name, function, version)"
                " values ($1, $2, $3, 'An officer', 'archivist', 1)",
                *(one.id, one.officer, one.unit),
            )
            await connection.execute(
                "insert into flerpart.account (org_id, id, unit_id, officer_id, issuer, subject, roles,"
                " active, version)"
                " values ($1, $2, $3, $4, 'https://issuer.example', $5, '{manager}', true, 1)",
                *(one.id, one.account, one.unit, one.officer, f"subject of {one.account}"),
            )
    return both


async def closed_story(database: Database, migration_url: str) -> Story:
    """A case in which everything has happened, and which is closed."""
    story = await tell(database, migration_url)
    async with database.act(story.holder.caller()) as tx:
        await tx.call(CLOSE, story.case.id, datetime.now(UTC))
        await tx.commit()
    return story


async def ruled(database: Database, by: Body, kind: str = "case", event: str = "case_closed") -> UUID:
    """A rule by which a kind is disposed of at once."""
    rule = DisposalRule(
        org_id=by.id,
        id=new_id(),
        kind=kind,
        event=event,
        months=0,
        from_year_end=False,
        decision="A decision",
        in_force_from=MONDAY,
        recorded_by=by.account,
        recorded_at=datetime.now(UTC),
    )
    async with database.act(by.caller()) as tx:
        await tx.add(rule)
        await tx.commit()
    return rule.id


async def proposed(database: Database, by: Body, rule: UUID, *items: UUID, matter: str = "disposal") -> Any:
    """A proposal of one person's that these be disposed of."""
    who = by.caller()
    proposal = JointDecision(
        org_id=by.id,
        id=new_id(),
        matter=matter,
        subject_kind="disposal",
        subject_id=new_id(),
        content={"ruleId": str(rule), "itemIds": [str(one) for one in items]},
        proposed_by=by.account,
        proposed_at=who.instant,
        expires_at=who.instant + timedelta(days=1),
    )
    async with database.act(who) as tx:
        await tx.add(proposal)
        await tx.commit()
    return proposal


async def agreed(database: Database, by: Body, proposal: JointDecision) -> int:
    """Another approves and carries it out: how many things were disposed of."""
    who = by.caller()
    async with database.act(who) as tx:
        await tx.call(APPROVE, proposal.id, by.account, who.instant)
        count: int = await tx.call(CARRY_OUT, proposal.subject_id)
        await tx.commit()
        return count


async def rows_of(database: Database, body: Body) -> dict[str, set[str]]:
    """Every row of an organisation as the database prints it, by table; without what gates alone may read."""
    readable = "select has_table_privilege('flerpart.' || $1, 'select')"
    every = "select x::text from flerpart.{0} x where x.org_id = $1"
    async with database.act(body.caller()) as tx:
        names = [name for name in TABLES if await tx.call(readable, name)]
        return {name: {row[0] for row in await tx.table(every.format(name), body.id)} for name in names}


def refers_to(table: sa.Table) -> set[str]:
    """The tables a table's foreign keys lead to, its own organisation's rows among them."""
    return {key.column.table.name for key in table.foreign_keys} - {table.name}
