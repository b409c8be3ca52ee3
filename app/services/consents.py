"""What the individual says about consent: given or refused, extended, documented by each organisation.

A word on consent is always recorded; what the agreement has to say of it comes back as remarks. Taking it back is
in `consents_withdrawal`, reading it in `consents_read`.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import consents as rows
from app.db.facts import Found
from app.db.ids import new_id
from app.db.tables import consents as tables
from app.domain.access import Operation
from app.domain.calendar import stockholm_end_of
from app.domain.codes import (
    ConsentAnswer,
    ConsentCapacity,
    ConsentGiver,
    ConsentInformation,
    ConsentKind,
    ConsentStatus,
    LegalBasis,
    Manner,
    NamedPerson,
    SecrecyGround,
)
from app.domain.facts.at_hand import ConsentAtHand
from app.domain.facts.basics import NoEnd, NotYet
from app.domain.facts.consent import Consent, ConsentTaker, EndUnchanged, Extension
from app.domain.rule import Words
from app.domain.states import consent_status
from app.domain.step import Step
from app.errors import InvalidTransition, Unprocessable
from app.services import consents_faults as faults
from app.services.at_hand import own_case
from app.services.consents_at_hand import locked, own_consent, standing
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt


@dataclass(frozen=True)
class Named:
    """A person outside the organisations whom the individual agrees to have there."""

    relation: NamedPerson
    name: str


@dataclass(frozen=True)
class Said:
    """The individual's word on one kind of consent, and what came before it.

    `ends_on` is its last whole day in Stockholm; None goes on until it is withdrawn. `taken_by` is an officer of
    the caller's organisation, None the caller.
    """

    kind: ConsentKind
    answer: ConsentAnswer
    said_at: datetime
    manner: Manner
    given_by: ConsentGiver
    capacity: ConsentCapacity
    informed_at: datetime | None
    informed_of: tuple[ConsentInformation, ...]
    information_adapted: bool
    adaptation: str | None
    participation_support: str | None
    taken_by: UUID | None
    organisation_ids: tuple[UUID, ...]
    persons: tuple[Named, ...]
    excluded_topics: tuple[str, ...]
    secrecy_ground: SecrecyGround
    legal_basis: LegalBasis
    ends_on: date | None


@dataclass(frozen=True)
class SaidAnew:
    """More organisations, more persons, or a longer end, on a consent that is live."""

    said_at: datetime
    manner: Manner
    organisation_ids: tuple[UUID, ...]
    persons: tuple[Named, ...]
    ends_on: date | None
    until_withdrawn: bool


async def record(desk: Desk, key: RequestKey, case_id: UUID, said: Said) -> Receipt:
    """Record a consent, given or refused (UPP-015, UPP-088). One without prior information is kept, not live.

    Raises NotFound for a case that is not the caller's unit's, and Unprocessable for organisations or an officer
    that do not exist, an end before its beginning, or a capacity that the person's age contradicts.
    """
    async with desk.deciding(Operation.RECORD_CONSENT, key) as decision:
        found = await own_case(decision, case_id, *said.organisation_ids)
        if decision.answered:
            return decision.answered
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
        persons = _persons(decision, consent_id, case_id, said.persons)
        consent = _as_fact(decision, consent_id, said, taker, tuple(one.id for one in persons))
        verdict = decision.judged(
            Step.RECORD_CONSENT, ConsentAtHand(found.case, consent), found.agreement, {}
        )
        await decision.tx.add(
            _row(decision, consent_id, case_id, said, taker),
            *_coverage(decision, consent_id, case_id, said.organisation_ids),
            *persons,
        )
        await _journal(decision, consent_id, found, verdict=verdict)
        return await decision.conclude(Receipt.of(consent_id, desk.now, remarks=verdict.remarks))


async def extend(desk: Desk, key: RequestKey, consent_id: UUID, said: SaidAnew) -> Receipt:
    """Record that the individual has said more on the same consent: what was shown under it stays shown.

    Raises InvalidTransition where the consent is not live, or was taken back for one of the organisations: then
    it
    takes a new consent. Raises Unprocessable for an end that is not later than the present one.
    """
    async with desk.deciding(Operation.EXTEND_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        at = await own_consent(decision, stands, *said.organisation_ids)
        if decision.answered:
            return decision.answered
        now, before = at.found.case.now, at.consent
        taken_back = any(before.is_withdrawn_for(one, now) for one in said.organisation_ids)
        if consent_status(before, now) is not ConsentStatus.ACTIVE or taken_back:
            raise InvalidTransition(ANEW)
        extension_id = new_id()
        persons = _persons(decision, consent_id, stands.case_id, said.persons, extension_id)
        extension = Extension(
            id=extension_id,
            said_at=said.said_at,
            organisation_ids=said.organisation_ids,
            outsider_ids=tuple(one.id for one in persons),
            ends_at=_new_end(said),
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
            *_coverage(decision, consent_id, stands.case_id, said.organisation_ids, extension_id),
            *persons,
        )
        await _journal(decision, consent_id, at.found, verdict=verdict)
        return await decision.conclude(Receipt.of(extension_id, desk.now, remarks=verdict.remarks))


async def document(
    desk: Desk, key: RequestKey, consent_id: UUID, documented_on: date | None, own_reference: str | None
) -> Receipt:
    """The caller's organisation says that it has documented the consent by its own routine (UPP-020).

    Only for itself, and once: raises AlreadyExists for the second time, Unprocessable for a day still to come.
    """
    async with desk.deciding(Operation.DOCUMENT_CONSENT, key) as decision:
        stands = await standing(decision, consent_id)
        if decision.answered:
            return decision.answered
        await locked(decision, stands)
        if documented_on and documented_on > desk.today:
            raise Unprocessable(faults.DAY_TO_COME.at("/documentedOn"))
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


ANEW = Words(
    "Samtycket gäller inte längre för detta. Fråga individen och anteckna ett nytt samtycke.",
    "The consent no longer holds for this. Ask the individual and record a new consent.",
)


def _new_end(said: SaidAnew) -> datetime | NoEnd | EndUnchanged:
    if said.until_withdrawn:
        return NoEnd()
    return stockholm_end_of(said.ends_on) if said.ends_on else EndUnchanged()


def _as_fact(
    decision: Decision, consent_id: UUID, said: Said, taker: Any, person_ids: tuple[UUID, ...]
) -> Consent:
    """The consent as the rules see it, just said."""
    return Consent(
        id=consent_id,
        kind=said.kind,
        answer=said.answer,
        given_by=said.given_by,
        informed_at=said.informed_at or NotYet(),
        information_adapted=_is_adapted(said),
        said_at=said.said_at,
        taken_by=ConsentTaker(decision.me, bool(taker["name"].strip()), bool(taker["function"].strip())),
        organisation_ids=said.organisation_ids,
        outsider_ids=person_ids,
        ends_at=stockholm_end_of(said.ends_on) if said.ends_on else NoEnd(),
        extensions=(),
        withdrawals=(),
        documentations=(),
        entered_in_error=False,
    )


def _is_adapted(said: Said) -> bool:
    """Whoever tells how it was adapted has said that it was."""
    return said.information_adapted or said.adaptation is not None


def _row(decision: Decision, consent_id: UUID, case_id: UUID, said: Said, taker: Any) -> tables.Consent:
    def sealed(column: str, text: str | None) -> bytes | None:
        return decision.seal_given(tables.Consent, consent_id, column, text)

    topics = json.dumps(said.excluded_topics, ensure_ascii=False) if said.excluded_topics else None
    return tables.Consent(
        org_id=decision.me,
        id=consent_id,
        case_id=case_id,
        kind=said.kind,
        answer=said.answer,
        given_by=said.given_by,
        capacity=said.capacity,
        manner=said.manner,
        said_at=said.said_at,
        informed_at=said.informed_at,
        informed_of=list(said.informed_of),
        information_adapted=_is_adapted(said),
        adaptation_sealed=sealed("adaptation_sealed", said.adaptation),
        participation_support_sealed=sealed("participation_support_sealed", said.participation_support),
        taken_by=taker["id"],
        taker_name=taker["name"],
        taker_function=taker["function"],
        excluded_topics_sealed=sealed("excluded_topics_sealed", topics),
        secrecy_ground=said.secrecy_ground,
        legal_basis=said.legal_basis,
        ends_on=said.ends_on,
        ends_at=stockholm_end_of(said.ends_on) if said.ends_on else None,
        recorded_by=decision.assignment.account_id,
        recorded_at=decision.now,
    )


def _coverage(
    decision: Decision,
    consent_id: UUID,
    case_id: UUID,
    organisation_ids: tuple[UUID, ...],
    extension_id: UUID | None = None,
) -> list[tables.ConsentCoverage]:
    return [
        tables.ConsentCoverage(
            org_id=decision.me,
            consent_id=consent_id,
            covered_org=one,
            case_id=case_id,
            extension_id=extension_id,
        )
        for one in organisation_ids
    ]


def _persons(
    decision: Decision,
    consent_id: UUID,
    case_id: UUID,
    named: tuple[Named, ...],
    extension_id: UUID | None = None,
) -> list[tables.ConsentPerson]:
    return [
        tables.ConsentPerson(
            org_id=decision.me,
            id=id_,
            consent_id=consent_id,
            case_id=case_id,
            relation=one.relation,
            name_sealed=decision.seal(tables.ConsentPerson, id_, "name_sealed", one.name),
            extension_id=extension_id,
        )
        for id_, one in ((new_id(), one) for one in named)
    ]


async def _journal(decision: Decision, consent_id: UUID, found: Found, **more: Any) -> None:
    await decision.journal(
        "consent", consent_id, individual_id=found.row.individual_id, agreement=found.agreement, **more
    )

