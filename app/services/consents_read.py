"""Reading consents: the holder everything, an organisation it covers the grant and its own coverage alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db import cases
from app.db import consents as rows
from app.db.reading import Shown
from app.domain.access import Operation, Relation, Role, may
from app.domain.calendar import stockholm_day
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
from app.domain.facts.basics import NoEnd
from app.domain.facts.consent import Consent, Documentation, OneOrganisation, Withdrawal
from app.domain.states import consent_status
from app.errors import NotFound
from app.services.consents_at_hand import standing
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.sight import Sight, sight_of_case


@dataclass(frozen=True)
class PersonShown:
    """A person outside the organisations, as the individual named them; `id` is what an invitee refers to."""

    id: UUID
    relation: NamedPerson
    name: str


@dataclass(frozen=True)
class ExtensionShown:
    """What the individual said anew; `ends_on` is None where it changed no end, or took it away."""

    id: UUID
    occurred_at: datetime
    organisation_ids: tuple[UUID, ...]
    ends_on: date | None
    until_withdrawn: bool


@dataclass(frozen=True)
class RecordShown:
    """What the organisation that was told keeps to itself."""

    case_id: UUID
    capacity: ConsentCapacity
    informed_of: tuple[ConsentInformation, ...]
    information_adapted: bool
    adaptation: str | None
    participation_support: str | None
    taken_by: UUID | None
    persons: tuple[PersonShown, ...]
    excluded_topics: tuple[str, ...]
    extensions: tuple[ExtensionShown, ...]


@dataclass(frozen=True)
class CoverageShown:
    """One organisation the consent was said to cover: whether it does now, and when that was taken back."""

    organisation_id: UUID
    is_covered: bool
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class ConsentShown:
    """A consent as the caller may see it. `ends_on` is its last day in Stockholm, None where it has none."""

    id: UUID
    holder: UUID
    kind: ConsentKind
    answer: ConsentAnswer
    status: ConsentStatus
    said_at: datetime
    recorded_at: datetime
    ends_on: date | None
    given_by: ConsentGiver
    manner: Manner
    informed_at: datetime | None
    taker_name: str
    taker_function: str
    secrecy_ground: SecrecyGround
    legal_basis: LegalBasis
    coverage: tuple[CoverageShown, ...]
    documentations: tuple[Documentation, ...]
    own_reference: str | None
    withdrawals: tuple[Withdrawal, ...]
    record: RecordShown | None
    possible: frozenset[Operation]


@dataclass(frozen=True)
class ConsentsShown:
    """A page of a case's consents, and how many there are (None beyond a thousand)."""

    consents: tuple[ConsentShown, ...]
    total: int | None


async def read(desk: Desk, consent_id: UUID) -> ConsentShown:
    """One consent, also a withdrawn one. Raises NotFound where it neither is the caller's nor covers them."""
    async with desk.reading(Operation.READ_CONSENT) as reading:
        stands = await standing(reading, consent_id)
        door = rows.read_whole if stands.is_own else rows.read_grant
        row = await door(
            reading.tx, consent_id, all_units=reading.all_units, operation=reading.operation.value
        )
        if row is None:
            raise NotFound
        facts = await rows.facts(reading.tx, stands.holder, consent_id)
        persons = await rows.persons(reading.tx, consent_id) if stands.is_own else []
        references = await rows.own_references(reading.tx, consent_id)
        sight = await sight_of_case(reading, row["org_id"], row["case_id"])
        await reading.commit()
        return _shown(reading, row, facts[consent_id], persons, references, sight)


async def of_case(desk: Desk, case_id: UUID, limit: int, offset: int) -> ConsentsShown:
    """The consents of a case of the caller's unit, newest first. Raises NotFound for another's case."""
    async with desk.reading(Operation.LIST_CONSENTS) as reading:
        if await cases.for_use(reading.tx, case_id, all_units=reading.all_units) is None:
            raise NotFound
        reading.entitle(Relation.OWN_UNIT)
        found = await rows.page(
            reading.tx,
            case_id,
            all_units=reading.all_units,
            limit=limit,
            offset=offset,
            operation=reading.operation.value,
        )
        total = await rows.count_to_1000(reading.tx, case_id, all_units=reading.all_units)
        if not found:  # it is shown that the case has none
            await reading.log_shown(Shown("case", reading.me, case_id, case_id))
        ids = [row["id"] for row in found]
        facts = await rows.facts(reading.tx, reading.me, *ids)
        persons = await rows.persons(reading.tx, *ids)
        references = await rows.own_references(reading.tx, *ids)
        sight = await sight_of_case(reading, reading.me, case_id)
        await reading.commit()
        shown = (_shown(reading, row, facts[row["id"]], persons, references, sight) for row in found)
        return ConsentsShown(tuple(shown), total)


