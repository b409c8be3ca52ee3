"""Computed states of the plan and its actions (Part D5 and D6): never stored, always read from the facts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.calendar import stockholm_day
from app.domain.codes import (
    ApprovalAnswer,
    CommitmentKind,
    CommitmentStatus,
    ConsentKind,
    FollowUpDecision,
    PlanStatus,
)
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation, Unknown, standing_word
from app.domain.facts.case import Case
from app.domain.facts.meeting import FollowsUp, FollowUpElsewhere, Meeting
from app.domain.facts.plan import Action, Commitment, OwnerMissing, Plan, Replaces, Revises
from app.domain.states import day_held


def plan_status(case: Case, plan: Plan) -> PlanStatus:
    """Where one version of the plan stands (D5). A draft is not among the plans: it has not been proposed."""
    if is_superseded(case, plan):
        return PlanStatus.SUPERSEDED
    if _is_closed(case, plan):
        return PlanStatus.CLOSED
    if plan.distributions:
        return PlanStatus.DISTRIBUTED
    missing = approvals_missing(case, plan)
    return PlanStatus.PROPOSED if missing else PlanStatus.APPROVED


def is_standing(case: Case, plan: Plan) -> bool:
    """Whether the version is the one that counts: neither superseded nor closed."""
    return plan_status(case, plan) not in (PlanStatus.SUPERSEDED, PlanStatus.CLOSED)


def is_superseded(case: Case, plan: Plan) -> bool:
    """Whether a version has come after it, here or where another organisation has followed it up."""
    here = any(one.contents.succeeds in (Revises(plan.id), Replaces(plan.id)) for one in case.plans)
    return here or any(one.succeeded for one in followed_up_elsewhere(case, plan))


def _is_closed(case: Case, plan: Plan) -> bool:
    """Whether a follow-up has closed the plan, or the case has ended."""
    decisions = (meeting.decision for meeting in case.meetings if not isinstance(meeting.decision, NotYet))
    closed = any(one.decision is FollowUpDecision.CLOSE and one.plan_id == plan.id for one in decisions)
    elsewhere = any(one.decision is FollowUpDecision.CLOSE for one in followed_up_elsewhere(case, plan))
    return not isinstance(case.closure, NotYet) or closed or elsewhere


def approvers(case: Case, plan: Plan) -> tuple[Side, ...]:
    """Who must approve: the individual and every organisation present at the plan's meeting (UPP-054).

    Whom the individual no longer wants to share with (UPP-019) holds nothing up.
    """
    meeting = case.meeting(plan.meeting_id)
    present = () if isinstance(meeting, NotYet) else meeting.organisations_present
    return (TheIndividual(), *(TheOrganisation(one) for one in present if _goes_on(case, plan, one)))


def _goes_on(case: Case, plan: Plan, organisation_id: UUID) -> bool:
    """Whether an organisation is still to have the plan; whoever holds it always has it."""
    return organisation_id == plan.holder or not has_left(case, organisation_id)


def has_left(case: Case, organisation_id: UUID) -> bool:
    """Whether consent to exchange information with an organisation was taken back, and not given anew."""
    kind = ConsentKind.INFORMATION_EXCHANGE
    of_kind = (one for one in case.consents if one.kind is kind)
    taken_back = any(one.is_withdrawn_for(organisation_id, case.now) for one in of_kind)
    return taken_back and not case.is_covered(kind, organisation_id, case.now)


def approvals_missing(case: Case, plan: Plan) -> tuple[Side, ...]:
    """The approvers whose word that counts is not an approval."""
    return tuple(side for side in approvers(case, plan) if not _approves(side, plan))


def _approves(side: Side, plan: Plan) -> bool:
    """Whether a side's word that counts is an approval."""
    word = standing_word(side, plan.approvals)
    return not isinstance(word, NotYet) and word.answer is ApprovalAnswer.APPROVED


def plan_sides(case: Case, plan: Plan) -> tuple[Side, ...]:
    """The individual and every organisation of the plan: those present and those that own
    an action (UPP-055), but for those the individual has taken consent back from since.
    """
    owners = (TheOrganisation(one) for one in plan.owning_organisations if _goes_on(case, plan, one))
    return tuple(dict.fromkeys((*approvers(case, plan), *owners)))


def follow_ups(case: Case, plan: Plan) -> tuple[Meeting, ...]:
    """The meetings that follow up a plan, whether or not they have been held; cancelled ones left out."""
    following = (one for one in case.meetings if one.follows == FollowsUp(plan.id))
    return tuple(
        one for one in following if isinstance(one.cancelled_at, NotYet) and not one.entered_in_error
    )


def followed_up_elsewhere(case: Case, plan: Plan) -> tuple[FollowUpElsewhere, ...]:
    """The follow-ups of a plan that other organisations have called, in cases of their own."""
    return tuple(one for one in case.follow_ups_elsewhere if one.plan_id == plan.id)


def is_called_to_follow_up(case: Case, plan: Plan) -> bool:
    """Whether anybody has initiated a meeting that follows up the plan."""
    return bool(follow_ups(case, plan) or followed_up_elsewhere(case, plan))


