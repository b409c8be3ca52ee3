"""Invented organisations for one story, in an agreement of their own."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg

from app.db.caller import Caller
from app.db.ids import new_id
from app.domain.agreement import Agreement, Party
from app.domain.facts.basics import NoEnd, Term


@dataclass(frozen=True)
class Body:
    """One organisation with a unit, an officer and an account."""

    type: str
    party: str | None
    telephone: str | None
    id: UUID = field(default_factory=new_id)
    unit: UUID = field(default_factory=new_id)
    officer: UUID = field(default_factory=new_id)
    account: UUID = field(default_factory=new_id)

    def caller(self) -> Caller:
        """Its officer, now."""
        return Caller(self.id, self.unit, self.account, datetime.now(UTC))


def invented_agreement() -> Agreement:
    """An agreement nobody else's tests know of."""
    return Agreement(
        key=f"invented-{new_id()}",
        valid_from=date(2020, 1, 1),
        name="En påhittad överenskommelse",
        term=Term(in_force_from=date(2020, 1, 1), ends_on=NoEnd()),
        municipality="0380",
        parties=tuple(Party(code, f"Part {code}", ()) for code in ("AF", "FK", "REGION", "KOMMUN")),
        clauses=(),
    )


async def enter(migration_url: str, agreement: Agreement, *bodies: Body) -> None:
    """Make the organisations known, as the owner of the schema loads a directory."""
    connection = await asyncpg.connect(migration_url)
    try:
        await connection.execute("set role flerpart_owner")
        for one in bodies:
            await connection.execute(
                "insert into flerpart.organisation (id, name, type) values ($1, 'A body', $2)",
                one.id,
                one.type,
            )
            if one.party is not None:
                await connection.execute(
                    "insert into flerpart.membership (agreement_key, org_id, party) values ($1, $2, $3)",
                    *(agreement.key, one.id, one.party),
                )
            await connection.execute(
                "insert into flerpart.unit (org_id, id, name, address, telephone, active, version)"
                " values ($1, $2, 'A unit', '{}', $3, true, 1)",
                *(one.id, one.unit, one.telephone),
            )
            await connection.execute(
                "insert into flerpart.officer (org_id, id, unit_id, name, function, version)"
                " values ($1, $2, $3, 'An officer', 'caseworker', 1)",
                *(one.id, one.officer, one.unit),
            )
    finally:
        await connection.close()
