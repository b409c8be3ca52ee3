"""What a use case needs of the rows beside the facts: ids, versions, and to whom something has been shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.facts.reading import Row, Tables


@dataclass(frozen=True)
class MeetingRow:
    """A meeting's version, its unit and the agreement it was started under."""

    id: UUID
    unit_id: UUID
    individual_id: UUID
    agreement_id: str
    version: int


@dataclass(frozen=True)
class DraftRow:
    """A draft of a plan at the recorder's organisation."""

    org_id: UUID
    id: UUID
    meeting_id: UUID
    version: int
    handed_over_at: datetime | None
    revises: UUID | None
    replaces: UUID | None


@dataclass(frozen=True)
class Shown:
    """An act has shown an item to an organisation, under a consent."""

    id: UUID
    kind: str
    item_id: UUID
    recipient_org: UUID
    consent_id: UUID


@dataclass(frozen=True)
class CaseRow:
    """The case as it is stored. `individual_id` is the person at the holder."""

    org_id: UUID
    id: UUID
    individual_id: UUID
    unit_id: UUID
    agreement_id: str
    version: int
    closed_at: datetime | None
    identity_kind: str
    protected_identity: str
    meetings: tuple[MeetingRow, ...]
    drafts: tuple[DraftRow, ...]
    shown: tuple[Shown, ...]

    def meeting(self, meeting_id: UUID) -> MeetingRow | None:
        """The meeting with this id, if it is of this case."""
        return next((one for one in self.meetings if one.id == meeting_id), None)

    def draft(self, draft_id: UUID) -> DraftRow | None:
        """The draft with this id, if it is of this case."""
        return next((one for one in self.drafts if one.id == draft_id), None)


def case_row(tables: Tables) -> CaseRow:
    """The stored case, from the gate's answer."""
    case, individual = tables.one("case_file"), tables.one("individual")
    return CaseRow(
        org_id=case.id("org_id"),
        id=case.id("id"),
        individual_id=individual.id("id"),
        unit_id=case.id("unit_id"),
        agreement_id=case.text("agreement_id"),
        version=case.number("version"),
        closed_at=case.instant_or("closed_at", None),
        identity_kind=individual.text("identity_kind"),
        protected_identity=individual.text("protected_identity"),
        meetings=tuple(_meeting(row) for row in tables.all("meeting")),
        drafts=tuple(_draft(row) for row in tables.all("plan_draft")),
        shown=tuple(_shown(row) for row in tables.all("disclosure")),
    )


def _meeting(row: Row) -> MeetingRow:
    return MeetingRow(
        id=row.id("id"),
        unit_id=row.id("unit_id"),
        individual_id=row.id("individual_id"),
        agreement_id=row.text("agreement_id"),
        version=row.number("version"),
    )


def _draft(row: Row) -> DraftRow:
    return DraftRow(
        org_id=row.id("org_id"),
        id=row.id("id"),
        meeting_id=row.id("meeting_id"),
        version=row.number("version"),
        handed_over_at=row.instant_or("handed_over_at", None),
        revises=row.id_or("revises", None),
        replaces=row.id_or("replaces", None),
    )


def _shown(row: Row) -> Shown:
    return Shown(
        id=row.id("id"),
        kind=row.text("kind"),
        item_id=row.id("item_id"),
        recipient_org=row.id("recipient_org"),
        consent_id=row.id("consent_id"),
    )
