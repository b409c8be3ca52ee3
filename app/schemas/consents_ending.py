"""Taking consent back, whom consent covers, and what is told of both, on the wire."""

from pydantic import Field

from app.domain.codes import (
    ConsentKind,
    CoverageState,
    OutsiderKind,
)
from app.schemas.base import AnswerModel, Count, Day, Id, Linked, UtcTime, example_of
from app.schemas.examples import SOME_ID, SOME_ORGANISATION, link_to


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


PREVIEW = example_of(
    WithdrawalPreviewOut,
    {
        "consentId": SOME_ID,
        "organisations": [
            {
                "organisationId": SOME_ORGANISATION,
                "viewsEnding": [{"kind": "meeting", "id": SOME_ID}],
                "unsent": 1,
                "meetings": [{"meetingId": SOME_ID, "willRest": True}],
                "keeps": [{"kind": "summons", "id": SOME_ID}],
                "keepsStatements": 1,
                "keepsCommitments": 0,
            }
        ],
        "persons": 1,
        "_links": [link_to(f"/consents/{SOME_ID}/withdrawal-preview")],
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
        "_links": [link_to(f"/consents/{SOME_ID}/withdrawals/{SOME_ID}/receipt")],
    },
)


COVERAGE = example_of(
    ConsentCoverageOut,
    {
        "meetingId": SOME_ID,
        "organisations": [
            {
                "organisationId": SOME_ORGANISATION,
                "consents": [
                    {
                        "kind": "call",
                        "state": "covered",
                        "consentId": SOME_ID,
                        "endsOn": "2026-12-31",
                        "holdsAtTheMeeting": True,
                        "documentedBy": [SOME_ORGANISATION],
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
        "_links": [link_to(f"/meetings/{SOME_ID}/consent-coverage")],
    },
)
