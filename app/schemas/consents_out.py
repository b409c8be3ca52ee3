"""What is answered about a consent."""

from typing import Any

from pydantic import Field

from app.domain.codes import (
    ConsentAnswer,
    ConsentCapacity,
    ConsentGiver,
    ConsentInformation,
    ConsentKind,
    ConsentStatus,
    CoverageState,
    LegalBasis,
    Manner,
    NamedPerson,
    OutsiderKind,
    SecrecyGround,
)
from app.schemas.base import AnswerModel, Count, Day, Id, Linked, UtcTime, example_of
from app.schemas.consents import OTHER_ID, SOME_ID
from app.schemas.lists import Page


class TakerOut(AnswerModel):
    """Who took the consent, as the summons says it."""

    name: str
    function: str


class CoveredOut(AnswerModel):
    """One organisation the consent was said to cover."""

    organisation_id: Id
    is_covered: bool
    withdrawn_at: UtcTime | None


class DocumentedOut(AnswerModel):
    """An organisation has documented the consent by its own routine."""

    organisation_id: Id
    documented_on: Day


class WithdrawnOut(AnswerModel):
    """A withdrawal; `organisationId` is null where everything was taken back."""

    id: Id
    organisation_id: Id | None
    occurred_at: UtcTime
    recorded_at: UtcTime


class NamedPersonOut(AnswerModel):
    """A person named in the consent; an invitee refers to the id."""

    id: Id
    relation: NamedPerson
    name: str


class ConsentRecordOut(AnswerModel):
    """What the organisation that was told keeps to itself."""

    case_id: Id
    capacity: ConsentCapacity
    informed_of: list[ConsentInformation] = Field(max_length=20)
    information_adapted: bool
    adaptation: str | None
    participation_support: str | None
    taken_by: Id
    persons: list[NamedPersonOut] = Field(max_length=1000)
    excluded_topics: list[str] = Field(max_length=20)


class ConsentOut(Linked):
    """A consent. An organisation it covers sees the grant and its own coverage, and no `record`."""

    id: Id
    organisation_id: Id
    kind: ConsentKind
    answer: ConsentAnswer
    status: ConsentStatus
    occurred_at: UtcTime
    recorded_at: UtcTime
    ends_on: Day | None
    given_by: ConsentGiver
    manner: Manner
    informed_at: UtcTime | None
    taken_by: TakerOut
    secrecy_ground: SecrecyGround
    legal_basis: LegalBasis
    coverage: list[CoveredOut] = Field(max_length=1000)
    documentations: list[DocumentedOut] = Field(max_length=1000)
    withdrawals: list[WithdrawnOut] = Field(max_length=1000)
    record: ConsentRecordOut | None


class ConsentPage(Page[ConsentOut]):
    """A page of a case's consents."""


class ItemOut(AnswerModel):
    """A thing that was shown or handed over."""

    kind: str = Field(description="summons, notice, meeting, draft or plan; more may come.")
    id: Id


class MeetingAffectedOut(AnswerModel):
    """A meeting that will lack consent; `willRest` is null where the caller is not its holder."""

    meeting_id: Id
    will_rest: bool | None


class OrganisationAffectedOut(AnswerModel):
    """What one organisation loses and what it keeps."""

    organisation_id: Id
    views_ending: list[ItemOut] = Field(max_length=1000)
    unsent: Count | None = Field(description="Ej skickat; bara för ärendets organisation. Not yet sent.")
    meetings: list[MeetingAffectedOut] = Field(max_length=1000)
    keeps: list[ItemOut] = Field(max_length=1000)
    keeps_statements: Count
    keeps_commitments: Count


class WithdrawalPreviewOut(Linked):
    """What a withdrawal would close, and what everybody keeps."""

    consent_id: Id
    organisations: list[OrganisationAffectedOut] = Field(max_length=1000)
    persons: Count | None = Field(description="Personer som inte längre nämns. Persons no longer named.")


class ReceiptTextOut(AnswerModel):
    """The receipt in both languages."""

    sv: str
    en: str


class WithdrawalReceiptOut(Linked):
    """A receipt to hand to the individual."""

    id: Id
    consent_id: Id
    organisation_id: Id | None
    occurred_at: UtcTime
    recorded_at: UtcTime
    text: ReceiptTextOut


class CoverageCellOut(AnswerModel):
    """One kind of consent for somebody: by which, until when, documented by whom; or what is missing."""

    kind: ConsentKind
    state: CoverageState
    consent_id: Id | None
    ends_on: Day | None = Field(description="Tom: utan slut. Null: without end.")
    holds_at_the_meeting: bool | None
    documented_by: list[Id] = Field(max_length=1000)


