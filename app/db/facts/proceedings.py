"""What happened at a meeting: who was there, who chaired and wrote, how it ended, what it decided."""

from uuid import UUID

from app.db.facts.reading import Row, Tables, Unreadable, in_order, latest
from app.db.facts.statements import standing, word
from app.domain.codes import Attendance, FollowUpDecision
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import (
    ChairTransfer,
    Conclusion,
    FollowUpDecided,
    FollowUpReport,
    IndividualAttendance,
    Opened,
    OrganisationPresent,
    OutsiderPresent,
    RecordedAfterwards,
    Recorder,
)


def opening(meeting_id: UUID, tables: Tables) -> Opened | RecordedAfterwards | NotYet:
    """How the meeting came to be held, if it was."""
    row = latest(tables.about("meeting_opening", "meeting_id", meeting_id))
    if row is None:
        return NotYet()
    match row.text("manner"):
        case "opened":
            return Opened(at=row.instant("held_at"))
        case "recorded_afterwards":
            return RecordedAfterwards(
                held_at=row.instant("held_at"),
                recorded_at=row.instant("recorded_at"),
                refused_by=row.texts("findings"),
            )
        case _:
            raise Unreadable("meeting_opening.manner has an unknown word")


def transfers(meeting_id: UUID, tables: Tables) -> tuple[ChairTransfer, ...]:
    """The officers the chair has passed to."""
    return tuple(
        ChairTransfer(
            officer_id=row.id("officer_id"),
            reason_given=row.flag("has_reason"),
            at=row.instant("recorded_at"),
        )
        for row in tables.about("chair_transfer", "meeting_id", meeting_id)
    )


def recorder(meeting_id: UUID, tables: Tables) -> Recorder | NotYet:
    """Whoever was appointed last to write the plan."""
    row = latest(tables.about("recorder_appointment", "meeting_id", meeting_id))
    return NotYet() if row is None else Recorder(row.id("recorder_org"))


def attendance_of_the_individual(meeting_id: UUID, tables: Tables) -> IndividualAttendance | NotYet:
    """The latest word on how the individual took part."""
    row = latest(_attendance(meeting_id, "individual", tables))
    if row is None:
        return NotYet()
    return IndividualAttendance(
        attendance=row.code("attendance", Attendance),
        took_part_otherwise=row.flag("took_part_otherwise"),
        reason_given=row.flag("has_reason"),
    )


def attendance_of_organisations(meeting_id: UUID, tables: Tables) -> tuple[OrganisationPresent, ...]:
    """The latest word on each organisation, in the order they were first noted."""
    rows = in_order(_attendance(meeting_id, "organisation", tables))
    last = {row.id("organisation_id"): row.code("attendance", Attendance) for row in rows}
    return tuple(OrganisationPresent(whose, attendance) for whose, attendance in last.items())


def attendance_of_outsiders(meeting_id: UUID, tables: Tables) -> tuple[OutsiderPresent, ...]:
    """The latest word on each invited person outside them, in the order they were first noted."""
    rows = in_order(_attendance(meeting_id, "outsider", tables))
    last = {row.id("invitee_id"): row.code("attendance", Attendance) for row in rows}
    return tuple(OutsiderPresent(whose, attendance) for whose, attendance in last.items())


def _attendance(meeting_id: UUID, attender: str, tables: Tables) -> tuple[Row, ...]:
    rows = tables.about("attendance", "meeting_id", meeting_id)
    return tuple(row for row in rows if row.text("attender") == attender)


def reports(meeting_id: UUID, tables: Tables) -> tuple[FollowUpReport, ...]:
    """Each side's account of its own area."""
    rows = standing(tables.about("follow_up_report", "item_id", meeting_id))
    return tuple(FollowUpReport(word(row)) for row in rows)


def decision(meeting_id: UUID, tables: Tables) -> FollowUpDecided | NotYet:
    """What the follow-up decided."""
    row = latest(tables.about("follow_up_decision", "meeting_id", meeting_id))
    if row is None:
        return NotYet()
    return FollowUpDecided(
        plan_id=row.id("plan_id"),
        decision=row.code("decision", FollowUpDecision),
        still_needs_coordination=row.flag("still_needs_coordination"),
        reason_given=row.flag("has_reason"),
        decided_at=row.instant("recorded_at"),
    )


def conclusion(meeting_id: UUID, tables: Tables) -> Conclusion | NotYet:
    """How the meeting ended."""
    row = latest(tables.about("conclusion", "meeting_id", meeting_id))
    if row is None:
        return NotYet()
    return Conclusion(
        no_plan_reason_given=row.flag("has_no_plan_reason"),
        follow_up_on=row.day_or("follow_up_on", NotYet()),
        follow_up_caller=row.id_or("follow_up_caller_org", NotYet()),
        at=row.instant("recorded_at"),
    )
