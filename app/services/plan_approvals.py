"""The word on one version of a plan: approved, or an objection that is kept (UPP-054)."""

from dataclasses import dataclass
from uuid import UUID

from app.db import plans as rows
from app.db.ids import new_id
from app.db.tables.plans import PlanApproval
from app.domain.access import Operation, Relation
from app.domain.codes import ApprovalAnswer
from app.domain.facts.at_hand import PlanAtHand
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation
from app.domain.facts.plan import Plan, Replaces, Revises
from app.domain.judgement import Verdict
from app.domain.step import Step
from app.errors import NotAllowed, Unprocessable, VersionStale
from app.services.at_hand import agreement_by_id
from app.services.decision import NOTHING_JUDGED, Decision, RequestKey
from app.services.desk import Desk
from app.services.plan_at_hand import PlanAt, plan_at
from app.services.receipt import Receipt
from app.services.speakers import SPEAKER_UNKNOWN, STATEMENT_UNKNOWN, Envelope


@dataclass(frozen=True)
class ApprovalGiven:
    """A word on a version, and the number of the version it was given on."""

    number: int
    answer: ApprovalAnswer
    reason: str | None
    envelope: Envelope


async def record(desk: Desk, key: RequestKey, plan_id: UUID, given: ApprovalGiven) -> Receipt:
    """Record a word on a version: the own organisation's, or as its holder what another has said.

    A word said before the next version came is recorded also afterwards. Raises NotFound, VersionStale for a
    word on another version than this, NotAllowed for another's word where the plan is not the caller's.
    """
    envelope = given.envelope
    envelope.demand_sound(desk.now, desk.assignment.organisation_id)
    async with desk.deciding(Operation.APPROVE_PLAN, key) as decision:
        at = await plan_at(decision, plan_id, to_change=True)
        decision.entitle(at.relation)
        if not envelope.is_own(decision.me) and at.relation is not Relation.OWN_UNIT:
            raise NotAllowed
        if decision.answered:
            return decision.answered
        if given.number != at.text.number or _came_too_late(at, given):
            raise VersionStale
        if at.plan and not envelope.is_own(decision.me) and envelope.speaker not in _sides(at, at.plan):
            raise Unprocessable(SPEAKER_UNKNOWN.at("/spokenBy"))
        await _demand_own_word(decision, at, envelope)
        verdict = _judged(decision, at)
        approval_id = new_id()
        await decision.tx.add(
            PlanApproval(
                org_id=decision.me,
                id=approval_id,
                item_org=at.holder,
                item_id=plan_id,
                case_id=at.case_id,
                answer=given.answer.value,
                reason_sealed=decision.seal_given(PlanApproval, approval_id, "reason_sealed", given.reason),
                speaker_name_sealed=decision.seal_given(
                    PlanApproval, approval_id, "speaker_name_sealed", envelope.speaker_name
                ),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
                **envelope.columns(decision.me),
            )
        )
        await decision.journal(
            "plan",
            plan_id,
            item_org=at.holder,
            individual_id=at.individual_id,
            agreement=agreement_by_id(decision, at.text.agreement_id),
            verdict=verdict,
        )
        return await decision.conclude(Receipt.of(approval_id, desk.now, remarks=verdict.remarks))


def _came_too_late(at: PlanAt, given: ApprovalGiven) -> bool:
    """Whether the next version had been proposed when the word was said."""
    plans = at.found.case.plans if at.found else ()
    after = (one for one in plans if one.contents.succeeds in (Revises(at.id), Replaces(at.id)))
    return any(one.proposed_at <= given.envelope.said_at for one in after)


def _sides(at: PlanAt, plan: Plan) -> tuple[Side | None, ...]:
    """Everybody whose word on a version can be written down: the individual, those present, the owners."""
    meeting = at.found.case.meeting(plan.meeting_id) if at.found else NotYet()
    present = () if isinstance(meeting, NotYet) else meeting.organisations_present
    return (TheIndividual(), *(TheOrganisation(one) for one in (*present, *plan.owning_organisations)))


def _judged(decision: Decision, at: PlanAt) -> Verdict:
    """What the agreement remarks, where the case is the caller's to see."""
    plan = at.plan
    meeting = at.found.case.meeting(plan.meeting_id) if at.found and plan else NotYet()
    if at.found is None or plan is None or isinstance(meeting, NotYet):
        return NOTHING_JUDGED
    picture = PlanAtHand(at.found.case, meeting, plan.contents, ())
    return decision.judged(Step.APPROVE_PLAN, picture, at.found.agreement, {})


async def _demand_own_word(decision: Decision, at: PlanAt, envelope: Envelope) -> None:
    """Raises Unprocessable where a word corrects one that this organisation has not written down so."""
    if envelope.corrects is None:
        return
    said = await rows.approvals(decision.tx, at.holder, at.id)
    if not any(envelope.may_correct(one, decision.me) for one in said):
        raise Unprocessable(STATEMENT_UNKNOWN.at("/corrects"))
