"""The caller on the wire."""

from pydantic import Field

from app.domain.access import Role
from app.schemas.base import AnswerModel, Id, Linked, example_of
from app.schemas.examples import SOME_ID, link_to


class PlaceOut(AnswerModel):
    """The place of an organisation in an agreement: the code of the party or body it is part of."""

    agreement_key: str
    party: str


class AssignmentOut(AnswerModel):
    """One place of the caller's; its accountId goes into Flerpart-Assignment where there are several."""

    account_id: Id
    organisation_id: Id
    organisation_name: str
    places: list[PlaceOut] = Field(max_length=100)
    unit_id: Id
    unit_name: str
    officer_id: Id
    name: str
    roles: list[Role] = Field(max_length=10)
    operations: list[str] = Field(
        max_length=500, description="Vad rollerna får göra. What the roles may do, by operationId."
    )


class MeOut(Linked):
    """Who the caller is here, and what may be done."""

    assignments: list[AssignmentOut] = Field(max_length=100)


ME = example_of(
    MeOut,
    {
        "assignments": [
            {
                "accountId": SOME_ID,
                "organisationId": "016f5e68-bcc0-705f-8911-8ce27ea036ce",
                "organisationName": "Försäkringskassan",
                "places": [{"agreementKey": "uppsala", "party": "FK"}],
                "unitId": "016f5e69-a720-79fd-a69c-721f5c3bc0da",
                "unitName": "Försäkringskassan",
                "officerId": "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a53",
                "name": "Robin Exempel",
                "roles": ["caseworker"],
                "operations": ["readMe", "listCases"],
            }
        ],
        "_links": [link_to("/me")],
    },
)
