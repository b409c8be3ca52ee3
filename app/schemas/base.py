"""What every request and every answer is built from: camelCase, exact text, exact time, links, receipts.

Requests refuse what they do not know. Answers may grow: a client must tolerate new fields.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from app.domain.codes import Channel
from app.errors import Finding, Language, finding_to_json
from app.http import forms
from app.services.receipt import Receipt

RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
RFC3339_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
CANONICAL_UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
FIRST_YEAR, LAST_YEAR = 1900, 2200


class RequestModel(BaseModel):
    """A body or query of a request: camelCase names only, and nothing unknown."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_alias=True, validate_by_name=False, extra="forbid", frozen=True
    )


class AnswerModel(BaseModel):
    """A body of an answer: built by the names of the code, written in camelCase."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        frozen=True,
    )


def _rfc3339(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and RFC3339.fullmatch(value)):
        return value
    raise PydanticCustomError("time_format", "RFC 3339 with seconds and zone")


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise PydanticCustomError("time_format", "RFC 3339 with seconds and zone")
    try:
        moment = value.astimezone(UTC)
    except OverflowError:  # the first and last hours of the calendar have no UTC time at all
        raise PydanticCustomError("time_range", "year 1900-2200") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError("time_range", "year 1900-2200")
    return moment


def _rfc3339_day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and RFC3339_DAY.fullmatch(value)):
        return value
    raise PydanticCustomError("day_format", "YYYY-MM-DD")


def _sound_year(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("time_range", "year 1900-2200")
    return value


def write_time(value: datetime) -> str:
    """A time as answers write it: RFC 3339 in UTC with `Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


UtcTime = Annotated[
    datetime,
    BeforeValidator(_rfc3339),
    AfterValidator(_in_utc),
    PlainSerializer(write_time, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time", "example": "2026-03-02T09:00:00Z"}),
]
"""A moment: any zone is accepted, UTC is kept and answered; years 1900-2200."""

Day = Annotated[
    date,
    BeforeValidator(_rfc3339_day),
    AfterValidator(_sound_year),
    WithJsonSchema({"type": "string", "format": "date", "example": "2026-03-02"}),
]
"""A calendar day without time of day; years 1900-2200."""


def _canonical_uuid(value: object) -> object:
    if isinstance(value, UUID) or (isinstance(value, str) and re.fullmatch(CANONICAL_UUID, value)):
        return value
    raise PydanticCustomError("uuid_form", "UUID in its canonical lower-case form")


Id = Annotated[
    UUID,
    BeforeValidator(_canonical_uuid),
    WithJsonSchema({"type": "string", "format": "uuid", "pattern": CANONICAL_UUID}),
]
"""An id: a UUID in canonical lower-case form only, so that no id has two spellings."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=forms.ONE_LINE)]
"""One line of text, 1-200 characters, no control or direction-turning characters."""

Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=forms.SEVERAL_LINES)]
"""Several lines of text, 1-4000 characters; line feed and tab are the only control characters."""

Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=forms.CODE)]
"""A code of a list: letters, digits, `_`, `.` and `-`."""

HIDDEN_OFFICE = "Null: skyddad uppgift. Null: hidden, the person has a protected identity."
"""Why the unit that acts is not told."""

RuleId = Annotated[str, StringConstraints(pattern=forms.RULE_ID)]
"""A rule's id for ever, such as SAM-2."""

Count = Annotated[int, Strict(), Field(ge=0, le=2_147_483_647)]
"""A number of things; never a string, a fraction or a truth value."""

Version = Annotated[int, Strict(), Field(ge=1, le=2_147_483_647)]
"""The version of something, from 1; what an act was decided on."""

VersionRead = Annotated[
    Version,
    Field(
        description="Versionen som lästes av det adressen nämner. The version read of what the address names."
    ),
]
"""The version an act was decided on."""

Flag = Annotated[bool, Strict()]
"""True or false; never 1, "yes" or null."""


class Link(AnswerModel):
    """Where to go from here; only what the caller may do now is linked."""

    rel: str = Field(max_length=64, examples=["self"])
    href: str = Field(max_length=2048)
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"


class Linked(AnswerModel):
    """An answer that says where to go from it; `self` is always among the links."""

    links: list[Link] = Field(alias="_links", max_length=50)


class FindingOut(AnswerModel):
    """What the rulebook says about one breach."""

    rule_id: str
    clause_id: str
    clauses: list[str] = Field(max_length=20)
    effect: str = Field(description="refuse, explain, remark or remind; more may come.")
    code: str
    pointer: str = Field(description="JSON pointer to what broke the rule.")
    message: str
    wording: str = Field(description="The clause in the agreement's own Swedish.")
    remedy: str

    @classmethod
    def of(cls, finding: Finding, language: Language) -> Self:
        """The finding in the reader's language; the clause's wording stays Swedish."""
        return cls.model_validate(finding_to_json(finding, language))


class ReceiptOut(Linked):
    """The uniform answer to an act or a statement: stored, under this id, with these remarks."""

    id: UUID
    recorded_at: UtcTime
    version: int | None = Field(default=None, description="The version that came to be, where there is one.")
    remarks: list[FindingOut] = Field(max_length=200)

    @classmethod
    def of(cls, receipt: Receipt, language: Language, *links: Link) -> Self:
        """The receipt in the reader's language, with where to go from here (self first)."""
        return cls(
            id=receipt.id,
            recorded_at=receipt.recorded_at,
            version=receipt.version,
            remarks=[FindingOut.of(remark, language) for remark in receipt.remarks],
            links=list(links),
        )


class Explanation(RequestModel):
    """The caller's reason for departing from one rule whose effect is `explain`."""

    rule_id: RuleId
    reason: Prose


def _each_rule_once(explanations: list[Explanation]) -> list[Explanation]:
    if len({explanation.rule_id for explanation in explanations}) != len(explanations):
        raise PydanticCustomError("rule_explained_twice", "one explanation for each rule")
    return explanations


class Act(RequestModel):
    """What every act carries beside its own content: reasons for the rules it departs from."""

    explanations: Annotated[list[Explanation], AfterValidator(_each_rule_once)] = Field(
        default=[], max_length=50, description="Högst en för varje regel. At most one for each rule."
    )

    def reasons(self) -> dict[str, str]:
        """The reason for each rule id."""
        return {explanation.rule_id: explanation.reason for explanation in self.explanations}


class VersionedAct(Act):
    """An act on something that exists: says which version it was decided on (stale: 409 VERSION_STALE)."""

    version: VersionRead


class SpeakerIn(RequestModel):
    """Whose word it is, when it is not the caller's own organisation's."""

    kind: Literal["organisation", "individual", "representative", "guardian"]
    organisation_id: Id | None = Field(
        default=None, description="Bara för slaget organisation. Only for kind organisation."
    )


class Statement(RequestModel):
    """What every statement carries: when it was said, how, by whom, and what it corrects.

    It may be told long after it was said: `occurredAt` is when, the receipt's `recordedAt` is when we heard.
    """

    occurred_at: UtcTime
    channel: Channel
    spoken_by: SpeakerIn | None = Field(
        default=None, description="Utelämnad: den egna organisationen. Left out: the caller's organisation."
    )
    corrects: Id | None = Field(
        default=None,
        description="Ett tidigare ord av samma talare. An earlier statement of the same speaker.",
    )


def example_of(model: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    """The example, proved against its model, so that no published example is refused.

    Raises pydantic's ValidationError at import when it does not fit.
    """
    model.model_validate(example)
    return example
