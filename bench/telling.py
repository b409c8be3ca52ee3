"""How a generated case is told: rows sealed, recorded, disclosed and delivered as the application does it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.auth.sealing import Sealer
from app.db.tables.cases import Contact
from app.db.tables.consents import Disclosure
from app.db.tables.records import JournalEntry
from app.db.tables.summonses import ReceivedCopy
from bench.instants import Ids
from bench.rows import Rows
from bench.staff import Body, Desk


@dataclass(frozen=True)
class Party:
    """An organisation that takes part in a case, at one desk, with its own row for the person."""

    body: Body
    desk: Desk
    individual_id: UUID


class Storyteller:
    """Tells cases, each different in who takes part and when."""

    def __init__(self, agreement_id: str, made: list[Body], sealer: Sealer, now: datetime, seed: int) -> None:
        self._agreement_id = agreement_id
        self._agreement_key = agreement_id.split("@")[0]
        self._bodies = made
        self._sealer = sealer
        self._now = now
        self._ids = Ids(seed)
        self._chance = random.Random(seed)
        self._references: dict[UUID, int] = {}
        self.rows = Rows()


class Telling:
    """One case being told, and what every act in it does."""

    def __init__(
        self, teller: "Storyteller", number: int, holder: Body, desk: Desk, references: dict[UUID, int]
    ) -> None:
        self._t = teller
        self._number = number
        self._is_closed = number % 10 < 7
        self._references = references
        self._begun = teller._now - timedelta(days=400 if self._is_closed else 150, hours=number % 480)
        self._holder = Party(holder, desk, teller._ids.at(self._begun))
        chance = teller._chance
        others = [one for one in teller._bodies if one is not holder]
        # The region first, then any three: four to call, as the routine's fullest meeting has.
        others.sort(key=lambda one: (one.party != "REGION", chance.random()))
        self._others = [Party(one, one.desk(chance), teller._ids.at(self._begun)) for one in others[:4]]
        self._case_id = teller._ids.at(self._begun)
        self._consents: dict[str, UUID] = {}
        self._name = f"Kim Exempel {number}"

    def _contact(self, party: Party, at: datetime, meeting_id: UUID | None = None) -> None:
        self._add(
            Contact,
            at,
            case_id=self._case_id,
            meeting_id=meeting_id,
            with_org=party.body.id,
            about="time" if meeting_id else "need",
            occurred_at=at,
            channel="telephone",
            answered=True,
            names_the_person=False,
        )

    def _about(self, item_id: UUID) -> dict[str, Any]:
        return {"item_org": self._holder.body.id, "item_id": item_id, "case_id": self._case_id}

    def _add(
        self,
        row: type[SQLModel],
        at: datetime,
        *,
        by: Party | None = None,
        sealed: dict[str, str] | None = None,
        id: UUID | None = None,  # noqa: A002 - the column's name
        **values: Any,
    ) -> UUID:
        """A row recorded at `at` by the holder, or by another party;
        the texts of `sealed` are sealed for it.
        """
        speaker = by or self._holder
        row_id = id or self._t._ids.at(at)
        for column, text in (sealed or {}).items():
            values[column] = self._seal(row, row_id, column, text, speaker.body.id)
        self._t.rows.add(
            row,
            org_id=speaker.body.id,
            id=row_id,
            recorded_by=speaker.desk.account_id,
            recorded_at=at,
            **values,
        )
        return row_id

    def _seal(self, row: type[SQLModel], row_id: UUID, column: str, text: str, organisation: UUID) -> bytes:
        return self._t._sealer.seal(text, organisation, str(row.__tablename__), row_id, column)

    def _disclose(self, kind: str, item_id: UUID, party: Party, consent: str, at: datetime) -> UUID:
        return self._add(
            Disclosure,
            at,
            recipient_org=party.body.id,
            kind=kind,
            item_id=item_id,
            case_id=self._case_id,
            consent_id=self._consents[consent],
        )

    def _deliver(
        self,
        kind: str,
        item_id: UUID,
        meeting_id: UUID,
        party: Party,
        consent: str,
        at: datetime,
        text: str,
        starts_at: datetime | None,
    ) -> None:
        to = party.body.id
        number = self._references[to] = self._references.get(to, 0) + 1
        disclosure_id = self._disclose(kind, item_id, party, consent, at)
        self._t.rows.add(
            ReceivedCopy,
            org_id=to,
            id=item_id,
            kind=kind,
            from_org=self._holder.body.id,
            case_id=self._case_id,
            meeting_id=meeting_id,
            disclosure_id=disclosure_id,
            unit_id=party.desk.unit_id,
            individual_id=party.individual_id,
            reference_number=number,
            channel="letter",
            meeting_starts_at=starts_at,
            payload_sealed=self._seal(ReceivedCopy, item_id, "payload_sealed", text, to),
            recorded_at=at,
        )

    def _journal(self, operation: str, kind: str, item_id: UUID, at: datetime) -> None:
        mine = self._holder
        self._t.rows.add(
            JournalEntry,
            org_id=mine.body.id,
            id=self._t._ids.at(at),
            actor_id=mine.desk.account_id,
            unit_id=mine.desk.unit_id,
            operation=operation,
            item_kind=kind,
            item_id=item_id,
            individual_id=mine.individual_id,
            agreement_id=self._t._agreement_id,
            findings="[]",
            recorded_at=at,
        )
