"""Coordination cases on the wire: registered, read, listed."""

from pydantic import Field

from app.domain.codes import (
    AssessmentBasis,
    CaseStatus,
    ClosureReason,
    ConsentKind,
    ConsentStatus,
    ContactAbout,
    MeetingStatus,
    NeedArea,
    NeedOutcome,
    OfferAnswer,
    OtherPlan,
)
from app.schemas.base import (
    HIDDEN_OFFICE,
    AnswerModel,
    Code,
    Day,
    Flag,
    Id,
    Linked,
    RequestModel,
    UtcTime,
    Version,
    example_of,
)
from app.schemas.examples import SOME_ID, link_to
from app.schemas.lists import AskedFlag, ListQuery, Page

HERE = f"/cases/{SOME_ID}"
MOST = 1000
"""A case shows so many of each kind, the latest."""


class CaseIn(RequestModel):
    """A case to register, about a person the own organisation knows."""

    individual_id: Id
    agreement_key: Code | None = Field(
        default=None, description="Behövs bara för den som är part i flera. Only for a party to several."
    )


class CaseQuery(ListQuery):
    """Which cases of the caller's unit."""

    include_closed: AskedFlag = Field(default=False, description="Även avslutade. Closed ones too.")


class CarrierOut(AnswerModel):
    """Who carries the case, and who stands in."""

    officer_id: Id | None
    name: str | None
    has_left: Flag = Field(description="Sant: någon annan måste ta över. True: somebody must take over.")
    stand_in_id: Id | None
    stand_in_name: str | None
    reason: str | None
    since: UtcTime


class NeedAssessmentOut(AnswerModel):
    """An assessment of need as it was recorded."""

    id: Id
    assessed_on: Day
    need_seen_on: Day
    assessor_id: Id | None
    outcome: NeedOutcome
    grounds: list[AssessmentBasis] = Field(max_length=20)
    needs: list[NeedArea] = Field(max_length=20)
    individual_took_part: Flag
    individual_view: str | None
    other_plan: OtherPlan
    note: str | None


class OfferOut(AnswerModel):
    """A meeting offered, or the person's answer."""

    id: Id
    answer: OfferAnswer
    occurred_on: Day
    note: str | None


class CaseContactOut(AnswerModel):
    """A contact with another organisation, or an attempt."""

    id: Id
    with_organisation_id: Id
    meeting_id: Id | None
    about: ContactAbout
    occurred_at: UtcTime
    answered: Flag
    names_the_person: Flag
    note: str | None


class ConsentOfCase(AnswerModel):
    """A consent of the case, by its kind and where it stands."""

    id: Id
    kind: ConsentKind
    status: ConsentStatus


class MeetingOfCase(AnswerModel):
    """A meeting of the case, and where it stands."""

    id: Id
    status: MeetingStatus


class CaseOut(Linked):
    """A case as its own unit sees it. The status is computed from what has been recorded."""

    id: Id
    version: Version
    status: CaseStatus
    individual_id: Id
    unit_id: Id | None = Field(description=HIDDEN_OFFICE)
    agreement_id: str = Field(description="Den version ärendet prövas mot. The version that judges.")
    registered_at: UtcTime
    closed_at: UtcTime | None
    closure_reason: ClosureReason | None
    closure_note: str | None
    carrier: CarrierOut | None
    need_seen_on: Day | None
    first_contact_on: Day | None
    days_need_to_first_contact: int | None = Field(
        description="Dagar från sett behov till första kontakt. Days from seen need to first contact."
    )
    need_assessments: list[NeedAssessmentOut] = Field(max_length=MOST)
    offers: list[OfferOut] = Field(max_length=MOST)
    contacts: list[CaseContactOut] = Field(max_length=MOST)
    consents: list[ConsentOfCase] = Field(max_length=MOST)
    meetings: list[MeetingOfCase] = Field(max_length=MOST)


class CaseListed(Linked):
    """A case on the unit's list."""

    id: Id
    version: Version
    individual_id: Id
    individual_name: str
    unit_id: Id | None = Field(description=HIDDEN_OFFICE)
    registered_at: UtcTime
    closed_at: UtcTime | None
    carrier_id: Id | None = Field(description="Null: ingen bär ärendet. Null: nobody carries the case.")
    carrier_name: str | None


class CasePage(Page[CaseListed]):
    """A page of the unit's cases, newest first."""


CASE_REGISTRATION = example_of(CaseIn, {"individualId": SOME_ID})
_OFFICER = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a53"
_UNIT = "016f5e69-a720-79fd-a69c-721f5c3bc0da"
CASE = example_of(
    CaseOut,
    {
        "id": SOME_ID,
        "version": 4,
        "status": "closed",
        "individualId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a54",
        "unitId": _UNIT,
        "agreementId": "uppsala@2020-01-01",
        "registeredAt": "2026-03-02T09:00:00Z",
        "closedAt": "2026-11-02T09:00:00Z",
        "closureReason": "goal_reached",
        "closureNote": None,
        "carrier": {
            "officerId": _OFFICER,
            "name": "Robin Exempel",
            "hasLeft": False,
            "standInId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a55",
            "standInName": "Love Exempel",
            "reason": "Tidigare handläggare byter uppdrag.",
            "since": "2026-03-02T09:00:00Z",
        },
        "needSeenOn": "2026-02-27",
        "firstContactOn": "2026-03-02",
        "daysNeedToFirstContact": 3,
        "needAssessments": [
            {
                "id": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a56",
                "assessedOn": "2026-03-02",
                "needSeenOn": "2026-02-27",
                "assessorId": _OFFICER,
                "outcome": "need",
                "grounds": ["contact", "health", "work"],
                "needs": ["health_care", "employment"],
                "individualTookPart": True,
                "individualView": "Vill tillbaka till arbetet, men i lugn takt.",
                "otherPlan": "none",
                "note": "Samtal den 27 februari.",
            }
        ],
        "offers": [],
        "contacts": [],
        "consents": [],
        "meetings": [],
        "_links": [link_to(HERE)],
    },
)
CASE_PAGE = example_of(
    CasePage,
    {
        "items": [
            {
                "id": SOME_ID,
                "version": 4,
                "individualId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a54",
                "individualName": "Kim Exempel",
                "unitId": _UNIT,
                "registeredAt": "2026-03-02T09:00:00Z",
                "closedAt": "2026-11-02T09:00:00Z",
                "carrierId": _OFFICER,
                "carrierName": "Robin Exempel",
                "_links": [link_to(HERE)],
            }
        ],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/cases?page=1")],
    },
)
