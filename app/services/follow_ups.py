"""The follow-up (UPP-066, UPP-067): each party accounts for its area, and the meeting decides on the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import follow_ups as rows
from app.db import visible
from app.db.facts import Found, case_for_change
from app.db.ids import new_id
from app.db.tables.plans import FollowUpDecision as DecisionRow
from app.db.tables.plans import FollowUpReport as ReportRow
from app.domain.access import Operation, Relation
from app.domain.codes import FollowUpDecision
from app.domain.facts.basics import NotYet, Side, TheIndividual, TheOrganisation
from app.domain.facts.case import Case
from app.domain.facts.meeting import FollowsUp, FollowUpDecided, FollowUpReport, Meeting
from app.domain.facts.picture import MeetingAtHand
from app.domain.judgement import Verdict
from app.domain.meeting_steps import can_be_taken
from app.domain.plan_states import sides_followed_up
from app.domain.step import Step
from app.errors import InvalidTransition, NotAllowed, NotFound, Unprocessable
from app.services.at_hand import asking, own_meeting
from app.services.decision import NOTHING_JUDGED, Decision, RequestKey
from app.services.desk import Desk
from app.services.meetings_common import journal, next_version
from app.services.meetings_conduct import demand_version
from app.services.receipt import Receipt
from app.services.speakers import SPEAKER_UNKNOWN, STATEMENT_UNKNOWN, Envelope


@dataclass(frozen=True)
class ReportGiven:
    """An account of one's own area, and whose it is."""

    text: str
    envelope: Envelope


@dataclass(frozen=True)
class FollowUpOrder:
    """What the follow-up decides, and why; `version` is the meeting's, as the caller last saw it."""

    version: int
    decision: FollowUpDecision
    still_needs_coordination: bool
    reason: str
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class SpokenOf:
    """The meeting a report speaks of. `found` is None where only a letter about it is left to the speaker."""

    holder: UUID
    case_id: UUID
    individual_id: UUID | None
    relation: Relation
    found: Found | None

    def meeting(self, meeting_id: UUID) -> Meeting | NotYet:
        """The meeting in the picture of its case, if that is to be seen."""
        return self.found.case.meeting(meeting_id) if self.found else NotYet()


async def report(desk: Desk, key: RequestKey, meeting_id: UUID, given: ReportGiven) -> Receipt:
    """Record an account of the own organisation's area, or as the meeting's holder another's that takes part.

    Never refused by the agreement (UPP-066). Who once received a letter about the meeting may also report
    after a withdrawal. Raises NotFound, NotAllowed for another's word where the meeting is not the caller's,
    Unprocessable for a speaker who takes no part, InvalidTransition where the meeting follows nothing up.
    """
    envelope = given.envelope
    envelope.demand_sound(desk.now, desk.assignment.organisation_id)
    async with desk.deciding(Operation.REPORT_AT_FOLLOW_UP, key) as decision:
        of = await _spoken_of(decision, meeting_id)
        if not envelope.is_own(decision.me) and of.relation is not Relation.OWN_UNIT:
            raise NotAllowed
        if decision.answered:
            return decision.answered
        report_id = new_id()
        verdict = _heard(decision, of, meeting_id, FollowUpReport(envelope.word(decision, report_id)))
        if envelope.corrects is not None:
            said = await rows.reports(decision.tx, of.holder, meeting_id)
            if not any(envelope.may_correct(one, decision.me) for one in said):
                raise Unprocessable(STATEMENT_UNKNOWN.at("/corrects"))
        await decision.tx.add(
            ReportRow(
                org_id=decision.me,
                id=report_id,
                item_org=of.holder,
                item_id=meeting_id,
                case_id=of.case_id,
                speaker_name_sealed=decision.seal_given(
                    ReportRow, report_id, "speaker_name_sealed", envelope.speaker_name
                ),
                text_sealed=decision.seal(ReportRow, report_id, "text_sealed", given.text),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
                **envelope.columns(decision.me),
            )
        )
        await decision.journal(
            "meeting",
            meeting_id,
            item_org=of.holder,
            individual_id=of.individual_id,
            agreement=of.found.agreement if of.found else None,
            verdict=verdict,
        )
        return await decision.conclude(Receipt.of(report_id, desk.now, remarks=verdict.remarks))


