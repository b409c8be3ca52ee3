"""Those a meeting is for: units of the parties, and persons outside them (UPP-027, UPP-028, UPP-045)."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db import meeting_parts as parts
from app.db.ids import new_id
from app.db.tables.meetings import Invitee as InviteeTable
from app.domain.access import Operation
from app.domain.codes import OutsiderKind
from app.domain.facts.meeting import InvitedOrganisation, Invitee
from app.domain.meeting_steps import UNDER_WAY
from app.domain.rule import Words
from app.errors import AlreadyExists, FieldFault, InvalidTransition, NotFound, Unprocessable
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.letters import noted_address
from app.services.meetings_common import (
    ensure_in,
    ensure_party,
    journal,
    next_version,
    own_meeting_matching,
)
from app.services.receipt import Receipt

UNIT_UNKNOWN = FieldFault(
    "UNIT_UNKNOWN",
    Words("Organisationen har ingen sådan enhet i bruk", "The organisation has no such unit in use"),
)
PERSON_UNKNOWN = FieldFault(
    "CONSENT_PERSON_UNKNOWN",
    Words("Inget samtycke i ärendet nämner den personen", "No consent in the case names that person"),
)
ADDRESS_KNOWN = FieldFault(
    "ADDRESS_KNOWN",
    Words("Enheten har en egen adress, och den gäller", "The unit has an address of its own, which counts"),
)
ANOTHER_INVITEE = FieldFault(
    "ANOTHER_INVITEE",
    Words("Det är någon annan: anteckna den för sig", "That is somebody else: note them by themselves"),
)


@dataclass(frozen=True)
class InvitedUnit:
    """An organisation of a party, and which unit of it; the address is the care giver's, where the unit has
    none of its own (UPP-041).
    """

    organisation_id: UUID
    unit_id: UUID | None
    equivalent_function: bool
    address: tuple[str, ...]


@dataclass(frozen=True)
class InvitedPerson:
    """Somebody outside the parties, where they belong, how to write to them, and who of a consent's named
    persons they are.
    """

    kind: OutsiderKind
    organisation_name: str | None
    address: tuple[str, ...]
    suitable: bool | None
    consent_person_id: UUID | None


@dataclass(frozen=True)
class Invited:
    """Somebody the meeting is for: who, as what, why, and what the individual has said to it."""

    who: InvitedUnit | InvitedPerson
    name: str | None
    function: str | None
    reason: str | None
    agreed_with_individual: bool
    shown_to_outsiders: bool
    attends_part: str | None


async def invite(desk: Desk, key: RequestKey, meeting_id: UUID, order: Invited) -> Receipt:
    """Note somebody the meeting is for, as agreed with the individual or not yet (UPP-027, UPP-028, UPP-045).

    Raises Unprocessable for an organisation of no party, a unit it has not, a person no consent names;
    AlreadyExists where that unit is invited already.
    """
    named = (order.who.organisation_id,) if isinstance(order.who, InvitedUnit) else ()
    async with desk.deciding(Operation.CHANGE_INVITEES, key) as decision:
        at = await own_meeting(decision, meeting_id, *named)
        if decision.answered:
            return decision.answered
        ensure_in(at, UNDER_WAY)
        invitee_id = new_id()
        await _ensure_possible(decision, at, order, invitee_id)
        await decision.tx.add(
            InviteeTable(
                org_id=decision.me,
                id=invitee_id,
                meeting_id=meeting_id,
                case_id=at.found.case.id,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
                **_columns(decision, invitee_id, order),
            )
        )
        version = await next_version(decision, at)
        await journal(decision, at)
        return await decision.conclude(Receipt.of(invitee_id, desk.now, version=version))


async def replace_invitee(
    desk: Desk, meeting_id: UUID, invitee_id: UUID, version: int, order: Invited
) -> None:
    """Replace all that is noted of an invitee but who it is.

    Raises InvalidTransition where a summons to them is in force: recall it first. Raises Unprocessable for
    somebody else: that is another invitee.
    """
    named = (order.who.organisation_id,) if isinstance(order.who, InvitedUnit) else ()
    async with desk.deciding(Operation.CHANGE_INVITEES, None) as decision:
        at, noted = await _invitee_at_hand(decision, meeting_id, invitee_id, version, *named)
        await _ensure_possible(decision, at, order, invitee_id)
        _ensure_same(noted, order)
        columns = _columns(decision, invitee_id, order)
        await parts.replace_invitee(decision.tx, meeting_id, invitee_id, **columns)
        await _changed(decision, at)


async def remove_invitee(desk: Desk, meeting_id: UUID, invitee_id: UUID, version: int) -> None:
    """The meeting is no longer for them. Raises as `replace_invitee`."""
    async with desk.deciding(Operation.CHANGE_INVITEES, None) as decision:
        at, _ = await _invitee_at_hand(decision, meeting_id, invitee_id, version)
        await parts.remove_invitee(decision.tx, meeting_id, invitee_id, desk.now)
        await _changed(decision, at)


async def _invitee_at_hand(
    decision: Decision, meeting_id: UUID, invitee_id: UUID, version: int, *named: UUID
) -> tuple[MeetingFound, Invitee]:
    """A meeting of the caller's with this invitee, whom no summons in force names.

    Raises NotFound, PreconditionFailed, InvalidTransition.
    """
    at = await own_meeting_matching(decision, meeting_id, version, *named)
    invitee = next((one for one in at.meeting.invitees if one.id == invitee_id), None)
    if invitee is None:
        raise NotFound
    ensure_in(at, UNDER_WAY)
    if _is_summoned(at, invitee):
        raise InvalidTransition
    return at, invitee


def _ensure_same(noted: Invitee, order: Invited) -> None:
    """Raises Unprocessable where the order is about somebody of another kind or organisation."""
    now, then = noted.who, order.who
    if isinstance(now, InvitedOrganisation):
        if not isinstance(then, InvitedUnit):
            raise Unprocessable(ANOTHER_INVITEE.at("/kind"))
        if then.organisation_id != now.organisation_id:
            raise Unprocessable(ANOTHER_INVITEE.at("/organisationId"))
    elif isinstance(then, InvitedUnit) or then.kind != now.kind:
        raise Unprocessable(ANOTHER_INVITEE.at("/kind"))


def _is_summoned(at: MeetingFound, invitee: Invitee) -> bool:
    """Whether a summons to that invitee is in force."""
    return any(one.invitee_id == invitee.id for one in at.meeting.summonses_in_force)


async def _ensure_possible(decision: Decision, at: MeetingFound, order: Invited, invitee_id: UUID) -> None:
    """Raises Unprocessable for who cannot be invited so, AlreadyExists for a unit that is invited already:
    several care givers, each with its address, may be invited under one unit.
    """
    who = order.who
    if isinstance(who, InvitedPerson):
        person = who.consent_person_id
        if person and not await parts.has_consent_person(decision.tx, at.found.case.id, person):
            raise Unprocessable(PERSON_UNKNOWN.at("/consentPersonId"))
        return
    ensure_party(at.found.case, who.organisation_id, "/organisationId")
    if who.unit_id:
        own = await parts.address_of_active_unit(decision.tx, who.organisation_id, who.unit_id)
        if own is None:
            raise Unprocessable(UNIT_UNKNOWN.at("/unitId"))
        if own and who.address:
            raise Unprocessable(ADDRESS_KNOWN.at("/address"))
    for one in await parts.invitees(decision.tx, decision.me, at.meeting.id):
        same = (one["organisation_id"], one["unit_id"]) == (who.organisation_id, who.unit_id)
        if same and one["id"] != invitee_id and noted_address(decision, one) == who.address:
            raise AlreadyExists


async def _changed(decision: Decision, at: MeetingFound) -> None:
    """The next version, journalled and stored."""
    await next_version(decision, at)
    await journal(decision, at)
    await decision.commit()


def _columns(decision: Decision, invitee_id: UUID, order: Invited) -> dict[str, Any]:
    """All that is kept of an invitee, sealed for its row."""
    who = order.who
    person = who if isinstance(who, InvitedPerson) else None
    unit = who if isinstance(who, InvitedUnit) else None

    address = who.address

    def sealed(column: str, text: str | None) -> bytes | None:
        return decision.seal_given(InviteeTable, invitee_id, column, text)

    return {
        "kind": person.kind.value if person else "organisation",
        "organisation_id": unit.organisation_id if unit else None,
        "unit_id": unit.unit_id if unit else None,
        "name_sealed": sealed("name_sealed", order.name),
        "function": order.function,
        "equivalent_function": unit.equivalent_function if unit else False,
        "organisation_name_sealed": sealed(
            "organisation_name_sealed", person.organisation_name if person else None
        ),
        "address_sealed": sealed(
            "address_sealed", json.dumps(address, ensure_ascii=False) if address else None
        ),
        "reason_sealed": sealed("reason_sealed", order.reason),
        "agreed_with_individual": order.agreed_with_individual,
        "suitable": person.suitable if person else None,
        "shown_to_outsiders": order.shown_to_outsiders,
        "attends_part_sealed": sealed("attends_part_sealed", order.attends_part),
        "consent_person_id": person.consent_person_id if person else None,
    }
