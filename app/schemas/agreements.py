"""Agreements on the wire: who the parties are, what they share, and clause by clause what holds it."""

from typing import Literal

from pydantic import Field

from app.domain.codes import OrganisationType
from app.domain.rule import Effect, Modality
from app.schemas.base import AnswerModel, Day, Flag, Id, Linked, example_of
from app.schemas.examples import link_to
from app.schemas.lists import Page

HERE = "/agreements"
MOST_CLAUSES = 1000


class TermOut(AnswerModel):
    """When the agreement is in force, and how it goes on and is ended."""

    in_force_from: Day | None = Field(description="Null tills alla parter godkänt. Null until all approved.")
    ends_on: Day | None
    first_term_ends: Day
    renewal_years: int
    notice_months: int
    notice_form: str


class UnitInAgreement(AnswerModel):
    """A unit the agreement names, with its address line by line."""

    id: Id
    name: str
    address: list[str] = Field(max_length=10)
    attention: str | None
    address_hint: str | None


class OrganisationInAgreement(AnswerModel):
    """A body within which secrecy ends; assigned by us where the agreement names only its party."""

    id: Id
    name: str
    type: OrganisationType
    assigned_by_us: Flag
    units: list[UnitInAgreement] = Field(max_length=100)


class PartyOut(AnswerModel):
    """Who has signed, when, with what mission and with what reservation."""

    code: str
    name: str
    approved_on: Day | None
    mission: str
    reservation: str | None
    organisations: list[OrganisationInAgreement] = Field(max_length=100)


class BodyOut(AnswerModel):
    """Somebody with a part in the agreement who has not signed it."""

    code: str
    name: str
    organisations: list[OrganisationInAgreement] = Field(max_length=100)


class MeetingFormOut(AnswerModel):
    """A form of meeting the agreement speaks of, whether a statute has it, and whose it is."""

    key: str
    name: str
    statutory: Flag
    parties: list[str] = Field(max_length=50)


class RoutineOut(AnswerModel):
    """The version of the routine that the agreement carries."""

    name: str
    diary_number: str
    adopted_by: str
    adopted_on: Day
    updated_on: Day
    received_on: Day
    tested_from: Day


class HolderOut(AnswerModel):
    """What holds a clause: a rule with its effect, or in words what else does, or why nothing does."""

    kind: Literal["rule", "access", "document", "data", "report", "none"]
    rule_id: str | None
    effect: Effect | None
    how: str | None


class ClauseOut(AnswerModel):
    """A clause in the agreement's own Swedish, how strongly it speaks, and what holds it."""

    id: str
    section: str
    wording: list[str] = Field(max_length=50)
    modality: Modality
    interpreted: Flag = Field(description="Läst som en skyldighet. Read as a duty where the text only tells.")
    held_by: list[HolderOut] = Field(max_length=50)


class AgreementListed(Linked):
    """A version of an agreement, in a list."""

    id: str
    key: str
    name: str
    valid_from: Day
    in_force: Flag = Field(description="Om den gäller i dag. Whether it is the one in force today.")
    municipality: str
    parties: list[str] = Field(max_length=50)


class AgreementPage(Page[AgreementListed]):
    """A page of agreements, by key and then by day."""


class AgreementOut(Linked):
    """A version of an agreement, whole. A version is never changed: what the parties change is a new one."""

    id: str
    key: str
    name: str
    valid_from: Day
    in_force: Flag
    municipality: str
    liability: str
    copies: int
    term: TermOut
    routine: RoutineOut
    improvement_areas: list[str] = Field(max_length=50)
    parties: list[PartyOut] = Field(max_length=50)
    bodies: list[BodyOut] = Field(max_length=50)
    meeting_forms: list[MeetingFormOut] = Field(max_length=50)
    clauses: list[ClauseOut] = Field(max_length=MOST_CLAUSES)


_SELF = [link_to(f"{HERE}/uppsala@2020-01-01")]
_NAME = "Överenskommelse om rutin för samverkan i flerpartsmöte"
AGREEMENT_PAGE = example_of(
    AgreementPage,
    {
        "items": [
            {
                "id": "uppsala@2020-01-01",
                "key": "uppsala",
                "name": _NAME,
                "validFrom": "2020-01-01",
                "inForce": True,
                "municipality": "0380",
                "parties": ["AF", "FK", "REGION", "KOMMUN"],
                "_links": _SELF,
            }
        ],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to(f"{HERE}?page=1")],
    },
)
AGREEMENT = example_of(
    AgreementOut,
    {
        "id": "uppsala@2020-01-01",
        "key": "uppsala",
        "name": _NAME,
        "validFrom": "2020-01-01",
        "inForce": True,
        "municipality": "0380",
        "liability": "excluded",
        "copies": 4,
        "term": {
            "inForceFrom": "2020-01-01",
            "endsOn": "2020-12-31",
            "firstTermEnds": "2020-12-31",
            "renewalYears": 1,
            "noticeMonths": 6,
            "noticeForm": "written",
        },
        "routine": {
            "name": "Rutin för flerpartsmöte",
            "diaryNumber": "2019:30",
            "adoptedBy": "LOKUS",
            "adoptedOn": "2019-06-12",
            "updatedOn": "2020-03-26",
            "receivedOn": "2020-06-09",
            "testedFrom": "2020-02-03",
        },
        "improvementAreas": ["contact_routes"],
        "parties": [
            {
                "code": "AF",
                "name": "Arbetsförmedlingen",
                "approvedOn": "2019-11-08",
                "mission": "Arbetsförmedlingen har i uppdrag att bedriva arbetslivsinriktad rehabilitering.",
                "reservation": "Deltar i den mån man kan.",
                "organisations": [],
            }
        ],
        "bodies": [],
        "meetingForms": [],
        "clauses": [
            {
                "id": "UPP-033",
                "section": "Rutin: Bokningsförfarande",
                "wording": [
                    "Vid kallelse till flerpartsmöte utan vården bör framförhållningen vara ca 5 veckor."
                ],
                "modality": "bor",
                "interpreted": False,
                "heldBy": [
                    {"kind": "rule", "ruleId": "BOK-3", "effect": "explain", "how": "Prövas vid kallelse"}
                ],
            }
        ],
        "_links": _SELF,
    },
)
