"""My work: what the caller's unit owes now, derived from its cases each time. Nothing of it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.db import tasks as rows
from app.db.facts import CaseKey, Revision, cases_as_seen, revisions
from app.db.reading import Shown
from app.domain.access import Operation
from app.domain.codes import SubjectKind
from app.domain.facts.basics import Unknown
from app.domain.tasks import Task
from app.services.at_hand import asking
from app.services.desk import Desk
from app.services.owed_before import Owed
from app.services.reading import Reading
from app.services.sight import UNKNOWN, sights_of_cases

READ_TOGETHER = 10
"""Cases in one statement: enough to save round trips, few enough that others are served in between."""

_SHOWN = {SubjectKind.MEETING, SubjectKind.SUMMONS, SubjectKind.PLAN, SubjectKind.ACTION}
"""What an act shows, or sends: the rest is the caller's own, or the consent that covers it."""


@dataclass(frozen=True)
class TaskShown:
    """A task, and the case and person it is about as far as the caller may know them."""

    task: Task
    case_holder: UUID
    case_id: UUID
    individual_id: UUID | None
    officer_id: UUID | None


async def work_list(desk: Desk, *, limit: int, offset: int) -> tuple[list[TaskShown], int]:
    """A page of what the caller's unit owes, what is due first first, and how much there is.

    A task whose unit is not known lies with every unit of the organisation. Everybody shown is logged.
    """
    async with desk.reading(Operation.LIST_TASKS) as reading:
        found = await _recalled(reading)
        if len(found.unread) <= READ_TOGETHER:
            return await _page(reading, found, limit, offset)
    await _catch_up(desk, found.unread)
    async with desk.reading(Operation.LIST_TASKS) as reading:
        return await _page(reading, await _recalled(reading), limit, offset)


@dataclass(frozen=True)
class _Recalled:
    """What is known of cases without reading them, and which must be read, all at these revisions."""

    owed: dict[CaseKey, Owed]
    unread: list[CaseKey]
    revisions: dict[CaseKey, Revision]


async def _recalled(reading: Reading, among: Sequence[CaseKey] | None = None) -> _Recalled:
    """Of those cases, or all that the unit may owe something in: as many as the caller may see now."""
    before = reading.house.owed_before
    keys = among or await rows.cases_to_look_at(reading.tx, all_units=reading.all_units)
    now_at = await revisions(reading.tx, keys)
    recalled = {
        key: before.recall(reading.me, key, revision, reading.today, reading.now)
        for key, revision in now_at.items()
    }
    owed = {key: one for key, one in recalled.items() if one is not None}
    return _Recalled(owed, [key for key in now_at if key not in owed], now_at)


async def _page(reading: Reading, found: _Recalled, limit: int, offset: int) -> tuple[list[TaskShown], int]:
    """The page itself, once everything that has changed is read."""
    owed = [
        TaskShown(task, *key, one.individual_id, _officer(task))
        for key, one in (found.owed | await _looked_at(reading, found)).items()
        for task in one.tasks
        if reading.all_units
        or isinstance(task.desk.unit_id, Unknown)
        or task.desk.unit_id == reading.assignment.unit_id
    ]
    owed = await _of_what_is_known(reading, owed)
    owed.sort(key=lambda one: (one.task.due, one.task.rule_id, one.task.subject.id))
    page = owed[offset : offset + limit]
    cases = dict.fromkeys((one.case_holder, one.case_id) for one in page)
    await reading.log_shown(*(Shown("case", holder, case_id, case_id) for holder, case_id in cases))
    sights = await sights_of_cases(reading, cases)
    await reading.commit()
    return [
        replace(one, officer_id=sights.get((one.case_holder, one.case_id), UNKNOWN).of(one.officer_id))
        for one in page
    ], len(owed)


async def _of_what_is_known(reading: Reading, owed: list[TaskShown]) -> list[TaskShown]:
    """Without what is about a thing of another's that the caller may not know of, or no longer: a letter that
    goes on being shown does not bring along the plan that consent was withdrawn from.
    """
    others = {
        (one.task.subject.kind.value, one.case_holder, one.task.subject.id, one.case_id)
        for one in owed
        if _is_of_others(one, reading.me)
    }
    known = await rows.known(reading.tx, others)
    return [one for one in owed if not _is_of_others(one, reading.me) or one.task.subject.id in known]


def _is_of_others(shown: TaskShown, me: UUID) -> bool:
    """Whether the task is about a thing that another organisation has shown, or sent."""
    return shown.case_holder != me and shown.task.subject.kind in _SHOWN


def _officer(task: Task) -> UUID | None:
    """With whom in the unit the task lies, where that is known."""
    return None if isinstance(task.desk.officer_id, Unknown) else task.desk.officer_id


async def _catch_up(desk: Desk, unread: Sequence[CaseKey]) -> None:
    """Look at what has changed before the list is made, a few cases at a time.

    One list after the other: the first lists of a day read hundreds of cases each, and would keep every
    connection and each other waiting. Nobody is shown anything yet, so nothing is logged.
    """
    async with desk.house.owed_before.one_at_a_time:
        for start in range(0, len(unread), READ_TOGETHER):
            async with desk.reading(Operation.LIST_TASKS) as reading:
                part = await _recalled(reading, unread[start : start + READ_TOGETHER])
                await _looked_at(reading, part)


async def _looked_at(reading: Reading, found: _Recalled) -> dict[CaseKey, Owed]:
    """What the caller's organisation owes in the cases that must be read; what others owe is not its."""
    before = reading.house.owed_before
    owed = {}
    for one in await cases_as_seen(reading.tx, found.unread, asking(reading)):
        key = one.case.holder, one.case.id
        owed[key] = before.look(reading.me, one, found.revisions[key])
    return owed
