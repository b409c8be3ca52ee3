"""What has been said of a plan and its actions, as one of those who have the plan may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.db import plans as rows
from app.services.plan_at_hand import PlanAt, Row
from app.services.reading import Reading


@dataclass(frozen=True)
class WordShown:
    """One word: outcome and dates for everybody who has the plan,
    name and reason for its holder and whoever wrote it down (UPP-111).

    `speaker` is None for the individual.
    """

    id: UUID
    action_id: UUID | None
    speaker: UUID | None
    recorded_by: UUID
    word: str
    said_at: datetime
    recorded_at: datetime
    occurred_on: date | None
    channel: str
    to_organisation: UUID | None
    corrects: UUID | None
    speaker_name: str | None
    reason: str | None


async def approvals(work: Reading, at: PlanAt) -> tuple[WordShown, ...]:
    """The approvals and objections of a version, oldest first; by a copy alone, only one's own."""
    own = await rows.approvals(work.tx, at.holder, at.id)
    return await _told(work, at, "approval", "plan_approval", "answer", own)


async def commitments(work: Reading, at: PlanAt) -> tuple[WordShown, ...]:
    """The words on a version's actions, oldest first; by a copy alone, only one's own."""
    own = await rows.commitments(work.tx, at.holder, at.id)
    return await _told(work, at, "commitment", "commitment", "status", own)


async def _told(
    work: Reading, at: PlanAt, kind: str, table: str, word: str, own: list[Row]
) -> tuple[WordShown, ...]:
    opened = {one["id"]: one for one in own}
    if at.found is None:
        return tuple(_word(work, table, one, one[word], one) for one in own)
    said = await rows.words(work.tx, at.holder, at.id)
    return tuple(
        _word(work, table, one, one["word"], opened.get(one["id"])) for one in said if one["kind"] == kind
    )


def _word(work: Reading, table: str, row: Row, word: str, opened: Row | None) -> WordShown:
    said: Mapping[str, object] = dict(row)
    return WordShown(
        id=row["id"],
        action_id=row["action_id"] if "action_id" in said else None,
        speaker=row["speaker_org"],
        recorded_by=row["org_id"],
        word=word,
        said_at=row["said_at"],
        recorded_at=row["recorded_at"],
        occurred_on=row["occurred_on"] if "occurred_on" in said else None,
        channel=row["channel"],
        to_organisation=row["to_org"] if "to_org" in said else None,
        corrects=row["corrects"],
        speaker_name=work.open(table, opened, "speaker_name_sealed") if opened else None,
        reason=work.open(table, opened, "reason_sealed") if opened else None,
    )
