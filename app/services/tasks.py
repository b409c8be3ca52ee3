"""My work: what the caller's unit owes now, read from its cases each time. Nothing of it is stored."""

from dataclasses import dataclass
from uuid import UUID

from app.db.facts import Found, cases_as_seen
from app.db.tasks import cases_to_look_at
from app.domain.access import Operation
from app.domain.facts.basics import Unknown
from app.domain.tasks import Task, tasks
from app.services.at_hand import asking
from app.services.desk import Desk
from app.services.reading import Reading


@dataclass(frozen=True)
class TaskShown:
    """A task, and the case and person it is about as far as the caller may know them."""

    task: Task
    case_holder: UUID
    case_id: UUID
    individual_id: UUID | None


async def work_list(desk: Desk, *, limit: int, offset: int) -> tuple[list[TaskShown], int]:
    """A page of what the caller's unit owes, what is due first first, and how much there is.

    A task whose unit is not known lies with every unit of the organisation. Everybody shown is logged.
    """
    async with desk.reading(Operation.LIST_TASKS) as reading:
        keys = await cases_to_look_at(reading.tx, all_units=reading.all_units)
        found = await cases_as_seen(reading.tx, keys, asking(reading))
        owed = [
            shown
            for one in found
            for shown in _of_case(reading, one)
            if reading.all_units
            or isinstance(shown.task.desk.unit_id, Unknown)
            or shown.task.desk.unit_id == reading.assignment.unit_id
        ]
        owed.sort(key=lambda one: (one.task.due, one.task.rule_id, one.task.subject.id))
        page = owed[offset : offset + limit]
        for holder, case_id, individual_id in dict.fromkeys(
            (one.case_holder, one.case_id, one.individual_id) for one in page
        ):
            await reading.log_shown("case", case_id, individual_id, item_org=holder)
        await reading.commit()
        return page, len(owed)


def _of_case(reading: Reading, found: Found) -> list[TaskShown]:
    """What the caller's organisation owes in one case; what others owe is the holder's to see, elsewhere."""
    own = found.case.holder == reading.me
    return [
        TaskShown(task, found.case.holder, found.case.id, found.row.individual_id if own else None)
        for task in tasks(found.case, found.agreement)
        if task.organisation_id == reading.me
    ]
