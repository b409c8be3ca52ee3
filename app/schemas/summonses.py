"""Summonses, invitations, replies and recalls on the wire."""

from typing import Any, Literal

from pydantic import Field

from app.domain.codes import Channel
from app.schemas.base import (
    AnswerModel,
    FindingOut,
    Id,
    Line,
    Linked,
    Prose,
    RequestModel,
    Statement,
    UtcTime,
    VersionedAct,
    example_of,
)
from app.schemas.contact_routes import Email
from app.schemas.documents import DOCUMENT, DocumentOut
from app.schemas.examples import SOME_ID, link_to
from app.schemas.lists import Page

_SELF = link_to(f"/summonses/{SOME_ID}")


class SummonsIn(VersionedAct):
    """Whom to call: every organisation invited and not yet called, unless some are named."""

    invitee_ids: list[Id] = Field(default=[], max_length=50)
    channel: Channel | None = Field(
        default=None,
        description="Brev om inget annat sägs eller mottagaren bett om annat. A letter otherwise.",
    )


class SummonsPreviewIn(RequestModel):
    """Whose letters to preview: everybody's still to be called, unless some are named."""

    invitee_ids: list[Id] = Field(default=[], max_length=50)
    channel: Channel | None = None


class PreviewedLetterOut(AnswerModel):
    """One recipient's letter as it would be."""

    invitee_id: Id
    organisation_id: Id
    letter: DocumentOut


class SummonsPreviewOut(Linked):
    """Every letter as it would be, and what stands in the way of sending them."""

    letters: list[PreviewedLetterOut] = Field(max_length=50)
    findings: list[FindingOut] = Field(max_length=200)


class ReplyIn(Statement):
    """A reply to a summons: by the recipient, or recorded by the sender for the recipient that said it."""

    reply: Literal["acknowledged", "queried", "accepted", "declined", "new_time_proposed"]
    text: Prose | None = None
    proposed_starts_at: UtcTime | None = None
    link_email: Email | None = Field(
        default=None, description="Dit länken till ett digitalt möte ska skickas. Where the link is sent."
    )
    speaker_name: Line | None = Field(default=None, description="Vem som sa det. Who said it.")


class QueryAnswerIn(RequestModel):
    """The sender's answer to a question about the summons."""

    text: Prose


class AssignmentIn(RequestModel):
    """To which officer of the own organisation the summons is given."""

    officer_id: Id


class PreparednessIn(RequestModel):
    """That the called organisation has prepared for the meeting."""

    occurred_at: UtcTime
    note: Prose | None = None


class RecallIn(RequestModel):
    """Why the summons is taken back."""

    cause: Literal["sent_wrong", "cancelled", "other"]
    incident_note: Prose | None = Field(
        default=None,
        description="Krävs när kallelsen skickats fel. Needed where the summons was sent wrong.",
    )


class ReplyOut(AnswerModel):
    """One reply."""

    id: Id
    reply: str
    organisation_id: Id
    recorded_by_organisation_id: Id
    occurred_at: UtcTime
    recorded_at: UtcTime
    channel: str
    speaker_name: str | None = Field(description="Vem som sa det. Who said it.")
    text: str | None
    proposed_starts_at: UtcTime | None
    link_email: str | None


class QueryAnswerOut(AnswerModel):
    """The sender's answer to a question."""

    id: Id
    text: str
    recorded_at: UtcTime


class NoticeOut(AnswerModel):
    """A later letter about the same summons."""

    id: Id
    letter: DocumentOut
    recorded_at: UtcTime


class PreparednessOut(AnswerModel):
    """The recipient has prepared for the meeting."""

    occurred_at: UtcTime
    note: str | None


class RecallOut(AnswerModel):
    """Why the summons was taken back; kept by the sender, and told to nobody else."""

    cause: str
    incident_note: str | None


class SummonsOut(Linked):
    """A summons as the organisation that sent it, or the one that received it, sees it."""

    id: Id
    sent_here: bool = Field(description="Sant för avsändaren. True for the sender.")
    from_organisation_id: Id
    to_organisation_id: Id
    unit_id: Id | None
    meeting_id: Id
    individual_id: Id
    reference_number: int | None = Field(description="Mottagarens eget nummer. The receiver's own number.")
    channel: str
    meeting_starts_at: UtcTime | None
    issued_at: UtcTime
    recalled_at: UtcTime | None
    recall: RecallOut | None = Field(description="Bara för avsändaren. For the sender only.")
    status: str
    officer_id: Id | None
    prepared: PreparednessOut | None
    letter: DocumentOut
    replies: list[ReplyOut] = Field(max_length=200)
    answers: list[QueryAnswerOut] = Field(max_length=200)
    notices: list[NoticeOut] = Field(max_length=200)


