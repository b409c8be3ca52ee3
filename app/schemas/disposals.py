"""Disposal (gallring) on the wire: rules, what falls under them, what has been disposed of, certificates."""

from typing import Annotated

from pydantic import AfterValidator, Field, Strict
from pydantic_core import PydanticCustomError

from app.domain.codes import DisposalEvent, DisposalKind
from app.domain.disposal import LONGEST_MONTHS
from app.schemas.base import (
    AnswerModel,
    Count,
    Day,
    Flag,
    Id,
    Line,
    Linked,
    RequestModel,
    UtcTime,
    example_of,
)
from app.schemas.documents import DOCUMENT, DocumentOut
from app.schemas.examples import ANOTHER_ID, SOME_ID, SOME_ORGANISATION, link_to
from app.schemas.lists import ListQuery, Page

MOST_AT_ONCE = 50

Months = Annotated[int, Strict(), Field(ge=0, le=LONGEST_MONTHS)]


def _each_once(ids: list[Id]) -> list[Id]:
    if len(set(ids)) != len(ids):
        raise PydanticCustomError("named_twice", "each id once")
    return ids


class DisposalRuleIn(RequestModel):
    """A rule as a decision of the organisation has it."""

    kind: DisposalKind
    event: DisposalEvent = Field(description="Från vilken tiden räknas. From which the time is counted.")
    months: Months | None = Field(
        description="Gallringsfrist i månader; null: bevaras. Months until disposal; null: kept for good."
    )
    from_year_end: Flag = Field(
        default=False, description="Räkna från årets utgång. Count from the end of the event's year."
    )
    decision: Line = Field(description="Beslutet med dess nummer. The decision and its number.")
    statute: Line | None = Field(default=None, description="Författning. The statute it rests on.")
    in_force_from: Day


class DisposalRuleOut(Linked):
    """A rule of the own organisation."""

    id: Id
    kind: DisposalKind
    event: DisposalEvent
    months: int | None
    from_year_end: bool
    decision: str
    statute: str | None
    in_force_from: Day
    recorded_at: UtcTime


class DisposalRulePage(Page[DisposalRuleOut]):
    """A page of rules."""


class DueQuery(ListQuery):
    """As of which day."""

    on_day: Day | None = Field(default=None, description="Utelämnad: i dag. Left out: today.")


class DueOut(AnswerModel):
    """Something that falls under the rule: its id and its days, nothing about anybody."""

    id: Id
    organisation_id: Id | None = Field(description="Vems ärendet är, eller avsändaren. Whose, or the sender.")
    event_on: Day
    due_on: Day


class DisposalPreviewOut(Page[DueOut]):
    """What falls under a rule on a day; `totalRecords` counts all of it."""

    rule_id: Id
    on_day: Day


class DisposalIn(RequestModel):
    """What to dispose of under the rule, from its preview."""

    item_ids: Annotated[list[Id], AfterValidator(_each_once)] = Field(min_length=1, max_length=MOST_AT_ONCE)


class DisposalListedOut(Linked):
    """A disposal that two have decided and that has been carried out."""

    id: Id
    rule_id: Id
    kind: DisposalKind
    items: Count
    rows_removed: Count
    proposed_by: Id = Field(description="The account.")
    approved_by: Id = Field(description="The account.")
    disposed_at: UtcTime


class DisposalPage(Page[DisposalListedOut]):
    """A page of disposals."""


class TombstoneOut(AnswerModel):
    """What stays of one thing that was disposed of."""

    id: Id
    organisation_id: Id | None
    event_on: Day
    rows_removed: Count


class DisposalOut(DisposalListedOut):
    """A disposal with what stays of each thing."""

    tombstones: list[TombstoneOut] = Field(max_length=MOST_AT_ONCE)


class DisposalCertificateOut(Linked):
    """The certificate (gallringsbevis) as it was made then; `digest` is the SHA-256 of its text."""

    id: Id
    document: DocumentOut
    digest: str


_PAGE = {"totalRecords": 1, "page": 1, "limit": 20, "count": 1}
RULE_NEW = example_of(
    DisposalRuleIn,
    {
        "kind": "case",
        "event": "case_closed",
        "months": 36,
        "fromYearEnd": True,
        "decision": "Dokumenthanteringsplan 2026, beslut 2026-017",
        "statute": "Lagen (2002:546) 16 §",
        "inForceFrom": "2026-01-01",
    },
)
RULE = example_of(
    DisposalRuleOut,
    RULE_NEW
    | {
        "id": SOME_ID,
        "recordedAt": "2026-03-02T09:00:00Z",
        "_links": [link_to(f"/disposal-rules/{SOME_ID}")],
    },
)
RULE_PAGE = example_of(
    DisposalRulePage, {"items": [RULE], "_meta": _PAGE, "_links": [link_to("/disposal-rules?page=1")]}
)
PREVIEW = example_of(
    DisposalPreviewOut,
    {
        "ruleId": SOME_ID,
        "onDay": "2030-01-01",
        "items": [
            {
                "id": ANOTHER_ID,
                "organisationId": SOME_ORGANISATION,
                "eventOn": "2026-06-30",
                "dueOn": "2030-01-01",
            }
        ],
        "_meta": _PAGE,
        "_links": [link_to(f"/disposal-rules/{SOME_ID}/preview?page=1")],
    },
)
DISPOSAL_NEW = example_of(DisposalIn, {"itemIds": [ANOTHER_ID]})
_LISTED = {
    "id": SOME_ID,
    "ruleId": ANOTHER_ID,
    "kind": "case",
    "items": 1,
    "rowsRemoved": 84,
    "proposedBy": SOME_ID,
    "approvedBy": ANOTHER_ID,
    "disposedAt": "2030-01-02T09:00:00Z",
    "_links": [link_to(f"/disposals/{SOME_ID}")],
}
DISPOSAL_PAGE = example_of(
    DisposalPage, {"items": [_LISTED], "_meta": _PAGE, "_links": [link_to("/disposals?page=1")]}
)
DISPOSAL = example_of(
    DisposalOut,
    _LISTED
    | {
        "tombstones": [{"id": ANOTHER_ID, "organisationId": None, "eventOn": "2026-06-30", "rowsRemoved": 84}]
    },
)
CERTIFICATE = example_of(
    DisposalCertificateOut,
    {
        "id": SOME_ID,
        "document": DOCUMENT | {"title": "Gallringsbevis"},
        "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "_links": [link_to(f"/disposals/{SOME_ID}/certificate")],
    },
)
