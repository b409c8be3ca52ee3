"""Is everything in place for a step with a case? The book of the step itself, asked beforehand."""

from dataclasses import dataclass
from uuid import UUID

from app.db.facts import Found
from app.db.ids import new_id
from app.db.reading import Shown
from app.domain.access import Operation
from app.domain.codes import (
    AssessmentBasis,
    CaseStatus,
    ConsentAnswer,
    ConsentGiver,
    ConsentKind,
    ContactAbout,
    MeetingForm,
    NeedOutcome,
    OtherPlan,
)
from app.domain.facts.at_hand import AssessmentAtHand, ConsentAtHand, ContactAtHand
from app.domain.facts.basics import NoEnd, NotYet, Unknown
from app.domain.facts.case import Case, Contact, NeedAssessment
from app.domain.facts.consent import Consent, ConsentTaker
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.readiness import Readiness, readiness
from app.domain.states import case_status
from app.domain.step import Step, StepKind
from app.domain.tasks import Task, tasks
from app.services.at_hand import birth_date, individual_row, own_case
from app.services.desk import Desk
from app.services.meetings import Start, as_started
from app.services.reading import Reading

ASKED_OF_A_CASE = (
    Step.ASSESS_NEED,
    Step.OFFER_MEETING,
    Step.RECORD_CONTACT,
    Step.RECORD_CONSENT,
    Step.START_MEETING,
    Step.CLOSE_CASE,
)
"""The steps whose readiness a case can tell by itself; a meeting and a plan tell those of their own."""

MOST_MEETINGS = 20
"""So many of a case's meetings are linked, the latest."""


@dataclass(frozen=True)
class CaseReadiness:
    """Where the case stands, whether the step exists from there, what the agreement would answer,
    what is owed meanwhile, and the meetings that have a readiness of their own.
    """

    status: CaseStatus
    can_be_taken: bool
    answer: Readiness
    tasks: tuple[Task, ...]
    meeting_ids: tuple[UUID, ...]


async def ready(desk: Desk, case_id: UUID, step: Step) -> CaseReadiness:
    """What the agreement would answer if the caller took the step now, rightly filled in, and who owes what.

    Raises NotFound for a case that is not the caller's unit's.
    """
    async with desk.reading(Operation.READ_CASE_READINESS) as reading:
        found = await own_case(reading, case_id, to_change=False)
        picture = await _picture(reading, found, step)
        await reading.log_shown(Shown("case", reading.me, case_id, case_id))
        await reading.commit()
        goes_on = isinstance(found.case.closure, NotYet)
        return CaseReadiness(
            status=case_status(found.case),
            can_be_taken=goes_on or step.kind is StepKind.STATEMENT,
            answer=readiness(step, picture, found.agreement),
            tasks=tuple(tasks(found.case, found.agreement)),
            meeting_ids=tuple(one.id for one in found.case.meetings[-MOST_MEETINGS:]),
        )


async def _picture(reading: Reading, found: Found, step: Step) -> Picture:
    """The case as the step would have it, if whoever takes it does their own part as agreed."""
    case = found.case
    match step:
        case Step.ASSESS_NEED:
            person = await individual_row(reading, found.row.individual_id)
            born = birth_date(reading, person)
            return AssessmentAtHand(found.born_on(born) if born else case, _assessment(case))
        case Step.RECORD_CONTACT:
            return ContactAtHand(case, _contact(case))
        case Step.RECORD_CONSENT:
            return ConsentAtHand(case, _consent(case))
        case Step.START_MEETING:
            start = Start(MeetingForm.FLERPARTSMOTE, None, None, None, {})
            return MeetingAtHand(case, as_started(reading, found, start))
        case _:
            return Picture(case)


def _assessment(case: Case) -> NeedAssessment:
    """A need found today, with grounds and with the individual."""
    return NeedAssessment(
        id=new_id(),
        assessed_on=case.as_of,
        need_seen_on=case.as_of,
        assessor_id=case.acting.officer_id,
        outcome=NeedOutcome.NEED,
        bases=(AssessmentBasis.CONTACT,),
        needs=(),
        individual_took_part=True,
        other_plan=OtherPlan.NONE,
    )


def _contact(case: Case) -> Contact:
    """A contact now, without naming the individual."""
    return Contact(
        id=new_id(),
        meeting_id=Unknown(),
        with_organisation=case.holder,
        about=ContactAbout.NEED,
        at=case.now,
        answered=True,
        names_the_person=False,
    )


def _consent(case: Case) -> Consent:
    """Consent given now, after information adapted to the individual."""
    return Consent(
        id=new_id(),
        kind=ConsentKind.INFORMATION_EXCHANGE,
        answer=ConsentAnswer.GIVEN,
        given_by=ConsentGiver.INDIVIDUAL,
        informed_at=case.now,
        information_adapted=True,
        said_at=case.now,
        taken_by=ConsentTaker(case.acting.organisation_id, name_given=True, function_given=True),
        organisation_ids=(),
        outsider_ids=(),
        ends_at=NoEnd(),
        extensions=(),
        withdrawals=(),
        documentations=(),
        entered_in_error=False,
    )
