"""Officers and accounts on the wire: who works here, and who may do what."""

from pydantic import Field

from app.domain.access import Role
from app.schemas.base import Day, Flag, Id, Line, Linked, RequestModel, Version, VersionRead, example_of
from app.schemas.contact_routes import Email, Telephone
from app.schemas.examples import link_to
from app.schemas.lists import AskedFlag, ListQuery, Page


class OfficerQuery(ListQuery):
    """Which officers of the own organisation."""

    unit_id: Id | None = Field(default=None, description="Bara den enhetens handläggare. Of this unit only.")
    include_left: AskedFlag = Field(default=False, description="Även de som slutat. Those who have left too.")


class OfficerIn(RequestModel):
    """What an organisation keeps of an officer."""

    unit_id: Id
    name: Line
    title: Line | None = None
    function: Line = Field(description="Till exempel handläggare. Such as case officer.")
    email: Email | None = None
    telephone: Telephone | None = None
    left_on: Day | None = Field(
        default=None, description="Från den dagen handlar personen inte längre. From then on acts no more."
    )


class OfficerOut(Linked):
    """An officer of the own organisation."""

    id: Id
    version: Version
    unit_id: Id
    name: str
    title: str | None
    function: str
    email: str | None
    telephone: str | None
    left_on: Day | None


class OfficerPage(Page[OfficerOut]):
    """A page of officers."""


class RolesIn(RequestModel):
    """Other roles for an account; one that has ended is opened again by them."""

    version: VersionRead
    roles: list[Role] = Field(min_length=1, max_length=10)


class AccountEndIn(RequestModel):
    """The account, as it was when it was decided to end it."""

    version: VersionRead


class AccountIn(RequestModel):
    """An account to make: whoever the issuer knows as the subject acts as this officer, for this unit."""

    officer_id: Id
    unit_id: Id
    issuer: Line
    subject: Line
    roles: list[Role] = Field(min_length=1, max_length=10)


class AccountOut(Linked):
    """An account of the own organisation."""

    id: Id
    version: Version
    officer_id: Id
    unit_id: Id
    issuer: str
    subject: str
    roles: list[Role] = Field(max_length=10)
    active: Flag


class AccountPage(Page[AccountOut]):
    """A page of accounts."""


_ID = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a53"
_UNIT_ID = "016f5e6d-50a0-7deb-a5a8-1fff7058b35c"
_PAGE = {"totalRecords": 1, "page": 1, "limit": 20, "count": 1}
OFFICER_KEPT = example_of(
    OfficerIn,
    {
        "unitId": _UNIT_ID,
        "name": "Robin Exempel",
        "title": "Socialsekreterare",
        "function": "handläggare",
        "email": "robin@uppsala.example",
        "telephone": "018-00 00 01",
        "leftOn": "2027-03-31",
    },
)
OFFICER = example_of(
    OfficerOut,
    OFFICER_KEPT
    | {
        "id": _ID,
        "version": 1,
        "_links": [link_to(f"/officers/{_ID}")],
    },
)
OFFICER_PAGE = example_of(
    OfficerPage,
    {
        "items": [OFFICER],
        "_meta": _PAGE,
        "_links": [link_to("/officers?page=1")],
    },
)
ROLES = example_of(RolesIn, {"version": 1, "roles": ["caseworker"]})
ACCOUNT_END = example_of(AccountEndIn, {"version": 1})
ACCOUNT_NEW = example_of(
    AccountIn,
    {
        "officerId": _ID,
        "unitId": _UNIT_ID,
        "issuer": "https://login.uppsala.example",
        "subject": "b7f5c1d0",
        "roles": ["caseworker"],
    },
)
ACCOUNT = example_of(
    AccountOut,
    ACCOUNT_NEW
    | {
        "id": _ID,
        "version": 1,
        "active": True,
        "_links": [link_to(f"/accounts/{_ID}")],
    },
)
ACCOUNT_PAGE = example_of(
    AccountPage,
    {
        "items": [ACCOUNT],
        "_meta": _PAGE,
        "_links": [link_to("/accounts?page=1")],
    },
)
