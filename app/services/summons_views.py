"""Summonses shown: to whoever issued them, to whoever received them, and as a unit's inbox."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import summonses as rows
from app.documents.document import Document
from app.domain.access import Operation, Relation
from app.domain.facts.basics import NotYet, Unknown
from app.domain.states import summons_status
from app.errors import NotFound
from app.services.at_hand import own_meeting
from app.services.desk import Desk
from app.services.reading import Reading

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
    status: str
    officer_id: UUID | None
    document: Document
    replies: tuple[ReplyShown, ...]
    answers: tuple[AnswerShown, ...]
    notices: tuple[NoticeShown, ...]


@dataclass(frozen=True)
class InboxEntry:
    """One received summons in a unit's inbox."""

    id: UUID
    reference_number: int
    from_organisation: UUID
    unit_id: UUID | None
    individual_id: UUID
    meeting_starts_at: datetime | None
    received_at: datetime
    last_reply: str | None
    officer_id: UUID | None


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


@dataclass(frozen=True)
class IssuedEntry:
    """One recipient's summons to a meeting, and where it stands."""

    id: UUID
    organisation_id: UUID
    unit_id: UUID | None
    status: str
    issued_at: datetime
    meeting_starts_at: datetime


async def issued(desk: Desk, meeting_id: UUID) -> list[IssuedEntry]:
    """Every summons to a meeting of the caller's, recalled ones too. Raises NotFound."""
    async with desk.reading(Operation.LIST_ISSUED_SUMMONSES) as reading:
        at = await own_meeting(reading, meeting_id, to_change=False)
        await reading.log_shown("meeting", meeting_id, at.individual_id)
        await reading.commit()
    return [
        IssuedEntry(
            id=one.id,
            organisation_id=one.organisation_id,
            unit_id=None if isinstance(one.unit_id, Unknown) else one.unit_id,
            status=summons_status(at.meeting, one).value,
            issued_at=one.issued_at,
            meeting_starts_at=one.meeting_starts_at,
        )
        for one in at.meeting.summonses
        if not isinstance(one.issued_at, NotYet)
    ]


async def inbox(desk: Desk, *, limit: int, offset: int) -> tuple[list[InboxEntry], int | None]:
    """A page of the unit's received summonses, newest first, and how many there are (to a thousand)."""
    async with desk.reading(Operation.LIST_SUMMONSES) as reading:
        page = await rows.inbox(
            reading.tx,
            all_units=reading.all_units,
            limit=limit,
            offset=offset,
            operation=reading.operation.value,
        )
        total = await rows.count_to_1000(reading.tx, all_units=reading.all_units)
        await reading.commit()
    return [
        InboxEntry(
            id=row["id"],
            reference_number=row["reference_number"],
            from_organisation=row["from_org"],
            unit_id=row["unit_id"],
            individual_id=row["individual_id"],
            meeting_starts_at=row["meeting_starts_at"],
            received_at=row["recorded_at"],
            last_reply=row["last_reply"],
            officer_id=row["officer_id"],
        )
        for row in page
    ], total


async def _received(reading: Reading, copy: Row) -> SummonsShown:
    assigned = await rows.assignment(reading.tx, copy["id"])
    notices = await rows.notices(reading.tx, copy["id"])
    replies = await rows.replies(reading.tx, copy["id"])
    return SummonsShown(
        id=copy["id"],
        sent_here=False,
        from_organisation=copy["from_org"],
        to_organisation=copy["org_id"],
        unit_id=copy["unit_id"],
        meeting_id=copy["meeting_id"],
        individual_id=copy["individual_id"],
        reference_number=copy["reference_number"],
        channel=copy["channel"],
        meeting_starts_at=copy["meeting_starts_at"],
        issued_at=copy["recorded_at"],
        recalled_at=None,
        status=_last_word(replies),
        officer_id=assigned["officer_id"] if assigned else None,
        document=Document.from_json(reading.open("received_copy", copy, "payload_sealed") or ""),
        replies=_replies(reading, replies),
        answers=await _answers(reading, copy["id"]),
        notices=tuple(
            NoticeShown(
                one["id"],
                Document.from_json(reading.open("received_copy", one, "payload_sealed") or ""),
                one["recorded_at"],
            )
            for one in notices
        ),
    )


async def _issued(reading: Reading, issued: Row) -> SummonsShown:
    recall = await rows.recall(reading.tx, issued["id"])
    replies = await rows.replies(reading.tx, issued["id"])
    return SummonsShown(
        id=issued["id"],
        sent_here=True,
        from_organisation=issued["org_id"],
        to_organisation=issued["recipient_org"],
        unit_id=issued["recipient_unit"],
        meeting_id=issued["meeting_id"],
        individual_id=issued["individual_id"],
        reference_number=None,
        channel=issued["channel"],
        meeting_starts_at=issued["meeting_starts_at"],
        issued_at=issued["recorded_at"],
        recalled_at=recall["recorded_at"] if recall else None,
        status="recalled" if recall else _last_word(replies),
        officer_id=None,
        document=Document.from_json(reading.open("summons", issued, "letter_sealed") or ""),
        replies=_replies(reading, replies),
        answers=await _answers(reading, issued["id"]),
        notices=(),
    )


def _last_word(replies: list[Any]) -> str:
    """The recipient's standing word: its own outranks one recorded for it, and a corrected one is no word."""
    corrected = {one["corrects"] for one in replies if one["corrects"]}
    standing = [one for one in replies if one["id"] not in corrected]
    standing.sort(key=lambda one: (one["org_id"] == one["speaker_org"], one["said_at"], one["recorded_at"]))
    return str(standing[-1]["reply"]) if standing else "issued"


def _replies(reading: Reading, replies: list[Any]) -> tuple[ReplyShown, ...]:
    return tuple(
        ReplyShown(
            id=one["id"],
            kind=one["reply"],
            organisation_id=one["speaker_org"],
            recorded_by_organisation=one["org_id"],
            said_at=one["said_at"],
            recorded_at=one["recorded_at"],
            channel=one["channel"],
            text=reading.open("summons_reply", one, "text_sealed"),
            proposed_starts_at=one["proposed_starts_at"],
            link_email=reading.open("summons_reply", one, "link_email_sealed"),
        )
        for one in replies
    )


async def _answers(reading: Reading, summons_id: UUID) -> tuple[AnswerShown, ...]:
    return tuple(
        AnswerShown(one["id"], reading.open("query_answer", one, "text_sealed") or "", one["recorded_at"])
        for one in await rows.answers(reading.tx, summons_id)
    )
