"""A good case, complete and invented, at every stage of the routine; each fact can be changed by keyword.

Arbetsförmedlingen (AF) carries it, the region has given the time,
everybody is called and covered by consent. Asked at any step, the agreement has
nothing to say against it: each test changes one thing and sees what is said then.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.days_off import swedish_calendar
from app.domain.codes import (
    Answer,
    AssessmentBasis,
    ContactAbout,
    DeviationType,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OrganisationType,
    OtherPlan,
)
from app.domain.facts.basics import NoEnd, NotYet, Term, TheIndividual, Unknown
from app.domain.facts.case import (
    Acting,
    Carrier,
    Case,
    Contact,
    Deviation,
    NeedAssessment,
    NoParty,
    Offer,
    Organisation,
    Person,
    ReportedByAPerson,
)
from app.domain.facts.consent import Consent
from app.domain.facts.meeting import (
    Meeting,
)
from tests.domain.consents import both_consents
from tests.domain.meetings import a_concluded_meeting, a_meeting
from tests.domain.plans import a_commitment, a_distributed_plan
from tests.domain.world import (
    AF,
    AF_UNIT,
    CASE_ID,
    FK,
    HELD,
    KOMMUN,
    MEETING_AT,
    NOW,
    OFFICER,
    OWN_ACTION_ID,
    REGION,
    STRANGER,
    TODAY,
    a_new_id,
    an_id,
    days,
)


def an_assessment(**changes: Any) -> NeedAssessment:
    """A need, found with the individual."""
    good = NeedAssessment(
        id=an_id(71),
        assessed_on=TODAY - days(10),
        need_seen_on=TODAY - days(10),
        assessor_id=OFFICER,
        outcome=NeedOutcome.NEED,
        bases=(AssessmentBasis.CONTACT, AssessmentBasis.HEALTH),
        needs=(NeedArea.HEALTH_CARE, NeedArea.EMPLOYMENT),
        individual_took_part=True,
        other_plan=OtherPlan.NONE,
    )
    return replace(good, **changes)


def a_contact(with_organisation: UUID = REGION, **changes: Any) -> Contact:
    """An answered contact about a time, six weeks before the meeting."""
    good = Contact(
        id=a_new_id(),
        meeting_id=Unknown(),
        with_organisation=with_organisation,
        about=ContactAbout.TIME,
        at=MEETING_AT - days(42),
        answered=True,
        names_the_person=False,
    )
    return replace(good, **changes)


def a_deviation(**changes: Any) -> Deviation:
    """Reported by a person: no answer, three attempts."""
    good = Deviation(
        id=an_id(110),
        organisation_id=AF,
        unit_id=AF_UNIT,
        concerns=FK,
        type=DeviationType.NO_ANSWER,
        origin=ReportedByAPerson(),
        attempts=3,
        occurred_on=TODAY,
        steps=(),
    )
    return replace(good, **changes)


ORGANISATIONS = (
    Organisation(AF, "AF", OrganisationType.PUBLIC_EMPLOYMENT_SERVICE, reachable=True),
    Organisation(FK, "FK", OrganisationType.SOCIAL_INSURANCE_AGENCY, reachable=True),
    Organisation(REGION, "REGION", OrganisationType.REGION, reachable=True),
    Organisation(KOMMUN, "KOMMUN", OrganisationType.MUNICIPAL_BOARD, reachable=True),
    Organisation(STRANGER, NoParty(), OrganisationType.OTHER, reachable=True),
)


def a_case(**changes: Any) -> Case:
    """A case in which a meeting is about to be called; `at` sets both today and now."""
    if at := changes.pop("at", None):
        changes = {"now": at, "as_of": at.date()} | changes
    good = Case(
        id=CASE_ID,
        as_of=TODAY,
        now=NOW,
        calendar=swedish_calendar(),
        term=Term(date(2020, 1, 1), NoEnd()),
        holder=AF,
        carrier=Carrier(AF_UNIT, OFFICER),
        acting=Acting(AF, AF_UNIT, OFFICER),
        organisations=ORGANISATIONS,
        person=Person(date(1980, 5, 17), "0380", Answer.NO),
        registered_at=NOW - days(11),
        assessments=(an_assessment(),),
        offers=(
            Offer(an_id(72), OfferAnswer.OFFERED, TODAY - days(10)),
            Offer(an_id(73), OfferAnswer.ACCEPTED, TODAY - days(9)),
        ),
        contacts=(a_contact(),),
        consents=both_consents(),
        meetings=(a_meeting(),),
        plans=(),
        plans_elsewhere=(),
        follow_ups_elsewhere=(),
        commitments=(),
        deviations=(),
        closure=NotYet(),
    )
    return replace(good, **changes)


def a_case_with(meeting: Meeting, **changes: Any) -> Case:
    """The case with this meeting alone."""
    return a_case(**{"meetings": (meeting,)} | changes)


def a_case_after_the_meeting(**changes: Any) -> Case:
    """The day after a meeting that ended with a plan, distributed and accepted by its owners."""
    good = {
        "at": HELD + days(1),
        "meetings": (a_concluded_meeting(),),
        "plans": (a_distributed_plan(),),
        "commitments": (a_commitment(), a_commitment(speaker=TheIndividual(), action_id=OWN_ACTION_ID)),
    }
    return a_case(**good | changes)


def with_consents(*consents: Consent, **changes: Any) -> Case:
    """The case with these consents alone."""
    return a_case(**{"consents": consents} | changes)
