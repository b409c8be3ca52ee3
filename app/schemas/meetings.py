"""What is sent about a meeting, from its start until it is called to, moved or cancelled."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from app.domain.codes import Answer, MeetingForm, MeetingMode, RelativesOffered
from app.schemas.base import Act, Day, Flag, Id, Line, Prose, RequestModel, UtcTime, VersionedAct, example_of
from app.schemas.contact_routes import PostalAddress
from app.schemas.examples import SOME_ID

OutsiderKindCode = Literal["close_person", "employer", "representative", "interpreter", "other"]


class FollowsUpIn(RequestModel):
    """Which plan a meeting follows up."""

    plan_id: Id


class MeetingIn(Act):
    """A meeting to start. The caller's officer initiates and chairs it."""

    form: MeetingForm = MeetingForm.FLERPARTSMOTE
    purpose: Prose | None = Field(default=None, description="Mötets syfte. Why the meeting is held.")
    current_situation: Prose | None = Field(
        default=None,
        description="Aktuell situation, med ord som individen vill. The situation, worded as the individual "
        "wishes.",
    )
    follows_up: FollowsUpIn | None = Field(
        default=None, description="Utelämnad: det följer inte upp något. Left out: it follows up nothing."
    )


class MeetingChangeIn(RequestModel):
    """What is to change of a meeting: what is left out stays, null takes away."""

    purpose: Prose | None = None
    current_situation: Prose | None = None
    mode: MeetingMode | None = None
    place: Prose | None = None


class PreparationIn(RequestModel):
    """How the meeting was prepared, and with whom. What was recorded last counts.

    `excludedTopics` are seen by nobody but the caller's organisation.
    """

    prepared_on: Day
    with_individual: Flag
    goals: Prose | None = Field(default=None, description="Individens egna mål. The individual's own goals.")
    needs_and_wishes: Prose | None = None
    participation_support: Prose | None = Field(
        default=None, description="Tolk, tid, plats, digitalt, stödperson. What it takes to take part."
    )
    excluded_topics: Prose | None = Field(
        default=None, description="Det som inte ska tas upp. What is not to be brought up."
    )
    relatives_offered: RelativesOffered
    relatives_reason: Prose | None = None
    employer_exists: Answer
    employer_called: Answer


class _InviteeIn(RequestModel):
    """What is noted of everybody a meeting is for."""

    name: Line | None = None
    function: Line | None = Field(
        default=None,
        description="Funktionen, till exempel handläggare eller rehabiliteringskoordinator. "
        "The function, such as caseworker or rehabilitation coordinator.",
    )
    reason: Prose | None = Field(default=None, description="Varför just den behövs. Why that one is needed.")
    agreed_with_individual: Flag
    shown_to_outsiders: Flag = Field(
        default=False, description="Individen vill att utomstående ser den. Shown in outsiders' letters."
    )
    attends_part: Prose | None = Field(
        default=None, description="Vilken del av mötet. Which part of the meeting, if not all of it."
    )


class OrganisationInviteeIn(_InviteeIn):
    """A unit of a party's organisation, to be called.

    Where the unit has no address of its own, as the region's has not, `address` is the care giver's that is
    concerned. Several care givers are several invitees, each with its address.
    """

    kind: Literal["organisation"]
    organisation_id: Id
    unit_id: Id | None = Field(
        default=None, description="Enheten, vars adress brevet går till. The unit, to whose address it goes."
    )
    address: PostalAddress = Field(default=[])
    equivalent_function: Flag = Field(
        default=False, description="”Eller motsvarande”. The function is equivalent to the one asked for."
    )


class PersonInviteeIn(_InviteeIn):
    """A person outside the parties, to be invited; `consentPersonId` is who a consent names.

    `organisationName` says where a person belongs that does not come as a private person: an employer's name.
    """

    kind: OutsiderKindCode
    organisation_name: Line | None = None
    address: list[Line] = Field(default=[], max_length=5)
    suitable: Flag | None = Field(
        default=None, description="Lämpligt att den närstående deltar. Whether it is suitable."
    )
    consent_person_id: Id | None = None


InviteeIn = Annotated[OrganisationInviteeIn | PersonInviteeIn, Field(discriminator="kind")]
"""Somebody a meeting is for."""


class TimeIn(RequestModel):
    """From when to when, and where."""

    starts_at: UtcTime
    ends_at: UtcTime
    mode: MeetingMode
    place: Prose | None = None


class TimeOfferIn(TimeIn):
    """A time that an organisation has said it can come."""

    offered_by: Id


class OfferChosenIn(RequestModel):
    """One of the times offered."""

    offer_id: Id


def _offered_or_not(sent: object) -> str:
    """Which of the two is meant, so that what is wrong with it is not told as lacking from the other."""
    return "offer" if isinstance(sent, dict) and "offerId" in sent else "time"


class BookingIn(VersionedAct):
    """The time to book: one that was offered, or another."""

    time: Annotated[
        Annotated[OfferChosenIn, Tag("offer")] | Annotated[TimeIn, Tag("time")],
        Discriminator(_offered_or_not),
    ]


class ReschedulingIn(BookingIn):
    """The time to move to, and why; a meeting may also be moved to another place at the same time."""

    reason: Prose
    wished_by_individual: Flag


class CancellationIn(VersionedAct):
    """Why a meeting is not to be held, or that it was registered in error."""

    kind: Literal["cancelled", "entered_in_error"] = "cancelled"
    reason: Prose
    wished_by_individual: Flag


MEETING_START = example_of(
    MeetingIn,
    {
        "form": "flerpartsmote",
        "purpose": "Planera vägen tillbaka till arbete",
        "currentSituation": "Sjukskriven på halvtid sedan i höstas och vill börja arbetsträna.",
    },
)
MEETING_CHANGE = example_of(MeetingChangeIn, {"purpose": "Planera arbetsträning", "place": "Rum 4"})
PREPARATION = example_of(
    PreparationIn,
    {
        "preparedOn": "2026-03-02",
        "withIndividual": True,
        "goals": "Åter i arbete på halvtid",
        "participationSupport": "Paus efter en halvtimme",
        "relativesOffered": "no",
        "employerExists": "yes",
        "employerCalled": "no",
    },
)
INVITEE = example_of(
    OrganisationInviteeIn,
    {
        "kind": "organisation",
        "organisationId": "016f5e66-e800-705a-987d-a28649948273",
        "unitId": "016f5e67-d260-7acd-b049-fac45c4ca2bb",
        "function": "handläggare",
        "reason": "Kan erbjuda arbetsträning",
        "agreedWithIndividual": True,
    },
)
TIME_OFFER = example_of(
    TimeOfferIn,
    {
        "offeredBy": SOME_ID,
        "startsAt": "2026-04-20T08:00:00Z",
        "endsAt": "2026-04-20T09:00:00Z",
        "mode": "on_site",
        "place": "Vårdcentralen, rum 4",
    },
)
BOOKING = example_of(BookingIn, {"version": 3, "time": {"offerId": SOME_ID}})
RESCHEDULING = example_of(
    ReschedulingIn,
    {
        "version": 4,
        "time": {"offerId": SOME_ID},
        "reason": "Vården fick förhinder",
        "wishedByIndividual": False,
    },
)
CANCELLATION = example_of(
    CancellationIn,
    {"version": 4, "reason": "Individen vill inte längre ha mötet", "wishedByIndividual": True},
)
