"""What a step is about: the case, and beside it the thing at hand, shown as the step would make it.

Each step has its picture (`AT_HAND`). A rule says in the type of its first argument which picture it needs;
mypy
proves what it reads from it, and `rule` refuses at import a rule that speaks at a step without that picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from app.domain.codes import ConsentKind
from app.domain.facts.basics import NotYet, Side, TheOrganisation
from app.domain.facts.case import Case, Contact, Deviation, NeedAssessment
from app.domain.facts.consent import Consent
from app.domain.facts.letter import Letter
from app.domain.facts.meeting import (
    Conclusion,
    FollowUpDecided,
    IndividualAttendance,
    InvitedOutsider,
    Invitee,
    Meeting,
    OrganisationPresent,
    OutsiderPresent,
    Preparation,
)
from app.domain.facts.plan import Action, Commitment, PlanContents
from app.domain.facts.summons import Reply, Summons
from app.domain.step import Step


@dataclass(frozen=True)
class Picture:
    """The case alone: what every step sees. Time itself (`Step.TICK`) sees nothing else."""

    case: Case

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings in question: all of the case."""
        return self.case.meetings

    @property
    def conclusions(self) -> tuple[tuple[Meeting, Conclusion], ...]:
        """The meetings in question that have ended, each with its end."""
        ended = ((one, one.conclusion) for one in self.meetings)
        return tuple((one, end) for one, end in ended if not isinstance(end, NotYet))

    def concerns(self, organisation_id: UUID) -> bool:  # noqa: ARG002 - a narrower picture says less
        """Whether the step is about what this organisation does: at first, every organisation's."""
        return True


@dataclass(frozen=True)
class AssessmentAtHand(Picture):
    """A need is assessed."""

    assessment: NeedAssessment


@dataclass(frozen=True)
class ContactAtHand(Picture):
    """A contact is recorded."""

    contact: Contact


@dataclass(frozen=True)
class ConsentAtHand(Picture):
    """The individual's word on consent is recorded."""

    consent: Consent


@dataclass(frozen=True)
class DeviationAtHand(Picture):
    """A deviation is reported."""

    deviation: Deviation


@dataclass(frozen=True)
class CommitmentAtHand(Picture):
    """A word on an action is recorded."""

    action: Action
    commitment: Commitment


@dataclass(frozen=True)
class MeetingAtHand(Picture):
    """Something is done with one meeting, shown as it would be after."""

    meeting: Meeting

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """The meetings in question: this one."""
        return (self.meeting,)

    @property
    def called_organisations(self) -> tuple[UUID, ...]:
        """The organisations the meeting is for, the initiator's own left out."""
        return tuple(one for one in self.meeting.invited_organisations if one != self.meeting.holder)


@dataclass(frozen=True)
class PreparationAtHand(MeetingAtHand):
    """How a meeting was prepared is recorded."""

    preparation: Preparation


@dataclass(frozen=True)
class InvitationAtHand(MeetingAtHand):
    """Persons outside the organisations are invited."""

    invited: tuple[Invitee, ...]

    @property
    def outsiders(self) -> tuple[tuple[str, InvitedOutsider], ...]:
        """The persons invited, each with its place."""
        named = ((f"/invitees/{place}", one.who) for place, one in enumerate(self.invited))
        return tuple((place, who) for place, who in named if isinstance(who, InvitedOutsider))


@dataclass(frozen=True)
class ReplyAtHand(MeetingAtHand):
    """A recipient's word on its summons is recorded."""

    summons: Summons
    reply: Reply


@dataclass(frozen=True)
class MeetingHeld(MeetingAtHand):
    """The meeting is opened now, or recorded as held before: who was there, and when that was."""

    held_at: datetime
    individual: IndividualAttendance
    organisations: tuple[OrganisationPresent, ...]
    outsiders_present: tuple[OutsiderPresent, ...]

    @property
    def organisations_present(self) -> tuple[tuple[str, UUID], ...]:
        """The organisations that take part, each with its place in the list of attendees."""
        placed = enumerate(self.organisations)
        return tuple(
            (f"/organisations/{place}", one.organisation_id)
            for place, one in placed
            if one.attendance.took_part
        )

    @property
    def outsiders(self) -> tuple[tuple[str, InvitedOutsider], ...]:
        """The persons outside the organisations who take part, each with its place."""
        invited = {one.id: one.who for one in self.meeting.invitees}
        there = enumerate(self.outsiders_present)
        present = (
            (f"/outsiders/{place}", invited.get(one.invitee_id))
            for place, one in there
            if one.attendance.took_part
        )
        return tuple((place, who) for place, who in present if isinstance(who, InvitedOutsider))

    def concerns(self, organisation_id: UUID) -> bool:
        """Whether the organisation takes part."""
        return any(present == organisation_id for _, present in self.organisations_present)


