"""A meeting as the caller may see it: its holder everything, others what an act has shown them."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import meetings as rows
from app.db import visible
from app.db.facts import Found, case_as_seen
from app.db.plans import of_meeting as written_at
from app.domain.access import Operation, Relation, Role, may
from app.domain.codes import MeetingForm, MeetingStatus
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Meeting
from app.domain.meeting_steps import AHEAD, UNDER_WAY, can_be_changed, goes_on, leads_to
from app.domain.states import meeting_status
from app.domain.step import Step
from app.errors import NotFound
from app.services.at_hand import asking
from app.services.desk import Desk
from app.services.follow_ups_views import FollowUpShown, follow_up_view
from app.services.meetings_proceedings import Proceedings, proceedings
from app.services.meetings_views import Chair, HolderView, holder_view
from app.services.reading import Reading
from app.services.sight import sight_of_case

# What may be read of a meeting in whatever state it is.
_READ_OF_IT = frozenset(
    {
        Operation.READ_READINESS,
        Operation.READ_DRAFT,
        Operation.READ_PLAN,
        Operation.READ_CONSENT_COVERAGE,
        Operation.LIST_ISSUED_SUMMONSES,
        Operation.LIST_INVITATIONS,
    }
)

# What may be done to a meeting, and the step that must exist from its state, where there is one.
_DONE_TO_IT: tuple[tuple[Operation, Step], ...] = (
    (Operation.PREPARE_MEETING, Step.PREPARE_MEETING),
    (Operation.BOOK_MEETING, Step.BOOK_MEETING),
    (Operation.PREVIEW_SUMMONS, Step.ISSUE_SUMMONS),
    (Operation.ISSUE_SUMMONS, Step.ISSUE_SUMMONS),
    (Operation.PREVIEW_INVITATION, Step.ISSUE_INVITATION),
    (Operation.ISSUE_INVITATION, Step.ISSUE_INVITATION),
    (Operation.RESCHEDULE_MEETING, Step.RESCHEDULE_MEETING),
    (Operation.CANCEL_MEETING, Step.CANCEL_MEETING),
    (Operation.OPEN_MEETING, Step.OPEN_MEETING),
    (Operation.RECORD_MEETING, Step.RECORD_MEETING),
    (Operation.RECORD_ATTENDANCE, Step.ADMIT_TO_MEETING),
    (Operation.TRANSFER_CHAIR, Step.TRANSFER_CHAIR),
    (Operation.APPOINT_RECORDER, Step.APPOINT_RECORDER),
    (Operation.CONCLUDE_MEETING, Step.CONCLUDE_MEETING),
    (Operation.REPORT_AT_FOLLOW_UP, Step.REPORT_AT_FOLLOW_UP),
    (Operation.DECIDE_FOLLOW_UP, Step.DECIDE_FOLLOW_UP),
)
_CHANGED_IN: tuple[tuple[Operation, Set[MeetingStatus]], ...] = (
    (Operation.CHANGE_MEETING, UNDER_WAY),
    (Operation.CHANGE_INVITEES, UNDER_WAY),
    (Operation.OFFER_TIME, AHEAD),
)

ASKED_OF_A_MEETING = (
    Step.PREPARE_MEETING,
    Step.BOOK_MEETING,
    Step.ISSUE_SUMMONS,
    Step.ISSUE_INVITATION,
    Step.RESCHEDULE_MEETING,
    Step.CANCEL_MEETING,
    Step.OPEN_MEETING,
    Step.CONCLUDE_MEETING,
    Step.REPORT_AT_FOLLOW_UP,
    Step.DECIDE_FOLLOW_UP,
)
"""The steps whose readiness a meeting can tell by itself; a plan tells that of its own."""


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting that the caller sees, in the picture of its case, and how the caller stands to it."""

    row: Mapping[str, Any]
    found: Found
    meeting: Meeting
    relation: Relation

    @property
    def is_own(self) -> bool:
        """Whether it is the caller's organisation's."""
        return self.relation is Relation.OWN_UNIT


@dataclass(frozen=True)
class MeetingShown:
    """A meeting opened for the caller; `holder` is None for an organisation it was shown to.

    `drafts` and `plans` have those the caller sees. `open_to` has what the caller may do to it now, and
    `asked_of` the steps from here whose readiness it tells.
    """

    id: UUID
    version: int
    organisation_id: UUID
    form: MeetingForm
    is_statutory: bool
    status: MeetingStatus
    purpose: str | None
    mode: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    place: str | None
    chair: Chair
    follows_up_plan: UUID | None
    proceedings: Proceedings
    follow_up: FollowUpShown | None
    holder: HolderView | None
    drafts: list[UUID]
    plans: list[UUID]
    open_to: frozenset[Operation]
    asked_of: tuple[Step, ...]


