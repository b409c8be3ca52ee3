"""Protected identity on the wire: marks, clearances, and what is proposed of them."""

from typing import Literal

from pydantic import Field

from app.schemas.base import AnswerModel, Day, Id, Linked, RequestModel, UtcTime, example_of
from app.schemas.examples import ANOTHER_ID, SOME_ID, link_to

Source = Literal["population_register", "tax_agency_decision", "individual", "another_organisation"]
OnWhoseWord = Field(description="På vems ord: folkbokföringen, Skatteverkets beslut … On whose word.")


class ProtectionIn(RequestModel):
    """A mark to set: sekretessmarkering or skyddad folkbokföring. Never on an assumed identity."""

    mark: Literal["confidentiality_mark", "protected_registration"]
    source: Source = OnWhoseWord
    decided_on: Day = Field(description="När det beslutades eller sades. When it was decided or said.")


class ProtectionLiftingIn(RequestModel):
    """That the protection has ended: on whose word, and since when."""

    source: Literal["population_register", "tax_agency_decision"] = OnWhoseWord
    decided_on: Day = Field(description="När det beslutades. When it was decided.")


class ClearanceIn(RequestModel):
    """An account of the own organisation that is to see where the person is, a year at most."""

    account_id: Id
    valid_until: Day = Field(description="Till och med. The last day.")


class ClearanceEndIn(RequestModel):
    """Whose clearance ends."""

    account_id: Id


class MarkOut(AnswerModel):
    """A mark set, or lifted (`none`)."""

    mark: str
    source: str | None = Field(
        description="Null: märkningen följde med ett delat ärende. Null: the mark came with a shared case."
    )
    decided_on: Day | None
    recorded_by: Id | None
    recorded_at: UtcTime


class ClearanceOut(AnswerModel):
    """An account's clearance."""

    account_id: Id
    valid_until: Day
    granted_at: UtcTime
    ended_at: UtcTime | None


class ProtectionOut(Linked):
    """Everything about a person's protection, the latest first."""

    marks: list[MarkOut] = Field(max_length=200)
    clearances: list[ClearanceOut] = Field(max_length=200)


_SET = {"source": "population_register", "decidedOn": "2026-03-02"}
PROTECTION_ORDER = example_of(ProtectionIn, {"mark": "confidentiality_mark"} | _SET)
LIFTING = example_of(ProtectionLiftingIn, _SET)
CLEARANCE = example_of(ClearanceIn, {"accountId": ANOTHER_ID, "validUntil": "2026-12-31"})
CLEARANCE_END = example_of(ClearanceEndIn, {"accountId": ANOTHER_ID})
PROTECTION = example_of(
    ProtectionOut,
    {
        "marks": [
            {
                "mark": "confidentiality_mark",
                "source": "population_register",
                "decidedOn": "2026-03-02",
                "recordedBy": ANOTHER_ID,
                "recordedAt": "2026-03-02T09:00:00Z",
            }
        ],
        "clearances": [
            {
                "accountId": ANOTHER_ID,
                "validUntil": "2026-12-31",
                "grantedAt": "2026-03-02T09:00:00Z",
                "endedAt": None,
            }
        ],
        "_links": [link_to(f"/individuals/{SOME_ID}/protection")],
    },
)
