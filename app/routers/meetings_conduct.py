"""The meeting itself: opened, joined and left, led, recorded, concluded."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.errors import Language
from app.schemas.base import Link, ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.meetings_conduct import (
    ATTENDANCES,
    CHAIR_TRANSFER,
    CONCLUSION,
    MEETING_RECORD,
    OPENING,
    RECORDER_APPOINTMENT,
    AttendancesIn,
    ChairTransferIn,
    ConclusionIn,
    IndividualPresenceIn,
    MeetingRecordIn,
    OpeningIn,
    OrganisationPresenceIn,
    OutsiderPresenceIn,
    PresenceIn,
    RecorderAppointmentIn,
)
from app.schemas.operation import act
from app.services import meetings_conclusions, meetings_conduct, meetings_roles
from app.services.meetings_attendance import (
    Attendees,
    IndividualThere,
    OrganisationThere,
    OutsiderThere,
    Presence,
)
from app.services.meetings_conclusions import ConclusionOrder, FollowUpCaller
from app.services.meetings_conduct import AttendanceOrder, MeetingRecord, OpeningOrder
from app.services.meetings_roles import RecorderOrder, TransferOrder
from app.services.receipt import Receipt

router = APIRouter(tags=["meetings"])

MeetingId = Annotated[UUID, Path(alias="meetingId")]


@router.post(
    "/meetings/{meetingId}/openings",
    **act(
        "openMeeting",
        sv="Öppna mötet med dem som är där; de deltagande organisationerna ser det sedan.",
        en="Open the meeting with those who are there; the organisations present see it from then on.",
        body=OPENING,
    ),
)
async def open_meeting(
    meeting_id: MeetingId,
    opening: OpeningIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Needs consent that covers everyone there. If the individual is absent: rebook, or give a reason."""
    order = OpeningOrder(
        version=opening.version,
        individual=_individual(opening.individual),
        attendees=_attendees(opening.organisations, opening.outsiders),
        reasons=opening.reasons(),
    )
    done = await meetings_conduct.open_meeting(desk, key, meeting_id, order)
    return _answer(done, meeting_id, response, links, language, *_next(links, meeting_id))


@router.post(
    "/meetings/{meetingId}/attendances",
    **act(
        "recordAttendance",
        sv="Anteckna vem som kommer senare eller går medan mötet pågår.",
        en="Note who comes later or leaves while the meeting is open.",
        body=ATTENDANCES,
    ),
)
async def record_attendance(
    meeting_id: MeetingId,
    attendances: AttendancesIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """An organisation that comes must be covered by consent, and is then shown the meeting."""
    individual = attendances.individual
    order = AttendanceOrder(
        version=attendances.version,
        individual=_individual(individual) if individual else None,
        attendees=_attendees(attendances.organisations, attendances.outsiders),
        reasons=attendances.reasons(),
    )
    done = await meetings_conduct.note_attendance(desk, key, meeting_id, order)
    return _answer(done, meeting_id, response, links, language)


@router.post(
    "/meetings/{meetingId}/records",
    **act(
        "recordMeeting",
        sv="Anteckna i efterhand ett möte som har hållits. Det öppnar och visar ingenting.",
        en="Record afterwards a meeting that has been held. It opens and shows nothing.",
        body=MEETING_RECORD,
    ),
)
async def record_meeting(
    meeting_id: MeetingId,
    record: MeetingRecordIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never refused for what the agreement says of it; that is kept with it, and told as remarks."""
    held = MeetingRecord(
        held_at=record.occurred_at,
        individual=_individual(record.individual),
        attendees=_attendees(record.organisations, record.outsiders),
    )
    done = await meetings_conduct.record_meeting(desk, key, meeting_id, held)
    return _answer(done, meeting_id, response, links, language)


@router.post(
    "/meetings/{meetingId}/chairs",
    **act(
        "transferChair",
        sv="Lämna över ordförandeskapet till en annan handläggare i organisationen, med skäl.",
        en="Pass the chair to another officer of the organisation, with a reason.",
        body=CHAIR_TRANSFER,
    ),
)
async def transfer_chair(
    meeting_id: MeetingId,
    transfer: ChairTransferIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Whoever initiates the meeting chairs it until the chair is passed on."""
    order = TransferOrder(
        version=transfer.version,
        officer_id=transfer.officer_id,
        reason=transfer.reason,
        reasons=transfer.reasons(),
    )
    done = await meetings_roles.transfer_chair(desk, key, meeting_id, order)
    return _answer(done, meeting_id, response, links, language)


@router.post(
    "/meetings/{meetingId}/recorders",
    **act(
        "appointRecorder",
        sv="Utse vid mötet vem som dokumenterar planen.",
        en="Appoint at the meeting who writes the plan.",
        body=RECORDER_APPOINTMENT,
    ),
)
async def appoint_recorder(
    meeting_id: MeetingId,
    appointment: RecorderAppointmentIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """An officer of any organisation present; the latest appointment counts."""
    order = RecorderOrder(
        version=appointment.version,
        organisation_id=appointment.organisation_id,
        officer_name=appointment.officer_name,
        reasons=appointment.reasons(),
    )
    done = await meetings_roles.appoint_recorder(desk, key, meeting_id, order)
    return _answer(done, meeting_id, response, links, language)


@router.post(
    "/meetings/{meetingId}/conclusions",
    **act(
        "concludeMeeting",
        sv="Avsluta mötet med en plan, eller med skälet till att ingen görs.",
        en="End the meeting with a plan, or with the reason for none.",
        body=CONCLUSION,
    ),
)
async def conclude_meeting(
    meeting_id: MeetingId,
    conclusion: ConclusionIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """A follow-up without a day or a named caller is remarked, and becomes a task."""
    follow_up = conclusion.follow_up
    caller = follow_up.caller if follow_up else None
    order = ConclusionOrder(
        version=conclusion.version,
        no_plan_reason=conclusion.no_plan_reason,
        follow_up_on=follow_up.on if follow_up else None,
        follow_up_caller=FollowUpCaller(caller.organisation_id, caller.officer_name) if caller else None,
        reasons=conclusion.reasons(),
    )
    done = await meetings_conclusions.conclude_meeting(desk, key, meeting_id, order)
    return _answer(done, meeting_id, response, links, language)


def _answer(
    done: Receipt,
    meeting_id: UUID,
    response: Response,
    links: LinkMaker,
    language: Language,
    *onwards: Link,
) -> ReceiptOut:
    """The receipt; what was done is read with the meeting."""
    here = f"/meetings/{meeting_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here), *onwards)


def _next(links: LinkMaker, meeting_id: UUID) -> list[Link]:
    """What can be done at an open meeting."""
    here = f"/meetings/{meeting_id}"
    rels = ("attendances", "chairs", "recorders", "conclusions")
    return [links(rel, f"{here}/{rel}", "POST") for rel in rels]


def _presence(sent: PresenceIn) -> Presence:
    return Presence(sent.attendance, sent.arrived_at, sent.left_at, sent.reason)


def _individual(sent: IndividualPresenceIn) -> IndividualThere:
    return IndividualThere(_presence(sent), sent.took_part_otherwise)


def _attendees(
    organisations: Sequence[OrganisationPresenceIn], outsiders: Sequence[OutsiderPresenceIn]
) -> Attendees:
    return Attendees(
        organisations=tuple(
            OrganisationThere(one.organisation_id, _presence(one), one.officer_name) for one in organisations
        ),
        outsiders=tuple(OutsiderThere(one.invitee_id, _presence(one)) for one in outsiders),
    )
