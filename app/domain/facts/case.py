"""One case, complete: the frozen picture that the agreement is asked about.

Ids, states, days and organisations only; no text about the person. The database hands over every row of the
case, whoever made it, so that a rule never judges by half of the truth.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.calendar import Calendar, stockholm_day
from app.domain.codes import (
    Answer,
    AssessmentBasis,
    ClosureReason,
    ConsentKind,
    ContactAbout,
    DeviationStatus,
    DeviationType,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OrganisationType,
    OtherPlan,
    SubjectKind,
)
from app.domain.facts.basics import NotYet, Term, Unknown
from app.domain.facts.consent import Consent
from app.domain.facts.meeting import FollowsUp, FollowUpElsewhere, Meeting
from app.domain.facts.plan import Commitment, Plan, PlanElsewhere


@dataclass(frozen=True)
class NoParty:
    """The organisation belongs to no party of the agreement."""


@dataclass(frozen=True)
class Organisation:
    """An organisation of the case, the code of its party, and whether it can be reached at all."""

    id: UUID
    party: str | NoParty
    type: OrganisationType
    reachable: bool


@dataclass(frozen=True)
class Acting:
    """Who acts now: one assignment, a person for one unit of one organisation."""

    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID


@dataclass(frozen=True)
class Person:
    """What the rules may know of the individual; the municipality by its four-digit code."""

    birth_date: date | Unknown
    municipality: str | Unknown
    has_communication_needs: Answer


@dataclass(frozen=True)
class Carrier:
    """Who has hold of the case: a unit, and one of its officers."""

    unit_id: UUID
    officer_id: UUID | NotYet


@dataclass(frozen=True)
class NeedAssessment:
    """A judgement of whether several parties are needed (UPP-011 to UPP-013)."""

    id: UUID
    assessed_on: date
    need_seen_on: date
    assessor_id: UUID
    outcome: NeedOutcome
    bases: tuple[AssessmentBasis, ...]
    needs: tuple[NeedArea, ...]
    individual_took_part: bool
    other_plan: OtherPlan


@dataclass(frozen=True)
class Offer:
    """A meeting was offered to the individual, or the individual answered (UPP-008)."""

    id: UUID
    answer: OfferAnswer
    occurred_on: date


@dataclass(frozen=True)
class Contact:
    """The case's organisation sought contact with another, about a meeting if one is named, and whether it
    was answered.
    """

    id: UUID
    meeting_id: UUID | Unknown
    with_organisation: UUID
    about: ContactAbout
    at: datetime
    answered: bool
    names_the_person: bool


@dataclass(frozen=True)
class Subject:
    """What something is about."""

    kind: SubjectKind
    id: UUID


@dataclass(frozen=True)
class ReportedByAPerson:
    """Somebody reported the deviation."""


@dataclass(frozen=True)
class ProposedByARule:
    """A rule proposed the deviation from facts, once for its subject."""

    rule_id: str
    subject: Subject


@dataclass(frozen=True)
class Deviation:
    """A departure from the routine (UPP-068 to UPP-072), the reporting organisation's own.

    `steps` has what was done about it in order:
    reported (a proposal confirmed), dismissed, in handling, handled. It stays with the unit it came to.
    """

    id: UUID
    organisation_id: UUID
    unit_id: UUID
    concerns: UUID
    type: DeviationType
    origin: ReportedByAPerson | ProposedByARule
    attempts: int | Unknown
    occurred_on: date
    steps: tuple[DeviationStatus, ...]


@dataclass(frozen=True)
class Closure:
    """The case ended."""

    reason: ClosureReason
    at: datetime


@dataclass(frozen=True)
class Case:
    """One coordination case on one day, for one who acts."""

    id: UUID
    as_of: date
    now: datetime
    calendar: Calendar
    term: Term
    holder: UUID
    carrier: Carrier
    acting: Acting
    organisations: tuple[Organisation, ...]
    person: Person
    registered_at: datetime
    assessments: tuple[NeedAssessment, ...]
    offers: tuple[Offer, ...]
    contacts: tuple[Contact, ...]
    consents: tuple[Consent, ...]
    meetings: tuple[Meeting, ...]
    plans: tuple[Plan, ...]
    plans_elsewhere: tuple[PlanElsewhere, ...]
    follow_ups_elsewhere: tuple[FollowUpElsewhere, ...]
    commitments: tuple[Commitment, ...]
    deviations: tuple[Deviation, ...]
    closure: Closure | NotYet

    def party_of(self, organisation_id: UUID) -> str | NoParty:
        """The code of an organisation's party; an organisation we know nothing of belongs to none."""
        return next((one.party for one in self.organisations if one.id == organisation_id), NoParty())

    def is_of(self, organisation_id: UUID, party: str) -> bool:
        """Whether an organisation belongs to the party with this code."""
        return self.party_of(organisation_id) == party

    @property
    def latest_assessment(self) -> NeedAssessment | NotYet:
        """The assessment of need that counts."""
        by_day = sorted(self.assessments, key=lambda assessment: assessment.assessed_on)
        return by_day[-1] if by_day else NotYet()

    @property
    def need(self) -> NeedAssessment | NotYet:
        """The assessment that found a need, if the latest one did."""
        latest = self.latest_assessment
        return (
            latest if isinstance(latest, NeedAssessment) and latest.outcome is NeedOutcome.NEED else NotYet()
        )

    @property
    def latest_offer(self) -> Offer | NotYet:
        """The offer of a meeting, or the individual's answer, that counts."""
        by_day = sorted(self.offers, key=lambda offer: offer.occurred_on)
        return by_day[-1] if by_day else NotYet()

    @property
    def first_contact(self) -> Contact | NotYet:
        """The first contact with another organisation since the need was seen, answered or not."""
        by_time = sorted(self.contacts, key=lambda contact: contact.at)
        need = self.need
        if isinstance(need, NeedAssessment):
            by_time = [one for one in by_time if stockholm_day(one.at) >= need.need_seen_on]
        return by_time[0] if by_time else NotYet()

    def is_known_to(self, organisation_id: UUID) -> bool:
        """Whether the organisation has the case, or an act has shown it some of it: no other may be told."""
        return (
            organisation_id == self.holder
            or self.has_been_called(organisation_id)
            or any(
                organisation_id == meeting.holder or organisation_id in meeting.organisations_present
                for meeting in self.meetings
            )
            or any(organisation_id in plan.owning_organisations for plan in self.plans)
        )

    def has_been_called(self, organisation_id: UUID) -> bool:
        """Whether a summons in the case has been issued to the organisation."""
        return any(
            summons.organisation_id == organisation_id and not isinstance(summons.issued_at, NotYet)
            for meeting in self.meetings
            for summons in meeting.summonses
        )

    def consents_covering(
        self, kind: ConsentKind, organisation_id: UUID, at: datetime
    ) -> tuple[Consent, ...]:
        """The consents of a kind that were live for an organisation at an instant."""
        return tuple(one for one in self.consents if one.kind is kind and one.covers(organisation_id, at))

    def is_covered(self, kind: ConsentKind, organisation_id: UUID, at: datetime) -> bool:
        """Whether live consent of a kind covered an organisation at an instant."""
        return bool(self.consents_covering(kind, organisation_id, at))

    @property
    def reaches_elsewhere(self) -> bool:
        """Whether what is seen of it rests on another organisation's case too, and on consent given there."""
        follows = (one.follows for one in self.meetings)
        followed = {one.plan_id for one in follows if isinstance(one, FollowsUp)}
        return bool(self.follow_ups_elsewhere) or not followed <= {plan.id for plan in self.plans}

    @property
    def turning_points(self) -> tuple[datetime, ...]:
        """The instants at which consents begin, grow, end or are taken back: between two of them, on one
        day, every rule finds the same.
        """
        return tuple(
            one
            for consent in self.consents
            for one in (
                consent.said_at,
                consent.ends_at,
                *(later.said_at for later in consent.extensions),
                *(later.ends_at for later in consent.extensions),
                *(taken_back.recorded_at for taken_back in consent.withdrawals),
            )
            if isinstance(one, datetime)
        )

    def plans_of(self, meeting_id: UUID) -> tuple[Plan, ...]:
        """The versions proposed at a meeting."""
        return tuple(plan for plan in self.plans if plan.meeting_id == meeting_id)

    def plan(self, plan_id: UUID) -> Plan | NotYet:
        """The version with this id."""
        return next((plan for plan in self.plans if plan.id == plan_id), NotYet())

    def meeting(self, meeting_id: UUID) -> Meeting | NotYet:
        """The meeting with this id."""
        return next((meeting for meeting in self.meetings if meeting.id == meeting_id), NotYet())
