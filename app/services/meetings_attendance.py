"""Who is at a meeting: as told, as the rulebook sees it, and as it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.consents import Disclosure
from app.db.tables.held_meetings import Attendance as Row
from app.db.tables.records import OutboxEvent
from app.domain.calendar import stockholm_day
from app.domain.codes import Attendance, ConsentKind
from app.domain.facts.meeting import (
    IndividualAttendance,
    InvitedOutsider,
    OrganisationPresent,
    OutsiderPresent,
)
from app.domain.rule import Words
from app.errors import FieldError, FieldFault, Unprocessable
from app.services.at_hand import MeetingFound
from app.services.dates import CLOCKS_DIFFER_BY, DATE_AHEAD, DATE_ORDER
from app.services.decision import Decision, party_of

WHO_MISSING = FieldFault("MISSING", Words("Ange vem det gäller", "Say whom it is about"))
NAMED_TWICE = FieldFault("NAMED_TWICE", Words("Samma deltagare anges två gånger", "The same attendee twice"))
ORGANISATION_UNKNOWN = FieldFault(
    "ORGANISATION_UNKNOWN", Words("Organisationen finns inte", "There is no such organisation")
)
INVITEE_UNKNOWN = FieldFault(
    "INVITEE_UNKNOWN",
    Words(
        "Ingen sådan person utanför organisationerna är antecknad för mötet",
        "No such person outside the organisations is noted for the meeting",
    ),
)
NOT_THERE = FieldFault(
    "NOT_THERE",
    Words("Den som inte är med varken kommer eller går", "Whoever is not there neither comes nor leaves"),
)


@dataclass(frozen=True)
class Presence:
    """How somebody was there, from when to when (UTC), or why not. No arrival: from the beginning, or now."""

    attendance: Attendance
    arrived_at: datetime | None
    left_at: datetime | None
    reason: str | None


@dataclass(frozen=True)
class IndividualThere:
    """The individual's presence, and whether they took part in another way when absent (UPP-005)."""

    presence: Presence
    took_part_otherwise: bool


@dataclass(frozen=True)
class OrganisationThere:
    """An organisation's presence, and the name of its officer."""

    organisation_id: UUID
    presence: Presence
    officer_name: str | None


@dataclass(frozen=True)
class OutsiderThere:
    """The presence of an invited person outside the organisations."""

    invitee_id: UUID
    presence: Presence


@dataclass(frozen=True)
class Attendees:
    """Who is there beside the individual, as told in one request;
    the places in the lists are those of its pointers.
    """

    organisations: tuple[OrganisationThere, ...]
    outsiders: tuple[OutsiderThere, ...]

    @property
    def organisation_ids(self) -> tuple[UUID, ...]:
        """The organisations told of."""
        return tuple(one.organisation_id for one in self.organisations)

    def facts_of_organisations(self) -> tuple[OrganisationPresent, ...]:
        """The organisations as the rulebook sees them."""
        return tuple(
            OrganisationPresent(one.organisation_id, one.presence.attendance) for one in self.organisations
        )

    def facts_of_outsiders(self) -> tuple[OutsiderPresent, ...]:
        """The persons outside the organisations as the rulebook sees them."""
        return tuple(OutsiderPresent(one.invitee_id, one.presence.attendance) for one in self.outsiders)


NOBODY = Attendees((), ())
"""Nobody beside the individual."""


def fact_of_individual(there: IndividualThere) -> IndividualAttendance:
    """The individual as the rulebook sees them."""
    return IndividualAttendance(
        attendance=there.presence.attendance,
        took_part_otherwise=there.took_part_otherwise,
        reason_given=there.presence.reason is not None,
    )


def check(
    individual: IndividualThere | None,
    told: Attendees,
    at: MeetingFound,
    *,
    since: datetime,
) -> None:
    """Raises Unprocessable, naming every place:
    an organisation or a guest nobody knows of, somebody named twice, or times that cannot be.

    Whoever has no time of arrival has been there from `since` on (UTC).
    """
    case, meeting = at.found.case, at.meeting
    known = {one.id for one in case.organisations}
    guests = {one.id for one in meeting.invitees if isinstance(one.who, InvitedOutsider)}
    guest_ids = [one.invitee_id for one in told.outsiders]
    faults = [
        *_strangers("/organisations/{}/organisationId", told.organisation_ids, known, ORGANISATION_UNKNOWN),
        *_strangers("/outsiders/{}/inviteeId", guest_ids, guests, INVITEE_UNKNOWN),
    ]
    for pointer, presence in _presences(individual, told):
        faults += _wrong_times(pointer, presence, since, case.now)
    if faults:
        raise Unprocessable(*faults)


def _strangers(pointer: str, named: Sequence[UUID], known: set[UUID], fault: FieldFault) -> list[FieldError]:
    """Those named whom nobody knows, and those named before."""
    unknown = [fault.at(pointer.format(place)) for place, one in enumerate(named) if one not in known]
    twice = [NAMED_TWICE.at(pointer.format(place)) for place, one in enumerate(named) if one in named[:place]]
    return unknown + twice


