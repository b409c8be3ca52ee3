"""Meetings: how each was prepared and booked, and whom it is for. What happened at it is in `proceedings`."""

from datetime import date
from uuid import UUID

from app.db.facts.proceedings import (
    attendance_of_organisations,
    attendance_of_outsiders,
    attendance_of_the_individual,
    conclusion,
    decision,
    opening,
    recorder,
    reports,
    transfers,
)
from app.db.facts.reading import Row, Tables, in_order, latest
from app.db.facts.summonses import summonses
from app.domain.codes import Answer, MeetingForm, MeetingMode, OutsiderKind, RelativesOffered
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.meeting import (
    FirstMeeting,
    FollowsUp,
    Initiator,
    InvitedOrganisation,
    InvitedOutsider,
    Invitee,
    Meeting,
    MeetingTime,
    OfferedTime,
    Preparation,
    Rescheduling,
)


def meetings(tables: Tables, today: date) -> tuple[Meeting, ...]:
    """Every meeting of the case, cancelled ones and those entered in error too."""
    return tuple(_meeting(row, tables, today) for row in tables.all("meeting"))


def _meeting(row: Row, tables: Tables, today: date) -> Meeting:
    id_ = row.id("id")
    changes = tables.about("meeting_change", "meeting_id", id_)
    return Meeting(
        id=id_,
        form=row.code("form", MeetingForm),
        initiator=Initiator(
            organisation_id=row.id("org_id"),
            unit_id=row.id("unit_id"),
            officer_id=row.id("initiator_id"),
        ),
        follows=FollowsUp(row.id("follows_up_plan")) if row.is_given("follows_up_plan") else FirstMeeting(),
        created_at=row.instant("recorded_at"),
        purpose_given=row.flag("has_purpose"),
        current_situation_given=row.flag("has_current_situation"),
        mode=row.code("mode", MeetingMode) if row.is_given("mode") else NotYet(),
        time=_time(row),
        place_given=row.flag("has_place"),
        preparation=_preparation(id_, tables),
        invitees=tuple(
            _invitee(one)
            for one in in_order(tables.about("invitee", "meeting_id", id_))
            if not one.is_given("removed_at")
        ),
        offered_times=tuple(_offered_time(one) for one in tables.about("time_offer", "meeting_id", id_)),
        summonses=summonses(id_, tables, today),
        invited_outsider_ids=tuple(
            dict.fromkeys(one.id("invitee_id") for one in tables.about("invitation", "meeting_id", id_))
        ),
        reschedulings=tuple(_rescheduling(one) for one in changes if _is(one, "rescheduled")),
        cancelled_at=min(
            (one.instant("recorded_at") for one in changes if _is(one, "cancelled")), default=NotYet()
        ),
        entered_in_error=any(_is(one, "entered_in_error") for one in changes),
        opening=opening(id_, tables),
        chair_transfers=transfers(id_, tables),
        recorder=recorder(id_, tables),
        individual=attendance_of_the_individual(id_, tables),
        organisations=attendance_of_organisations(id_, tables),
        outsiders=attendance_of_outsiders(id_, tables),
        reports=reports(id_, tables),
        decision=decision(id_, tables),
        conclusion=conclusion(id_, tables),
    )


def _is(change: Row, kind: str) -> bool:
    return change.text("change") == kind


def _time(row: Row) -> MeetingTime | NotYet:
    """From when to when; both or neither."""
    if not row.is_given("starts_at") and not row.is_given("ends_at"):
        return NotYet()
    return MeetingTime(starts_at=row.instant("starts_at"), ends_at=row.instant("ends_at"))


def _preparation(meeting_id: UUID, tables: Tables) -> Preparation | NotYet:
    """How the meeting was prepared, by the latest word on it."""
    row = latest(tables.about("meeting_preparation", "meeting_id", meeting_id))
    if row is None:
        return NotYet()
    return Preparation(
        prepared_on=row.day("prepared_on"),
        with_individual=row.flag("with_individual"),
        goals_given=row.flag("has_goals"),
        participation_support_given=row.flag("has_participation_support"),
        relatives_offered=row.code("relatives_offered", RelativesOffered),
        employer_exists=row.code("employer_exists", Answer),
        employer_called=row.code("employer_called", Answer),
    )


def _invitee(row: Row) -> Invitee:
    return Invitee(
        id=row.id("id"),
        who=_organisation(row) if row.text("kind") == "organisation" else _outsider(row),
        name_given=row.flag("has_name"),
        function_given=row.says("function"),
        agreed_with_individual=row.flag("agreed_with_individual"),
    )


def _organisation(row: Row) -> InvitedOrganisation:
    return InvitedOrganisation(row.id("organisation_id"), row.id_or("unit_id", Unknown()))


def _outsider(row: Row) -> InvitedOutsider:
    return InvitedOutsider(
        kind=row.code("kind", OutsiderKind),
        person_id=row.id_or("consent_person_id", Unknown()),
        suitable=row.answer("suitable"),
    )


def _offered_time(row: Row) -> OfferedTime:
    return OfferedTime(
        organisation_id=row.id("offered_by"),
        starts_at=row.instant("starts_at"),
        ends_at=row.instant("ends_at"),
        offered_at=row.instant("recorded_at"),
    )


def _rescheduling(row: Row) -> Rescheduling:
    return Rescheduling(
        from_starts_at=row.instant("from_starts_at"),
        to_starts_at=row.instant("to_starts_at"),
        at=row.instant("recorded_at"),
    )
