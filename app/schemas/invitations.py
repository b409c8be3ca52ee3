"""Invitations to persons outside the parties, on the wire."""

from pydantic import Field

from app.domain.codes import Channel
from app.schemas.base import AnswerModel, FindingOut, Id, Linked, RequestModel, UtcTime, example_of
from app.schemas.documents import DOCUMENT, DocumentOut
from app.schemas.examples import SOME_ID, link_to
from app.schemas.summonses import SummonsIn

_THERE = f"/meetings/{SOME_ID}/invitations"


class InvitationIn(SummonsIn):
    """Whom to invite of those outside the parties: all that have no invitation to the present time, unless
    some are named.
    """


class InvitationPreviewIn(RequestModel):
    """Whose letters to preview: everybody's still to be invited, unless some are named."""

    invitee_ids: list[Id] = Field(default=[], max_length=50)


class PreviewedInvitationOut(AnswerModel):
    """One person's letter as it would be."""

    invitee_id: Id
    letter: DocumentOut


class InvitationPreviewOut(Linked):
    """Every letter as it would be, and what stands in the way of issuing them."""

    letters: list[PreviewedInvitationOut] = Field(max_length=50)
    findings: list[FindingOut] = Field(max_length=200)


class InvitationOut(AnswerModel):
    """One invitation, with the letter to hand over."""

    id: Id
    invitee_id: Id
    channel: Channel
    issued_at: UtcTime
    letter: DocumentOut


class InvitationsOut(Linked):
    """Every invitation to a meeting, newest first."""

    items: list[InvitationOut] = Field(max_length=500)


_LETTER = DOCUMENT | {
    "title": "Inbjudan till flerpartsmöte",
    "addressee": ["Alex Exempel", "Exempelgatan 1", "753 00 Uppsala"],
    "text": "Inbjudan till flerpartsmöte\n\nDag och tid\nmåndag 13 april 2026 kl. 10.00–11.00\n",
}
INVITATION_ORDER = example_of(InvitationIn, {"version": 3, "inviteeIds": [SOME_ID]})
INVITATION_PREVIEW_ORDER = example_of(InvitationPreviewIn, {"inviteeIds": []})
INVITATION_PREVIEW = example_of(
    InvitationPreviewOut,
    {
        "letters": [{"inviteeId": SOME_ID, "letter": _LETTER}],
        "findings": [],
        "_links": [link_to(_THERE, "next", "POST")],
    },
)
INVITATIONS = example_of(
    InvitationsOut,
    {
        "items": [
            {
                "id": SOME_ID,
                "inviteeId": SOME_ID,
                "channel": "letter",
                "issuedAt": "2026-03-02T09:00:00Z",
                "letter": _LETTER,
            }
        ],
        "_links": [link_to(_THERE)],
    },
)