def _presences(individual: IndividualThere | None, told: Attendees) -> list[tuple[str, Presence]]:
    """Each presence told of, with its place."""
    return [
        *([("/individual", individual.presence)] if individual else []),
        *((f"/organisations/{place}", one.presence) for place, one in enumerate(told.organisations)),
        *((f"/outsiders/{place}", one.presence) for place, one in enumerate(told.outsiders)),
    ]


def _wrong_times(pointer: str, presence: Presence, since: datetime, now: datetime) -> list[FieldError]:
    """What cannot be of when somebody came and left."""
    times = {"arrivedAt": presence.arrived_at, "leftAt": presence.left_at}
    given = {name: at for name, at in times.items() if at is not None}
    if not presence.attendance.took_part:
        return [NOT_THERE.at(f"{pointer}/{name}") for name in given]
    faults = [DATE_AHEAD.at(f"{pointer}/{name}") for name, at in given.items() if at > now + CLOCKS_DIFFER_BY]
    if presence.left_at is not None and presence.left_at < (presence.arrived_at or since):
        faults.append(DATE_ORDER.at(f"{pointer}/leftAt"))
    return faults


async def write_down(
    decision: Decision,
    at: MeetingFound,
    individual: IndividualThere | None,
    told: Attendees,
    since: datetime,
) -> None:
    """A row for each told of; whoever is there without a time of arrival has been there from `since` on."""
    if individual:
        otherwise = individual.took_part_otherwise
        who: dict[str, Any] = {"attender": "individual", "took_part_otherwise": otherwise}
        await _write(decision, at, individual.presence, since, **who)
    for organisation in told.organisations:
        who = {"attender": "organisation", "organisation_id": organisation.organisation_id}
        await _write(decision, at, organisation.presence, since, organisation.officer_name, **who)
        await _count(decision, at, organisation, since)
    for guest in told.outsiders:
        who = {"attender": "outsider", "invitee_id": guest.invitee_id}
        await _write(decision, at, guest.presence, since, **who)


async def _count(decision: Decision, at: MeetingFound, there: OrganisationThere, since: datetime) -> None:
    """Count how a party was there, once: that it comes late or leaves early is no second time (UPP-119)."""
    if there.organisation_id not in {one.organisation_id for one in at.meeting.organisations}:
        agreement = at.found.agreement
        await decision.count(
            agreement,
            "attendance",
            there.presence.attendance.value,
            party=party_of(agreement, there.organisation_id),
            on=stockholm_day(since),
        )


async def _write(
    decision: Decision,
    at: MeetingFound,
    presence: Presence,
    since: datetime,
    officer_name: str | None = None,
    **who: Any,
) -> None:
    row_id, took_part = new_id(), presence.attendance.took_part
    await decision.tx.add(
        Row(
            org_id=decision.me,
            id=row_id,
            meeting_id=at.meeting.id,
            case_id=at.found.row.id,
            officer_name_sealed=decision.seal_given(Row, row_id, "officer_name_sealed", officer_name),
            attendance=presence.attendance.value,
            from_at=(presence.arrived_at or since) if took_part else None,
            to_at=presence.left_at,
            reason_sealed=decision.seal_given(Row, row_id, "reason_sealed", presence.reason),
            recorded_by=decision.assignment.account_id,
            recorded_at=decision.now,
            **who,
        )
    )


async def show_meeting(decision: Decision, at: MeetingFound, organisation_ids: Sequence[UUID]) -> None:
    """Show the meeting to organisations that have come:
    one disclosure each, under the consent that covers it (UPP-016).

    Nothing is shown to the holder, or where consent does not cover;
    a meeting shown before under the same consent stays shown. No copy is handed over.
    """
    case = at.found.case
    seen = {
        (one.recipient_org, one.consent_id)
        for one in at.found.row.shown
        if one.kind == "meeting" and one.item_id == at.meeting.id
    }
    for organisation in sorted(set(organisation_ids) - {decision.me}):
        covering = case.consents_covering(ConsentKind.INFORMATION_EXCHANGE, organisation, case.now)
        if not covering or any((organisation, one.id) in seen for one in covering):
            continue
        consent = max(covering, key=lambda one: one.said_at)
        disclosure_id = new_id()
        common: Mapping[str, Any] = {
            "org_id": decision.me,
            "recipient_org": organisation,
            "item_id": at.meeting.id,
            "recorded_at": decision.now,
        }
        await decision.tx.add(
            Disclosure(
                **common,
                id=disclosure_id,
                kind="meeting",
                case_id=at.found.row.id,
                consent_id=consent.id,
                without_letter=not case.has_been_called(organisation),
                recorded_by=decision.assignment.account_id,
            ),
            OutboxEvent(
                **common,
                id=new_id(),
                type="se.flerpart.meeting.shown",
                item_kind="meeting",
                disclosure_id=disclosure_id,
            ),
        )
