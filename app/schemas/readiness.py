"""Readiness for a step: what stands in the way, who can mend it, and the earliest day."""

from typing import Any, Literal, Self

from pydantic import Field

from app.domain.booking import EarliestDate
from app.domain.codes import MeetingStatus
from app.domain.facts.basics import TheOrganisation
from app.domain.judgement import Finding
from app.domain.tasks import Task
from app.errors import Language, finding_to_json, said
from app.schemas.base import AnswerModel, Day, FindingOut, Id, Linked, RequestModel, example_of
from app.schemas.examples import SOME_ID, link_to

MeetingStep = Literal[
    "prepare-meeting",
    "book-meeting",
    "issue-summons",
    "issue-invitation",
    "reschedule-meeting",
    "cancel-meeting",
    "open-meeting",
    "conclude-meeting",
    "report-at-follow-up",
    "decide-follow-up",
]


class MeetingReadinessQuery(RequestModel):
    """For which step."""

    step: MeetingStep = Field(description="Steget det frågas om. The step that is asked about.")


class OwedFindingOut(FindingOut):
    """A breach, and whoever can mend it: an organisation, or the individual where there is none."""

    owed_by_organisation_id: Id | None

    @classmethod
    def owed(cls, finding: Finding, language: Language) -> Self:
        """The finding in the reader's language, with whoever owes its remedy."""
        owner = finding.owed_by
        return cls.model_validate(
            finding_to_json(finding, language)
            | {"owedByOrganisationId": owner.id if isinstance(owner, TheOrganisation) else None}
        )


class LeadTimeOut(AnswerModel):
    """Why no earlier: so many weeks from a day, by these clauses."""

    rule_id: str
    clauses: list[str] = Field(max_length=20)
    weeks: int
    counted_from: Day
    earliest: Day


class DayOffOut(AnswerModel):
    """A day on which authorities are closed."""

    day: Day
    name: str


class EarliestOut(AnswerModel):
    """The first day that needs no reason; days off are information, the agreement counts every day alike."""

    day: Day
    first_working_day: Day
    days_off: list[DayOffOut] = Field(max_length=50)
    reasons: list[LeadTimeOut] = Field(max_length=20)

    @classmethod
    def of(cls, earliest: EarliestDate) -> Self:
        """The day, and why."""
        return cls(
            day=earliest.day,
            first_working_day=earliest.first_working_day,
            days_off=[DayOffOut(day=one.day, name=one.name) for one in earliest.days_off],
            reasons=[
                LeadTimeOut(
                    rule_id=one.rule_id,
                    clauses=list(one.clause_ids),
                    weeks=one.weeks,
                    counted_from=one.counted_from,
                    earliest=one.earliest,
                )
                for one in earliest.reasons
            ],
        )


class OwedTaskOut(AnswerModel):
    """What an organisation owes about the meeting, by when, and what ends it."""

    rule_id: str
    clauses: list[str] = Field(max_length=20)
    code: str
    organisation_id: Id
    due_on: Day
    overdue: bool
    message: str
    remedy: str

    @classmethod
    def of(cls, task: Task, language: Language) -> Self:
        """The task in the reader's language."""
        return cls(
            rule_id=task.rule_id,
            clauses=list(task.clause_ids),
            code=task.code,
            organisation_id=task.organisation_id,
            due_on=task.due,
            overdue=task.is_overdue,
            message=said(task.message, language),
            remedy=said(task.remedy, language),
        )


class MeetingReadinessOut(Linked):
    """What the agreement would answer if the step were taken now.

    `canBeTaken` says whether the step exists from the state the meeting is in; `isReady`, whether the
    agreement lets it through without a reason. What is in `toExplain` takes a reason.
    """

    step: str
    status: MeetingStatus
    can_be_taken: bool
    is_ready: bool
    missing: list[OwedFindingOut] = Field(max_length=200)
    to_explain: list[OwedFindingOut] = Field(max_length=200)
    remarks: list[OwedFindingOut] = Field(max_length=200)
    earliest: EarliestOut | None = Field(description="Null för steg som inte bestämmer en tid. For no time.")
    tasks: list[OwedTaskOut] = Field(max_length=200)


_FINDING: dict[str, Any] = {
    "ruleId": "FOR-1",
    "clauseId": "UPP-025",
    "clauses": ["UPP-025"],
    "effect": "refuse",
    "code": "NOT_PREPARED_WITH_INDIVIDUAL",
    "pointer": "/preparation",
    "message": "Mötet är inte förberett tillsammans med individen.",
    "wording": "Medarbetaren ska förbereda mötet tillsammans med individen och kalla berörda.",
    "remedy": "Förbered mötet tillsammans med individen och anteckna det.",
    "owedByOrganisationId": SOME_ID,
}
MEETING_READINESS = example_of(
    MeetingReadinessOut,
    {
        "step": "issue-summons",
        "status": "scheduled",
        "canBeTaken": True,
        "isReady": False,
        "missing": [_FINDING],
        "toExplain": [],
        "remarks": [],
        "earliest": {
            "day": "2026-04-06",
            "firstWorkingDay": "2026-04-07",
            "daysOff": [{"day": "2026-04-06", "name": "Annandag påsk"}],
            "reasons": [
                {
                    "ruleId": "BOK-3",
                    "clauses": ["UPP-033"],
                    "weeks": 5,
                    "countedFrom": "2026-03-02",
                    "earliest": "2026-04-06",
                }
            ],
        },
        "tasks": [],
        "_links": [link_to(f"/meetings/{SOME_ID}/readiness?step=issue-summons")],
    },
)
