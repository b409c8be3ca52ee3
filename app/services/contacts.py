"""Contacts with other organisations about a case: attempts, the first contact, questions about a time."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.db.facts import Found
from app.db.ids import new_id
from app.db.tables.cases import Contact as Row
from app.domain.access import Operation
from app.domain.calendar import stockholm_day
from app.domain.codes import Channel, ContactAbout, FirstContactDelay
from app.domain.facts.at_hand import ContactAtHand
from app.domain.facts.basics import NotYet, Unknown
from app.domain.facts.case import Contact
from app.domain.need import days_to_first_contact
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, Unprocessable
from app.services.at_hand import own_case
from app.services.case_steps import conclude_statement
from app.services.dates import has_happened
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt

UNKNOWN_ORGANISATION = FieldFault(
    "UNKNOWN_ORGANISATION", Words("Organisationen finns inte", "There is no such organisation")
)
OWN_ORGANISATION = FieldFault(
    "OWN_ORGANISATION",
    Words("Kontakten ska vara med en annan organisation", "The contact must be with another organisation"),
)
UNKNOWN_MEETING = FieldFault(
    "UNKNOWN_MEETING", Words("Ärendet har inget sådant möte", "The case has no such meeting")
)
UNKNOWN_CONTACT = FieldFault(
    "UNKNOWN_CONTACT", Words("Ärendet har ingen sådan kontakt", "The case has no such contact")
)


@dataclass(frozen=True)
class ContactTold:
    """A contact as it is told; `corrects` names an earlier one that no longer counts."""

    with_organisation: UUID
    about: ContactAbout
    occurred_at: datetime
    channel: Channel
    answered: bool
    names_the_person: bool
    meeting_id: UUID | None
    note: str | None
    corrects: UUID | None


async def record(desk: Desk, key: RequestKey, case_id: UUID, told: ContactTold) -> Receipt:
    """Record a contact with another organisation, or an attempt at one (UPP-014, UPP-030).

    An unnamed contact needs no consent. One that named the person without consent is recorded all the same,
    with the finding. Raises NotFound, and Unprocessable for what the case does not have.
    """
    has_happened(told.occurred_at, desk.now, "/occurredAt")
    async with desk.deciding(Operation.RECORD_CONTACT, key) as decision:
        found = await own_case(decision, case_id, told.with_organisation)
        if decision.answered:
            return decision.answered
        _demand_known(found, told)
        contact_id = new_id()
        seen = ContactAtHand(
            case=found.case,
            contact=Contact(
                id=contact_id,
                meeting_id=told.meeting_id or Unknown(),
                with_organisation=told.with_organisation,
                about=told.about,
                at=told.occurred_at,
                answered=told.answered,
                names_the_person=told.names_the_person,
            ),
        )
        verdict = decision.judged(Step.RECORD_CONTACT, seen, found.agreement, {})
        await _count_first(decision, found, seen.contact)
        await decision.tx.add(
            Row(
                org_id=decision.me,
                id=contact_id,
                case_id=case_id,
                meeting_id=told.meeting_id,
                with_org=told.with_organisation,
                about=told.about.value,
                occurred_at=told.occurred_at,
                channel=told.channel.value,
                answered=told.answered,
                names_the_person=told.names_the_person,
                note_sealed=decision.seal_given(Row, contact_id, "note_sealed", told.note),
                corrects=told.corrects,
                recorded_by=decision.assignment.account_id,
                recorded_at=desk.now,
            )
        )
        return await conclude_statement(decision, found, contact_id, verdict)


async def _count_first(decision: Decision, found: Found, contact: Contact) -> None:
    """One fact without a person for the first contact since the need was seen: how long it took (UPP-014)."""
    days = days_to_first_contact(replace(found.case, contacts=(contact,)))
    if isinstance(found.case.first_contact, NotYet) and not isinstance(days, NotYet):
        delay = FirstContactDelay.of(days)
        await decision.count(found.agreement, "first_contact", delay.value, on=stockholm_day(contact.at))


def _demand_known(found: Found, told: ContactTold) -> None:
    """Raises Unprocessable for an organisation, a meeting or a contact that the case cannot mean."""
    if told.with_organisation == found.case.holder:
        raise Unprocessable(OWN_ORGANISATION.at("/withOrganisationId"))
    if all(one.id != told.with_organisation for one in found.case.organisations):
        raise Unprocessable(UNKNOWN_ORGANISATION.at("/withOrganisationId"))
    if told.meeting_id is not None and found.row.meeting(told.meeting_id) is None:
        raise Unprocessable(UNKNOWN_MEETING.at("/meetingId"))
    if told.corrects is not None and all(one.id != told.corrects for one in found.case.contacts):
        raise Unprocessable(UNKNOWN_CONTACT.at("/corrects"))
