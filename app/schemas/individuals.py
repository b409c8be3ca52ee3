"""Individuals on the wire."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.domain.codes import Answer
from app.http import forms
from app.schemas.base import AnswerModel, Day, Id, Line, Linked, Prose, RequestModel, Version, example_of
from app.schemas.contact_routes import Email, Telephone
from app.schemas.examples import SOME_ID, link_to

IdentityKindCode = Literal[
    "personnummer", "samordningsnummer", "national_reserve_number", "regional_reserve_number"
]
ProtectedIdentity = Literal["none", "confidentiality_mark", "protected_registration"]
Municipality = Annotated[str, StringConstraints(pattern=forms.MUNICIPALITY)]


class IdentityIn(RequestModel):
    """A number and its kind; the kind is always said, never guessed from the form."""

    kind: IdentityKindCode
    value: Annotated[str, StringConstraints(min_length=6, max_length=20, pattern=forms.IDENTITY_NUMBER)]


class ContactIn(RequestModel):
    """How a person is reached."""

    address: list[Line] = Field(default=[], max_length=5)
    telephone: Telephone | None = None
    email: Email | None = None


class ParticularsIn(RequestModel):
    """What may be kept, and later changed, of a person."""

    name: Line
    contact: ContactIn | None = None
    municipality: Municipality | None = Field(default=None, description="Kommunkod. Municipality code.")
    has_communication_needs: Answer = Field(
        default=Answer.NOT_ASKED,
        description="Om information behöver anpassas; ja när det står hur. Whether information must be "
        "adapted; yes where it is said how.",
    )
    communication_needs: Prose | None = None

    @model_validator(mode="after")
    def _needs_agree(self) -> "ParticularsIn":
        if self.communication_needs is not None and self.has_communication_needs is Answer.NO:
            raise PydanticCustomError("needs_contradict", "communicationNeeds with the answer no")
        return self


class IndividualIn(ParticularsIn):
    """A person to register: with a number, or with none where none exists."""

    identity: IdentityIn | None = None
    protected_identity: ProtectedIdentity = "none"
    birth_date: Day | None = Field(
        default=None, description="Där inget nummer säger den. Where no number tells it."
    )


class LookUpIn(RequestModel):
    """Whom to look up, within the caller's own organisation only."""

    identity: IdentityIn
    reason: Line = Field(description="Varför personen söks. Why the person is looked up.")


class ContactOut(AnswerModel):
    """How a person is reached."""

    address: list[str] = Field(max_length=5)
    telephone: str | None
    email: str | None


class IndividualOut(Linked):
    """A person as the caller's organisation knows them. Of a protected person contact and municipality are
    null, unless the caller is cleared to see them.
    """

    id: Id
    version: Version
    name: str
    identity_kind: str
    identity_number: str | None
    birth_date: Day | None
    contact: ContactOut | None
    municipality: str | None
    has_communication_needs: Answer
    communication_needs: str | None
    protected_identity: str


INDIVIDUAL = example_of(
    IndividualOut,
    {
        "id": SOME_ID,
        "version": 1,
        "name": "Kim Exempel",
        "identityKind": "personnummer",
        "identityNumber": "199001012385",
        "birthDate": "1990-01-01",
        "contact": {"address": ["Exempelgatan 1", "753 00 Uppsala"], "telephone": None, "email": None},
        "municipality": "0380",
        "hasCommunicationNeeds": "no",
        "communicationNeeds": None,
        "protectedIdentity": "none",
        "_links": [link_to(f"/individuals/{SOME_ID}")],
    },
)
PARTICULARS = example_of(
    ParticularsIn,
    {
        "name": "Kim Exempel",
        "contact": {"address": ["Exempelgatan 1", "753 00 Uppsala"]},
        "municipality": "0380",
        "hasCommunicationNeeds": "yes",
        "communicationNeeds": "Lättläst text",
    },
)
REGISTRATION = example_of(
    IndividualIn, PARTICULARS | {"identity": {"kind": "personnummer", "value": "199001012385"}}
)
LOOK_UP = example_of(
    LookUpIn,
    {"identity": {"kind": "personnummer", "value": "199001012385"}, "reason": "Ny kallelse om personen"},
)
