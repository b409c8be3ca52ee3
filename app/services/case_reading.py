"""A case as its own unit reads it: where it stands, what has been recorded, and what may be done next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import cases
from app.db.facts import Found, case_as_seen
from app.domain.access import Operation, Relation, Role, may
from app.domain.calendar import stockholm_day
from app.domain.codes import CaseStatus, ClosureReason, ConsentKind, ConsentStatus, MeetingStatus
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Case, Contact, NeedAssessment, Offer
from app.domain.need import days_to_first_contact
from app.domain.states import case_status, consent_status, meeting_status
from app.errors import NotFound
from app.services.at_hand import asking
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.sight import sight_of_case

# What may be done with a case that goes on, and with one that is closed.
_ALWAYS: tuple[Operation, ...] = (Operation.READ_INDIVIDUAL, Operation.READ_CASE_READINESS)
_WHILE_OPEN = (
    Operation.ASSESS_NEED,
    Operation.RECORD_CONTACT,
    Operation.CHANGE_CARRIER,
    Operation.RECORD_CONSENT,
    Operation.CLOSE_CASE,
)
_WHILE_NEEDED = (Operation.OFFER_MEETING, Operation.ANSWER_OFFER, Operation.START_MEETING)


@dataclass(frozen=True)
class CarrierShown:
    """Who carries the case, since when (UTC), and who stands in. `has_left`: somebody else must take over."""

    officer_id: UUID | None
    name: str | None
    has_left: bool
    stand_in_id: UUID | None
    stand_in_name: str | None
    reason: str | None
    since: datetime


@dataclass(frozen=True)
class Written:
    """What was written beside a row of the case."""

    note: str | None
    individual_view: str | None


@dataclass(frozen=True)
class CaseShown:
    """A case, opened for the caller. What has been recorded comes in order, each with what was written."""

    id: UUID
    version: int
    status: CaseStatus
    individual_id: UUID
    unit_id: UUID | None
    agreement_id: str
    registered_at: datetime
    closed_at: datetime | None
    closure_reason: ClosureReason | None
    closure_note: str | None
    carrier: CarrierShown | None
    need_seen_on: date | None
    first_contact_on: date | None
    days_need_to_first_contact: int | None
    assessments: tuple[tuple[NeedAssessment, UUID | None, Written], ...]
    """Each with its assessor, where the caller may know who that was."""
    offers: tuple[tuple[Offer, Written], ...]
    contacts: tuple[tuple[Contact, Written], ...]
    consents: tuple[tuple[UUID, ConsentKind, ConsentStatus], ...]
    meetings: tuple[tuple[UUID, MeetingStatus], ...]
    may: frozenset[Operation]


async def read(desk: Desk, case_id: UUID) -> CaseShown:
    """One case of the caller's unit. Raises NotFound for every other."""
    async with desk.reading(Operation.READ_CASE) as reading:
        row = await cases.read(
            reading.tx, case_id, all_units=reading.all_units, operation=reading.operation.value
        )
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_UNIT)
        found = await case_as_seen(reading.tx, reading.me, case_id, asking(reading))
        shown = await _shown(reading, found)
        await reading.commit()
        return shown


async def _shown(reading: Reading, found: Found) -> CaseShown:
    """The picture of the case, with what was written in it opened."""
    case, kept = found.case, await cases.texts(reading.tx, found.case.id)

    def opened(row_id: UUID, column: str) -> str | None:
        if (row_id, column) not in kept:
            return None
        table, sealed = kept[row_id, column]
        return reading.house.sealer.open(sealed, reading.me, table, row_id, column)

    def written(row_id: UUID) -> Written:
        return Written(opened(row_id, "note_sealed"), opened(row_id, "individual_view_sealed"))

    carrier = await cases.carrier(reading.tx, case.id)
    sight = await sight_of_case(reading, reading.me, case.id)
    need, contact, days = case.need, case.first_contact, days_to_first_contact(case)
    closure = case.closure
    return CaseShown(
        id=case.id,
        version=found.row.version,
        status=case_status(case),
        individual_id=found.row.individual_id,
        unit_id=sight.of(found.row.unit_id),
        agreement_id=found.row.agreement_id,
        registered_at=case.registered_at,
        closed_at=found.row.closed_at,
        closure_reason=None if isinstance(closure, NotYet) else closure.reason,
        closure_note=next((opened(*at) for at, (table, _) in kept.items() if table == "closure"), None),
        carrier=CarrierShown(
            officer_id=sight.of(carrier["officer_id"]),
            name=sight.of(carrier["name"]),
            has_left=carrier["left_on"] is not None and carrier["left_on"] <= reading.today,
            stand_in_id=sight.of(carrier["stand_in_id"]),
            stand_in_name=sight.of(carrier["stand_in_name"]),
            reason=opened(carrier["id"], "reason_sealed"),
            since=carrier["recorded_at"],
        )
        if carrier
        else None,
        need_seen_on=None if isinstance(need, NotYet) else need.need_seen_on,
        first_contact_on=None if isinstance(contact, NotYet) else stockholm_day(contact.at),
        days_need_to_first_contact=None if isinstance(days, NotYet) else days,
        assessments=tuple((one, sight.of(one.assessor_id), written(one.id)) for one in case.assessments),
        offers=tuple((one, written(one.id)) for one in case.offers),
        contacts=tuple((one, written(one.id)) for one in case.contacts),
        consents=tuple((one.id, one.kind, consent_status(one, case.now)) for one in case.consents),
        meetings=tuple((one.id, meeting_status(case, one)) for one in case.meetings),
        may=_may(reading, case),
    )


def _may(reading: Reading, case: Case) -> frozenset[Operation]:
    """What this caller may do with the case as it stands."""
    possible = _ALWAYS
    if isinstance(case.closure, NotYet):
        possible += _WHILE_OPEN
        possible += () if isinstance(case.need, NotYet) else _WHILE_NEEDED
    roles = {Role(role) for role in reading.assignment.roles}
    return frozenset(one for one in possible if may(roles, one, {Relation.OWN_UNIT}))
