"""A meeting: everything that has happened to it, each thing in its own words (UPP-021 to UPP-056)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.codes import (
    Answer,
    Attendance,
    FollowUpDecision,
    MeetingForm,
    MeetingMode,
    OutsiderKind,
    RelativesOffered,
)
from app.domain.facts.basics import NotYet, Unknown, Word
from app.domain.facts.summons import Summons


@dataclass(frozen=True)
class Initiator:
    """Who initiates the meeting: an officer of the organisation that holds it."""

    organisation_id: UUID
    unit_id: UUID
    officer_id: UUID


@dataclass(frozen=True)
class FirstMeeting:
    """The meeting follows up nothing."""


@dataclass(frozen=True)
class FollowsUp:
    """The meeting follows up a plan (UPP-066)."""

    plan_id: UUID


@dataclass(frozen=True)
class FollowUpElsewhere:
    """A follow-up that another organisation has called of this case's plan, in a case of its own (UPP-056).

    `succeeded` when a version after the plan has been proposed there. Told to whoever calls it, and to those
    it has been shown to.
    """

    plan_id: UUID
    organisation_id: UUID
    held_at: datetime | NotYet
    decision: FollowUpDecision | NotYet
    succeeded: bool


@dataclass(frozen=True)
class MeetingTime:
    """From when to when (UTC)."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Preparation:
    """How the meeting was prepared; whether the texts are there, not what they say."""

    prepared_on: date
    with_individual: bool
    goals_given: bool
    participation_support_given: bool
    relatives_offered: RelativesOffered
    employer_exists: Answer
    employer_called: Answer


@dataclass(frozen=True)
class InvitedOrganisation:
    """A unit of an organisation, to be called."""

    organisation_id: UUID
    unit_id: UUID | Unknown


@dataclass(frozen=True)
class InvitedOutsider:
    """A person outside the organisations, to be invited; `person_id` is who a consent names."""

    kind: OutsiderKind
    person_id: UUID | Unknown
    suitable: Answer


@dataclass(frozen=True)
class Invitee:
    """Somebody the meeting is for, and whether the individual has agreed to it (UPP-027)."""

    id: UUID
    who: InvitedOrganisation | InvitedOutsider
    name_given: bool
    function_given: bool
    agreed_with_individual: bool


@dataclass(frozen=True)
class OfferedTime:
    """A time that an organisation, the region first of all, has said it can come (UPP-032)."""

    organisation_id: UUID
    starts_at: datetime
    ends_at: datetime
    offered_at: datetime


@dataclass(frozen=True)
class Rescheduling:
    """The meeting was moved to another time."""

    from_starts_at: datetime
    to_starts_at: datetime
    at: datetime


@dataclass(frozen=True)
class Opened:
    """The chair opened the meeting then and there."""

    at: datetime


@dataclass(frozen=True)
class RecordedAfterwards:
    """The meeting had been held when it was recorded; the ids of the rules that would have refused it."""

    held_at: datetime
    recorded_at: datetime
    refused_by: tuple[str, ...]


@dataclass(frozen=True)
class ChairTransfer:
    """The chair passed to another officer, with a reason (UPP-052)."""

    officer_id: UUID
    reason_given: bool
    at: datetime


@dataclass(frozen=True)
class Recorder:
    """Whose officer writes the plan (UPP-053)."""

    organisation_id: UUID


@dataclass(frozen=True)
class IndividualAttendance:
    """How the individual was present, or took part in another recorded way, or why not (UPP-005, UPP-023)."""

    attendance: Attendance
    took_part_otherwise: bool
    reason_given: bool


@dataclass(frozen=True)
class OrganisationPresent:
    """An organisation's attendance."""

    organisation_id: UUID
    attendance: Attendance


@dataclass(frozen=True)
class OutsiderPresent:
    """The attendance of an invited person outside the organisations."""

    invitee_id: UUID
    attendance: Attendance


@dataclass(frozen=True)
class FollowUpReport:
    """A side's account of its own area at a follow-up (UPP-066)."""

    word: Word


@dataclass(frozen=True)
class FollowUpDecided:
    """What the follow-up decided, and whether the individual still needs coordination (UPP-067)."""

    plan_id: UUID
    decision: FollowUpDecision
    still_needs_coordination: bool
    reason_given: bool
    decided_at: datetime


@dataclass(frozen=True)
class Conclusion:
    """The end of the meeting: if a reason for no plan was given, and the follow-up (UPP-005, UPP-056)."""

    no_plan_reason_given: bool
    follow_up_on: date | NotYet
    follow_up_caller: UUID | NotYet
    at: datetime


@dataclass(frozen=True)
class Meeting:
    """One meeting of the organisation that initiates it."""

    id: UUID
    form: MeetingForm
    initiator: Initiator
    follows: FirstMeeting | FollowsUp
    created_at: datetime
    purpose_given: bool
    current_situation_given: bool
    mode: MeetingMode | NotYet
    time: MeetingTime | NotYet
    place_given: bool
    preparation: Preparation | NotYet
    invitees: tuple[Invitee, ...]
    offered_times: tuple[OfferedTime, ...]
    summonses: tuple[Summons, ...]
    invited_outsider_ids: tuple[UUID, ...]
    reschedulings: tuple[Rescheduling, ...]
    cancelled_at: datetime | NotYet
    entered_in_error: bool
    opening: Opened | RecordedAfterwards | NotYet
    chair_transfers: tuple[ChairTransfer, ...]
    recorder: Recorder | NotYet
    individual: IndividualAttendance | NotYet
    organisations: tuple[OrganisationPresent, ...]
    outsiders: tuple[OutsiderPresent, ...]
    reports: tuple[FollowUpReport, ...]
    decision: FollowUpDecided | NotYet
    conclusion: Conclusion | NotYet

    @property
    def holder(self) -> UUID:
        """The organisation whose meeting it is."""
        return self.initiator.organisation_id

    @property
    def chair_officer_id(self) -> UUID:
        """The officer who chairs: the initiator, or whoever the chair last passed to with a reason."""
        passed = sorted((t for t in self.chair_transfers if t.reason_given), key=lambda transfer: transfer.at)
        return passed[-1].officer_id if passed else self.initiator.officer_id

    @property
    def organisations_present(self) -> tuple[UUID, ...]:
        """The organisations that took part."""
        return tuple(one.organisation_id for one in self.organisations if one.attendance.took_part)

    @property
    def invited_organisations(self) -> tuple[UUID, ...]:
        """The organisations the meeting is for, in the order they were noted."""
        invited = (
            one.who.organisation_id for one in self.invitees if isinstance(one.who, InvitedOrganisation)
        )
        return tuple(dict.fromkeys(invited))

    @property
    def summonses_in_force(self) -> tuple[Summons, ...]:
        """The summonses that have been issued and not recalled."""
        return tuple(
            one
            for one in self.summonses
            if not isinstance(one.issued_at, NotYet) and isinstance(one.recalled_at, NotYet)
        )
