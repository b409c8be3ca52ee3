"""The work list of the caller's unit."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.deps import Links, ReadersLanguage, TheDesk
from app.domain.codes import SubjectKind
from app.schemas.links import LinkMaker
from app.schemas.lists import COUNTED_TO, ListQuery, page_links, page_meta
from app.schemas.operation import operation
from app.schemas.tasks import TASKS, TaskOut, TaskPage
from app.services import tasks as service
from app.services.tasks import TaskShown

router = APIRouter(tags=["me"])

WHERE = {
    SubjectKind.CASE: "cases",
    SubjectKind.CONSENT: "consents",
    SubjectKind.MEETING: "meetings",
    SubjectKind.SUMMONS: "summonses",
    SubjectKind.PLAN: "plans",
    SubjectKind.ACTION: "actions",
    SubjectKind.DEVIATION: "deviations",
    SubjectKind.ORGANISATION: "organisations",
}


@router.get(
    "/tasks",
    **operation(
        "listTasks",
        sv="Vad enheten är skyldig att göra nu, det som brådskar först.",
        en="What the unit owes now, what is due first first.",
        answer=TASKS,
    ),
)
async def list_tasks(
    query: Annotated[ListQuery, Query()], desk: TheDesk, links: Links, language: ReadersLanguage
) -> TaskPage:
    """Derived from the cases each time: a task ends when its cause does."""
    found, total = await service.work_list(desk, limit=query.limit, offset=query.offset)
    more = query.offset + len(found) < total
    told = total if total <= COUNTED_TO else None
    return TaskPage(
        items=[_out(one, links, language) for one in found],
        meta=page_meta(query, len(found), told),
        links=page_links(links.url("/tasks"), query, more=more, total=told),
    )


def _out(shown: TaskShown, links: LinkMaker, language: ReadersLanguage) -> TaskOut:
    task = shown.task
    kind = WHERE.get(task.subject.kind, "cases")
    return TaskOut(
        code=task.code,
        rule_id=task.rule_id,
        clauses=list(task.clause_ids),
        subject_kind=task.subject.kind.value,
        subject_id=task.subject.id,
        case_id=shown.case_id,
        individual_id=shown.individual_id,
        officer_id=shown.officer_id,
        due_on=task.due,
        overdue=task.is_overdue,
        reminded=task.is_reminded,
        message=getattr(task.message, language),
        remedy=getattr(task.remedy, language),
        links=[links("related", f"/{kind}/{task.subject.id}")],
    )
