"""Invitations to persons outside the parties: previewed, issued, read to be handed over."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.schemas.base import FindingOut, ReceiptOut
from app.schemas.documents import DocumentOut
from app.schemas.invitations import (
    INVITATION_ORDER,
    INVITATION_PREVIEW,
    INVITATION_PREVIEW_ORDER,
    INVITATIONS,
    InvitationIn,
    InvitationOut,
    InvitationPreviewIn,
    InvitationPreviewOut,
    InvitationsOut,
    PreviewedInvitationOut,
)
from app.schemas.operation import act, operation
from app.services import invitations
from app.services.summonses import SummonsOrder

router = APIRouter(tags=["summonses"])

MeetingId = Annotated[UUID, Path(alias="meetingId")]


@router.post(
    "/meetings/{meetingId}/invitation-previews",
    **operation(
        "previewInvitation",
        sv="Förhandsgranska varje inbjudan och vad överenskommelsen skulle säga.",
        en="Preview each invitation, and what the agreement would say.",
        body=INVITATION_PREVIEW_ORDER,
        answer=INVITATION_PREVIEW,
    ),
)
async def preview_invitation(
    meeting_id: MeetingId, asked: InvitationPreviewIn, desk: TheDesk, links: Links, language: ReadersLanguage
) -> InvitationPreviewOut:
    """Nothing is issued and nothing stored but the log of the look."""
    seen = await invitations.preview(desk, meeting_id, tuple(asked.invitee_ids))
    here = f"/meetings/{meeting_id}"
    return InvitationPreviewOut(
        letters=[
            PreviewedInvitationOut(invitee_id=one.invitee_id, letter=DocumentOut.of(one.document))
            for one in seen.letters
        ],
        findings=[FindingOut.of(one, language) for one in seen.findings],
        links=[
            links("self", f"{here}/invitation-previews", "POST"),
            links("next", f"{here}/invitations", "POST"),
        ],
    )


@router.post(
    "/meetings/{meetingId}/invitations",
    **act(
        "issueInvitation",
        sv="Bjud in personer utanför parterna; de får ett brev och ingen insyn.",
        en="Invite persons outside the parties; they get a letter and access to nothing.",
        body=INVITATION_ORDER,
    ),
)
async def issue_invitation(
    meeting_id: MeetingId,
    order: InvitationIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Each letter names only the invitees the individual agreed to show."""
    wanted = SummonsOrder(order.version, tuple(order.invitee_ids), order.channel, order.reasons())
    done = await invitations.invite(desk, key, meeting_id, wanted)
    here = f"/meetings/{meeting_id}/invitations"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.get(
    "/meetings/{meetingId}/invitations",
    **operation(
        "listInvitations",
        sv="Mötets inbjudningar med sina brev, för den som ska lämna ut dem.",
        en="The meeting's invitations with their letters, for whoever is to hand them over.",
        answer=INVITATIONS,
    ),
)
async def list_invitations(meeting_id: MeetingId, desk: TheDesk, links: Links) -> InvitationsOut:
    """Only the organisation that holds the meeting sees whom it has invited."""
    found = await invitations.issued(desk, meeting_id)
    here = f"/meetings/{meeting_id}"
    return InvitationsOut(
        items=[
            InvitationOut(
                id=one.id,
                invitee_id=one.invitee_id,
                channel=one.channel,
                issued_at=one.issued_at,
                letter=DocumentOut.of(one.document),
            )
            for one in found
        ],
        links=[links("self", f"{here}/invitations"), links("up", here)],
    )
