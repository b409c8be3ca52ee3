"""A meeting offered to the person, and the person's answer (UPP-008)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.ids import new_id
from app.db.tables.cases import Offer
from app.domain.access import Operation
from app.domain.agreement import Agreement
from app.domain.codes import Channel, OfferAnswer
from app.domain.facts.picture import Picture
from app.domain.step import Step
from app.services.at_hand import open_case, own_case
from app.services.case_steps import conclude_act, conclude_statement
from app.services.dates import not_ahead
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt


@dataclass(frozen=True)
class Talk:
    """When and how it was said, and what is to be noted of it."""

    occurred_on: date
    channel: Channel
    note: str | None


async def offer(
    desk: Desk, key: RequestKey, case_id: UUID, version: int, talk: Talk, reasons: Mapping[str, str]
) -> Receipt:
    """Record that a meeting has been offered; the agreement refuses it where no need was found (UPP-118).

    Raises NotFound, VersionStale, InvalidTransition on a closed case, Unprocessable and AgreementBroken.
    """
    not_ahead(talk.occurred_on, desk.today, "/occurredOn")
    async with desk.deciding(Operation.OFFER_MEETING, key) as decision:
        found = await open_case(decision, case_id, version=version)
        if decision.answered:
            return decision.answered
        verdict = decision.judged(Step.OFFER_MEETING, Picture(found.case), found.agreement, reasons)
        row = _row(decision, case_id, OfferAnswer.OFFERED, talk)
        await decision.tx.add(row)
        await _count(decision, found.agreement, OfferAnswer.OFFERED, talk)
        return await conclude_act(decision, found, row.id, verdict)


async def answer(desk: Desk, key: RequestKey, case_id: UUID, said: OfferAnswer, talk: Talk) -> Receipt:
    """Record what the person said to the offer: always possible, the latest answer counts.

    Raises NotFound, and Unprocessable for a day that has not come.
    """
    not_ahead(talk.occurred_on, desk.today, "/occurredOn")
    async with desk.deciding(Operation.ANSWER_OFFER, key) as decision:
        found = await own_case(decision, case_id)
        if decision.answered:
            return decision.answered
        row = _row(decision, case_id, said, talk)
        await decision.tx.add(row)
        await _count(decision, found.agreement, said, talk)
        return await conclude_statement(decision, found, row.id)


async def _count(decision: Decision, agreement: Agreement, said: OfferAnswer, talk: Talk) -> None:
    """One fact without a person: a meeting was offered, or answered."""
    await decision.count(agreement, "meeting_offered", said.value, on=talk.occurred_on)


def _row(decision: Decision, case_id: UUID, said: OfferAnswer, talk: Talk) -> Offer:
    """The offer, or the answer, as a row of the case."""
    offer_id = new_id()
    return Offer(
        org_id=decision.me,
        id=offer_id,
        case_id=case_id,
        answer=said.value,
        occurred_on=talk.occurred_on,
        channel=talk.channel.value,
        note_sealed=decision.seal_given(Offer, offer_id, "note_sealed", talk.note),
        recorded_by=decision.assignment.account_id,
        recorded_at=decision.now,
    )
