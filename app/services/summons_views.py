"""One summons shown: to whoever issued it, or to whoever received it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import summonses as rows
from app.db.facts import case_as_seen
from app.documents.document import Document
from app.domain.access import Operation, Relation
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Meeting
from app.domain.facts.summons import Summons
from app.domain.states import summons_status
from app.errors import NotFound
from app.services.at_hand import asking, own_meeting
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.sight import Sight, sight_of_case

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ReplyShown:
    """One reply. Its text is shown to the speaker and to the summons's sender, who are the only two that
    see it.
    """

    id: UUID
    kind: str
    organisation_id: UUID
    recorded_by_organisation: UUID
    said_at: datetime
    recorded_at: datetime
    channel: str
    speaker_name: str | None
    text: str | None
    proposed_starts_at: datetime | None
    link_email: str | None


@dataclass(frozen=True)
class AnswerShown:
    """The sender's answer to a question."""

    id: UUID
    text: str
    recorded_at: datetime


@dataclass(frozen=True)
class NoticeShown:
    """A later letter about the same summons."""

    id: UUID
    document: Document
    recorded_at: datetime


@dataclass(frozen=True)
class PreparednessShown:
    """The recipient's word that it has prepared for the meeting (UPP-029)."""

    said_at: datetime
    note: str | None


@dataclass(frozen=True)
class RecallShown:
    """Why the summons was taken back: the sender's own note, never told to the recipient."""

    cause: str
    incident_note: str | None


@dataclass(frozen=True)
class SummonsShown:
    """A summons as one of its two sides sees it."""

    id: UUID
    sent_here: bool
    from_organisation: UUID
    to_organisation: UUID
    unit_id: UUID | None
    meeting_id: UUID
    individual_id: UUID
    reference_number: int | None
    channel: str
    meeting_starts_at: datetime | None
    issued_at: datetime
    recalled_at: datetime | None
    recall: RecallShown | None
    status: str
    officer_id: UUID | None
    prepared: PreparednessShown | None
    document: Document
    replies: tuple[ReplyShown, ...]
    answers: tuple[AnswerShown, ...]
    notices: tuple[NoticeShown, ...]


async def read(desk: Desk, summons_id: UUID) -> SummonsShown:
    """One summons: issued by the caller's organisation, or received by its unit. Raises NotFound for
    others'.
    """
    async with desk.reading(Operation.READ_SUMMONS) as reading:
        copy = await rows.received(
            reading.tx, summons_id, all_units=reading.all_units, operation=reading.operation.value
        )
        if copy is not None and copy["kind"] == "summons":
            reading.entitle(Relation.RECIPIENT)
            shown = await _received(reading, copy)
        else:
            issued = await rows.issued(
                reading.tx, summons_id, all_units=reading.all_units, operation=reading.operation.value
            )
            if issued is None:
                raise NotFound
            reading.entitle(Relation.OWN_UNIT)
            shown = await _issued(reading, issued)
        await reading.commit()
        return shown


async def _standing_here(reading: Reading, copy: Row) -> tuple[Meeting, Summons] | None:
    """The summons in the picture of its case; None once consent no longer shows it to the recipient."""
    try:
        found = await case_as_seen(reading.tx, copy["from_org"], copy["case_id"], asking(reading))
    except NotFound:
        return None
    meeting = found.case.meeting(copy["meeting_id"])
    if isinstance(meeting, NotYet):
        return None
    return next(((meeting, one) for one in meeting.summonses if one.id == copy["id"]), None)


async def _received(reading: Reading, copy: Row) -> SummonsShown:
    stands = await _standing_here(reading, copy)
    recalled_at = stands[1].recalled_at if stands else NotYet()
    assigned = await rows.assignment(reading.tx, copy["id"])
    notices = await rows.notices(reading.tx, copy["id"])
    replies = await rows.replies(reading.tx, copy["from_org"], copy["id"])
    answers = await _answers(reading, copy["from_org"], copy["id"])
    sight = await sight_of_case(reading, copy["from_org"], copy["case_id"])
    return SummonsShown(
        id=copy["id"],
        sent_here=False,
        from_organisation=copy["from_org"],
        to_organisation=copy["org_id"],
        unit_id=sight.of(copy["unit_id"]),
        meeting_id=copy["meeting_id"],
        individual_id=copy["individual_id"],
        reference_number=copy["reference_number"],
        channel=copy["channel"],
        meeting_starts_at=copy["meeting_starts_at"],
        issued_at=copy["recorded_at"],
        recalled_at=None if isinstance(recalled_at, NotYet) else recalled_at,
        recall=None,
        status=summons_status(*stands).value if stands else _last_word(replies),
        officer_id=sight.of(assigned["officer_id"]) if assigned else None,
        prepared=await _prepared(reading, copy["from_org"], copy["id"]),
        document=_letter(reading, "received_copy", copy, "payload_sealed", sight),
        replies=_replies(reading, replies, sight),
        answers=answers,
        notices=tuple(
            NoticeShown(
                one["id"],
                _letter(reading, "received_copy", one, "payload_sealed", sight),
                one["recorded_at"],
            )
            for one in notices
        ),
    )


