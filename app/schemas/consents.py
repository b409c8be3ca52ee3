"""Consents on the wire: what is said, and what is done about it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from app.domain.codes import (
    ConsentAnswer,
    ConsentCapacity,
    ConsentGiver,
    ConsentInformation,
    ConsentKind,
    LegalBasis,
    Manner,
    NamedPerson,
    SecrecyGround,
)
from app.schemas.base import Day, Flag, Id, Line, Prose, RequestModel, UtcTime, example_of
from app.schemas.examples import SOME_ORGANISATION
from app.schemas.lists import ListQuery


def _each_once(ids: list[Id]) -> list[Id]:
    if len(set(ids)) != len(ids):
        raise PydanticCustomError("listed_twice", "each once")
    return ids


OrganisationIds = Annotated[list[Id], AfterValidator(_each_once)]


class NamedPersonIn(RequestModel):
    """A person outside the organisations whom the individual agrees to have there."""

    relation: NamedPerson
    name: Line


class ConsentIn(RequestModel):
    """The individual's word on one kind of consent: given or refused. It is always recorded.

    `givenBy` says who spoke, `capacity` as what; a person of 16 or 17 is a minor. `secrecyGround` is what
    lifts secrecy, `legalBasis` why personal data may be processed: two different questions.
    """

    kind: ConsentKind
    answer: ConsentAnswer
    occurred_at: UtcTime = Field(description="När individen sa det. When the individual said it.")
    manner: Manner
    given_by: ConsentGiver = ConsentGiver.INDIVIDUAL
    capacity: ConsentCapacity = ConsentCapacity.ADULT
    informed_at: UtcTime | None = Field(
        default=None,
        description="När information lämnades; utan den gäller samtycket inte. "
        "When information was given; without it the consent is not live.",
    )
    informed_of: list[ConsentInformation] = Field(default=[], max_length=20)
    information_adapted: Flag = False
    adaptation: Prose | None = Field(
        default=None, description="Hur informationen anpassades. How the information was adapted."
    )
    participation_support: Prose | None = Field(
        default=None, description="Stöd för att kunna delta. Support to take part."
    )
    taken_by: Id | None = Field(
        default=None,
        description="Handläggaren som tog emot det; utelämnad: anroparen. "
        "The officer who took it; left out: the caller.",
    )
    organisation_ids: OrganisationIds = Field(
        default=[], max_length=50, description="Organisationer samtycket gäller. Whom the consent covers."
    )
    persons: list[NamedPersonIn] = Field(default=[], max_length=20)
    excluded_topics: list[Line] = Field(
        default=[],
        max_length=20,
        description="Det som inte ska tas upp; syns bara för den egna organisationen. "
        "What is not to be brought up; seen by the own organisation only.",
    )
    secrecy_ground: SecrecyGround = SecrecyGround.CONSENT
    legal_basis: LegalBasis = LegalBasis.PUBLIC_TASK
    ends_on: Day | None = Field(
        default=None,
        description="Sista dagen, hela dagen i Stockholm; utelämnad: tills det tas tillbaka. "
        "The last whole day in Stockholm; left out: until it is withdrawn.",
    )


class ExtensionIn(RequestModel):
    """More organisations, more persons or a later end on a live consent, said anew by the individual."""

    occurred_at: UtcTime
    manner: Manner
    organisation_ids: OrganisationIds = Field(default=[], max_length=50)
    persons: list[NamedPersonIn] = Field(default=[], max_length=20)
    ends_on: Day | None = None
    until_withdrawn: Flag = Field(default=False, description="Inget slut längre. No end any more.")

    @model_validator(mode="after")
    def _says_something(self) -> "ExtensionIn":
        if self.ends_on and self.until_withdrawn:
            raise PydanticCustomError("two_ends", "endsOn or untilWithdrawn, not both")
        if not (self.organisation_ids or self.persons or self.ends_on or self.until_withdrawn):
            raise PydanticCustomError("nothing_said", "an organisation, a person or an end")
        return self


class DocumentationIn(RequestModel):
    """The caller's organisation has documented the consent by its own routine. For itself only."""

    documented_on: Day | None = Field(default=None, description="Utelämnad: i dag. Left out: today.")
    own_reference: Line | None = Field(
        default=None, description="Eget diarienummer. Reference number of one's own."
    )


class WithdrawalIn(RequestModel):
    """The individual takes consent back: all of it, or what covers one organisation. No reason is asked."""

    occurred_at: UtcTime
    manner: Manner
    organisation_id: Id | None = Field(
        default=None, description="Utelämnad: hela samtycket. Left out: the whole consent."
    )


class CorrectionIn(RequestModel):
    """The consent was recorded by mistake: it was never given so."""

    entered_in_error: Literal[True]


class PreviewQuery(RequestModel):
    """Of which withdrawal the effects are asked."""

    organisation_id: Id | None = Field(
        default=None, description="Utelämnad: hela samtycket. Left out: the whole consent."
    )


class ConsentQuery(ListQuery):
    """Which page of a case's consents."""


CONSENT_SAID = example_of(
    ConsentIn,
    {
        "kind": "information_exchange",
        "answer": "given",
        "occurredAt": "2026-03-02T09:00:00Z",
        "manner": "oral",
        "givenBy": "individual",
        "capacity": "adult",
        "informedAt": "2026-03-02T08:30:00Z",
        "informedOf": ["the_meeting", "what_is_shared", "withdrawal"],
        "informationAdapted": True,
        "adaptation": "Lättläst text, genomgången tillsammans",
        "organisationIds": [SOME_ORGANISATION],
        "persons": [{"relation": "close_person", "name": "Alex Exempel"}],
        "excludedTopics": ["Privatekonomi"],
        "endsOn": "2026-12-31",
    },
)
EXTENSION = example_of(
    ExtensionIn,
    {"occurredAt": "2026-03-09T09:00:00Z", "manner": "oral", "organisationIds": [SOME_ORGANISATION]},
)
DOCUMENTATION = example_of(DocumentationIn, {"documentedOn": "2026-03-02", "ownReference": "2026-000123"})
WITHDRAWAL = example_of(
    WithdrawalIn,
    {"occurredAt": "2026-03-16T09:00:00Z", "manner": "oral", "organisationId": SOME_ORGANISATION},
)
CORRECTION = example_of(CorrectionIn, {"enteredInError": True})
