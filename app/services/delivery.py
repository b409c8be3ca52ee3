"""An act puts a received copy into another organisation's keeping, sealed for it, with its own row for the
person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.db.delivery import Copy, hand_over
from app.db.ids import new_id
from app.db.tables.cases import Individual
from app.db.tables.consents import Disclosure
from app.db.tables.records import OutboxEvent
from app.db.tables.summonses import ReceivedCopy
from app.documents.document import Document
from app.services.decision import Decision
from app.services.reading import Reading


@dataclass(frozen=True)
class PersonToName:
    """The person a copy is about, opened: what the receiver must know to find or make its own row."""

    name: str
    identity_kind: str
    number: str | None
    protected_identity: str


@dataclass(frozen=True)
class Parcel:
    """One item for one organisation, under one consent.

    `disclosure_id` names the disclosure by which an act has shown the item to it already, under that consent.
    """

    kind: str
    item_id: UUID
    recipient_org: UUID
    recipient_unit: UUID | None
    consent_id: UUID
    case_id: UUID
    meeting_id: UUID
    about_id: UUID | None
    channel: str
    meets_at: datetime | None
    document: Document
    disclosure_id: UUID | None = None


def person_to_name(work: Reading, individual: Mapping[str, Any]) -> PersonToName:
    """The person of an individual's row of the caller's organisation."""
    return PersonToName(
        name=work.open("individual", individual, "name_sealed") or "",
        identity_kind=individual["identity_kind"],
        number=work.open("individual", individual, "identity_sealed"),
        protected_identity=individual["protected_identity"],
    )


async def deliver(decision: Decision, parcel: Parcel, person: PersonToName) -> None:
    """Show the item and hand over its copy, as `deliver_all` does."""
    await deliver_all(decision, [parcel], person)


async def deliver_all(decision: Decision, parcels: Sequence[Parcel], person: PersonToName) -> None:
    """Show the items and hand over their copies, in the order given: of several receivers everybody must take
    one and the same, since each copy's number is a lock of its receiver.

    Raises NotFound when a consent does not live for its recipient or an item is not one of that case: the
    database asks again, whatever has been judged before.
    """
    shown = [(parcel.disclosure_id or new_id(), parcel) for parcel in parcels]
    await decision.tx.add(
        *(_disclosure(decision, id_, one) for id_, one in shown if one.disclosure_id is None)
    )
    await hand_over(decision.tx, *(_copy(decision, id_, one, person) for id_, one in shown))
    decision.tx.later(*(_event(decision, id_, one) for id_, one in shown))


def _disclosure(decision: Decision, disclosure_id: UUID, parcel: Parcel) -> Disclosure:
    return Disclosure(
        org_id=decision.me,
        id=disclosure_id,
        recipient_org=parcel.recipient_org,
        kind=parcel.kind,
        item_id=parcel.item_id,
        case_id=parcel.case_id,
        consent_id=parcel.consent_id,
        recorded_by=decision.assignment.account_id,
        recorded_at=decision.now,
    )


def _copy(decision: Decision, disclosure_id: UUID, parcel: Parcel, person: PersonToName) -> Copy:
    """The recipient's copy, sealed for the recipient."""
    to, individual_id, number = parcel.recipient_org, new_id(), person.number

    def sealed(row: type[SQLModel], row_id: UUID, column: str, text: str) -> bytes:
        return decision.seal(row, row_id, column, text, organisation_id=to)

    return Copy(
        disclosure=disclosure_id,
        kind=parcel.kind,
        about=parcel.about_id,
        meeting=parcel.meeting_id,
        unit=parcel.recipient_unit,
        channel=parcel.channel,
        meets_at=parcel.meets_at,
        payload=sealed(ReceivedCopy, parcel.item_id, "payload_sealed", parcel.document.to_json()),
        individual=individual_id,
        name=sealed(Individual, individual_id, "name_sealed", person.name),
        identity_kind=person.identity_kind,
        identity=sealed(Individual, individual_id, "identity_sealed", number) if number else None,
        index=decision.house.sealer.blind_index(to, person.identity_kind, number) if number else None,
        protected_identity=person.protected_identity,
    )


def _event(decision: Decision, disclosure_id: UUID, parcel: Parcel) -> OutboxEvent:
    return OutboxEvent(
        org_id=decision.me,
        id=new_id(),
        recipient_org=parcel.recipient_org,
        type=f"se.flerpart.{parcel.kind}.received",
        item_kind=parcel.kind,
        item_id=parcel.item_id,
        disclosure_id=disclosure_id,
        recorded_at=decision.now,
    )
