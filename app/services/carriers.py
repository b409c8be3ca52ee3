"""Who carries a case: handed over inside the organisation, never out of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import cases, directory
from app.db.ids import new_id
from app.db.tables.cases import CaseCarrier
from app.domain.access import Operation
from app.domain.facts.basics import NotYet
from app.domain.rule import Words
from app.errors import FieldFault, Unprocessable
from app.services.at_hand import open_case
from app.services.case_steps import conclude_act
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt

UNKNOWN_OFFICER = FieldFault(
    "UNKNOWN_OFFICER",
    Words(
        "Handläggaren finns inte i den egna organisationen, eller har slutat",
        "The officer is not in one's own organisation, or has left",
    ),
)
OTHER_UNIT = FieldFault(
    "OTHER_UNIT",
    Words(
        "Ersättaren ska finnas i samma enhet som ärendebäraren", "The stand-in must be in the carrier's unit"
    ),
)
SAME_OFFICER = FieldFault(
    "SAME_OFFICER", Words("Ersättaren ska vara en annan", "The stand-in must be somebody else")
)
REASON_MISSING = FieldFault(
    "MISSING",
    Words("Ange skäl när ärendet lämnas över", "Give a reason when the case is handed over"),
)


@dataclass(frozen=True)
class HandOver:
    """To whom the case goes, who stands in, and why."""

    version: int
    officer_id: UUID
    stand_in_id: UUID | None
    reason: str | None


async def hand_over(desk: Desk, key: RequestKey, case_id: UUID, order: HandOver) -> Receipt:
    """Give the case another carrier or stand-in; it follows its carrier into the carrier's unit.

    Raises NotFound, VersionStale, InvalidTransition on a closed case, and Unprocessable for somebody who is
    no officer of the organisation, a stand-in of another unit, or a hand-over without a reason.
    """
    async with desk.deciding(Operation.CHANGE_CARRIER, key) as decision:
        found = await open_case(decision, case_id, version=order.version)
        if decision.answered:
            return decision.answered
        officer = await _officer(decision, order.officer_id, "/officerId")
        if order.stand_in_id is not None:
            stand_in = await _officer(decision, order.stand_in_id, "/standInId")
            if stand_in["id"] == officer["id"]:
                raise Unprocessable(SAME_OFFICER.at("/standInId"))
            if stand_in["unit_id"] != officer["unit_id"]:
                raise Unprocessable(OTHER_UNIT.at("/standInId"))
        carrier = found.case.carrier.officer_id
        if not isinstance(carrier, NotYet) and carrier != order.officer_id and order.reason is None:
            raise Unprocessable(REASON_MISSING.at("/reason"))
        carrier_id = new_id()
        await decision.tx.add(
            CaseCarrier(
                org_id=decision.me,
                id=carrier_id,
                case_id=case_id,
                officer_id=order.officer_id,
                stand_in_id=order.stand_in_id,
                reason_sealed=decision.seal_given(CaseCarrier, carrier_id, "reason_sealed", order.reason),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        if officer["unit_id"] != found.row.unit_id:
            await cases.move(decision.tx, case_id, officer["unit_id"])
        return await conclude_act(decision, found, carrier_id)


async def _officer(decision: Decision, officer_id: UUID, pointer: str) -> Any:
    """The officer of the own organisation with this id. Raises Unprocessable for anybody else."""
    row = await directory.officer(decision.tx, officer_id)
    if row is None or (row["left_on"] is not None and row["left_on"] <= decision.today):
        raise Unprocessable(UNKNOWN_OFFICER.at(pointer))
    return row
