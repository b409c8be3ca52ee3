"""What the individual says about consent: given or refused, extended, documented by each organisation.

A word on consent is always recorded; what the agreement has to say of it comes back as remarks. Taking it
back is in `consents_withdrawal`, reading it in `consents_read`.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.db import consents as rows
from app.db.facts import Found
from app.db.ids import new_id
from app.db.tables import consents as tables
from app.domain.access import Operation
from app.domain.calendar import stockholm_end_of
from app.domain.codes import ConsentStatus
from app.domain.facts.at_hand import ConsentAtHand
from app.domain.facts.consent import Extension
from app.domain.rule import Words
from app.domain.states import consent_status
from app.domain.step import Step
from app.errors import InvalidTransition, Unprocessable
from app.services import consents_faults as faults
from app.services.at_hand import own_case
from app.services.consents_at_hand import locked, own_consent, standing
from app.services.consents_said import Said, SaidAnew, as_fact, coverage_of, new_end, persons_of, row_of
from app.services.dates import has_happened, not_ahead
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt

ANEW = Words(
    "Samtycket gäller inte längre för detta. Fråga individen och anteckna ett nytt samtycke.",
    "The consent no longer holds for this. Ask the individual and record a new consent.",
)


async def record(desk: Desk, key: RequestKey, case_id: UUID, said: Said) -> Receipt:
    """Record a consent, given or refused (UPP-015, UPP-088). One without prior information is kept, not live.

    Raises NotFound for a case that is not the caller's unit's, and Unprocessable for organisations or an
    officer that do not exist, an end before its beginning, or a capacity that the person's age contradicts.
    """
    async with desk.deciding(Operation.RECORD_CONSENT, key) as decision:
        found = await own_case(decision, case_id, *said.organisation_ids)
        if decision.answered:
            return decision.answered
        has_happened(said.said_at, desk.now, "/occurredAt")
        taker = await rows.officer(decision.tx, said.taken_by or decision.assignment.officer_id)
        born = await faults.birth_date(decision, found.row.individual_id)
        wrong = [
            *faults.of_organisations(said.organisation_ids, found),
            *faults.of_consent(said.answer, said.said_at, said.organisation_ids, said.ends_on),
            *faults.of_giver(said.given_by, said.capacity, said.said_at, born),
            *([] if taker else [faults.OFFICER_UNKNOWN.at("/takenBy")]),
        ]
        if wrong or taker is None:
            raise Unprocessable(*wrong)
        consent_id = new_id()
        persons = persons_of(decision, consent_id, case_id, said.persons)
        consent = as_fact(decision, consent_id, said, taker, tuple(one.id for one in persons))
        verdict = decision.judged(
            Step.RECORD_CONSENT, ConsentAtHand(found.case, consent), found.agreement, {}
        )
        await decision.tx.add(
            row_of(decision, consent_id, case_id, said, taker),
            *coverage_of(decision, consent_id, case_id, said.organisation_ids),
            *persons,
        )
        await _journal(decision, consent_id, found, verdict=verdict)
        return await decision.conclude(Receipt.of(consent_id, desk.now, remarks=verdict.remarks))


async def extend(desk: Desk, key: RequestKey, consent_id: UUID, said: SaidAnew) -> Receipt:
    """Record that the individual has said more on the same consent: what was shown under it stays shown.

    Raises InvalidTransition where the consent is not live, or was taken back for one of the organisations:
    then it takes a new consent. Raises Unprocessable for an end that is not later than the present one.
    """
    async with desk.deciding(Operation.EXTEND_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        at = await own_consent(decision, stands, *said.organisation_ids)
        if decision.answered:
            return decision.answered
        has_happened(said.said_at, desk.now, "/occurredAt")
        now, before = at.found.case.now, at.consent
        taken_back = any(before.is_withdrawn_for(one, now) for one in said.organisation_ids)
        if consent_status(before, now) is not ConsentStatus.ACTIVE or taken_back:
            raise InvalidTransition(ANEW)
        extension_id = new_id()
        persons = persons_of(decision, consent_id, stands.case_id, said.persons, extension_id)
        extension = Extension(
            id=extension_id,
            said_at=said.said_at,
            organisation_ids=said.organisation_ids,
            outsider_ids=tuple(one.id for one in persons),
            ends_at=new_end(said),
        )
        after = replace(before, extensions=(*before.extensions, extension))
        wrong = [
            *faults.of_organisations(said.organisation_ids, at.found),
            *faults.of_extension(before, after, said.organisation_ids),
        ]
        if wrong:
            raise Unprocessable(*wrong)
        verdict = decision.judged(
            Step.RECORD_CONSENT, ConsentAtHand(at.found.case, after), at.found.agreement, {}
        )
        await decision.tx.add(
            tables.ConsentExtension(
                org_id=decision.me,
                id=extension_id,
                consent_id=consent_id,
                case_id=stands.case_id,
                said_at=said.said_at,
                manner=said.manner,
                changes_end=said.until_withdrawn or said.ends_on is not None,
                ends_on=said.ends_on,
                ends_at=stockholm_end_of(said.ends_on) if said.ends_on else None,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            ),
            *coverage_of(decision, consent_id, stands.case_id, said.organisation_ids, extension_id),
            *persons,
        )
        await _journal(decision, consent_id, at.found, verdict=verdict)
        return await decision.conclude(Receipt.of(extension_id, desk.now, remarks=verdict.remarks))


async def document(
    desk: Desk, key: RequestKey, consent_id: UUID, documented_on: date | None, own_reference: str | None
) -> Receipt:
    """The caller's organisation says that it has documented the consent by its own routine (UPP-020).

    Only for itself, and once: raises AlreadyExists the second time, Unprocessable for a day still to come.
    """
    async with desk.deciding(Operation.DOCUMENT_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        if decision.answered:
            return decision.answered
        await locked(decision, stands)
        not_ahead(documented_on or desk.today, desk.today, "/documentedOn")
        documentation_id = new_id()
        await decision.tx.add(
            tables.ConsentDocumentation(
                org_id=decision.me,
                id=documentation_id,
                consent_org=stands.holder,
                consent_id=consent_id,
                case_id=stands.case_id,
                documented_on=documented_on or desk.today,
                own_reference=own_reference,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal(
            "consent", consent_id, item_org=stands.holder, individual_id=stands.individual_id
        )
        return await decision.conclude(Receipt.of(documentation_id, desk.now))


async def _journal(decision: Decision, consent_id: UUID, found: Found, **more: Any) -> None:
    await decision.journal(
        "consent", consent_id, individual_id=found.row.individual_id, agreement=found.agreement, **more
    )
