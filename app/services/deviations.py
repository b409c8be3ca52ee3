"""Deviations (UPP-068 to UPP-072): reported by whoever met one, and read by its own unit alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from app.db import deviations as rows
from app.db import visible
from app.db.facts import case_as_seen
from app.db.facts.cases import STEPS
from app.db.ids import new_id
from app.db.tables.deviations import Deviation as Row
from app.domain.access import Operation, Relation
from app.domain.agreement import Agreement
from app.domain.codes import DeviationStatus, DeviationType
from app.domain.facts.at_hand import DeviationAtHand
from app.domain.facts.basics import Unknown
from app.domain.facts.case import Case, Deviation, ReportedByAPerson
from app.domain.states import status_after
from app.domain.step import Step
from app.errors import NotFound, Unprocessable
from app.services.at_hand import agreement_by_id, asking, own_case
from app.services.dates import not_ahead
from app.services.decision import Decision, RequestKey, party_of
from app.services.desk import Desk
from app.services.meetings_common import ORGANISATION_NOT_PARTY
from app.services.no_case import case_of_nothing
from app.services.own_agreement import own_agreement
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import NOBODY, UNKNOWN, Sight, sights_of_cases

OUTSIDE: Final = "-"
"""What `party_of` calls an organisation that is part of no party."""


@dataclass(frozen=True)
class DeviationGiven:
    """What somebody reports: about which organisation, what kind, when, and where, as far as they know."""

    type: DeviationType
    about_organisation: UUID
    occurred_on: date
    attempts: int | None
    description: str | None
    case_id: UUID | None
    meeting_id: UUID | None
    agreement_key: str | None


@dataclass(frozen=True)
class Whereabouts:
    """The case and meeting that a deviation happened in, and the reporter's own row for the person."""

    case_org: UUID
    case_id: UUID
    meeting_id: UUID | None
    individual_id: UUID | None


@dataclass(frozen=True)
class StepShown:
    """One step of the handling: confirmed, dismissed, in_handling or handled."""

    step: str
    own_reference: str | None
    text: str | None
    recorded_at: datetime


@dataclass(frozen=True)
class DeviationLine:
    """A deviation on a list: without what was written."""

    id: UUID
    type: DeviationType
    status: DeviationStatus
    is_proposed: bool
    about_organisation: UUID
    about_party: str
    occurred_on: date
    unit_id: UUID | None
    recorded_at: datetime


@dataclass(frozen=True)
class DeviationShown:
    """A deviation opened for its own unit. `reservation` is what its party reserved itself when signing: it
    is told, and changes nothing (UPP-128).
    """

    line: DeviationLine
    reservation: str | None
    attempts: int | None
    description: str | None
    case_id: UUID | None
    meeting_id: UUID | None
    individual_id: UUID | None
    proposed_by_rule: str | None
    subject_kind: str | None
    subject_id: UUID | None
    steps: tuple[StepShown, ...]