@dataclass(frozen=True)
class ConclusionAtHand(MeetingAtHand):
    """The meeting ends."""

    conclusion: Conclusion

    @property
    def conclusions(self) -> tuple[tuple[Meeting, Conclusion], ...]:
        """This meeting with its end."""
        return ((self.meeting, self.conclusion),)


@dataclass(frozen=True)
class DecisionAtHand(MeetingAtHand):
    """The follow-up decides about the plan."""

    decision: FollowUpDecided


@dataclass(frozen=True)
class DisclosureAtHand(MeetingAtHand):
    """An act that shows something of the person to other organisations."""

    @property
    def rests_on(self) -> ConsentKind:
        """The kind of consent the act needs."""
        return ConsentKind.INFORMATION_EXCHANGE

    @property
    def shown_to(self) -> tuple[tuple[str, UUID], ...]:
        """The organisations that will see it, each with its place; the one that acts needs no consent to
        see its own.
        """
        return ()


@dataclass(frozen=True)
class SummonsAtHand(DisclosureAtHand):
    """Summonses are issued: one letter for each recipient."""

    letters: tuple[Letter, ...]

    @property
    def rests_on(self) -> ConsentKind:
        """Consent to the call (UPP-088)."""
        return ConsentKind.CALL

    @property
    def shown_to(self) -> tuple[tuple[str, UUID], ...]:
        """The recipients."""
        return tuple(
            (f"/letters/{place}", one.recipient.organisation_id) for place, one in enumerate(self.letters)
        )

    @property
    def called_organisations(self) -> tuple[UUID, ...]:
        """Those invited and those the letters go to."""
        recipients = (one.recipient.organisation_id for one in self.letters)
        return tuple(dict.fromkeys((*super().called_organisations, *recipients)))


@dataclass(frozen=True)
class PlanAtHand(DisclosureAtHand):
    """A plan is handed over, proposed, approved or distributed: its contents, and to whom it would be
    shown.
    """

    contents: PlanContents
    recipients: tuple[Side, ...]

    @property
    def shown_to(self) -> tuple[tuple[str, UUID], ...]:
        """The organisations among the recipients, the acting one left out."""
        placed = enumerate(self.recipients)
        organisations = ((place, one.id) for place, one in placed if isinstance(one, TheOrganisation))
        acting = self.case.acting.organisation_id
        return tuple((f"/recipients/{place}", one) for place, one in organisations if one != acting)


@dataclass(frozen=True)
class DistributionAtHand(PlanAtHand):
    """A proposed version is handed out."""

    plan_id: UUID


AT_HAND: Mapping[Step, type[Picture]] = MappingProxyType(
    {
        Step.ASSESS_NEED: AssessmentAtHand,
        Step.OFFER_MEETING: Picture,
        Step.RECORD_CONTACT: ContactAtHand,
        Step.RECORD_CONSENT: ConsentAtHand,
        Step.START_MEETING: MeetingAtHand,
        Step.PREPARE_MEETING: PreparationAtHand,
        Step.BOOK_MEETING: MeetingAtHand,
        Step.ISSUE_SUMMONS: SummonsAtHand,
        Step.ISSUE_INVITATION: InvitationAtHand,
        Step.RECALL_SUMMONS: MeetingAtHand,
        Step.REPLY_TO_SUMMONS: ReplyAtHand,
        Step.RESCHEDULE_MEETING: MeetingAtHand,
        Step.CANCEL_MEETING: MeetingAtHand,
        Step.OPEN_MEETING: MeetingHeld,
        Step.RECORD_MEETING: MeetingHeld,
        Step.TRANSFER_CHAIR: MeetingAtHand,
        Step.APPOINT_RECORDER: MeetingAtHand,
        Step.WRITE_DRAFT: MeetingAtHand,
        Step.HAND_OVER_DRAFT: MeetingAtHand,
        Step.PROPOSE_PLAN: PlanAtHand,
        Step.APPROVE_PLAN: PlanAtHand,
        Step.DISTRIBUTE_PLAN: DistributionAtHand,
        Step.COMMIT_TO_ACTION: CommitmentAtHand,
        Step.CONCLUDE_MEETING: ConclusionAtHand,
        Step.REPORT_AT_FOLLOW_UP: MeetingAtHand,
        Step.DECIDE_FOLLOW_UP: DecisionAtHand,
        Step.CLOSE_CASE: Picture,
        Step.REPORT_DEVIATION: DeviationAtHand,
        Step.TICK: Picture,
    }
)
