"""The work list on the wire."""

from pydantic import Field

from app.schemas.base import Day, Id, Linked, example_of
from app.schemas.examples import SOME_ID, link_to
from app.schemas.lists import Page


class TaskOut(Linked):
    """Something the caller's unit owes: what, by when, by which rule and clause, and what ends it."""

    code: str
    rule_id: str
    clauses: list[str] = Field(max_length=20)
    subject_kind: str
    subject_id: Id
    case_id: Id
    individual_id: Id | None = Field(description="Den egna raden för personen. One's own row for the person.")
    officer_id: Id | None
    due_on: Day
    overdue: bool
    reminded: bool = Field(description="Sant när det är dags att påminna. True when it is time to remind.")
    message: str
    remedy: str


class TaskPage(Page[TaskOut]):
    """A page of tasks, what is due first first."""


TASKS = example_of(
    TaskPage,
    {
        "items": [
            {
                "code": "CONFIRM_INVITATION",
                "ruleId": "KAL-15",
                "clauses": ["UPP-043"],
                "subjectKind": "summons",
                "subjectId": SOME_ID,
                "caseId": SOME_ID,
                "individualId": None,
                "officerId": None,
                "dueOn": "2026-03-09",
                "overdue": False,
                "reminded": True,
                "message": "Kallelsen är inte bekräftad.",
                "remedy": "Bekräfta kallelsen.",
                "_links": [link_to(f"/summonses/{SOME_ID}", "related")],
            }
        ],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to("/tasks?page=1")],
    },
)
