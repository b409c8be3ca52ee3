"""Is everything in place for a step with a meeting? The book of the step itself, asked beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from app.db.reading import Shown
from app.domain.access import Operation, Relation
from app.domain.codes import Attendance, FollowUpDecision, MeetingStatus, SubjectKind
from app.domain.facts.basics import NotYet, TheOrganisation
from app.domain.facts.case import Subject
from app.domain.facts.guests import InvitationAtHand, MeetingHeld
from app.domain.facts.meeting import (
    Conclusion,
    FollowsUp,
    FollowUpDecided,
    IndividualAttendance,
    InvitedOutsider,
    OrganisationPresent,
    OutsiderPresent,
)
from app.domain.facts.picture import MeetingAtHand
from app.domain.judgement import Finding
from app.domain.meeting_steps import can_be_taken, goes_on
from app.domain.readiness import Readiness, readiness
from app.domain.states import meeting_status
from app.domain.step import Step
from app.domain.tasks import Task, tasks
from app.errors import NotAllowed
from app.services.at_hand import MeetingFound
from app.services.desk import Desk
from app.services.letters import gather
from app.services.meetings_reading import MeetingSeen, seen
from app.services.reading import Reading
from app.services.summonses import letters_for_readiness


@dataclass(frozen=True)
class MeetingReadiness:
    """Where the meeting stands, whether the step exists from there,
    what the agreement would answer, and what is owed meanwhile.
    """

    status: MeetingStatus
    can_be_taken: bool
    answer: Readiness
    tasks: tuple[Task, ...]


async def ready(desk: Desk, meeting_id: UUID, step: Step) -> MeetingReadiness:
    """What the agreement would answer if the step were taken now, and who could mend what.

    An organisation that the meeting was shown to is told what it owes itself, and nothing of the others.
    """
    async with desk.reading(Operation.READ_READINESS) as reading:
        it = await seen(reading, meeting_id)
        picture = await _picture(reading, it, step)
        status = meeting_status(it.found.case, it.meeting)
        answer = readiness(step, picture, it.found.agreement)
        about = {Subject(SubjectKind.MEETING, meeting_id)}
        about |= {Subject(SubjectKind.SUMMONS, one.id) for one in it.meeting.summonses}
        owed = [one for one in tasks(it.found.case, it.found.agreement) if one.subject in about]
        if not it.is_own:
            answer = _of(answer, reading.me)
            owed = [one for one in owed if one.organisation_id == reading.me]
        await reading.log_shown(Shown("meeting", it.row["org_id"], meeting_id, it.row["case_id"]))
        await reading.commit()
        return MeetingReadiness(
            status=status,
            can_be_taken=can_be_taken(step, it.found.case, it.meeting),
            answer=answer,
            tasks=tuple(owed),
        )


async def _picture(reading: Reading, it: MeetingSeen, step: Step) -> MeetingAtHand:
    """The meeting as the step would have it, if everybody invited is called, written to, or comes, a
    follow-up decides as the need asks for, and a meeting ends with nothing more said.

    The letters of a summons are their sender's: raises NotAllowed for anybody else.
    """
    case, meeting = it.found.case, it.meeting
    outsiders = tuple(one for one in meeting.invitees if isinstance(one.who, InvitedOutsider))
    match step:
        case Step.ISSUE_SUMMONS:
            if it.relation is not Relation.OWN_UNIT:
                raise NotAllowed
            at = MeetingFound(it.found, meeting, it.row["version"], it.row["individual_id"])
            return letters_for_readiness(await gather(reading, at), at)
        case Step.ISSUE_INVITATION:
            return InvitationAtHand(case=case, meeting=meeting, invited=outsiders)
        case Step.OPEN_MEETING:
            coming = dict.fromkeys((meeting.holder, *meeting.invited_organisations))
            return MeetingHeld(
                case=case,
                meeting=meeting,
                held_at=case.now,
                individual=IndividualAttendance(Attendance.PRESENT, False, False),
                organisations=tuple(OrganisationPresent(one, Attendance.PRESENT) for one in coming),
                outsiders=tuple(OutsiderPresent(one.id, Attendance.PRESENT) for one in outsiders),
            )
        case Step.DECIDE_FOLLOW_UP if isinstance(meeting.follows, FollowsUp):
            decided = FollowUpDecided(
                plan_id=meeting.follows.plan_id,
                decision=FollowUpDecision.REVISE,
                still_needs_coordination=True,
                reason_given=True,
                decided_at=case.now,
            )
            return MeetingAtHand(case=case, meeting=replace(meeting, decision=decided))
        case Step.CONCLUDE_MEETING if goes_on(meeting):
            ended = Conclusion(
                no_plan_reason_given=False,
                follow_up_on=NotYet(),
                follow_up_caller=NotYet(),
                at=case.now,
            )
            return MeetingAtHand(case=case, meeting=replace(meeting, conclusion=ended))
        case _:
            return MeetingAtHand(case=case, meeting=meeting)


def _of(answer: Readiness, organisation_id: UUID) -> Readiness:
    """The part of the answer that an organisation can mend itself."""
    mine = TheOrganisation(organisation_id)

    def own(findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return tuple(one for one in findings if one.owed_by == mine)

    return Readiness(
        step=answer.step,
        missing=own(answer.missing),
        to_explain=own(answer.to_explain),
        remarks=own(answer.remarks),
        earliest=answer.earliest,
    )
