"""What a step is about: the case, and beside it the thing at hand, shown as the step would make it.

Each step has its picture (`AT_HAND`). A rule says in the type of its first
argument which picture it needs; mypy proves what it reads from it,
and `rule` refuses at import a rule that speaks at a step without that picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from app.domain.codes import ConsentKind
from app.domain.facts.basics import Side, TheOrganisation, Unknown
from app.domain.facts.case import Contact, Deviation, NeedAssessment
from app.domain.facts.consent import Consent
from app.domain.facts.guests import InvitationAtHand, MeetingHeld
from app.domain.facts.letter import Letter
from app.domain.facts.meeting import (
    InvitedOrganisation,
    Invitee,
)
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.facts.plan import Action, Commitment, PlanContents
from app.domain.facts.summons import Reply, Summons
from app.domain.step import Step


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
class ReplyAtHand(MeetingAtHand):
    """A recipient's word on its summons is recorded."""

    summons: Summons
    reply: Reply


@dataclass(frozen=True)
class DisclosureAtHand(MeetingAtHand):
    """An act that shows something of the person to other organisations."""

    @property
    def rests_on(self) -> ConsentKind:
        """The kind of consent the act needs."""
        return ConsentKind.INFORMATION_EXCHANGE

    @property
    def shown_to(self) -> tuple[tuple[str, UUID], ...]:
        """The organisations that will see it, each with its place; never the one that acts."""
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

    @property
    def addressees(self) -> tuple[tuple[str, Invitee | Unknown], ...]:
        """The invitees that the letters go to."""
        invited = {one.id: one for one in self.meeting.invitees if isinstance(one.who, InvitedOrganisation)}
        return tuple(
            (f"/letters/{place}", invited.get(one.recipient.invitee_id, Unknown()))
            for place, one in enumerate(self.letters)
        )


@dataclass(frozen=True)
class PlanAtHand(DisclosureAtHand):
    """A plan is proposed, approved or distributed: its contents, and to whom it would be shown."""

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
        Step.PREPARE_MEETING: MeetingAtHand,
        Step.BOOK_MEETING: MeetingAtHand,
        Step.ISSUE_SUMMONS: SummonsAtHand,
        Step.ISSUE_INVITATION: InvitationAtHand,
        Step.RECALL_SUMMONS: MeetingAtHand,
        Step.REPLY_TO_SUMMONS: ReplyAtHand,
        Step.RESCHEDULE_MEETING: MeetingAtHand,
        Step.CANCEL_MEETING: MeetingAtHand,
        Step.OPEN_MEETING: MeetingHeld,
        Step.ADMIT_TO_MEETING: MeetingHeld,
        Step.RECORD_MEETING: MeetingHeld,
        Step.TRANSFER_CHAIR: MeetingAtHand,
        Step.APPOINT_RECORDER: MeetingAtHand,
        Step.WRITE_DRAFT: MeetingAtHand,
        Step.HAND_OVER_DRAFT: MeetingAtHand,
        Step.PROPOSE_PLAN: PlanAtHand,
        Step.APPROVE_PLAN: PlanAtHand,
        Step.DISTRIBUTE_PLAN: DistributionAtHand,
        Step.COMMIT_TO_ACTION: CommitmentAtHand,
        Step.CONCLUDE_MEETING: MeetingAtHand,
        Step.REPORT_AT_FOLLOW_UP: MeetingAtHand,
        Step.DECIDE_FOLLOW_UP: MeetingAtHand,
        Step.CLOSE_CASE: Picture,
        Step.REPORT_DEVIATION: DeviationAtHand,
        Step.TICK: Picture,
    }
)
