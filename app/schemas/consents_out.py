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
    LegalBasis,
    Manner,
    NamedPerson,
    SecrecyGround,
)
from app.schemas.base import HIDDEN_OFFICE, AnswerModel, Day, Id, Linked, UtcTime, example_of
from app.schemas.examples import SOME_ID, SOME_ORGANISATION, link_to
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


class ExtensionOut(AnswerModel):
    """What the individual said anew: more organisations, another end, or none any more."""

    id: Id
    occurred_at: UtcTime
    organisation_ids: list[Id] = Field(max_length=1000)
    ends_on: Day | None
    until_withdrawn: bool


class ConsentRecordOut(AnswerModel):
    """What the organisation that was told keeps to itself."""

    case_id: Id
    capacity: ConsentCapacity
    informed_of: list[ConsentInformation] = Field(max_length=20)
    information_adapted: bool
    adaptation: str | None
    participation_support: str | None
    taken_by: Id | None = Field(description=HIDDEN_OFFICE)
    persons: list[NamedPersonOut] = Field(max_length=1000)
    excluded_topics: list[str] = Field(max_length=20)
    extensions: list[ExtensionOut] = Field(max_length=1000)


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
    own_reference: str | None = Field(
        description="Den egna dokumentationens diarienummer. The reference number of one's own documentation."
    )
    withdrawals: list[WithdrawnOut] = Field(max_length=1000)
    record: ConsentRecordOut | None


class ConsentPage(Page[ConsentOut]):
    """A page of a case's consents."""


CONSENT = example_of(
    ConsentOut,
    {
        "id": SOME_ID,
        "organisationId": SOME_ORGANISATION,
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
        "coverage": [{"organisationId": SOME_ORGANISATION, "isCovered": True, "withdrawnAt": None}],
        "documentations": [{"organisationId": SOME_ORGANISATION, "documentedOn": "2026-03-02"}],
        "ownReference": "2026-000123",
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
            "extensions": [],
        },
        "_links": [link_to(f"/consents/{SOME_ID}")],
    },
)
CONSENTS: dict[str, Any] = example_of(
    ConsentPage,
    {
        "items": [CONSENT],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to(f"/cases/{SOME_ID}/consents?page=1")],
    },
)