async def _issued(reading: Reading, issued: Row) -> SummonsShown:
    at = await own_meeting(reading, issued["meeting_id"], to_change=False)
    summons = next(one for one in at.meeting.summonses if one.id == issued["id"])
    replies = await rows.replies(reading.tx, issued["org_id"], issued["id"])
    answers = await _answers(reading, issued["org_id"], issued["id"])
    sight = await sight_of_case(reading, issued["org_id"], issued["case_id"])
    return SummonsShown(
        id=issued["id"],
        sent_here=True,
        from_organisation=issued["org_id"],
        to_organisation=issued["recipient_org"],
        unit_id=sight.of(issued["recipient_unit"]),
        meeting_id=issued["meeting_id"],
        individual_id=issued["individual_id"],
        reference_number=None,
        channel=issued["channel"],
        meeting_starts_at=issued["meeting_starts_at"],
        issued_at=issued["recorded_at"],
        recalled_at=None if isinstance(summons.recalled_at, NotYet) else summons.recalled_at,
        recall=await _recall(reading, issued["id"]),
        status=summons_status(at.meeting, summons).value,
        officer_id=None,
        prepared=await _prepared(reading, issued["org_id"], issued["id"]),
        document=_letter(reading, "summons", issued, "letter_sealed", sight),
        replies=_replies(reading, replies, sight),
        answers=answers,
        notices=(),
    )


async def _prepared(reading: Reading, sender: UUID, summons_id: UUID) -> PreparednessShown | None:
    row = await rows.prepared(reading.tx, sender, summons_id)
    return (
        PreparednessShown(row["said_at"], reading.open("preparedness", row, "note_sealed")) if row else None
    )


async def _recall(reading: Reading, summons_id: UUID) -> RecallShown | None:
    row = await rows.recall(reading.tx, summons_id)
    if row is None:
        return None
    return RecallShown(row["cause"], reading.open("summons_recall", row, "incident_note_sealed"))


def _letter(reading: Reading, table: str, row: Row, column: str, sight: Sight) -> Document:
    """The letter that was sealed, as the caller may read it."""
    return sight.document(Document.from_json(reading.open(table, row, column) or ""))


def _last_word(replies: list[Any]) -> str:
    """The recipient's standing word, where its own rows are all it sees: its own outranks one recorded for
    it, and one that whoever wrote it down has corrected is no word.
    """
    corrected = {(one["org_id"], one["corrects"]) for one in replies if one["corrects"]}
    standing = [one for one in replies if (one["org_id"], one["id"]) not in corrected]
    standing.sort(key=lambda one: (one["org_id"] == one["speaker_org"], one["said_at"], one["recorded_at"]))
    return str(standing[-1]["reply"]) if standing else "issued"


def _replies(reading: Reading, replies: list[Any], sight: Sight) -> tuple[ReplyShown, ...]:
    return tuple(
        ReplyShown(
            id=one["id"],
            kind=one["reply"],
            organisation_id=one["speaker_org"],
            recorded_by_organisation=one["org_id"],
            said_at=one["said_at"],
            recorded_at=one["recorded_at"],
            channel=one["channel"],
            speaker_name=reading.open("summons_reply", one, "speaker_name_sealed"),
            text=reading.open("summons_reply", one, "text_sealed"),
            proposed_starts_at=one["proposed_starts_at"],
            link_email=sight.of(reading.open("summons_reply", one, "link_email_sealed")),
        )
        for one in replies
    )


async def _answers(reading: Reading, sender: UUID, summons_id: UUID) -> tuple[AnswerShown, ...]:
    return tuple(
        AnswerShown(one["id"], reading.open("query_answer", one, "text_sealed") or "", one["recorded_at"])
        for one in await rows.answers(reading.tx, sender, summons_id)
    )
