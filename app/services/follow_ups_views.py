"""A follow-up as it is shown: that somebody reported to everybody who sees the meeting, what they said to its
holder and to themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import follow_ups as rows
from app.domain.facts.basics import TheIndividual
from app.domain.facts.meeting import FollowsUp, Meeting
from app.services.reading import Reading


@dataclass(frozen=True)
class ReportShown:
    """One account, by an organisation or (None) the individual; text and name are for holder and speaker."""

    id: UUID
    organisation_id: UUID | None
    recorded_by_organisation_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    speaker_name: str | None
    text: str | None


@dataclass(frozen=True)
class DecisionShown:
    """What the follow-up decided; the reason is for the holder alone."""

    decision: str
    still_needs_coordination: bool
    reason: str | None
    decided_at: datetime


@dataclass(frozen=True)
class FollowUpShown:
    """What a follow-up has come to."""

    plan_id: UUID
    reports: list[ReportShown]
    decision: DecisionShown | None


async def follow_up_view(reading: Reading, meeting: Meeting) -> FollowUpShown | None:
    """What a follow-up has come to; None for a meeting that follows nothing up."""
    if not isinstance(meeting.follows, FollowsUp):
        return None
    readable = {row["id"]: row for row in await rows.reports(reading.tx, meeting.holder, meeting.id)}
    reports = []
    for word in (one.word for one in meeting.reports):
        row = readable.get(word.id)
        reports.append(
            ReportShown(
                id=word.id,
                organisation_id=None if isinstance(word.speaker, TheIndividual) else word.speaker.id,
                recorded_by_organisation_id=word.recorded_by,
                occurred_at=word.said_at,
                recorded_at=word.recorded_at,
                speaker_name=reading.open("follow_up_report", row, "speaker_name_sealed") if row else None,
                text=reading.open("follow_up_report", row, "text_sealed") if row else None,
            )
        )
    return FollowUpShown(meeting.follows.plan_id, reports, await _decision(reading, meeting))


async def _decision(reading: Reading, meeting: Meeting) -> DecisionShown | None:
    row = await rows.decision(reading.tx, meeting.holder, meeting.id)
    if row is None:
        return None
    own = meeting.holder == reading.me
    return DecisionShown(
        decision=row["decision"],
        still_needs_coordination=row["still_needs_coordination"],
        reason=reading.open("follow_up_decision", row, "reason_sealed") if own else None,
        decided_at=row["recorded_at"],
    )
