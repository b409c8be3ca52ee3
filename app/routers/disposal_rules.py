"""An organisation's disposal rules, and what falls under them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app.deps import Key, Links, ReadersLanguage, TheDesk
from app.domain.disposal import Keeping
from app.routers.joint_decisions import proposed
from app.schemas.base import ReceiptOut
from app.schemas.disposals import (
    DISPOSAL_NEW,
    PREVIEW,
    RULE,
    RULE_NEW,
    RULE_PAGE,
    DisposalIn,
    DisposalPreviewOut,
    DisposalRuleIn,
    DisposalRuleOut,
    DisposalRulePage,
    DueOut,
    DueQuery,
)
from app.schemas.links import LinkMaker
from app.schemas.lists import ListQuery, follows, page_links, page_meta
from app.schemas.operation import act, operation
from app.services import disposal_rules as service
from app.services import disposals
from app.services.disposal_rules import RuleShown, RuleWritten
from app.services.paging import Paging

router = APIRouter(tags=["disposals"])

RuleId = Annotated[UUID, Path(alias="disposalRuleId")]


@router.get(
    "/disposal-rules",
    **operation(
        "listDisposalRules",
        sv="Lista den egna organisationens gallringsregler.",
        en="List one's own organisation's disposal rules.",
        answer=RULE_PAGE,
    ),
)
async def list_disposal_rules(
    query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links
) -> DisposalRulePage:
    """Present, past and coming ones."""
    found = await service.list_own(desk, Paging(query.limit, query.offset))
    more = follows(query, len(found.items), found.total)
    return DisposalRulePage(
        items=[_out(one, links) for one in found.items],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(links.url("/disposal-rules"), query, more=more, total=found.total),
    )


@router.get(
    "/disposal-rules/{disposalRuleId}",
    **operation("readDisposalRule", sv="Läs en gallringsregel.", en="Read a disposal rule.", answer=RULE),
)
async def read_disposal_rule(rule_id: RuleId, desk: TheDesk, links: Links) -> DisposalRuleOut:
    """Of one's own organisation; nobody else's are seen."""
    return _out(await service.read(desk, rule_id), links)


@router.post(
    "/disposal-rules",
    **act(
        "addDisposalRule",
        sv="Skriv in en gallringsregel ur ett beslut; den senaste i kraft gäller för sitt slag.",
        en="Write down a disposal rule from a decision; the latest in force counts for its kind.",
        body=RULE_NEW,
    ),
)
async def add_disposal_rule(
    rule: DisposalRuleIn, desk: TheDesk, key: Key, links: Links, language: ReadersLanguage, response: Response
) -> ReceiptOut:
    """Never changed afterwards: a newer rule takes its place."""
    written = RuleWritten(
        kind=rule.kind,
        event=rule.event,
        keeping=None if rule.months is None else Keeping(rule.months, rule.from_year_end),
        decision=rule.decision,
        statute=rule.statute,
        in_force_from=rule.in_force_from,
    )
    done = await service.add(desk, key, written)
    here = f"/disposal-rules/{done.id}"
    response.headers["Location"] = links.url(here)
    return ReceiptOut.of(done, language, links("self", here))


@router.get(
    "/disposal-rules/{disposalRuleId}/preview",
    **operation(
        "previewDisposal",
        sv="Se vad som omfattas av en gallringsregel en viss dag: antal och id, ingenting om någon person.",
        en="See what falls under a disposal rule on a day: counts and ids, nothing about anybody.",
        answer=PREVIEW,
    ),
)
async def preview_disposal(
    rule_id: RuleId, query: Annotated[DueQuery, Query()], desk: TheDesk, links: Links
) -> DisposalPreviewOut:
    """Nothing is disposed of by looking."""
    told = await service.preview(desk, rule_id, query.on_day, Paging(query.limit, query.offset))
    found = told.page
    more = follows(query, len(found.items), found.total)
    url = links.url(f"/disposal-rules/{rule_id}/preview")
    return DisposalPreviewOut(
        rule_id=told.rule_id,
        on_day=told.on_day,
        items=[
            DueOut(id=one.id, organisation_id=one.organisation_id, event_on=one.event_on, due_on=one.due_on)
            for one in found.items
        ],
        meta=page_meta(query, len(found.items), found.total),
        links=page_links(url, query, more=more, total=found.total),
    )


@router.post(
    "/disposal-rules/{disposalRuleId}/disposals",
    **act(
        "proposeDisposal",
        sv="Föreslå att något gallras enligt regeln; det sker när en annan person godkänner.",
        en="Propose that something be disposed of under the rule; it happens when another person approves.",
        body=DISPOSAL_NEW,
    ),
)
async def propose_disposal(
    rule_id: RuleId,
    disposal: DisposalIn,
    desk: TheDesk,
    key: Key,
    links: Links,
    language: ReadersLanguage,
    response: Response,
) -> ReceiptOut:
    """Nothing is disposed of by one."""
    done = await disposals.propose_disposal(desk, key, rule_id, tuple(disposal.item_ids))
    return proposed(done, links, language, response)


def _out(shown: RuleShown, links: LinkMaker) -> DisposalRuleOut:
    here, written = f"/disposal-rules/{shown.id}", shown.written
    return DisposalRuleOut(
        id=shown.id,
        kind=written.kind,
        event=written.event,
        months=written.keeping.months if written.keeping else None,
        from_year_end=written.keeping.from_year_end if written.keeping else False,
        decision=written.decision,
        statute=written.statute,
        in_force_from=written.in_force_from,
        recorded_at=shown.recorded_at,
        links=[
            links("self", here),
            links("preview", f"{here}/preview"),
            links("disposals", f"{here}/disposals", "POST"),
        ],
    )
