"""Joint decisions on the wire: what one has proposed and another approves."""

from pydantic import Field

from app.schemas.base import AnswerModel, Id, Linked, RequestModel, UtcTime, example_of
from app.schemas.examples import ANOTHER_ID, SOME_ID, link_to
from app.schemas.lists import AskedFlag, ListQuery, Page


class JointDecisionQuery(ListQuery):
    """Which proposals."""

    include_decided: AskedFlag = Field(
        default=False,
        description="Även de som är avgjorda eller har gått ut. Those decided or expired too.",
    )


class JointDecisionIn(RequestModel):
    """Nothing more is said: what is approved or rejected stands in the proposal."""


class ContentOut(AnswerModel):
    """One thing that happens when the proposal is approved."""

    name: str = Field(max_length=64)
    values: list[str] = Field(max_length=1000, description="Codes, ids, days or numbers.")


class JointDecisionOut(Linked):
    """A proposal and how it stands."""

    id: Id
    matter: str = Field(
        description="new_account, roles, clearance, protection_lifted, disposal or export; more may come."
    )
    subject_kind: str
    subject_id: Id
    content: list[ContentOut] = Field(max_length=50)
    state: str = Field(description="open, approved, rejected or expired.")
    proposed_by: Id = Field(description="The account.")
    proposed_at: UtcTime
    expires_at: UtcTime
    decided_by: Id | None
    decided_at: UtcTime | None


class JointDecisionPage(Page[JointDecisionOut]):
    """A page of proposals."""


JOINT_DECISION = example_of(
    JointDecisionOut,
    {
        "id": SOME_ID,
        "matter": "roles",
        "subjectKind": "account",
        "subjectId": ANOTHER_ID,
        "content": [{"name": "version", "values": ["1"]}, {"name": "roles", "values": ["caseworker"]}],
        "state": "open",
        "proposedBy": ANOTHER_ID,
        "proposedAt": "2026-03-02T09:00:00Z",
        "expiresAt": "2026-03-16T09:00:00Z",
        "decidedBy": None,
        "decidedAt": None,
        "_links": [link_to(f"/joint-decisions/{SOME_ID}")],
    },
)
JOINT_DECISION_PAGE = example_of(
    JointDecisionPage,
    {
        "items": [JOINT_DECISION],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/joint-decisions?page=1")],
    },
)
