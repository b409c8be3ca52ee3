"""A summons taken back: sent wrong, with a note of the incident, or for another cause. Consent is not asked
for that.
"""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from app.db import summonses as rows
from app.db import visible
from app.db.ids import new_id
from app.db.tables.summonses import SummonsRecall
from app.documents import notices as letters
from app.domain.access import Operation, Relation
from app.domain.facts.basics import NotYet
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, NotFound, Unprocessable
from app.services.at_hand import own_meeting
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.notices import notify
from app.services.receipt import Receipt

INCIDENT_NOTE_MISSING = FieldFault(
    "INCIDENT_NOTE_MISSING",
    Words(
        "En kallelse som skickats fel behöver en incidentanteckning",
        "A summons sent wrong needs an incident note",
    ),
)


@dataclass(frozen=True)
class RecallOrder:
    """Why a summons is taken back; one sent wrong needs a note of the incident."""

    cause: str
    incident_note: str | None


async def recall(desk: Desk, key: RequestKey, summons_id: UUID, order: RecallOrder) -> Receipt:
    """Take a summons back and tell its recipient, who keeps its copy: what was received was received.

    Raises Unprocessable for one sent wrong without a note, InvalidTransition for one already taken back.
    """
    if order.cause == "sent_wrong" and order.incident_note is None:
        raise Unprocessable(INCIDENT_NOTE_MISSING.at("/incidentNote"))
    async with desk.deciding(Operation.RECALL_SUMMONS, key) as decision:
        issued = await visible.summons(decision.tx, summons_id, all_units=decision.all_units)
        if issued is None:
            if await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units) is not None:
                decision.entitle(Relation.RECIPIENT)
            raise NotFound
        at = await own_meeting(decision, issued["meeting_id"])
        if decision.answered:
            return decision.answered
        summons = next(one for one in at.meeting.summonses if one.id == summons_id)
        if not isinstance(summons.recalled_at, NotYet):
            raise InvalidTransition
        verdict = decision.judged(Step.RECALL_SUMMONS, at.picture, at.found.agreement, {})
        recall_id = new_id()
        await decision.tx.add(
            SummonsRecall(
                org_id=decision.me,
                id=recall_id,
                summons_id=summons_id,
                case_id=issued["case_id"],
                cause=order.cause,
                incident_note_sealed=decision.seal_given(
                    SummonsRecall, recall_id, "incident_note_sealed", order.incident_note
                ),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        letter = partial(letters.recalled, sent_wrong=order.cause == "sent_wrong")
        await notify(decision, at, recall_id, [summons], letter)
        await decision.journal(
            "summons",
            summons_id,
            individual_id=at.individual_id,
            agreement=at.found.agreement,
            verdict=verdict,
        )
        return await decision.conclude(Receipt.of(recall_id, desk.now, remarks=verdict.remarks))