def days_followed_up(case: Case, plan: Plan) -> tuple[date, ...]:
    """The days (Stockholm) on which the plan has been followed up, whoever called."""
    here = [day_held(one) for one in follow_ups(case, plan)]
    instants = [one.held_at for one in followed_up_elsewhere(case, plan)]
    there = [one if isinstance(one, NotYet) else stockholm_day(one) for one in instants]
    return tuple(one for one in (*here, *there) if not isinstance(one, NotYet))


def sides_followed_up(case: Case, meeting: Meeting) -> tuple[Side, ...]:
    """Whom the plan concerns that a meeting follows up, be it of this case or of another organisation's."""
    if not isinstance(meeting.follows, FollowsUp):
        return ()
    plan = case.plan(meeting.follows.plan_id)
    if not isinstance(plan, NotYet):
        return plan_sides(case, plan)
    elsewhere = (one for one in case.plans_elsewhere if one.id == meeting.follows.plan_id)
    concerned = dict.fromkeys(organisation for one in elsewhere for organisation in one.organisations)
    stay = (one for one in concerned if one == case.holder or not has_left(case, one))
    return (TheIndividual(), *(TheOrganisation(one) for one in stay)) if concerned else ()


@dataclass(frozen=True)
class ActionState:
    """Where an action stands: its status, who owns it now, and whether its day has passed undone."""

    status: CommitmentStatus
    owner: Side | OwnerMissing
    is_overdue: bool


def action_state(case: Case, plan: Plan, action: Action) -> ActionState:
    """Where an action stands with its owner (D6), who has no more to do in a plan that stands no longer."""
    status, owner = _as_said(case, action)
    if not is_standing(case, plan) and status not in _FINISHED:
        status = CommitmentStatus.CLOSED
    waiting = status not in (*_FINISHED, CommitmentStatus.CLOSED)
    overdue = waiting and not isinstance(action.due_on, Unknown) and action.due_on < case.as_of
    return ActionState(status, owner, overdue)


def is_undone(case: Case, action: Action) -> bool:
    """Whether the owner has taken the action on and has not said how it ended, also when its plan has."""
    status, _ = _as_said(case, action)
    return status in (CommitmentStatus.ACCEPTED, CommitmentStatus.ONGOING)


@dataclass(frozen=True)
class Offer:
    """An action has been offered to somebody who has not answered yet, since a day (Stockholm)."""

    to: Side
    since: date


def offer_that_waits(case: Case, action: Action) -> Offer | NotYet:
    """The owner's offer to hand the action over, until its receiver answers or the owner says otherwise."""
    _, owner = _as_said(case, action)
    words = _in_order(case, action)
    last = [one for one in words if one.word.speaker == owner][-1:]
    for one in last:
        to = one.to
        if one.kind is CommitmentKind.TRANSFER_OFFERED and not isinstance(to, Unknown):
            answered = any(
                said.word.speaker == to and said.word.said_at >= one.word.said_at for said in words
            )
            return NotYet() if answered else Offer(to, stockholm_day(one.word.said_at))
    return NotYet()


def _as_said(case: Case, action: Action) -> tuple[CommitmentStatus, Side | OwnerMissing]:
    """What has been said of an action, and whose it is: offered and taken over it changes hands (UPP-116)."""
    words = _in_order(case, action)
    owner: Side | OwnerMissing = action.owner
    unoffered = []
    for one in words:
        if one.kind is CommitmentKind.TRANSFERRED:
            if _was_offered(one, owner, words):
                owner = one.word.speaker
            else:
                unoffered.append(one)
    return _status_with(owner, tuple(one for one in words if one not in unoffered)), owner


_FINISHED = (CommitmentStatus.DONE, CommitmentStatus.NOT_DONE)


def _status_with(owner: Side | OwnerMissing, words: tuple[Commitment, ...]) -> CommitmentStatus:
    """What the owner's word that counts makes of the action."""
    if isinstance(owner, OwnerMissing):
        return CommitmentStatus.OPEN
    said = standing_word(owner, (one for one in words if one.kind is not CommitmentKind.TRANSFER_OFFERED))
    if isinstance(said, NotYet):
        return CommitmentStatus.OPEN
    taken_over = said.kind is CommitmentKind.TRANSFERRED
    return CommitmentStatus.ACCEPTED if taken_over else CommitmentStatus(said.kind.value)


def _was_offered(taken: Commitment, owner: Side | OwnerMissing, words: tuple[Commitment, ...]) -> bool:
    """Whether the owner had offered the action to whoever says that they take over."""
    return any(
        one.kind is CommitmentKind.TRANSFER_OFFERED
        and one.word.speaker == owner
        and one.to == taken.word.speaker
        and one.word.said_at <= taken.word.said_at
        for one in words
    )


def _in_order(case: Case, action: Action) -> tuple[Commitment, ...]:
    """Everything said about an action, in order of speaking."""
    about = (one for one in case.commitments if one.action_id == action.id)
    return tuple(sorted(about, key=lambda one: (one.word.said_at, one.word.recorded_at)))
