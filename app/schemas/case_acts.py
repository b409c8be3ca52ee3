"""What is done with a case, on the wire: assessed, offered, contacted about, handed over, closed."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.domain.codes import (
    AssessmentBasis,
    Channel,
    ClosureReason,
    ContactAbout,
    NeedArea,
    NeedOutcome,
    OtherPlan,
)
from app.schemas.base import (
    Day,
    Flag,
    Id,
    Prose,
    RequestModel,
    UtcTime,
    VersionedAct,
    VersionRead,
    example_of,
)


def _grounds_once(grounds: list[AssessmentBasis]) -> list[AssessmentBasis]:
    return list(dict.fromkeys(grounds))


def _needs_once(needs: list[NeedArea]) -> list[NeedArea]:
    return list(dict.fromkeys(needs))


class NeedAssessmentIn(VersionedAct):
    """An assessment of the need of coordination, made with the person (UPP-011 to UPP-013)."""

    assessed_on: Day
    need_seen_on: Day = Field(description="Dagen då behovet sågs. The day the need was seen.")
    outcome: NeedOutcome
    grounds: Annotated[list[AssessmentBasis], AfterValidator(_grounds_once)] = Field(
        default=[], max_length=20, description="Vad bedömningen grundas på. What it rests on."
    )
    needs: Annotated[list[NeedArea], AfterValidator(_needs_once)] = Field(default=[], max_length=20)
    individual_took_part: Flag
    individual_view: Prose | None = Field(
        default=None, description="Individens egen syn. The individual's own view."
    )
    other_plan: OtherPlan = Field(
        description="Frågat till individen, aldrig uppslaget. Asked of the individual, never looked up."
    )
    note: Prose | None = None


class OfferIn(VersionedAct):
    """A meeting offered to the person (UPP-008)."""

    occurred_on: Day
    channel: Channel
    note: Prose | None = None


class OfferAnswerIn(RequestModel):
    """What the person said to the offer: always possible to record, the latest answer counts."""

    occurred_on: Day
    channel: Channel
    answer: Literal["accepted", "declined"]
    note: Prose | None = None


class CaseContactIn(RequestModel):
    """A contact with another organisation, or an attempt at one (UPP-014, UPP-030).

    Without naming the person it needs no consent. One that named the person is always recorded, and without
    consent it comes back with a remark.
    """

    with_organisation_id: Id
    about: ContactAbout
    occurred_at: UtcTime
    channel: Channel
    answered: Flag = Field(description="Falskt för ett försök utan svar. False for an attempt in vain.")
    names_the_person: Flag
    meeting_id: Id | None = None
    note: Prose | None = None
    corrects: Id | None = Field(
        default=None,
        description="En tidigare kontakt som inte längre räknas. An earlier contact that no longer counts.",
    )


class CarrierIn(RequestModel):
    """Who is to carry the case (ärendebärare) and who stands in: officers of the own organisation."""

    version: VersionRead
    officer_id: Id
    stand_in_id: Id | None = None
    reason: Prose | None = Field(
        default=None, description="Krävs när ärendet lämnas över. Needed when the case is handed over."
    )


class ClosureIn(RequestModel):
    """The end of a case. The agreement never refuses it."""

    version: VersionRead
    reason: ClosureReason
    note: Prose | None = None


NEED_ASSESSMENT = example_of(
    NeedAssessmentIn,
    {
        "version": 1,
        "assessedOn": "2026-03-02",
        "needSeenOn": "2026-02-27",
        "outcome": "need",
        "grounds": ["contact", "health", "work"],
        "needs": ["health_care", "employment"],
        "individualTookPart": True,
        "individualView": "Vill tillbaka till arbetet, men i lugn takt.",
        "otherPlan": "none",
    },
)
OFFER = example_of(OfferIn, {"version": 2, "occurredOn": "2026-03-02", "channel": "at_the_meeting"})
OFFER_ANSWER = example_of(
    OfferAnswerIn, {"occurredOn": "2026-03-04", "channel": "telephone", "answer": "accepted"}
)
CONTACT = example_of(
    CaseContactIn,
    {
        "withOrganisationId": "016f5e6a-9180-74ad-8c06-d7311acaed77",
        "about": "time",
        "occurredAt": "2026-03-02T09:00:00Z",
        "channel": "telephone",
        "answered": True,
        "namesThePerson": False,
        "note": "Återkommer med tider nästa vecka.",
    },
)
CARRIER = example_of(
    CarrierIn,
    {
        "version": 3,
        "officerId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a53",
        "reason": "Tidigare handläggare byter uppdrag.",
    },
)
CLOSURE = example_of(ClosureIn, {"version": 4, "reason": "goal_reached"})
