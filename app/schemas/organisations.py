"""Organisations and their units on the wire: whom to call, and where."""

from typing import Annotated

from pydantic import Field

from app.domain.codes import Channel, OrganisationType
from app.schemas.base import Code, FindingOut, Flag, Id, Line, Linked, RequestModel, Version, example_of
from app.schemas.contact_routes import Email, PostalAddress, Telephone
from app.schemas.examples import link_to
from app.schemas.lists import ListQuery, Page
from app.schemas.me import PlaceOut


class OrganisationQuery(ListQuery):
    """Which organisations."""

    party: Code | None = Field(
        default=None, description="Partens kod, till exempel KOMMUN. A party's code, such as KOMMUN."
    )


class UnitQuery(ListQuery):
    """Which units."""

    organisation_id: Id | None = Field(
        default=None, description="Bara den organisationens enheter. Of this organisation only."
    )


class OrganisationOut(Linked):
    """A body within which secrecy ends, and its places in the agreements."""

    id: Id
    name: str
    type: OrganisationType
    organisation_number: str | None
    places: list[PlaceOut] = Field(max_length=100)


class OrganisationPage(Page[OrganisationOut]):
    """A page of organisations."""


class UnitIn(RequestModel):
    """What an organisation keeps of a unit of its own: how it is written to and reached."""

    name: Line
    address: PostalAddress = Field(default=[])
    attention: Line | None = Field(default=None, description="Till vem. For whose attention.")
    address_hint: Line | None = Field(
        default=None, description="Var adressen söks. Where the address is looked up."
    )
    email: Email | None = None
    telephone: Telephone | None = None
    asks_for_channel: Channel | None = Field(
        default=None, description="Hur enheten vill kallas. How the unit asks to be called."
    )
    active: Flag = True


class UnitOut(Linked):
    """A unit, with what the agreement has to remark on it."""

    id: Id
    organisation_id: Id
    version: Version
    name: str
    address: list[str] = Field(max_length=10)
    attention: str | None
    address_hint: str | None
    email: str | None
    telephone: str | None
    asks_for_channel: Channel | None
    active: Flag
    remarks: Annotated[list[FindingOut], Field(max_length=50)]


class UnitPage(Page[UnitOut]):
    """A page of units."""


_ORGANISATION_ID = "016f5e6c-6640-7371-97e8-4e50e53dadbc"
_UNIT_ID = "016f5e6d-50a0-7deb-a5a8-1fff7058b35c"
_PAGE = {"totalRecords": 1, "page": 1, "limit": 20, "count": 1}
ORGANISATION = example_of(
    OrganisationOut,
    {
        "id": _ORGANISATION_ID,
        "name": "Socialnämnden",
        "type": "municipal_board",
        "organisationNumber": "212000-3005",
        "places": [{"agreementKey": "uppsala", "party": "KOMMUN"}],
        "_links": [link_to(f"/organisations/{_ORGANISATION_ID}")],
    },
)
ORGANISATION_PAGE = example_of(
    OrganisationPage,
    {
        "items": [ORGANISATION],
        "_meta": _PAGE,
        "_links": [link_to("/organisations?page=1")],
    },
)
UNIT_KEPT = example_of(
    UnitIn,
    {
        "name": "Ekonomiskt bistånd",
        "address": ["Uppsala kommun", "Salagatan 18", "753 75 Uppsala"],
        "attention": "Handläggare",
        "email": "enheten@uppsala.example",
        "telephone": "018-00 00 00",
        "asksForChannel": "secure_message",
    },
)
UNIT = example_of(
    UnitOut,
    UNIT_KEPT
    | {
        "id": _UNIT_ID,
        "organisationId": _ORGANISATION_ID,
        "version": 2,
        "addressHint": "Adressen söks hos vårdgivaren",
        "active": True,
        "remarks": [],
        "_links": [link_to(f"/units/{_UNIT_ID}")],
    },
)
UNIT_PAGE = example_of(
    UnitPage,
    {
        "items": [UNIT],
        "_meta": _PAGE,
        "_links": [link_to("/units?page=1")],
    },
)