async def report(desk: Desk, key: RequestKey, given: DeviationGiven) -> Receipt:
    """Report a deviation, on behalf of the caller's organisation, which handles it (UPP-069, UPP-124).

    Never refused by the agreement; fewer attempts than repeated ones are remarked (UPP-070). Raises
    InitiatorNotParty, NotFound for a case or meeting the caller knows nothing of, and Unprocessable for an
    organisation outside the agreement.
    """
    not_ahead(given.occurred_on, desk.today, "/occurredOn")
    async with desk.deciding(Operation.REPORT_DEVIATION, key) as decision:
        where = await _whereabouts(decision, given)
        agreement = await own_agreement(decision, given.agreement_key)
        if decision.answered:
            return decision.answered
        party = party_of(agreement, given.about_organisation)
        if party == OUTSIDE:
            raise Unprocessable(ORGANISATION_NOT_PARTY.at("/aboutOrganisationId"))
        deviation = Deviation(
            id=new_id(),
            organisation_id=decision.me,
            unit_id=decision.assignment.unit_id,
            concerns=given.about_organisation,
            type=given.type,
            origin=ReportedByAPerson(),
            attempts=Unknown() if given.attempts is None else given.attempts,
            occurred_on=given.occurred_on,
            steps=(),
        )
        seen = DeviationAtHand(await _case(decision, where, agreement), deviation)
        verdict = decision.judged(Step.REPORT_DEVIATION, seen, agreement, {})
        await decision.tx.add(
            Row(
                org_id=decision.me,
                id=deviation.id,
                unit_id=decision.assignment.unit_id,
                agreement_id=agreement.id,
                type=given.type.value,
                origin="reported",
                about_org=given.about_organisation,
                about_party=party,
                case_org=where.case_org if where else None,
                case_id=where.case_id if where else None,
                meeting_id=where.meeting_id if where else None,
                individual_id=where.individual_id if where else None,
                occurred_on=given.occurred_on,
                attempts=given.attempts,
                description_sealed=decision.seal_given(
                    Row, deviation.id, "description_sealed", given.description
                ),
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal(
            "deviation",
            deviation.id,
            individual_id=where.individual_id if where else None,
            agreement=agreement,
            verdict=verdict,
        )
        await decision.count(agreement, "deviation", given.type.value, party=party, on=given.occurred_on)
        return await decision.conclude(Receipt.of(deviation.id, desk.now, remarks=verdict.remarks))


async def _whereabouts(decision: Decision, given: DeviationGiven) -> Whereabouts | None:
    """Where it happened: a case of the own unit, or a meeting that is its own, was shown to it or that it
    holds a letter about. Raises NotFound for every other.
    """
    if given.meeting_id is None:
        if given.case_id is None:
            return None
        found = await own_case(decision, given.case_id, to_change=False)
        return Whereabouts(decision.me, given.case_id, None, found.row.individual_id)
    place = await _at_meeting(decision, given.meeting_id)
    if given.case_id not in (None, place.case_id):
        raise NotFound
    return place


async def _at_meeting(decision: Decision, meeting_id: UUID) -> Whereabouts:
    meeting = await visible.meeting(decision.tx, meeting_id, all_units=decision.all_units)
    if meeting is not None and meeting["org_id"] == decision.me:
        if not (decision.all_units or meeting["unit_id"] == decision.assignment.unit_id):
            raise NotFound
        return Whereabouts(decision.me, meeting["case_id"], meeting_id, meeting["individual_id"])
    copy = await visible.copy_about_meeting(decision.tx, meeting_id, all_units=decision.all_units)
    if copy is not None:
        return Whereabouts(copy["from_org"], copy["case_id"], meeting_id, copy["individual_id"])
    if meeting is None:
        raise NotFound
    return Whereabouts(meeting["org_id"], meeting["case_id"], meeting_id, None)


async def _case(decision: Decision, where: Whereabouts | None, agreement: Agreement) -> Case:
    """The picture to judge by. Where there is no case, or it is no longer the caller's to see, the report is
    judged by itself: it is recorded all the same.
    """
    if where is not None:
        try:
            found = await case_as_seen(decision.tx, where.case_org, where.case_id, asking(decision))
        except NotFound:
            return case_of_nothing(asking(decision), agreement)
        return found.case
    return case_of_nothing(asking(decision), agreement)


async def list_mine(desk: Desk, *, limit: int, offset: int) -> tuple[list[DeviationLine], int | None]:
    """A page of the unit's deviations, newest first, and how many there are up to a thousand."""
    async with desk.reading(Operation.LIST_DEVIATIONS) as reading:
        found = await rows.page(
            reading.tx,
            all_units=reading.all_units,
            limit=limit,
            offset=offset,
            operation=reading.operation.value,
        )
        total = await rows.count_to_1000(reading.tx, all_units=reading.all_units)
        sights = await _sights(reading, *found)
        await reading.commit()
        return [_line(row, sight) for row, sight in zip(found, sights, strict=True)], total


async def read(desk: Desk, deviation_id: UUID) -> DeviationShown:
    """One deviation of the caller's unit, with its handling. Raises NotFound for everybody else's, that of
    the organisation it is about included.
    """
    async with desk.reading(Operation.READ_DEVIATION) as reading:
        row = await rows.read(
            reading.tx, deviation_id, all_units=reading.all_units, operation=reading.operation.value
        )
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_UNIT)
        steps = await rows.steps(reading.tx, deviation_id)
        (sight,) = await _sights(reading, row)
        await reading.commit()
        return DeviationShown(
            line=_line(row, sight),
            reservation=_reservation(reading, row),
            attempts=row["attempts"],
            description=reading.open("deviation", row, "description_sealed"),
            case_id=row["case_id"] if row["case_org"] == reading.me else None,
            meeting_id=row["meeting_id"],
            individual_id=row["individual_id"],
            proposed_by_rule=row["proposed_by_rule"],
            subject_kind=row["subject_kind"],
            subject_id=row["subject_id"],
            steps=tuple(
                StepShown(
                    step=one["step"],
                    own_reference=one["own_reference"],
                    text=reading.open("deviation_step", one, "text_sealed"),
                    recorded_at=one["recorded_at"],
                )
                for one in steps
            ),
        )


async def _sights(reading: Reading, *found: Any) -> list[Sight]:
    """What the caller may see of the person of each; about no case, there is nobody to protect."""
    cases = ((one["case_org"], one["case_id"]) for one in found if one["case_id"])
    of_case = await sights_of_cases(reading, cases)
    return [
        of_case.get((one["case_org"], one["case_id"]), UNKNOWN) if one["case_id"] else NOBODY for one in found
    ]


def status_of(row: Any) -> DeviationStatus:
    """Where a stored deviation stands; `steps_taken` has its steps in order."""
    return status_after(row["origin"] == "proposed", [STEPS[one] for one in row["steps_taken"]])


def _line(row: Any, sight: Sight) -> DeviationLine:
    return DeviationLine(
        id=row["id"],
        type=DeviationType(row["type"]),
        status=status_of(row),
        is_proposed=row["origin"] == "proposed",
        about_organisation=row["about_org"],
        about_party=row["about_party"],
        occurred_on=row["occurred_on"],
        unit_id=sight.of(row["unit_id"]),
        recorded_at=row["recorded_at"],
    )


def _reservation(reading: Reading, row: Any) -> str | None:
    """What the party that the deviation is about has reserved itself, in the agreement's own Swedish."""
    file = reading.house.agreements.get(agreement_by_id(reading, row["agreement_id"]).id)
    parties = file.parties if file else ()
    return next((one.reservation for one in parties if one.code == row["about_party"]), None)
