"""A word on consent on its way into the database: what was said, as the rows and the fact it becomes."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db.ids import new_id
from app.db.tables import consents as tables
from app.domain.calendar import stockholm_end_of
from app.domain.codes import (
    ConsentAnswer,
    ConsentCapacity,
    ConsentGiver,
    ConsentInformation,
    ConsentKind,
    LegalBasis,
    Manner,
    NamedPerson,
    SecrecyGround,
)
from app.domain.facts.basics import NoEnd, NotYet
from app.domain.facts.consent import Consent, ConsentTaker, EndUnchanged
from app.services.decision import Decision


@dataclass(frozen=True)
class Named:
    """A person outside the organisations whom the individual agrees to have there."""

    relation: NamedPerson
    name: str


@dataclass(frozen=True)
class Said:
    """The individual's word on one kind of consent, and what came before it.

    `ends_on` is its last whole day in Stockholm; None goes on until it is withdrawn. `taken_by` is an officer
    of the caller's organisation, None the caller.
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


def new_end(said: SaidAnew) -> datetime | NoEnd | EndUnchanged:
    """The end that was said anew, if one was."""
    if said.until_withdrawn:
        return NoEnd()
    return stockholm_end_of(said.ends_on) if said.ends_on else EndUnchanged()


def as_fact(
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


def row_of(decision: Decision, consent_id: UUID, case_id: UUID, said: Said, taker: Any) -> tables.Consent:
    """The consent as a row, taken by that officer; what is about the person is sealed."""

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


def coverage_of(
    decision: Decision,
    consent_id: UUID,
    case_id: UUID,
    organisation_ids: tuple[UUID, ...],
    extension_id: UUID | None = None,
) -> list[tables.ConsentCoverage]:
    """A row for each organisation the consent covers, said at first or with an extension."""
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


def persons_of(
    decision: Decision,
    consent_id: UUID,
    case_id: UUID,
    named: tuple[Named, ...],
    extension_id: UUID | None = None,
) -> list[tables.ConsentPerson]:
    """A row for each person named, said at first or with an extension."""
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
