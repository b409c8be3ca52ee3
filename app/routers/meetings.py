"""Meetings: started in a case, listed, read, and changed while they are not over."""

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk, etag
from app.domain.access import Operation
from app.schemas.base import Link, ReceiptOut
from app.schemas.links import LinkMaker, Method
from app.schemas.lists import ListQuery, page_links, page_meta
from app.schemas.meetings import MEETING_CHANGE, MEETING_START, MeetingChangeIn, MeetingIn
from app.schemas.meetings_out import MEETING, MEETINGS, MeetingLineOut, MeetingOut, MeetingPage
from app.schemas.operation import act, operation
from app.services import meetings as service
from app.services import meetings_reading
from app.services.meetings import Change, Start
from app.services.meetings_reading import MeetingLine, MeetingShown

router = APIRouter(tags=["meetings"])

CaseId = Annotated[UUID, Path(alias="caseId")]
MeetingId = Annotated[UUID, Path(alias="meetingId")]

# Where each thing that can be done to a meeting is done or read, and by which relation it is linked.
_WHERE: tuple[tuple[Operation, str, str, Method], ...] = (
    (Operation.CHANGE_MEETING, "edit", "", "PATCH"),
    (Operation.PREPARE_MEETING, "preparations", "/preparations", "POST"),
    (Operation.CHANGE_INVITEES, "invitees", "/invitees", "POST"),
    (Operation.OFFER_TIME, "time-offers", "/time-offers", "POST"),
    (Operation.BOOK_MEETING, "bookings", "/bookings", "POST"),
    (Operation.READ_CONSENT_COVERAGE, "consent-coverage", "/consent-coverage", "GET"),
    (Operation.PREVIEW_SUMMONS, "summons-previews", "/summons-previews", "POST"),
    (Operation.ISSUE_SUMMONS, "summonses", "/summonses", "POST"),
    (Operation.LIST_ISSUED_SUMMONSES, "summonses", "/summonses", "GET"),
    (Operation.PREVIEW_INVITATION, "invitation-previews", "/invitation-previews", "POST"),
    (Operation.ISSUE_INVITATION, "invitations", "/invitations", "POST"),
    (Operation.LIST_INVITATIONS, "invitations", "/invitations", "GET"),
    (Operation.RESCHEDULE_MEETING, "reschedulings", "/reschedulings", "POST"),
    (Operation.RESCHEDULE_MEETING, "rebook", "/reschedulings", "POST"),
    (Operation.CANCEL_MEETING, "cancellations", "/cancellations", "POST"),
    (Operation.OPEN_MEETING, "openings", "/openings", "POST"),
    (Operation.RECORD_MEETING, "records", "/records", "POST"),
    (Operation.RECORD_ATTENDANCE, "attendances", "/attendances", "POST"),
    (Operation.TRANSFER_CHAIR, "chairs", "/chairs", "POST"),
    (Operation.APPOINT_RECORDER, "recorders", "/recorders", "POST"),
    (Operation.WRITE_DRAFT, "plan-drafts", "/plan-drafts", "POST"),
    (Operation.CONCLUDE_MEETING, "conclusions", "/conclusions", "POST"),
    (Operation.REPORT_AT_FOLLOW_UP, "reports", "/reports", "POST"),
    (Operation.DECIDE_FOLLOW_UP, "follow-up-decisions", "/follow-up-decisions", "POST"),
)


@router.post(
    "/cases/{caseId}/meetings",
    **act(
        "startMeeting",
        sv="Initiera ett möte i ett ärende. Den som initierar är ordförande.",
        en="Start a meeting in a case. Whoever initiates it chairs it.",
        body=MEETING_START,
    ),
)
async def start_meeting(
    case_id: CaseId,
    meeting: MeetingIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A follow-up is a meeting that follows up a plan."""
    order = Start(
        form=meeting.form,
        purpose=meeting.purpose,
        current_situation=meeting.current_situation,
        follows_up=meeting.follows_up.plan_id if meeting.follows_up else None,
        reasons=meeting.reasons(),
    )
    done = await service.start(desk, key, case_id, order)
    here = f"/meetings/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.get(
    "/meetings",
    **operation(
        "listMeetings",
        sv="Den egna enhetens möten och de som öppnats med den egna organisationen, nyast först.",
        en="The own unit's meetings and those opened with the own organisation, newest first.",
        answer=MEETINGS,
    ),
)
async def list_meetings(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> MeetingPage:
    """Nothing of the person is told by the list."""
    found = await meetings_reading.page(desk, limit=query.limit, offset=query.offset)
    more = len(found.lines) == query.limit and (
        found.total is None or found.total > query.offset + query.limit
    )
    return MeetingPage(
        items=[_line(one, links) for one in found.lines],
        meta=page_meta(query, len(found.lines), found.total),
        links=page_links(links.url("/meetings"), query, more=more, total=found.total),
    )


@router.get(
    "/meetings/{meetingId}",
    **operation(
        "readMeeting",
        sv="Läs ett möte: den som håller det ser allt, övriga det som skett vid mötet.",
        en="Read a meeting: its holder sees all of it, others what happened at it.",
        answer=MEETING,
    ),
)
async def read_meeting(meeting_id: MeetingId, desk: TheDesk, links: Links, response: Response) -> MeetingOut:
    """Its state is computed from what has happened and what has been said."""
    return meeting_out(await meetings_reading.read(desk, meeting_id), links, response)


@router.patch(
    "/meetings/{meetingId}",
    **operation(
        "changeMeeting",
        sv="Ändra syfte, situation, form för deltagande och plats medan mötet inte är avslutat.",
        en="Change purpose, situation, mode and place while the meeting is not over.",
        body=MEETING_CHANGE,
        answer=MEETING,
    ),
)
async def change_meeting(
    meeting_id: MeetingId,
    change: MeetingChangeIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> MeetingOut:
    """What is left out stays. Once somebody is called, place and mode change by rescheduling."""
    await service.change(
        desk,
        meeting_id,
        version,
        Change(
            purpose=change.purpose,
            current_situation=change.current_situation,
            mode=change.mode,
            place=change.place,
            given=change.model_fields_set,
        ),
    )
    return meeting_out(await meetings_reading.read(desk, meeting_id), links, response)


def meeting_out(shown: MeetingShown, links: LinkMaker, response: Response) -> MeetingOut:
    """The meeting as it is answered, with its version as ETag and links to what may be done to it now."""
    response.headers["ETag"] = etag(shown.version)
    return MeetingOut.model_validate({**asdict(shown), "links": _links(shown, links)})


def _links(shown: MeetingShown, links: LinkMaker) -> list[Link]:
    here = f"/meetings/{shown.id}"
    up = [links("up", f"/cases/{shown.holder.case_id}")] if shown.holder else []
    acts = [
        links(rel, here + suffix, method)
        for operation, rel, suffix, method in _WHERE
        if operation in shown.open_to
    ]
    made = [
        links(rel, f"/{rel}s/{one}")
        for operation, rel, found in (
            (Operation.READ_DRAFT, "plan-draft", shown.drafts),
            (Operation.READ_PLAN, "plan", shown.plans),
        )
        if operation in shown.open_to
        for one in found
    ]
    asked = [
        links("readiness", f"{here}/readiness?step={step}")
        for step in shown.asked_of
        if Operation.READ_READINESS in shown.open_to
    ]
    return [links("self", here), *up, *made, *acts, *asked]


def _line(one: MeetingLine, links: LinkMaker) -> MeetingLineOut:
    return MeetingLineOut.model_validate({**asdict(one), "links": [links("self", f"/meetings/{one.id}")]})