class OrganisationCoverageOut(AnswerModel):
    """An organisation at the meeting."""

    organisation_id: Id
    consents: list[CoverageCellOut] = Field(max_length=2)


class PersonCoverageOut(AnswerModel):
    """A person outside the organisations, by the id of the invitee."""

    invitee_id: Id
    kind: OutsiderKind
    consent: CoverageCellOut


class ConsentCoverageOut(Linked):
    """Whom consent covers at a meeting."""

    meeting_id: Id
    organisations: list[OrganisationCoverageOut] = Field(max_length=1000)
    persons: list[PersonCoverageOut] = Field(max_length=1000)


_ROOT = "https://api.flerpart.example/flerpart/v0"


def _self(path: str) -> list[dict[str, str]]:
    return [{"rel": "self", "href": f"{_ROOT}{path}", "method": "GET"}]


CONSENT = example_of(
    ConsentOut,
    {
        "id": SOME_ID,
        "organisationId": OTHER_ID,
        "kind": "information_exchange",
        "answer": "given",
        "status": "active",
        "occurredAt": "2026-03-02T09:00:00Z",
        "recordedAt": "2026-03-02T09:05:00Z",
        "endsOn": "2026-12-31",
        "givenBy": "individual",
        "manner": "oral",
        "informedAt": "2026-03-02T08:30:00Z",
        "takenBy": {"name": "Robin Exempel", "function": "handläggare"},
        "secrecyGround": "consent",
        "legalBasis": "public_task",
        "coverage": [{"organisationId": OTHER_ID, "isCovered": True, "withdrawnAt": None}],
        "documentations": [{"organisationId": OTHER_ID, "documentedOn": "2026-03-02"}],
        "withdrawals": [],
        "record": {
            "caseId": SOME_ID,
            "capacity": "adult",
            "informedOf": ["the_meeting", "what_is_shared", "withdrawal"],
            "informationAdapted": True,
            "adaptation": "Lättläst text, genomgången tillsammans",
            "participationSupport": None,
            "takenBy": SOME_ID,
            "persons": [{"id": SOME_ID, "relation": "close_person", "name": "Alex Exempel"}],
            "excludedTopics": ["Privatekonomi"],
        },
        "_links": _self(f"/consents/{SOME_ID}"),
    },
)
CONSENTS: dict[str, Any] = example_of(
    ConsentPage,
    {
        "items": [CONSENT],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": _self(f"/cases/{SOME_ID}/consents?page=1"),
    },
)
PREVIEW = example_of(
    WithdrawalPreviewOut,
    {
        "consentId": SOME_ID,
        "organisations": [
            {
                "organisationId": OTHER_ID,
                "viewsEnding": [{"kind": "meeting", "id": SOME_ID}],
                "unsent": 1,
                "meetings": [{"meetingId": SOME_ID, "willRest": True}],
                "keeps": [{"kind": "summons", "id": SOME_ID}],
                "keepsStatements": 1,
                "keepsCommitments": 0,
            }
        ],
        "persons": 1,
        "_links": _self(f"/consents/{SOME_ID}/withdrawal-preview"),
    },
)
RECEIPT_TO_HAND = example_of(
    WithdrawalReceiptOut,
    {
        "id": SOME_ID,
        "consentId": SOME_ID,
        "organisationId": None,
        "occurredAt": "2026-03-16T09:00:00Z",
        "recordedAt": "2026-03-16T09:05:00Z",
        "text": {
            "sv": "Kvitto: du har tagit tillbaka ditt samtycke …",
            "en": "Receipt: you have taken back your consent …",
        },
        "_links": _self(f"/consents/{SOME_ID}/withdrawals/{SOME_ID}/receipt"),
    },
)
COVERAGE = example_of(
    ConsentCoverageOut,
    {
        "meetingId": SOME_ID,
        "organisations": [
            {
                "organisationId": OTHER_ID,
                "consents": [
                    {
                        "kind": "call",
                        "state": "covered",
                        "consentId": SOME_ID,
                        "endsOn": "2026-12-31",
                        "holdsAtTheMeeting": True,
                        "documentedBy": [OTHER_ID],
                    },
                    {
                        "kind": "information_exchange",
                        "state": "not_asked",
                        "consentId": None,
                        "endsOn": None,
                        "holdsAtTheMeeting": None,
                        "documentedBy": [],
                    },
                ],
            }
        ],
        "persons": [],
        "_links": _self(f"/meetings/{SOME_ID}/consent-coverage"),
    },
)
