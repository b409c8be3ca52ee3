"""The rulebook: what each rule asks, when, and which clauses call for it."""

import dataclasses
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic.alias_generators import to_camel

from app.agreements.pages import CHAPTERS
from app.deps import Links, TheDesk
from app.domain.rule import Rule
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.operation import operation
from app.schemas.rules import RULE, RULE_PAGE, CallOut, RuleListed, RuleOut, RulePage, StepOut
from app.services import agreements as service
from app.services.agreements import Call

router = APIRouter(tags=["agreements"])

RuleId = Annotated[str, Path(alias="ruleId", max_length=10, examples=["BOK-3"])]


@router.get(
    "/rules",
    **operation("listRules", sv="Lista reglerna.", en="List the rules.", answer=RULE_PAGE),
)
async def list_rules(query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links) -> RulePage:
    """In the order of the routine."""
    found = service.list_rules(desk)
    shown = found[query.offset : query.offset + query.limit]
    return RulePage(
        items=[
            RuleListed(
                id=one.id,
                name=one.name,
                chapter=_chapter(one),
                steps=_steps(one),
                links=[links("self", f"/rules/{one.id}")],
            )
            for one in shown
        ],
        meta=page_meta(query, len(shown), len(found)),
        links=page_links(
            links.url("/rules"), query, more=follows(query, len(shown), len(found)), total=len(found)
        ),
    )


@router.get(
    "/rules/{ruleId}",
    **operation(
        "readRule",
        sv="Läs en regel: vad den frågar efter, när, och vilka klausuler som kallar på den.",
        en="Read a rule: what it asks, when, and which clauses call for it.",
        answer=RULE,
    ),
)
async def read_rule(rule_id: RuleId, desk: TheDesk, links: Links) -> RuleOut:
    """The id is the one that stands in every finding."""
    rule, calls = service.read_rule(desk, rule_id)
    agreements = dict.fromkeys(call.file.agreement.id for call in calls)
    return RuleOut(
        id=rule.id,
        name=rule.name,
        chapter=_chapter(rule),
        meaning=rule.doc,
        steps=_steps(rule),
        is_called=bool(calls),
        clauses=[_call(call) for call in calls],
        links=[
            links("self", f"/rules/{rule.id}"),
            *(links("agreement", f"/agreements/{one}") for one in agreements),
        ],
    )


def _chapter(rule: Rule) -> str:
    return CHAPTERS[rule.id.partition("-")[0]]


def _steps(rule: Rule) -> list[StepOut]:
    return [StepOut(step=step, kind=step.kind) for step in sorted(rule.steps)]


def _call(call: Call) -> CallOut:
    return CallOut(
        agreement_id=call.file.agreement.id,
        clause_id=call.clause.id,
        section=call.clause.section,
        wording=list(call.clause.quotes),
        modality=call.clause.modality,
        effect=call.holder.effect,
        parameters=_parameters(call.holder.parameters),
    )


def _parameters(parameters: Any) -> dict[str, Any]:
    """The parameters by their names, as JSON has them."""
    return {to_camel(name): _json(value) for name, value in dataclasses.asdict(parameters).items()}


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_json(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(_json(one) for one in value)
    return value.value if isinstance(value, StrEnum) else value
