"""The need of coordination, assessed with the person (UPP-011 to UPP-013, UPP-118)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.cases import NeedAssessment as Row
from app.domain.access import Operation
from app.domain.codes import AssessmentBasis, NeedArea, NeedOutcome, OtherPlan
from app.domain.facts.at_hand import AssessmentAtHand
from app.domain.facts.case import NeedAssessment
from app.domain.step import Step
from app.services.at_hand import birth_date, individual_row, open_case
from app.services.case_steps import conclude_act
from app.services.dates import in_order, not_ahead
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt


@dataclass(frozen=True)
class AssessmentOrder:
    """What is to be recorded of an assessment; `version` is the case's, as the caller last saw it."""

    version: int
    assessed_on: date
    need_seen_on: date
    outcome: NeedOutcome
    grounds: tuple[AssessmentBasis, ...]
    needs: tuple[NeedArea, ...]
    individual_took_part: bool
    individual_view: str | None
    other_plan: OtherPlan
    note: str | None
    reasons: Mapping[str, str]


async def assess(desk: Desk, key: RequestKey, case_id: UUID, order: AssessmentOrder) -> Receipt:
    """Record an assessment of need by the caller's officer; the latest one counts.

    Raises NotFound, VersionStale, InvalidTransition on a closed case,
    Unprocessable for days that cannot be, and AgreementBroken.
    """
    not_ahead(order.assessed_on, desk.today, "/assessedOn")
    in_order(order.need_seen_on, order.assessed_on, "/needSeenOn")
    async with desk.deciding(Operation.ASSESS_NEED, key) as decision:
        found = await open_case(decision, case_id, version=order.version)
        if decision.answered:
            return decision.answered
        person = await individual_row(decision, found.row.individual_id)
        born = birth_date(decision, person)
        mine, assessment_id = decision.assignment, new_id()
        seen = AssessmentAtHand(
            case=found.born_on(born) if born else found.case,
            assessment=NeedAssessment(
                id=assessment_id,
                assessed_on=order.assessed_on,
                need_seen_on=order.need_seen_on,
                assessor_id=mine.officer_id,
                outcome=order.outcome,
                bases=order.grounds,
                needs=order.needs,
                individual_took_part=order.individual_took_part,
                other_plan=order.other_plan,
            ),
        )
        verdict = decision.judged(Step.ASSESS_NEED, seen, found.agreement, order.reasons)
        await decision.tx.add(
            Row(
                org_id=decision.me,
                id=assessment_id,
                case_id=case_id,
                assessed_on=order.assessed_on,
                need_seen_on=order.need_seen_on,
                assessor_id=mine.officer_id,
                outcome=order.outcome.value,
                grounds=[one.value for one in order.grounds],
                needs=[one.value for one in order.needs],
                individual_took_part=order.individual_took_part,
                individual_view_sealed=decision.seal_given(
                    Row, assessment_id, "individual_view_sealed", order.individual_view
                ),
                note_sealed=decision.seal_given(Row, assessment_id, "note_sealed", order.note),
                other_plan=order.other_plan.value,
                recorded_by=mine.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.count(found.agreement, "need_assessed", order.outcome.value, on=order.assessed_on)
        return await conclude_act(decision, found, assessment_id, verdict)
