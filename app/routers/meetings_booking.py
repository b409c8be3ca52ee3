"""A meeting's time: booked, moved, cancelled."""

from fastapi import APIRouter, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.routers.meetings import MeetingId
from app.routers.meetings_preparing import receipt_of
from app.schemas.base import ReceiptOut
from app.schemas.meetings import (
    BOOKING,
    CANCELLATION,
    RESCHEDULING,
    BookingIn,
    CancellationIn,
    OfferChosenIn,
    ReschedulingIn,
    TimeIn,
)
from app.schemas.operation import act
from app.services import meetings_booking as service
from app.services.meetings_booking import Booking, Cancellation, Move, OfferChosen, TimeGiven

router = APIRouter(tags=["meetings"])


@router.post(
    "/meetings/{meetingId}/bookings",
    **act(
        "bookMeeting",
        sv="Boka mötets tid. Ska regionen kallas är det regionens tid som gäller.",
        en="Book the meeting's time. If the region is to be called, its date decides.",
        body=BOOKING,
    ),
)
async def book_meeting(
    meeting_id: MeetingId,
    order: BookingIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """For as long as nobody is called; after that it is a rescheduling."""
    booking = Booking(version=order.version, time=_time(order.time), reasons=order.reasons())
    done = await service.book(desk, key, meeting_id, booking)
    return receipt_of(done, meeting_id, links, language, response)


@router.post(
    "/meetings/{meetingId}/reschedulings",
    **act(
        "rescheduleMeeting",
        sv="Flytta ett bokat möte. De som är kallade får besked.",
        en="Move a booked meeting. Those summoned are told.",
        body=RESCHEDULING,
    ),
)
async def reschedule_meeting(
    meeting_id: MeetingId,
    order: ReschedulingIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """The region's date decides here too; replies to the earlier time no longer count."""
    move = Move(
        version=order.version,
        time=_time(order.time),
        reasons=order.reasons(),
        reason=order.reason,
        wished_by_individual=order.wished_by_individual,
    )
    done = await service.reschedule(desk, key, meeting_id, move)
    return receipt_of(done, meeting_id, links, language, response)


@router.post(
    "/meetings/{meetingId}/cancellations",
    **act(
        "cancelMeeting",
        sv="Ställ in ett möte som inte har hållits, eller ange att det är felregistrerat.",
        en="Cancel a meeting that has not been held, or say that it was registered in error.",
        body=CANCELLATION,
    ),
)
async def cancel_meeting(
    meeting_id: MeetingId,
    order: CancellationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Those summoned are told; the reason stays with the holder."""
    cancellation = Cancellation(
        version=order.version,
        ending=order.kind,
        reason=order.reason,
        wished_by_individual=order.wished_by_individual,
        reasons=order.reasons(),
    )
    done = await service.cancel(desk, key, meeting_id, cancellation)
    return receipt_of(done, meeting_id, links, language, response)


def _time(sent: OfferChosenIn | TimeIn) -> OfferChosen | TimeGiven:
    if isinstance(sent, OfferChosenIn):
        return OfferChosen(sent.offer_id)
    return TimeGiven(sent.starts_at, sent.ends_at, sent.mode, sent.place)
