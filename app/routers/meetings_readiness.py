"""Readiness of a meeting for a step: the agreement asked beforehand."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.deps import Links, ReadersLanguage, TheDesk
from app.domain.booking import EarliestDate
from app.domain.step import Step
from app.routers.meetings import MeetingId
from app.schemas.operation import operation
from app.schemas.readiness import (
    MEETING_READINESS,
    EarliestOut,
    MeetingReadinessOut,
    MeetingReadinessQuery,
    OwedFindingOut,
    OwedTaskOut,
)
from app.services import meetings_readiness

router = APIRouter(tags=["meetings"])


@router.get(
    "/meetings/{meetingId}/readiness",
    **operation(
        "readMeetingReadiness",
        sv="Vad saknas inför ett steg, vem kan ordna det, och vilken är den tidigaste dagen?",
        en="What is missing for a step, who can mend it, and which day is the earliest?",
        answer=MEETING_READINESS,
    ),
)
async def read_meeting_readiness(
    meeting_id: MeetingId,
    query: Annotated[MeetingReadinessQuery, Query()],
    desk: TheDesk,
    links: Links,
    language: ReadersLanguage,
) -> MeetingReadinessOut:
    """The same rules and ids as when the step is taken; nothing is done."""
    found = await meetings_readiness.ready(desk, meeting_id, Step(query.step))
    answer = found.answer
    return MeetingReadinessOut(
        step=query.step,
        status=found.status,
        can_be_taken=found.can_be_taken,
        is_ready=answer.is_ready,
        missing=[OwedFindingOut.owed(one, language) for one in answer.missing],
        to_explain=[OwedFindingOut.owed(one, language) for one in answer.to_explain],
        remarks=[OwedFindingOut.owed(one, language) for one in answer.remarks],
        earliest=EarliestOut.of(answer.earliest) if isinstance(answer.earliest, EarliestDate) else None,
        tasks=[OwedTaskOut.of(one, language) for one in found.tasks],
        links=[
            links("self", f"/meetings/{meeting_id}/readiness?step={query.step}"),
            links("up", f"/meetings/{meeting_id}"),
        ],
    )
