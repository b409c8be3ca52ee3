"""Summonses on their way: our row of each, the disclosure, and the recipient's own copy, all in a few
statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import letters as rows
from app.db.ids import new_id
from app.db.tables.summonses import Summons
from app.documents.document import Document
from app.documents.summons_letter import ConsentLine
from app.domain.codes import Channel, ConsentKind
from app.domain.facts.basics import NotYet
from app.domain.facts.consent import Consent
from app.domain.facts.letter import Letter
from app.errors import NotFound
from app.services.at_hand import MeetingFound
from app.services.decision import Decision
from app.services.delivery import Parcel, PersonToName, deliver_all
from app.services.letters import Row
from app.services.reading import Reading


@dataclass(frozen=True)
class Calling:
    """One recipient's summons: the letter as written, and the consent it rests on."""

    id: UUID
    invitee: Row
    consent_id: UUID
    channel: Channel
    starts_at: datetime
    document: Document


async def consent_lines(work: Reading, at: MeetingFound, letters: Sequence[Letter]) -> list[ConsentLine]:
    """Who took the consent each letter rests on; empty in a preview where there is none yet."""
    resting = [_consent_for(at, letter.recipient.organisation_id) for letter in letters]
    found = await rows.consent_lines(work.tx, {one.id for one in resting if one})
    taken = {
        one["id"]: ConsentLine(one["taker_name"], one["taker_function"], one["said_at"]) for one in found
    }
    return [taken[one.id] if one else ConsentLine("", "", work.now) for one in resting]


def calling(at: MeetingFound, invitee: Row, letter: Letter, document: Document) -> Calling:
    """A summons to be issued.

    Raises NotFound without consent or time: an agreement whose rules do not ask for them cannot make us call.
    """
    consent = _consent_for(at, invitee["organisation_id"])
    if consent is None or isinstance(letter.starts_at, NotYet):
        raise NotFound
    return Calling(new_id(), invitee, consent.id, letter.channel, letter.starts_at, document)


async def call(
    decision: Decision, at: MeetingFound, person: PersonToName, called: list[Calling], explained: list[str]
) -> None:
    """Issue the summonses. `explained` has the ids of the rules for which a reason was given."""
    # Receivers in one order for everybody: each copy's number is a lock of its receiver, held to the commit.
    ordered = sorted(called, key=lambda one: one.invitee["organisation_id"])
    await decision.tx.add(*(_summons(decision, at, one, explained) for one in ordered))
    await deliver_all(decision, [_parcel(at, one) for one in ordered], person)
    for _ in ordered:
        await decision.count(at.found.agreement, "summons_issued", "summons")


def _consent_for(at: MeetingFound, organisation_id: UUID) -> Consent | None:
    """The latest living consent to the call that covers a recipient."""
    living = at.found.case.consents_covering(ConsentKind.CALL, organisation_id, at.found.case.now)
    return max(living, key=lambda one: one.said_at, default=None)


def _summons(decision: Decision, at: MeetingFound, one: Calling, explained: list[str]) -> Summons:
    """The row of ours."""
    return Summons(
        org_id=decision.me,
        id=one.id,
        meeting_id=at.meeting.id,
        case_id=at.found.row.id,
        individual_id=at.individual_id,
        invitee_id=one.invitee["id"],
        recipient_org=one.invitee["organisation_id"],
        recipient_unit=one.invitee["unit_id"],
        consent_id=one.consent_id,
        channel=one.channel.value,
        meeting_starts_at=one.starts_at,
        explained=explained,
        letter_sealed=decision.seal(Summons, one.id, "letter_sealed", one.document.to_json()),
        recorded_by=decision.assignment.account_id,
        recorded_at=decision.now,
    )


def _parcel(at: MeetingFound, one: Calling) -> Parcel:
    """What the recipient gets."""
    return Parcel(
        kind="summons",
        item_id=one.id,
        recipient_org=one.invitee["organisation_id"],
        recipient_unit=one.invitee["unit_id"],
        consent_id=one.consent_id,
        case_id=at.found.row.id,
        meeting_id=at.meeting.id,
        about_id=None,
        channel=one.channel.value,
        meets_at=one.starts_at,
        document=one.document,
    )
