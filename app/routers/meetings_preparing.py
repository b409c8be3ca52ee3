"""A meeting prepared with the individual: preparations, those it is for, and times it could have."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import ExpectedVersion, Key, Links, ReadersLanguage, TheDesk
from app.domain.codes import OutsiderKind
from app.errors import Language
from app.routers.meetings import MeetingId, meeting_out
from app.schemas.base import ReceiptOut
from app.schemas.links import LinkMaker
from app.schemas.meetings import (
    INVITEE,
    PREPARATION,
    TIME_OFFER,
    InviteeIn,
    OrganisationInviteeIn,
    PreparationIn,
    TimeOfferIn,
)
from app.schemas.meetings_out import MEETING, MeetingOut
from app.schemas.operation import act, operation
from app.services import meetings_invitees, meetings_preparing, meetings_reading
from app.services.meetings_invitees import Invited, InvitedPerson, InvitedUnit
from app.services.meetings_preparing import Offered, Prepared
from app.services.receipt import Receipt

router = APIRouter(tags=["meetings"])

InviteeId = Annotated[UUID, Path(alias="inviteeId")]


@router.post(
    "/meetings/{meetingId}/preparations",
    **act(
        "prepareMeeting",
        sv="Anteckna hur mötet har förberetts tillsammans med individen.",
        en="Record how the meeting was prepared together with the individual.",
        body=PREPARATION,
    ),
)
async def prepare_meeting(
    meeting_id: MeetingId,
    word: PreparationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Never refused, only remarked upon; what was recorded last counts."""
    prepared = Prepared(**dict(word))
    done = await meetings_preparing.prepare(desk, key, meeting_id, prepared)
    return receipt_of(done, meeting_id, links, language, response)


@router.post(
    "/meetings/{meetingId}/invitees",
    **act(
        "addInvitee",
        sv="Anteckna någon som mötet är till för: en enhet hos en part eller en person utanför parterna.",
        en="Note somebody the meeting is for: a unit of a party, or a person outside the parties.",
        body=INVITEE,
    ),
)
async def add_invitee(
    meeting_id: MeetingId,
    invitee: InviteeIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Nobody is called or invited by this."""
    done = await meetings_invitees.invite(desk, key, meeting_id, _invited(invitee))
    return receipt_of(done, meeting_id, links, language, response)


@router.put(
    "/meetings/{meetingId}/invitees/{inviteeId}",
    **operation(
        "changeInvitee",
        sv="Ersätt det som är antecknat om någon som mötet är till för.",
        en="Replace what is noted of somebody the meeting is for.",
        body=INVITEE,
        answer=MEETING,
    ),
)
async def change_invitee(
    meeting_id: MeetingId,
    invitee_id: InviteeId,
    invitee: InviteeIn,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> MeetingOut:
    """If-Match has the meeting's version. Whoever is summoned is changed by recalling the summons first."""
    await meetings_invitees.replace_invitee(desk, meeting_id, invitee_id, version, _invited(invitee))
    return meeting_out(await meetings_reading.read(desk, meeting_id), links, response)


@router.delete(
    "/meetings/{meetingId}/invitees/{inviteeId}",
    **operation(
        "removeInvitee",
        sv="Ta bort någon ur dem som mötet är till för.",
        en="Take somebody out of those the meeting is for.",
        answer=MEETING,
    ),
)
async def remove_invitee(
    meeting_id: MeetingId,
    invitee_id: InviteeId,
    version: ExpectedVersion,
    desk: TheDesk,
    links: Links,
    response: Response,
) -> MeetingOut:
    """If-Match has the meeting's version. Whoever is summoned is removed by recalling the summons first."""
    await meetings_invitees.remove_invitee(desk, meeting_id, invitee_id, version)
    return meeting_out(await meetings_reading.read(desk, meeting_id), links, response)


@router.post(
    "/meetings/{meetingId}/time-offers",
    **act(
        "offerTime",
        sv="Anteckna en tid som en organisation, först av alla regionen, har gett.",
        en="Note a time that an organisation, the region first of all, has given.",
        body=TIME_OFFER,
    ),
)
async def offer_time(
    meeting_id: MeetingId,
    offer: TimeOfferIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Each time is an offer of its own; a booking may choose one."""
    done = await meetings_preparing.offer_time(desk, key, meeting_id, Offered(**dict(offer)))
    return receipt_of(done, meeting_id, links, language, response)


def receipt_of(
    done: Receipt, meeting_id: UUID, links: LinkMaker, language: Language, response: Response
) -> ReceiptOut:
    """The receipt of something done to a meeting, which is where it is read."""
    here = f"/meetings/{meeting_id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


def _invited(sent: InviteeIn) -> Invited:
    if isinstance(sent, OrganisationInviteeIn):
        who: InvitedUnit | InvitedPerson = InvitedUnit(
            sent.organisation_id, sent.unit_id, sent.equivalent_function, tuple(sent.address)
        )
    else:
        who = InvitedPerson(
            OutsiderKind(sent.kind),
            sent.organisation_name,
            tuple(sent.address),
            sent.suitable,
            sent.consent_person_id,
        )
    return Invited(
        who=who,
        name=sent.name,
        function=sent.function,
        reason=sent.reason,
        agreed_with_individual=sent.agreed_with_individual,
        shown_to_outsiders=sent.shown_to_outsiders,
        attends_part=sent.attends_part,
    )
