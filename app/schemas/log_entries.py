"""A person's extract of the log on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from app.domain.codes import InformationCategory, LogEntryKind, LogOrigin, Purpose
from app.http import forms
from app.schemas.base import AnswerModel, Day, Id, Linked, RequestModel, UtcTime, example_of
from app.schemas.examples import SOME_ID, SOME_ORGANISATION, link_to
from app.schemas.lists import MOST_ITEMS, plain_number
from app.services.log_entries import Asked, Place

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CursorText = Annotated[str, StringConstraints(pattern=forms.PLACE_IN_THE_LOG)]
"""A place in the log, opaque to clients: microseconds and id, in hexadecimal."""


def cursor_of(place: Place) -> str:
    """The place as a client sends it back."""
    return f"{(place.moment - _EPOCH) // timedelta(microseconds=1):x}-{place.entry_id.hex}"


class LogQuery(RequestModel):
    """Which part of the log."""

    cursor: CursorText | None = Field(
        default=None,
        description="Ur länken next. From the link next.",
        examples=["64c2b3f1d0e80-" + "0" * 32],
    )
    limit: Annotated[int, BeforeValidator(plain_number)] = Field(
        default=20, ge=1, le=MOST_ITEMS, description="Antal per sida. Items on a page."
    )
    from_: Day | None = Field(default=None, alias="from", description="Första dagen. The first day.")
    to: Day | None = Field(default=None, description="Sista dagen. The last day.")

    @property
    def asked(self) -> Asked:
        """As the use case takes it."""
        return Asked(_place(self.cursor) if self.cursor else None, self.from_, self.to, self.limit)


def _place(cursor: str) -> Place:
    moment, entry_id = cursor.split("-")
    return Place(_EPOCH + timedelta(microseconds=int(moment, 16)), UUID(hex=entry_id))


class LogTextOut(AnswerModel):
    """The entry as a sentence, for the person to read."""

    sv: str
    en: str


class LogEntryOut(AnswerModel):
    """Something was decided about the person or refused, or somebody was shown something."""

    id: Id
    kind: LogEntryKind
    operation: str | None = Field(
        description="Vad som gjordes, i åtkomsttabellens ord; null för det som visats för en annan. "
        "What was done, in the access table's words; null for what was shown to another."
    )
    recorded_at: UtcTime
    category: InformationCategory = Field(description="Vilket slag av uppgifter. What kind of information.")
    purpose: Purpose = Field(description="För vad. For what.")
    item_kind: str
    item_id: Id
    case_id: Id | None
    origin: LogOrigin
    of_organisation_id: Id = Field(description="Vems uppgiften är. Whose the information is.")
    to_organisation_id: Id | None = Field(description="Vem det visats för. Whom it was shown to.")
    unit_id: Id | None
    unit_name: str | None
    function: str | None
    officer_name: str | None = Field(
        description="Null om inte organisationen lämnar ut namn. Null unless the organisation tells names."
    )
    reason: str | None = Field(description="Skälet, där det efterfrågas. The reason, where one is asked for.")
    text: LogTextOut


class CursorMeta(AnswerModel):
    """How much of the log is here; the link next goes on, where there is more."""

    limit: int
    count: int


class LogExtractOut(Linked):
    """A part of what one organisation's log has about a person, newest first."""

    individual_id: Id
    organisation_id: Id
    organisation_name: str
    items: list[LogEntryOut] = Field(max_length=MOST_ITEMS)
    meta: CursorMeta = Field(alias="_meta")


LOG_EXTRACT = example_of(
    LogExtractOut,
    {
        "individualId": SOME_ID,
        "organisationId": SOME_ORGANISATION,
        "organisationName": "Försäkringskassan",
        "items": [
            {
                "id": SOME_ID,
                "kind": "read",
                "operation": "readCase",
                "recordedAt": "2026-03-02T09:00:00Z",
                "category": "case",
                "purpose": "handling_case",
                "itemKind": "case",
                "itemId": SOME_ID,
                "caseId": SOME_ID,
                "origin": "own",
                "ofOrganisationId": SOME_ORGANISATION,
                "toOrganisationId": None,
                "unitId": SOME_ID,
                "unitName": "Lokalkontor Uppsala",
                "function": "handläggare",
                "officerName": None,
                "reason": None,
                "text": {
                    "sv": "Måndag 2 mars 2026 kl. 10.00: en medarbetare (handläggare) vid Lokalkontor "
                    "Uppsala, Försäkringskassan, läste ärendet. Ändamål: handlägga ärendet. "
                    "Slag av uppgifter: ärendets gång.",
                    "en": "2026-03-02 10:00: an employee (handläggare) at Lokalkontor Uppsala, "
                    "Försäkringskassan, read the case. Purpose: handling the case. "
                    "Kind of information: the course of the case.",
                },
            }
        ],
        "_meta": {"limit": 20, "count": 1},
        "_links": [link_to(f"/individuals/{SOME_ID}/log-entries")],
    },
)
