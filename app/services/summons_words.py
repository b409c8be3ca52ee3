"""What is said about a summons beside the replies: the sender's answers, who takes care of it, that one has
prepared.
"""

from datetime import datetime
from uuid import UUID

from app.db import summonses as rows
from app.db import visible
from app.db.ids import new_id
from app.db.tables.summonses import Preparedness, QueryAnswer, SummonsAssignment
from app.domain.access import Operation, Relation
from app.domain.rule import Words
from app.errors import FieldFault, NotFound, Unprocessable
from app.services.at_hand import own_meeting
from app.services.dates import has_happened
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt

NO_SUCH_OFFICER = FieldFault(
    "OFFICER_UNKNOWN",
    Words("Handläggaren finns inte i organisationen", "The officer is not one of the organisation's"),
)
OTHER_UNIT = FieldFault(
    "OTHER_UNIT",
    Words("Kallelsen är ställd till en annan enhet", "The summons is addressed to another unit"),
)


async def answer_query(desk: Desk, key: RequestKey, summons_id: UUID, text: str) -> Receipt:
    """The sender answers a recipient's question (UPP-044). Raises NotFound for a summons not issued here."""
    async with desk.deciding(Operation.ANSWER_QUERY, key) as decision:
        issued = await visible.summons(decision.tx, summons_id, all_units=decision.all_units)
        if issued is None:
            await _not_mine(decision, summons_id)
            raise NotFound
        await own_meeting(decision, issued["meeting_id"])
        if decision.answered:
            return decision.answered
        answer_id = new_id()
        await decision.tx.add(
            QueryAnswer(
                org_id=decision.me,
                id=answer_id,
                summons_id=summons_id,
                case_id=issued["case_id"],
                recipient_org=issued["recipient_org"],
                text_sealed=decision.seal(QueryAnswer, answer_id, "text_sealed", text),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("summons", summons_id, individual_id=issued["individual_id"])
        return await decision.conclude(Receipt.of(answer_id, desk.now))


async def assign(desk: Desk, key: RequestKey, summons_id: UUID, officer_id: UUID) -> Receipt:
    """The receiving unit gives a summons to one of its officers, who sees it there.

    Raises NotFound for another's, and Unprocessable for somebody who is no officer of the unit.
    """
    async with desk.deciding(Operation.ASSIGN_SUMMONS, key) as decision:
        copy = await _received(decision, summons_id)
        if decision.answered:
            return decision.answered
        officer = await rows.own_officer(decision.tx, officer_id, decision.today)
        if officer is None:
            raise Unprocessable(NO_SUCH_OFFICER.at("/officerId"))
        if copy["unit_id"] not in (None, officer["unit_id"]):
            raise Unprocessable(OTHER_UNIT.at("/officerId"))
        assignment_id = new_id()
        await decision.tx.add(
            SummonsAssignment(
                org_id=decision.me,
                id=assignment_id,
                summons_id=summons_id,
                officer_id=officer_id,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("summons", summons_id, individual_id=copy["individual_id"])
        return await decision.conclude(Receipt.of(assignment_id, desk.now))


async def say_prepared(
    desk: Desk, key: RequestKey, summons_id: UUID, said_at: datetime, note: str | None
) -> Receipt:
    """A called organisation says that it has prepared for the meeting (UPP-029)."""
    has_happened(said_at, desk.now, "/occurredAt")
    async with desk.deciding(Operation.SAY_PREPARED, key) as decision:
        copy = await _received(decision, summons_id)
        if decision.answered:
            return decision.answered
        word_id = new_id()
        await decision.tx.add(
            Preparedness(
                org_id=decision.me,
                id=word_id,
                item_org=copy["from_org"],
                item_id=summons_id,
                case_id=copy["case_id"],
                said_at=said_at,
                note_sealed=decision.seal_given(Preparedness, word_id, "note_sealed", note),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal(
            "summons", summons_id, item_org=copy["from_org"], individual_id=copy["individual_id"]
        )
        return await decision.conclude(Receipt.of(word_id, desk.now))


async def _received(decision: Decision, summons_id: UUID) -> rows.Row:
    """The own unit's copy. Raises NotFound, or NotAllowed for the summons's own sender."""
    copy = await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units)
    if copy is None:
        if await visible.summons(decision.tx, summons_id, all_units=decision.all_units) is not None:
            decision.entitle(Relation.OWN_UNIT)
        raise NotFound
    decision.entitle(Relation.RECIPIENT)
    return copy


async def _not_mine(decision: Decision, summons_id: UUID) -> None:
    """Raises NotAllowed where the caller is the recipient of a summons only its sender may do this to."""
    if await rows.received_to_use(decision.tx, summons_id, all_units=decision.all_units) is not None:
        decision.entitle(Relation.RECIPIENT)