def last_day(consent: Consent) -> date | None:
    """The last day (Stockholm) on which the consent holds, unless it is taken back."""
    end = consent.final_end
    return None if isinstance(end, NoEnd) else _day_before(end)


def _day_before(end: datetime) -> date:
    return stockholm_day(end - timedelta(seconds=1))


def _shown(
    reading: Reading,
    row: Mapping[str, Any],
    consent: Consent,
    persons: list[Any],
    references: Mapping[UUID, str | None],
    sight: Sight,
) -> ConsentShown:
    now = reading.now
    is_own = row["org_id"] == reading.me
    return ConsentShown(
        id=consent.id,
        holder=row["org_id"],
        kind=consent.kind,
        answer=consent.answer,
        status=consent_status(consent, now),
        said_at=consent.said_at,
        recorded_at=row["recorded_at"],
        ends_on=last_day(consent),
        given_by=consent.given_by,
        manner=Manner(row["manner"]),
        informed_at=row["informed_at"],
        taker_name=row["taker_name"],
        taker_function=row["taker_function"],
        secrecy_ground=SecrecyGround(row["secrecy_ground"]),
        legal_basis=LegalBasis(row["legal_basis"]),
        coverage=_coverage(consent, now),
        documentations=consent.documentations,
        own_reference=references.get(consent.id),
        withdrawals=consent.withdrawals,
        record=_record(
            reading, row, consent, [one for one in persons if one["consent_id"] == consent.id], sight
        )
        if is_own
        else None,
        possible=_possible(reading, consent, is_own=is_own),
    )


def _coverage(consent: Consent, now: datetime) -> tuple[CoverageShown, ...]:
    """The organisations named, at first and later."""
    later = (one for extension in consent.extensions for one in extension.organisation_ids)

    def withdrawn_at(organisation_id: UUID) -> datetime | None:
        alone = OneOrganisation(organisation_id)
        concerning = (
            one.recorded_at
            for one in consent.withdrawals
            if one.scope == alone or not isinstance(one.scope, OneOrganisation)
        )
        return min(concerning, default=None)

    return tuple(
        CoverageShown(one, consent.covers(one, now), withdrawn_at(one))
        for one in (*consent.organisation_ids, *later)
    )


def _record(
    reading: Reading, row: Mapping[str, Any], consent: Consent, persons: list[Any], sight: Sight
) -> RecordShown:
    """What was sealed, opened for the holder."""
    topics = reading.open("consent", row, "excluded_topics_sealed")
    return RecordShown(
        case_id=row["case_id"],
        capacity=ConsentCapacity(row["capacity"]),
        informed_of=tuple(map(ConsentInformation, row["informed_of"])),
        information_adapted=row["information_adapted"],
        adaptation=reading.open("consent", row, "adaptation_sealed"),
        participation_support=reading.open("consent", row, "participation_support_sealed"),
        taken_by=sight.of(row["taken_by"]),
        persons=tuple(
            PersonShown(
                one["id"],
                NamedPerson(one["relation"]),
                reading.open("consent_person", one, "name_sealed") or "",
            )
            for one in persons
        ),
        excluded_topics=tuple(json.loads(topics)) if topics else (),
        extensions=tuple(
            ExtensionShown(
                one.id,
                one.said_at,
                one.organisation_ids,
                _day_before(one.ends_at) if isinstance(one.ends_at, datetime) else None,
                isinstance(one.ends_at, NoEnd),
            )
            for one in consent.extensions
        ),
    )


def _possible(reading: Reading, consent: Consent, *, is_own: bool) -> frozenset[Operation]:
    """What the caller may do with the consent as it stands."""
    status = consent_status(consent, reading.now)
    can_end = consent.answer is ConsentAnswer.GIVEN and status not in (
        ConsentStatus.WITHDRAWN,
        ConsentStatus.ENTERED_IN_ERROR,
    )
    fits = {
        Operation.DOCUMENT_CONSENT: not consent.is_documented_by(reading.me),
        Operation.EXTEND_CONSENT: status is ConsentStatus.ACTIVE,
        Operation.WITHDRAW_CONSENT: can_end,
        Operation.PREVIEW_WITHDRAWAL: can_end,
        Operation.CORRECT_CONSENT: status is not ConsentStatus.ENTERED_IN_ERROR,
    }
    roles = {Role(role) for role in reading.assignment.roles}
    stands = {Relation.OWN_UNIT if is_own else Relation.COVERED}
    return frozenset(one for one, does in fits.items() if does and may(roles, one, stands))
