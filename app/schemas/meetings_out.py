"""What is answered about a meeting: the whole of it, a line of a list, readiness for a step."""

from typing import Any

from pydantic import Field

from app.domain.codes import MeetingForm, MeetingStatus
from app.schemas.base import HIDDEN_OFFICE, AnswerModel, Day, Id, Linked, UtcTime, Version, example_of
from app.schemas.examples import SOME_ID, link_to
from app.schemas.follow_ups import FollowUpOut
from app.schemas.lists import Page


class ChairOut(AnswerModel):
    """Who chairs the meeting."""

    organisation_id: Id
    officer_id: Id | None


class PreparationOut(AnswerModel):
    """How the meeting was prepared, by the latest word."""

    id: Id
    prepared_on: Day
    with_individual: bool
    goals: str | None
    needs_and_wishes: str | None
    participation_support: str | None
    excluded_topics: str | None
    relatives_offered: str
    relatives_reason: str | None
    employer_exists: str
    employer_called: str
    recorded_at: UtcTime


class InviteeOut(AnswerModel):
    """Somebody the meeting is for."""

    id: Id
    kind: str
    organisation_id: Id | None
    unit_id: Id | None
    name: str | None
    function: str | None
    equivalent_function: bool
    organisation_name: str | None
    address: list[str] = Field(max_length=5)
    reason: str | None
    agreed_with_individual: bool
    suitable: bool | None
    shown_to_outsiders: bool
    attends_part: str | None
    consent_person_id: Id | None


class TimeOfferOut(AnswerModel):
    """A time that was offered."""

    id: Id
    offered_by: Id
    starts_at: UtcTime
    ends_at: UtcTime
    mode: str
    place: str | None
    recorded_at: UtcTime


class MeetingHistoryOut(AnswerModel):
    """How the meeting was booked, moved or cancelled, and what it was before."""

    id: Id
    change: str
    wished_by_individual: bool
    reason: str | None
    from_starts_at: UtcTime | None
    to_starts_at: UtcTime | None
    recorded_at: UtcTime


class MeetingHolderOut(AnswerModel):
    """What only the organisation that holds the meeting sees of it."""

    case_id: Id
    individual_id: Id
    unit_id: Id | None = Field(description=HIDDEN_OFFICE)
    initiator_id: Id | None
    current_situation: str | None
    booked_offer_id: Id | None
    preparation: PreparationOut | None
    invitees: list[InviteeOut] = Field(max_length=200)
    time_offers: list[TimeOfferOut] = Field(max_length=200)
    changes: list[MeetingHistoryOut] = Field(max_length=200)


class OpeningOut(AnswerModel):
    """How the meeting came to be held."""

    manner: str
    held_at: UtcTime


class EarlierStayOut(AnswerModel):
    """Somebody was there and left, before they came again."""

    attendance: str
    from_at: UtcTime
    to_at: UtcTime


class AttendanceOut(AnswerModel):
    """How somebody was there, by the latest word; the reason is for the holder alone."""

    attender: str
    organisation_id: Id | None
    invitee_id: Id | None
    officer_name: str | None
    attendance: str
    took_part_otherwise: bool
    from_at: UtcTime | None
    to_at: UtcTime | None
    earlier: list[EarlierStayOut] = Field(max_length=200)
    reason: str | None


class RecorderOut(AnswerModel):
    """Who writes the plan."""

    organisation_id: Id
    name: str | None


class ConclusionOut(AnswerModel):
    """How the meeting ended; the reason for no plan is for the holder alone."""

    no_plan_reason: str | None
    follow_up_on: Day | None
    follow_up_caller_id: Id | None
    follow_up_caller_name: str | None
    concluded_at: UtcTime


class ProceedingsOut(AnswerModel):
    """What happened at the meeting."""

    opening: OpeningOut | None
    attendances: list[AttendanceOut] = Field(max_length=200)
    recorder: RecorderOut | None
    conclusion: ConclusionOut | None


class MeetingOut(Linked):
    """A meeting. `holder` is null for an organisation that it was shown to when it was opened."""

    id: Id
    version: Version
    organisation_id: Id
    form: MeetingForm
    is_statutory: bool
    status: MeetingStatus
    purpose: str | None
    mode: str | None
    starts_at: UtcTime | None
    ends_at: UtcTime | None
    place: str | None
    chair: ChairOut
    follows_up_plan: Id | None
    proceedings: ProceedingsOut
    follow_up: FollowUpOut | None = Field(description="Null för ett första möte. Null for a first meeting.")
    holder: MeetingHolderOut | None


class MeetingLineOut(Linked):
    """A meeting on a list; its state is told by the meeting itself."""

    id: Id
    organisation_id: Id
    is_own: bool
    form: MeetingForm
    mode: str | None
    starts_at: UtcTime | None
    ends_at: UtcTime | None
    is_cancelled: bool
    is_entered_in_error: bool
    is_held: bool
    is_concluded: bool


class MeetingPage(Page[MeetingLineOut]):
    """A page of meetings, newest first."""


_LINE: dict[str, Any] = {
    "id": SOME_ID,
    "organisationId": SOME_ID,
    "isOwn": True,
    "form": "flerpartsmote",
    "mode": None,
    "startsAt": None,
    "endsAt": None,
    "isCancelled": False,
    "isEnteredInError": False,
    "isHeld": False,
    "isConcluded": False,
    "_links": [link_to(f"/meetings/{SOME_ID}")],
}
MEETINGS = example_of(
    MeetingPage,
    {
        "items": [_LINE],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/meetings?page=1&limit=20"), link_to("/meetings?page=1&limit=20", "first")],
    },
)
MEETING = example_of(
    MeetingOut,
    {
        "id": SOME_ID,
        "version": 1,
        "organisationId": SOME_ID,
        "form": "flerpartsmote",
        "isStatutory": False,
        "status": "draft",
        "purpose": "Planera vägen tillbaka till arbete",
        "mode": None,
        "startsAt": None,
        "endsAt": None,
        "place": None,
        "chair": {"organisationId": SOME_ID, "officerId": SOME_ID},
        "followsUpPlan": None,
        "proceedings": {"opening": None, "attendances": [], "recorder": None, "conclusion": None},
        "followUp": None,
        "holder": {
            "caseId": SOME_ID,
            "individualId": SOME_ID,
            "unitId": SOME_ID,
            "initiatorId": SOME_ID,
            "currentSituation": None,
            "bookedOfferId": None,
            "preparation": None,
            "invitees": [],
            "timeOffers": [],
            "changes": [],
        },
        "_links": [
            link_to(f"/meetings/{SOME_ID}"),
            link_to(f"/meetings/{SOME_ID}/invitees", "invitees", "POST"),
        ],
    },
)
