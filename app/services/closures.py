"""A case is closed, with a reason. Nothing in the agreement may hold it open."""

from uuid import UUID

from app.db.ids import new_id
from app.db.tables.cases import Closure
from app.domain.access import Operation
from app.domain.codes import ClosureReason
from app.domain.facts.picture import Picture
from app.domain.judgement import Verdict
from app.domain.rulebook import judge
from app.domain.step import Step
from app.services.at_hand import open_case
from app.services.case_steps import conclude_act
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt


async def close(
    desk: Desk, key: RequestKey, case_id: UUID, version: int, reason: ClosureReason, note: str | None
) -> Receipt:
    """Close a case. What the agreement has to say comes back as remarks: closing is never refused.

    Raises NotFound, VersionStale, and InvalidTransition where it is closed already.
    """
    async with desk.deciding(Operation.CLOSE_CASE, key) as decision:
        found = await open_case(decision, case_id, version=version)
        if decision.answered:
            return decision.answered
        findings = judge(Step.CLOSE_CASE, Picture(found.case), found.agreement)
        closure_id = new_id()
        await decision.tx.add(
            Closure(
                org_id=decision.me,
                id=closure_id,
                case_id=case_id,
                reason=reason.value,
                note_sealed=decision.seal_given(Closure, closure_id, "note_sealed", note),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.count(found.agreement, "case_closed", reason.value)
        verdict = Verdict(blocked=(), explained=(), remarks=findings)
        return await conclude_act(decision, found, closure_id, verdict, closed_at=desk.now)