@dataclass(frozen=True)
class MeetingLine:
    """A meeting on a list: what has become of it, but nothing of the person."""

    id: UUID
    organisation_id: UUID
    is_own: bool
    form: MeetingForm
    mode: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_cancelled: bool
    is_entered_in_error: bool
    is_held: bool
    is_concluded: bool


@dataclass(frozen=True)
class MeetingPageShown:
    """A page of meetings, and how many there are, as far as they are counted."""

    lines: tuple[MeetingLine, ...]
    total: int | None


async def seen(work: Reading, meeting_id: UUID) -> MeetingSeen:
    """A meeting the caller sees. Raises NotFound where there is none, NotAllowed where the operation is not
    for those it was shown to.
    """
    standing = await visible.meeting(work.tx, meeting_id, all_units=work.all_units)
    if standing is None:
        raise NotFound
    own = standing["org_id"] == work.me
    if own and not (work.all_units or standing["unit_id"] == work.assignment.unit_id):
        raise NotFound
    relation = Relation.OWN_UNIT if own else Relation.SHOWN
    work.entitle(relation)
    found = await case_as_seen(work.tx, standing["org_id"], standing["case_id"], asking(work))
    meeting = found.case.meeting(meeting_id)
    if isinstance(meeting, NotYet):
        raise NotFound
    return MeetingSeen(standing, found, meeting, relation)


async def read(desk: Desk, meeting_id: UUID) -> MeetingShown:
    """One meeting of the caller's unit, or one that was opened with the caller's organisation there."""
    async with desk.reading(Operation.READ_MEETING) as reading:
        it = await seen(reading, meeting_id)
        org_id = it.row["org_id"]
        row = await rows.read(reading.tx, org_id, meeting_id, operation=reading.operation.value)
        if row is None:
            raise NotFound
        status = meeting_status(it.found.case, it.meeting)
        drafts, plans = await written_at(reading.tx, org_id, meeting_id)
        happened, followed_up = (
            await proceedings(reading, org_id, meeting_id),
            await follow_up_view(reading, it.meeting),
        )
        sight = await sight_of_case(reading, org_id, row["case_id"])
        shown = MeetingShown(
            id=meeting_id,
            version=row["version"],
            organisation_id=org_id,
            form=it.meeting.form,
            is_statutory=it.meeting.form.is_statutory,
            status=status,
            purpose=reading.open("meeting", row, "purpose_sealed"),
            mode=row["mode"],
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            place=sight.of(reading.open("meeting", row, "place_sealed")),
            chair=Chair(organisation_id=org_id, officer_id=sight.of(it.meeting.chair_officer_id)),
            follows_up_plan=row["follows_up_plan"],
            proceedings=happened,
            follow_up=followed_up,
            holder=await holder_view(reading, row, sight) if it.is_own else None,
            drafts=drafts,
            plans=plans,
            open_to=_open_to(reading, it),
            asked_of=tuple(step for step in ASKED_OF_A_MEETING if leads_to(step, it.found.case, it.meeting)),
        )
        await reading.commit()
        return shown


async def page(desk: Desk, *, limit: int, offset: int) -> MeetingPageShown:
    """The meetings of the caller's unit and those shown to its organisation, newest first."""
    async with desk.reading(Operation.LIST_MEETINGS) as reading:
        found = await rows.page(
            reading.tx,
            all_units=reading.all_units,
            limit=limit,
            offset=offset,
            operation=reading.operation.value,
        )
        total = await rows.count_to_1000(reading.tx, all_units=reading.all_units)
        await reading.commit()
        return MeetingPageShown(tuple(_line(reading, row) for row in found), total)


def _line(reading: Reading, row: Mapping[str, Any]) -> MeetingLine:
    return MeetingLine(
        id=row["id"],
        organisation_id=row["org_id"],
        is_own=row["org_id"] == reading.me,
        form=MeetingForm(row["form"]),
        mode=row["mode"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        is_cancelled=row["is_cancelled"],
        is_entered_in_error=row["is_entered_in_error"],
        is_held=row["is_held"],
        is_concluded=row["is_concluded"],
    )


def _open_to(reading: Reading, it: MeetingSeen) -> frozenset[Operation]:
    """What the caller may do to the meeting as it stands."""
    roles = {Role(role) for role in reading.assignment.roles}
    case, meeting = it.found.case, it.meeting
    steps = {operation for operation, step in _DONE_TO_IT if leads_to(step, case, meeting)}
    changes = {operation for operation, states in _CHANGED_IN if can_be_changed(case, meeting, states)}
    relations = {it.relation}
    if _records(reading, meeting):
        relations.add(Relation.RECORDER)
    possible = steps | changes | _READ_OF_IT
    if goes_on(meeting):
        possible.add(Operation.WRITE_DRAFT)
    return frozenset(one for one in possible if may(roles, one, relations))


def _records(reading: Reading, meeting: Meeting) -> bool:
    """Whether the plan is the caller's organisation's to write (UPP-053)."""
    recorder = meeting.recorder
    return not isinstance(recorder, NotYet) and recorder.organisation_id == reading.me
