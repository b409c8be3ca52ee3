"""The follow-up of a plan, which is a meeting: what is reported at it, and what it decides."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import ReceiptOut
from app.schemas.follow_ups import (
    FOLLOW_UP_DECISION,
    FOLLOW_UP_REPORT,
    FollowUpDecisionIn,
    FollowUpReportIn,
)
from app.schemas.links import LinkMaker
from app.schemas.operation import act
from app.services import follow_ups as service
from app.services.follow_ups import FollowUpOrder, ReportGiven
from app.services.receipt import Receipt
from app.services.speakers import envelope

router = APIRouter(tags=["follow-ups"])

MeetingId = Annotated[UUID, Path(alias="meetingId")]


@router.post(
    "/meetings/{meetingId}/reports",
    **act(
        "reportAtFollowUp",
        sv="Redogör för det egna ansvarsområdet vid uppföljningen, eller skriv ned en annans redogörelse.",
        en="Account for one's own area at the follow-up, or record what another has accounted for.",
        body=FOLLOW_UP_REPORT,
    ),
)
async def report_at_follow_up(
    meeting_id: MeetingId,
    report: FollowUpReportIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A statement: always recorded. The text is read by the meeting's holder and by whoever said it."""
    spoken_by = report.spoken_by
    given = ReportGiven(
        text=report.text,
        envelope=envelope(
            spoken_by.kind if spoken_by else None,
            spoken_by.organisation_id if spoken_by else None,
            report.speaker_name,
            said_at=report.occurred_at,
            channel=report.channel,
            corrects=report.corrects,
        ),
    )
    done = await service.report(desk, key, meeting_id, given)
    return _receipt(done, meeting_id, links, language, response)


@router.post(
    "/meetings/{meetingId}/follow-up-decisions",
    **act(
        "decideFollowUp",
        sv="Besluta vid uppföljningen: revidera planen, gör en ny eller avsluta.",
        en="Decide at the follow-up: revise the plan, make a new one, or close.",
        body=FOLLOW_UP_DECISION,
    ),
)
async def decide_follow_up(
    meeting_id: MeetingId,
    decided: FollowUpDecisionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Revise or make a new plan where a need is left; otherwise close. Missing reports are remarked."""
    order = FollowUpOrder(
        version=decided.version,
        decision=decided.decision,
        still_needs_coordination=decided.still_needs_coordination,
        reason=decided.reason,
        reasons=decided.reasons(),
    )
    done = await service.decide(desk, key, meeting_id, order)
    return _receipt(done, meeting_id, links, language, response)


def _receipt(
    done: Receipt, meeting_id: UUID, links: LinkMaker, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    path = f"/meetings/{meeting_id}"
    response.headers["Location"] = links.url(path)
    return ReceiptOut.of(done, language, links("self", path))
