"""What a meeting consists of, opened for whoever may see it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import meeting_parts as parts
from app.services.reading import Reading
from app.services.sight import Sight

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chair:
    """Who chairs: the initiator, or whoever the chair passed to (UPP-052)."""

    organisation_id: UUID
    officer_id: UUID | None


@dataclass(frozen=True)
class PreparationShown:
    """How the meeting was prepared, by the latest word."""

    id: UUID
    prepared_on: date
    with_individual: bool
    goals: str | None
    needs_and_wishes: str | None
    participation_support: str | None
    excluded_topics: str | None
    relatives_offered: str
    relatives_reason: str | None
    employer_exists: str
    employer_called: str
    recorded_at: datetime


@dataclass(frozen=True)
class InviteeShown:
    """Somebody the meeting is for."""

    id: UUID
    kind: str
    organisation_id: UUID | None
    unit_id: UUID | None
    name: str | None
    function: str | None
    equivalent_function: bool
    organisation_name: str | None
    address: list[str]
    reason: str | None
    agreed_with_individual: bool
    suitable: bool | None
    shown_to_outsiders: bool
    attends_part: str | None
    consent_person_id: UUID | None


@dataclass(frozen=True)
class TimeOfferShown:
    """A time that was offered."""

    id: UUID
    offered_by: UUID
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class ChangeShown:
    """How the meeting was booked, moved or cancelled, and what it was before."""

    id: UUID
    change: str
    wished_by_individual: bool
    reason: str | None
    from_starts_at: datetime | None
    to_starts_at: datetime | None
    recorded_at: datetime


@dataclass(frozen=True)
class HolderView:
    """What only the organisation that holds the meeting sees of it."""

    case_id: UUID
    individual_id: UUID
    unit_id: UUID | None
    initiator_id: UUID | None
    current_situation: str | None
    booked_offer_id: UUID | None
    preparation: PreparationShown | None
    invitees: list[InviteeShown]
    time_offers: list[TimeOfferShown]
    changes: list[ChangeShown]


async def holder_view(reading: Reading, row: Row, sight: Sight) -> HolderView:
    """What only the holder sees."""
    where = (reading.tx, row["org_id"], row["id"])
    prepared = await parts.preparations(*where)
    return HolderView(
        case_id=row["case_id"],
        individual_id=row["individual_id"],
        unit_id=sight.of(row["unit_id"]),
        initiator_id=sight.of(row["initiator_id"]),
        current_situation=reading.open("meeting", row, "current_situation_sealed"),
        booked_offer_id=row["booked_offer_id"],
        preparation=_preparation(reading, prepared[-1]) if prepared else None,
        invitees=[_invitee(reading, one, sight) for one in await parts.invitees(*where)],
        time_offers=[_time_offer(reading, one, sight) for one in await parts.offers(*where)],
        changes=[_change(reading, one) for one in await parts.changes(*where)],
    )


def _preparation(reading: Reading, row: Row) -> PreparationShown:
    def opened(column: str) -> str | None:
        return reading.open("meeting_preparation", row, column)

    return PreparationShown(
        id=row["id"],
        prepared_on=row["prepared_on"],
        with_individual=row["with_individual"],
        goals=opened("goals_sealed"),
        needs_and_wishes=opened("needs_and_wishes_sealed"),
        participation_support=opened("participation_support_sealed"),
        excluded_topics=opened("excluded_topics_sealed"),
        relatives_offered=row["relatives_offered"],
        relatives_reason=opened("relatives_reason_sealed"),
        employer_exists=row["employer_exists"],
        employer_called=row["employer_called"],
        recorded_at=row["recorded_at"],
    )


def _invitee(reading: Reading, row: Row, sight: Sight) -> InviteeShown:
    def opened(column: str) -> str | None:
        return reading.open("invitee", row, column)

    address = opened("address_sealed")
    return InviteeShown(
        id=row["id"],
        kind=row["kind"],
        organisation_id=row["organisation_id"],
        unit_id=sight.of(row["unit_id"]),
        name=opened("name_sealed"),
        function=row["function"],
        equivalent_function=row["equivalent_function"],
        organisation_name=opened("organisation_name_sealed"),
        address=sight.lines(json.loads(address)) if address else [],
        reason=opened("reason_sealed"),
        agreed_with_individual=row["agreed_with_individual"],
        suitable=row["suitable"],
        shown_to_outsiders=row["shown_to_outsiders"],
        attends_part=opened("attends_part_sealed"),
        consent_person_id=row["consent_person_id"],
    )


def _time_offer(reading: Reading, row: Row, sight: Sight) -> TimeOfferShown:
    return TimeOfferShown(
        id=row["id"],
        offered_by=row["offered_by"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        mode=row["mode"],
        place=sight.of(reading.open("time_offer", row, "place_sealed")),
        recorded_at=row["recorded_at"],
    )


def _change(reading: Reading, row: Row) -> ChangeShown:
    return ChangeShown(
        id=row["id"],
        change=row["change"],
        wished_by_individual=row["wished_by_individual"],
        reason=reading.open("meeting_change", row, "reason_sealed"),
        from_starts_at=row["from_starts_at"],
        to_starts_at=row["to_starts_at"],
        recorded_at=row["recorded_at"],
    )