async def decide(desk: Desk, key: RequestKey, meeting_id: UUID, order: FollowUpOrder) -> Receipt:
    """Decide, where the follow-up has been held, to revise the plan, make a new one or close (UPP-067).

    Reports that are missing are remarked. Raises AgreementBroken where the decision does not answer the need,
    InvalidTransition for a meeting that follows nothing up, is not held or has decided, VersionStale,
    NotFound, NotAllowed.
    """
    async with desk.deciding(Operation.DECIDE_FOLLOW_UP, key) as decision:
        at = await own_meeting(decision, meeting_id)
        if decision.answered:
            return decision.answered
        follows = at.meeting.follows
        plan_org = await rows.holder_of_plan(decision.tx, meeting_id)
        if not can_be_taken(Step.DECIDE_FOLLOW_UP, at.found.case, at.meeting):
            raise InvalidTransition
        if not isinstance(follows, FollowsUp) or plan_org is None:
            raise InvalidTransition
        demand_version(at, order.version)
        decided = FollowUpDecided(
            plan_id=follows.plan_id,
            decision=order.decision,
            still_needs_coordination=order.still_needs_coordination,
            reason_given=bool(order.reason.strip()),
            decided_at=desk.now,
        )
        picture = MeetingAtHand(at.found.case, replace(at.meeting, decision=decided))
        verdict = decision.judged(Step.DECIDE_FOLLOW_UP, picture, at.found.agreement, order.reasons)
        decision_id = new_id()
        await decision.tx.add(
            DecisionRow(
                org_id=decision.me,
                id=decision_id,
                meeting_id=meeting_id,
                case_id=at.found.row.id,
                plan_org=plan_org,
                plan_id=follows.plan_id,
                decision=order.decision.value,
                still_needs_coordination=order.still_needs_coordination,
                reason_sealed=decision.seal(DecisionRow, decision_id, "reason_sealed", order.reason),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at, verdict)
        return await decision.conclude(
            Receipt.of(decision_id, desk.now, version=version, remarks=verdict.remarks)
        )


async def _spoken_of(decision: Decision, meeting_id: UUID) -> SpokenOf:
    """A meeting of the own unit, one that was shown to the organisation, or one it holds a letter about."""
    row = await visible.meeting(decision.tx, meeting_id, all_units=decision.all_units)
    if row is not None and row["org_id"] == decision.me:
        at = await own_meeting(decision, meeting_id)
        return SpokenOf(decision.me, row["case_id"], at.individual_id, Relation.OWN_UNIT, at.found)
    copy = await visible.copy_about_meeting(decision.tx, meeting_id, all_units=decision.all_units)
    own_person = copy["individual_id"] if copy else None
    if row is not None:
        decision.entitle(Relation.SHOWN)
        found = await _seen(decision, row["org_id"], row["case_id"])
        return SpokenOf(row["org_id"], row["case_id"], own_person, Relation.SHOWN, found)
    if copy is None:
        raise NotFound
    decision.entitle(Relation.RECIPIENT)
    found = await _seen(decision, copy["from_org"], copy["case_id"])
    return SpokenOf(copy["from_org"], copy["case_id"], own_person, Relation.RECIPIENT, found)


async def _seen(decision: Decision, holder: UUID, case_id: UUID) -> Found | None:
    """Another's case, while consent lets the caller see it."""
    try:
        return await case_for_change(decision.tx, holder, case_id, asking(decision))
    except NotFound:
        return None


def _heard(decision: Decision, of: SpokenOf, meeting_id: UUID, said: FollowUpReport) -> Verdict:
    """What the agreement remarks on the report, where the case is to be seen. Raises InvalidTransition where
    there is no follow-up, and Unprocessable for a speaker who takes no part in it.
    """
    meeting = of.meeting(meeting_id)
    if of.found is None or isinstance(meeting, NotYet):
        return NOTHING_JUDGED
    if not can_be_taken(Step.REPORT_AT_FOLLOW_UP, of.found.case, meeting):
        raise InvalidTransition
    if not said.word.is_the_speakers_own and said.word.speaker not in _taking_part(of.found.case, meeting):
        raise Unprocessable(SPEAKER_UNKNOWN.at("/spokenBy"))
    heard = replace(meeting, reports=(*meeting.reports, said))
    picture = MeetingAtHand(of.found.case, heard)
    return decision.judged(Step.REPORT_AT_FOLLOW_UP, picture, of.found.agreement, {})


def _taking_part(case: Case, meeting: Meeting) -> set[Side]:
    """Whose word the holder may write down: the individual's, and that of every organisation that was there,
    was called, or has to do with the plan.
    """
    called = (one.organisation_id for one in meeting.summonses)
    sides: set[Side] = {TheIndividual()}
    sides |= {TheOrganisation(one) for one in (*meeting.organisations_present, *called)}
    return sides | set(sides_followed_up(case, meeting))
