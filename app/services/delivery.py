"""An act puts a received copy into another organisation's keeping, sealed for it, with its own row for the
person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.delivery import hand_over
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


async def deliver(decision: Decision, parcel: Parcel, person: PersonToName) -> UUID:
    """Show the item and hand over its copy; the id of the disclosure.

    Raises NotFound when the consent does not live for the recipient or the item is not one of that case: the
    database asks again, whatever has been judged before.
    """
    to = parcel.recipient_org
    sealer = decision.house.sealer
    disclosure_id, individual_id = parcel.disclosure_id or new_id(), new_id()
    if parcel.disclosure_id is None:
        await decision.tx.add(
            Disclosure(
                org_id=decision.me,
                id=disclosure_id,
                recipient_org=to,
                kind=parcel.kind,
                item_id=parcel.item_id,
                case_id=parcel.case_id,
                consent_id=parcel.consent_id,
                recorded_by=decision.assignment.account_id,
                recorded_at=decision.now,
            )
        )
    await hand_over(
        decision.tx,
        disclosure=disclosure_id,
        kind=parcel.kind,
        about=parcel.about_id,
        meeting=parcel.meeting_id,
        unit=parcel.recipient_unit,
        channel=parcel.channel,
        meets_at=parcel.meets_at,
        payload=decision.seal(
            ReceivedCopy, parcel.item_id, "payload_sealed", parcel.document.to_json(), organisation_id=to
        ),
        individual=individual_id,
        name=decision.seal(Individual, individual_id, "name_sealed", person.name, organisation_id=to),
        identity_kind=person.identity_kind,
        identity=decision.seal(
            Individual, individual_id, "identity_sealed", person.number, organisation_id=to
        )
        if person.number
        else None,
        index=sealer.blind_index(to, person.identity_kind, person.number) if person.number else None,
        protected_identity=person.protected_identity,
    )
    await decision.tx.add(
        OutboxEvent(
            org_id=decision.me,
            id=new_id(),
            recipient_org=to,
            type=f"se.flerpart.{parcel.kind}.received",
            item_kind=parcel.kind,
            item_id=parcel.item_id,
            disclosure_id=disclosure_id,
            recorded_at=decision.now,
        )
    )
    return disclosure_id
