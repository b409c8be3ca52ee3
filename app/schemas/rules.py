"""The rulebook on the wire: what each rule asks, at which steps, and which clauses call for it."""

from typing import Any

from pydantic import Field

from app.domain.rule import Effect, Modality
from app.domain.step import Step, StepKind
from app.schemas.base import AnswerModel, Flag, Linked, example_of
from app.schemas.examples import link_to
from app.schemas.lists import Page

HERE = "/rules"


class StepOut(AnswerModel):
    """A step at which the rule is asked, and whether it may stop it: an act it may, a statement never."""

    step: Step
    kind: StepKind


class CallOut(AnswerModel):
    """A clause that calls for the rule, with the agreement's own wording, the effect and the parameters."""

    agreement_id: str
    clause_id: str
    section: str
    wording: list[str] = Field(max_length=50)
    modality: Modality
    effect: Effect
    parameters: dict[str, Any] = Field(description="Sådant parterna enats om. What the parties settled on.")


class RuleListed(Linked):
    """A rule, in a list."""

    id: str
    name: str
    chapter: str
    steps: list[StepOut] = Field(max_length=50)


class RulePage(Page[RuleListed]):
    """A page of rules, in the order of the routine."""


class RuleOut(Linked):
    """A rule: stated true, so that what it says holds when the agreement is kept."""

    id: str
    name: str
    chapter: str
    meaning: str = Field(description="Vad regeln frågar efter. What it asks; when it is kept, when broken.")
    steps: list[StepOut] = Field(max_length=50)
    is_called: Flag = Field(description="Falskt: ingen klausul kallar på den. False: it is not asked.")
    clauses: list[CallOut] = Field(max_length=200)


_STEPS = [{"step": "issue-summons", "kind": "act"}]
_LINKS = [link_to(f"{HERE}/BOK-3")]
_RULE: dict[str, Any] = {
    "id": "BOK-3",
    "name": "the_others_get_their_lead_time",
    "chapter": "Bokning – booking",
    "steps": _STEPS,
    "_links": _LINKS,
}
RULE_PAGE = example_of(
    RulePage,
    {
        "items": [_RULE],
        "_meta": {"totalRecords": 1, "page": 1, "limit": 20, "count": 1},
        "_links": [link_to(f"{HERE}?page=1")],
    },
)
RULE = example_of(
    RuleOut,
    _RULE
    | {
        "meaning": "Without the region, the lead time is about five weeks (UPP-033).",
        "isCalled": True,
        "clauses": [
            {
                "agreementId": "uppsala@2020-01-01",
                "clauseId": "UPP-033",
                "section": "Rutin: Bokningsförfarande",
                "wording": [
                    "Vid kallelse till flerpartsmöte utan vården bör framförhållningen vara ca 5 veckor."
                ],
                "modality": "bor",
                "effect": "explain",
                "parameters": {"party": "REGION", "weeks": 5},
            }
        ],
    },
)
