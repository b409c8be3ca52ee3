"""What happened at a meeting: how it came to be held, who was there from when to when, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.db import meeting_parts as parts
from app.services.reading import Reading

Row = Mapping[str, Any]


@dataclass(frozen=True)
class OpeningShown:
    """How the meeting came to be held."""

    manner: str
    held_at: datetime


@dataclass(frozen=True)
class EarlierStay:
    """Somebody was there and left, before they came again."""

    attendance: str
    from_at: datetime
    to_at: datetime


@dataclass(frozen=True)
class AttendanceShown:
    """How somebody was there, by the latest word; the reason is for the holder alone.

    `earlier` has the times they were there before that, in order.
    """

    attender: str
    organisation_id: UUID | None
    invitee_id: UUID | None
    officer_name: str | None
    attendance: str
    took_part_otherwise: bool
    from_at: datetime | None
    to_at: datetime | None
    earlier: list[EarlierStay]
    reason: str | None


@dataclass(frozen=True)
class RecorderShown:
    """Who writes the plan (UPP-053)."""

    organisation_id: UUID
    name: str | None


@dataclass(frozen=True)
class ConclusionShown:
    """How the meeting ended (UPP-056); the reason for no plan is for the holder alone."""

    no_plan_reason: str | None
    follow_up_on: date | None
    follow_up_caller_id: UUID | None
    follow_up_caller_name: str | None
    concluded_at: datetime


@dataclass(frozen=True)
class Proceedings:
    """What happened at the meeting."""

    opening: OpeningShown | None
    attendances: list[AttendanceShown]
    recorder: RecorderShown | None
    conclusion: ConclusionShown | None


async def proceedings(reading: Reading, org_id: UUID, meeting_id: UUID) -> Proceedings:
    """What happened at the meeting, for its holder and for those it was opened with."""
    where = (reading.tx, org_id, meeting_id)
    own = org_id == reading.me
    openings, recorders = await parts.openings(*where), await parts.recorders(*where)
    conclusions = await parts.conclusions(*where)
    words: dict[tuple[Any, ...], list[Row]] = {}
    for one in await parts.attendances(*where):
        words.setdefault((one["attender"], one["organisation_id"], one["invitee_id"]), []).append(one)
    return Proceedings(
        opening=OpeningShown(openings[-1]["manner"], openings[-1]["held_at"]) if openings else None,
        attendances=[_attendance(reading, said, own) for said in words.values()],
        recorder=_recorder(reading, recorders[-1]) if recorders else None,
        conclusion=_conclusion(reading, conclusions[-1], own) if conclusions else None,
    )


def _earlier(said: list[Row]) -> list[EarlierStay]:
    """The stays that had ended when the latest word was said; who leaves is told of by the hour they came."""
    ended = [one for one in said[:-1] if one["to_at"] and one["from_at"] != said[-1]["from_at"]]
    stays = {one["from_at"]: one for one in ended}
    return [EarlierStay(one["attendance"], one["from_at"], one["to_at"]) for one in stays.values()]


def _attendance(reading: Reading, said: list[Row], own: bool) -> AttendanceShown:
    row = said[-1]
    return AttendanceShown(
        attender=row["attender"],
        organisation_id=row["organisation_id"],
        invitee_id=row["invitee_id"],
        officer_name=reading.open("attendance", row, "officer_name_sealed"),
        attendance=row["attendance"],
        took_part_otherwise=row["took_part_otherwise"],
        from_at=row["from_at"],
        to_at=row["to_at"],
        earlier=_earlier(said),
        reason=reading.open("attendance", row, "reason_sealed") if own else None,
    )


def _recorder(reading: Reading, row: Row) -> RecorderShown:
    return RecorderShown(
        row["recorder_org"], reading.open("recorder_appointment", row, "recorder_name_sealed")
    )


def _conclusion(reading: Reading, row: Row, own: bool) -> ConclusionShown:
    return ConclusionShown(
        no_plan_reason=reading.open("conclusion", row, "no_plan_reason_sealed") if own else None,
        follow_up_on=row["follow_up_on"],
        follow_up_caller_id=row["follow_up_caller_org"],
        follow_up_caller_name=reading.open("conclusion", row, "follow_up_caller_name_sealed"),
        concluded_at=row["recorded_at"],
    )
