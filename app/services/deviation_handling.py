"""What becomes of a deviation: a proposal is confirmed or dismissed by a person,
and what is reported is handled in the organisation's own routine, unseen by all others (UPP-069, UPP-124).
"""

from dataclasses import dataclass
from uuid import UUID

from app.db import deviations as rows
from app.db.ids import new_id
from app.db.tables.deviations import DeviationStep
from app.domain.access import Operation, Relation
from app.domain.deviation_steps import can_be_taken
from app.domain.rule import Words
from app.errors import FieldFault, InvalidTransition, NotFound, Unprocessable
from app.services.at_hand import agreement_by_id
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.deviations import status_of
from app.services.receipt import Receipt

OUTCOME_MISSING = FieldFault(
    "OUTCOME_MISSING", Words("Ange vad hanteringen ledde till", "Say what the handling led to")
)


@dataclass(frozen=True)
class StepGiven:
    """A step of the handling, the organisation's own reference number, and what there is to say of it."""

    step: str
    own_reference: str | None
    text: str | None


async def confirm(desk: Desk, key: RequestKey, deviation_id: UUID, note: str | None) -> Receipt:
    """A person says that what the system proposed is a deviation: from now on it is counted (UPP-068)."""
    step = StepGiven("confirmed", None, note)
    return await _taken(desk, key, Operation.CONFIRM_DEVIATION, deviation_id, step)


async def dismiss(desk: Desk, key: RequestKey, deviation_id: UUID, reason: str) -> Receipt:
    """A person says that what the system proposed is none, and why. It is not proposed again."""
    step = StepGiven("dismissed", None, reason)
    return await _taken(desk, key, Operation.DISMISS_DEVIATION, deviation_id, step)


async def handle(desk: Desk, key: RequestKey, deviation_id: UUID, step: StepGiven) -> Receipt:
    """Take a reported deviation in hand under an own reference number, or end the handling with its outcome.

    Raises Unprocessable where the end has no outcome.
    """
    if step.step == "handled" and step.text is None:
        raise Unprocessable(OUTCOME_MISSING.at("/outcome"))
    return await _taken(desk, key, Operation.HANDLE_DEVIATION, deviation_id, step)


async def _taken(
    desk: Desk, key: RequestKey, operation: Operation, deviation_id: UUID, step: StepGiven
) -> Receipt:
    """Record a step.

    Raises NotFound for another's deviation,
    InvalidTransition where the step does not exist from where it stands.
    """
    async with desk.deciding(operation, key) as decision:
        row = await rows.to_decide_on(decision.tx, deviation_id, all_units=decision.all_units)
        if row is None:
            raise NotFound
        decision.entitle(Relation.OWN_UNIT)
        if decision.answered:
            return decision.answered
        if not can_be_taken(step.step, status_of(row)):
            raise InvalidTransition
        step_id = new_id()
        await decision.tx.add(
            DeviationStep(
                org_id=decision.me,
                id=step_id,
                deviation_id=deviation_id,
                step=step.step,
                own_reference=step.own_reference,
                text_sealed=decision.seal_given(DeviationStep, step_id, "text_sealed", step.text),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        agreement = agreement_by_id(decision, row["agreement_id"])
        await decision.journal(
            "deviation", deviation_id, individual_id=row["individual_id"], agreement=agreement
        )
        if step.step == "confirmed":
            await decision.count(
                agreement, "deviation", row["type"], party=row["about_party"], on=row["occurred_on"]
            )
        return await decision.conclude(Receipt.of(step_id, desk.now))
