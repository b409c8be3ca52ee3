"""The plan as people read it: goals, actions under whoever answers for them, who has approved."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from app.agreements.contents import Template
from app.documents.document import Document, Section
from app.documents.plan_text import Action, Owner, PlanText
from app.documents.swedish import MONTHS

NO_NUMBER = "Personnummer finns inte"
TWELVE_DIGITS = 12


@dataclass(frozen=True)
class PlanCopy(Document):
    """The plan as handed out: the document, and beside it the version it was rendered from."""

    plan: PlanText

    def to_json(self) -> str:
        """The copy as it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The copy that was sealed."""
        document = Document.from_json(text)
        plan = PlanText.of(json.loads(text)["plan"])
        return cls(title=document.title, to=document.to, sections=document.sections, plan=plan)


def plan_document(
    plan: PlanText, to: tuple[str, ...], approved_by: Iterable[str], template: Template
) -> PlanCopy:
    """One reader's copy by the agreement's template (UPP-055, 060–064, 120).

    Raises KeyError when the template lacks its purpose or its notice.
    """
    wording = plan.wording
    sections = (
        Section("", (template.text("purpose"),)),
        Section("Gällande", (plan.person_name, _number(plan.identity_number))),
        Section("Flerpartsmöte", (day(plan.held_on),) if plan.held_on else ()),
        Section("Version", (_version(plan),)),
        Section("Mål och delmål", tuple(_goal_lines(plan))),
        *(Section(f"Åtgärder: {name}", lines) for name, lines in _by_owner(wording.actions)),
        Section("Planen följs upp", (day(wording.follow_up_on),) if wording.follow_up_on else ()),
        Section("Godkänd av", tuple(approved_by)),
        Section("", (template.text("notice"),)),
    )
    return PlanCopy(template.name, to, tuple(one for one in sections if any(one.lines)), plan)


def owners_in_order(actions: Iterable[Action]) -> list[tuple[Owner, list[Action]]]:
    """The actions under whoever answers for them, the individual first (UPP-062)."""
    groups: dict[Owner, list[Action]] = {}
    for action in actions:
        if action.owner:
            groups.setdefault(action.owner, []).append(action)
    return sorted(groups.items(), key=lambda group: group[0].organisation_id is not None)


def day(moment: date) -> str:
    """`13 april 2026`."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _number(number: str | None) -> str:
    if number is None:
        return NO_NUMBER
    written = f"{number[:8]}-{number[8:]}" if len(number) == TWELVE_DIGITS and number.isdigit() else number
    return f"Personnummer: {written}"


def _version(plan: PlanText) -> str:
    return f"{plan.number}, föreslagen {day(plan.proposed_on)}"


def _goal_lines(plan: PlanText) -> Iterable[str]:
    for goal in plan.wording.goals:
        yield goal.text
        for sub in goal.sub_goals:
            yield f"– {sub.text}"


def _by_owner(actions: Iterable[Action]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for owner, own in owners_in_order(actions):
        yield owner.name, tuple(_action_line(one) for one in own)


def _action_line(action: Action) -> str:
    performed = f", utförs av {action.performed_by}" if action.performed_by else ""
    return f"{action.text} ({action.kind.sv}{performed}, senast {day(action.due_on)})"
