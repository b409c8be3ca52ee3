"""Reviews of the read log on the wire: what to look at, and that it was looked at."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field

from app.domain.access import Operation
from app.domain.codes import ReviewOutcome
from app.domain.log_review import UnusualDay
from app.schemas.base import AnswerModel, Count, Day, Id, Linked, Prose, RequestModel, UtcTime, example_of
from app.schemas.examples import SOME_ID, link_to
from app.schemas.lists import MOST_ITEMS, Page, plain_number
from app.services.log_reviews import MOST_UNUSUAL, ReadingDrawn, Reviewed, Unrelated, WhoRead

MOST_UNRELATED = 100
HIDDEN_PERSON = (
    "Null: skyddad uppgift, vem det gäller visas bara för den som är behörig. "
    "Null: hidden, whom it is about is told to the cleared alone."
)
OF_PROTECTED = "Personen har skyddad identitet. The person has a protected identity."


class SelectionQuery(RequestModel):
    """Which days, of which unit, and how large a sample: never which person or kind of information."""

    from_: Day | None = Field(default=None, alias="from", description="Första dagen. The first day.")
    to: Day | None = Field(default=None, description="Sista dagen. The last day.")
    unit_id: Id | None = Field(default=None, description="Tom: alla enheter. Left out: all units.")
    size: Annotated[int, BeforeValidator(plain_number)] = Field(
        default=20, ge=1, le=MOST_ITEMS, description="Stickprovets storlek. The size of the sample."
    )


class WhoReadOut(AnswerModel):
    """An account of the own organisation, whose it is, and the unit it acted for."""

    account_id: Id
    officer_name: str | None
    function: str | None
    unit_id: Id
    unit_name: str | None

    @classmethod
    def of(cls, who: WhoRead) -> Self:
        """As the use case tells it."""
        return cls.model_validate(who, from_attributes=True)


class ReadingDrawnOut(AnswerModel):
    """One reading of the sample."""

    who: WhoReadOut
    operation: Operation
    recorded_at: UtcTime
    of_protected: bool = Field(description=OF_PROTECTED)
    item_kind: str
    item_id: Id | None = Field(description=HIDDEN_PERSON)
    case_id: Id | None
    individual_id: Id | None

    @classmethod
    def of(cls, one: ReadingDrawn) -> Self:
        """As the use case tells it."""
        return cls.model_validate(one, from_attributes=True)


class UnrelatedOut(AnswerModel):
    """Readings about somebody with whom the account's unit has nothing to do, as far as the facts tell."""

    who: WhoReadOut
    of_protected: bool = Field(description=OF_PROTECTED)
    individual_id: Id | None = Field(description=HIDDEN_PERSON)
    case_id: Id | None
    readings: Count
    last_at: UtcTime

    @classmethod
    def of(cls, one: Unrelated) -> Self:
        """As the use case tells it."""
        return cls.model_validate(one, from_attributes=True)


class UnusualOut(AnswerModel):
    """A day on which an account saw far more persons than is usual for it, or for its unit."""

    account_id: Id
    unit_id: Id
    day: Day
    persons: Count
    median_of_account: float
    median_of_unit: float

    @classmethod
    def of(cls, one: UnusualDay) -> Self:
        """As the rule tells it."""
        return cls(
            account_id=one.read.account_id,
            unit_id=one.read.unit_id,
            day=one.read.day,
            persons=one.read.persons,
            median_of_account=one.median_of_account,
            median_of_unit=one.median_of_unit,
        )


class SelectionOut(Linked):
    """What a reviewer looks at. Nothing in it says that anything was wrong: ask why."""

    first_day: Day
    last_day: Day
    unit_id: Id | None
    readings: Count
    own_readings: Count = Field(
        description="Granskarens egna läsningar, som någon annan får granska. The reviewer's own readings, "
        "for somebody else to review."
    )
    sample: list[ReadingDrawnOut] = Field(max_length=MOST_ITEMS)
    unrelated: list[UnrelatedOut] = Field(max_length=MOST_UNRELATED)
    unusual: list[UnusualOut] = Field(max_length=MOST_UNUSUAL)


class ReviewIn(RequestModel):
    """That the read log of these days has been gone through, and what came of it."""

    first_day: Day
    last_day: Day
    unit_id: Id | None = Field(default=None, description="Tom: alla enheter. Left out: all units.")
    outcome: ReviewOutcome
    note: Prose | None = Field(
        default=None, description="Krävs om något avvek. Required where something stood out."
    )

    @property
    def reviewed(self) -> Reviewed:
        """As the use case takes it."""
        return Reviewed(self.first_day, self.last_day, self.unit_id)


class ReviewLineOut(Linked):
    """A review that was done."""

    id: Id
    first_day: Day
    last_day: Day
    unit_id: Id | None
    outcome: ReviewOutcome
    reviewed_by: WhoReadOut
    recorded_at: UtcTime


class ReviewOut(ReviewLineOut):
    """A review that was done, with its note."""

    note: str | None


class ReviewPage(Page[ReviewLineOut]):
    """A page of reviews, newest first."""


_WHO = {
    "accountId": SOME_ID,
    "officerName": "Robin Exempel",
    "function": "handläggare",
    "unitId": SOME_ID,
    "unitName": "Lokalkontor Uppsala",
}
SELECTION = example_of(
    SelectionOut,
    {
        "firstDay": "2026-02-01",
        "lastDay": "2026-02-28",
        "unitId": None,
        "readings": 1840,
        "ownReadings": 3,
        "sample": [
            {
                "who": _WHO,
                "operation": "readCase",
                "recordedAt": "2026-02-02T09:00:00Z",
                "ofProtected": False,
                "itemKind": "case",
                "itemId": SOME_ID,
                "caseId": SOME_ID,
                "individualId": SOME_ID,
            }
        ],
        "unrelated": [
            {
                "who": _WHO,
                "ofProtected": False,
                "individualId": SOME_ID,
                "caseId": None,
                "readings": 2,
                "lastAt": "2026-02-03T09:00:00Z",
            }
        ],
        "unusual": [
            {
                "accountId": SOME_ID,
                "unitId": SOME_ID,
                "day": "2026-02-03",
                "persons": 41,
                "medianOfAccount": 6.0,
                "medianOfUnit": 8.5,
            }
        ],
        "_links": [link_to("/log-selections?from=2026-02-01&to=2026-02-28")],
    },
)
REVIEW_NEW = example_of(
    ReviewIn,
    {
        "firstDay": "2026-02-01",
        "lastDay": "2026-02-28",
        "outcome": "explained",
        "note": "En vikarie tog över ärendena den 3 februari.",
    },
)
_LINE = {
    "id": SOME_ID,
    "firstDay": "2026-02-01",
    "lastDay": "2026-02-28",
    "unitId": None,
    "outcome": "explained",
    "reviewedBy": _WHO,
    "recordedAt": "2026-03-02T09:00:00Z",
    "_links": [link_to(f"/log-reviews/{SOME_ID}")],
}
REVIEW = example_of(ReviewOut, _LINE | {"note": REVIEW_NEW["note"]})
REVIEWS = example_of(
    ReviewPage,
    {
        "items": [_LINE],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/log-reviews?page=1")],
    },
)