class IssuedSummonsOut(Linked):
    """One recipient's summons to a meeting, and where it stands."""

    id: Id
    organisation_id: Id
    unit_id: Id | None
    status: str
    issued_at: UtcTime
    meeting_starts_at: UtcTime


class IssuedSummonsesOut(Linked):
    """Every summons to a meeting, recalled ones too."""

    items: list[IssuedSummonsOut] = Field(max_length=500)


class InboxEntryOut(Linked):
    """One received summons in the unit's inbox. No name, so that a list shows no more than it must."""

    id: Id
    reference_number: int
    from_organisation_id: Id
    unit_id: Id | None
    individual_id: Id
    meeting_starts_at: UtcTime | None
    received_at: UtcTime
    last_reply: str | None
    officer_id: Id | None


class InboxPage(Page[InboxEntryOut]):
    """A page of a unit's inbox, newest first."""


SUMMONS_ORDER = example_of(SummonsIn, {"version": 3, "inviteeIds": [SOME_ID], "explanations": []})
PREVIEW_ORDER = example_of(SummonsPreviewIn, {"inviteeIds": []})
REPLY = example_of(ReplyIn, {"reply": "accepted", "occurredAt": "2026-03-03T09:00:00Z", "channel": "api"})
QUERY_ANSWER = example_of(QueryAnswerIn, {"text": "Ni kallas för att planera arbetsträningen."})
ASSIGNMENT = example_of(AssignmentIn, {"officerId": SOME_ID})
PREPAREDNESS = example_of(PreparednessIn, {"occurredAt": "2026-04-01T09:00:00Z"})
RECALL = example_of(RecallIn, {"cause": "sent_wrong", "incidentNote": "Fel enhet."})
PREVIEW = example_of(
    SummonsPreviewOut,
    {
        "letters": [{"inviteeId": SOME_ID, "organisationId": SOME_ID, "letter": DOCUMENT}],
        "findings": [],
        "_links": [_SELF],
    },
)
_SUMMONS: dict[str, Any] = {
    "id": SOME_ID,
    "sentHere": False,
    "fromOrganisationId": SOME_ID,
    "toOrganisationId": SOME_ID,
    "unitId": SOME_ID,
    "meetingId": SOME_ID,
    "individualId": SOME_ID,
    "referenceNumber": 17,
    "channel": "letter",
    "meetingStartsAt": "2026-04-13T08:00:00Z",
    "issuedAt": "2026-03-02T09:00:00Z",
    "recalledAt": None,
    "recall": None,
    "status": "acknowledged",
    "officerId": None,
    "prepared": {"occurredAt": "2026-04-06T09:00:00Z", "note": None},
    "letter": DOCUMENT,
    "replies": [],
    "answers": [],
    "notices": [],
    "_links": [_SELF],
}
SUMMONS = example_of(SummonsOut, _SUMMONS)
INBOX = example_of(
    InboxPage,
    {
        "items": [
            {
                "id": SOME_ID,
                "referenceNumber": 17,
                "fromOrganisationId": SOME_ID,
                "unitId": SOME_ID,
                "individualId": SOME_ID,
                "meetingStartsAt": "2026-04-13T08:00:00Z",
                "receivedAt": "2026-03-02T09:00:00Z",
                "lastReply": None,
                "officerId": None,
                "_links": [_SELF],
            }
        ],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/summonses?page=1")],
    },
)
ISSUED = example_of(
    IssuedSummonsesOut,
    {
        "items": [
            {
                "id": SOME_ID,
                "organisationId": SOME_ID,
                "unitId": SOME_ID,
                "status": "accepted",
                "issuedAt": "2026-03-02T09:00:00Z",
                "meetingStartsAt": "2026-04-13T08:00:00Z",
                "_links": [_SELF],
            }
        ],
        "_links": [_SELF],
    },
)
