"""A case that is told row by row as the application stores it, and asked for as the application asks.

The days of the story are long past; only who asks, asks now.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.days_off import swedish_calendar
from app.db.database import Database
from app.db.facts import Asking, Found, case_as_seen, case_for_change
from app.db.ids import new_id
from app.db.tables import cases, consents
from app.domain.agreement import Agreement
from app.domain.facts.case import Acting
from tests.db_facts.directory import Body

SEALED = b"sealed before it came here"
MONDAY = date(2024, 3, 4)
START = datetime(2024, 3, 4, 8, 0, tzinfo=UTC)


def at(hours: int) -> datetime:
    """So many hours after the story began."""
    return START + timedelta(hours=hours)


def recorded(org_id: UUID, hours: int) -> dict[str, Any]:
    """The columns every row of an organisation has."""
    return {"org_id": org_id, "id": new_id(), "recorded_by": new_id(), "recorded_at": at(hours)}


@dataclass(frozen=True)
class Story:
    """The organisations, the case, and every row by a name."""

    database: Database
    agreement: Agreement
    holder: Body
    region: Body
    stranger: Body
    case: cases.CaseFile
    rows: dict[str, Any]

    async def add(self, who: Body, **rows: SQLModel) -> None:
        """Store rows in that organisation's name, in one commit, and remember them."""
        async with self.database.act(who.caller()) as tx:
            await tx.add(*rows.values())
            await tx.commit()
        self.rows.update(rows)

    def id(self, name: str) -> UUID:
        """The id of a row."""
        id_: UUID = self.rows[name].id
        return id_

    def asking(self, who: Body, *named: UUID) -> Asking:
        """What that organisation's officer asks with."""
        return Asking(
            now=datetime.now(UTC),
            calendar=swedish_calendar(),
            acting=Acting(who.id, who.unit, who.officer),
            agreement={self.agreement.id: self.agreement}.__getitem__,
            named=named,
        )

    async def seen_by(self, who: Body, *named: UUID) -> Found:
        """The case as that organisation is answered, without a lock."""
        async with self.database.act(who.caller()) as tx:
            return await case_as_seen(tx, self.holder.id, self.case.id, self.asking(who, *named))

    async def to_change_by(self, who: Body) -> Found:
        """The case as that organisation is answered when it is about to change it."""
        async with self.database.act(who.caller()) as tx:
            return await case_for_change(tx, self.holder.id, self.case.id, self.asking(who))


def show(story: Story, kind: str, item_id: UUID) -> consents.Disclosure:
    """An act shows an item to the region under the consent."""
    return consents.Disclosure(
        **recorded(story.holder.id, 20),
        recipient_org=story.region.id,
        kind=kind,
        item_id=item_id,
        case_id=story.case.id,
        consent_id=story.id("consent"),
    )


def statement(story: Story, item_id: UUID, hours: int) -> dict[str, Any]:
    """What a statement about an item of the holder's carries."""
    about: dict[str, Any] = {"item_org": story.holder.id, "item_id": item_id, "case_id": story.case.id}
    return {**about, "said_at": at(hours), "channel": "at_the_meeting"}
