"""The generated directory: units of each organisation, an officer and an account in each."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.agreements.registry import registry
from app.auth import development
from app.db.tables.directory import Account, Officer, Unit
from bench.instants import Ids
from bench.rows import Rows
from bench.sizes import Size


@dataclass(frozen=True)
class Desk:
    """A unit with its one officer and the officer's account."""

    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID
    account_id: UUID
    subject: str


@dataclass(frozen=True)
class Body:
    """An organisation of the agreement with its generated desks."""

    id: UUID
    name: str
    party: str
    desks: tuple[Desk, ...]

    def desk(self, chance: random.Random) -> Desk:
        """Any of its desks."""
        return self.desks[int(chance.random() * len(self.desks))]


def bodies(size: Size, now: datetime) -> tuple[str, list[Body]]:
    """The agreement that applies today, and each organisation of its parties with its desks."""
    file = registry().applying("uppsala", now.date())
    if file is None:
        raise LookupError("no agreement applies today")
    ids = Ids(seed=1)
    long_ago = now - timedelta(days=1500)
    made = [
        Body(
            organisation.id,
            organisation.name,
            party.code,
            tuple(
                Desk(
                    organisation.id,
                    ids.at(long_ago),
                    ids.at(long_ago),
                    ids.at(long_ago),
                    f"bench-{party.code}-{place}-{number}",
                )
                for number in range(size.units_of_each)
            ),
        )
        for party in file.parties
        for place, organisation in enumerate(party.organisations)
    ]
    return file.agreement.id, made


def directory_rows(made: list[Body]) -> Rows:
    """Units, officers and accounts as rows."""
    rows = Rows()
    for body in made:
        for number, desk in enumerate(body.desks):
            own = {"org_id": desk.organisation_id, "unit_id": desk.unit_id}
            rows.add(
                Unit,
                org_id=desk.organisation_id,
                id=desk.unit_id,
                name=f"{body.name} {number}",
                address=[body.name, f"Provgatan {number}", "753 00 Uppsala"],
                email="enhet@example.se",
                telephone="018-00 00 00",
            )
            rows.add(
                Officer,
                **own,
                id=desk.officer_id,
                name=f"Robin Exempel {number}",
                title="Handläggare",
                function="handläggare",
                email="handlaggare@example.se",
                telephone="018-00 00 01",
            )
            rows.add(
                Account,
                **own,
                id=desk.account_id,
                officer_id=desk.officer_id,
                issuer=development.ISSUER,
                subject=desk.subject,
                roles=["caseworker"],
            )
    return rows
