"""What cases were found to owe, kept for as long as looking again would find the same.

A work list is made of many cases, most of which nothing has happened in since it was last read. What a case
owes is computed from its picture, so it is the same while the picture is: the same rows, the same directory
(both told by the gate's revision), the same day, and no consent that has begun or ended meanwhile. A case
that another organisation's has to do with is not kept. Whether the caller may see the case at all is asked of
the gate each time, and never remembered.
"""

from asyncio import Semaphore
from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from app.db.facts import CaseKey, Found, Revision
from app.domain.tasks import Task, tasks

CASES_KEPT: Final = 50_000
"""Some 2 kB each: what a process keeps of the open cases of a large region."""

_EVER: Final = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True)
class Owed:
    """What one organisation owes in one case, and whom the case is about where it is that organisation's."""

    tasks: tuple[Task, ...]
    individual_id: UUID | None


@dataclass(frozen=True)
class _Kept:
    owed: Owed
    revision: Revision
    day: date
    since: datetime
    until: datetime

    def holds(self, revision: Revision, day: date, now: datetime) -> bool:
        """Whether looking at the case now would find the same."""
        return (self.revision, self.day) == (revision, day) and self.since <= now < self.until


class OwedBefore:
    """One process's memory of what cases owed; what has not been asked for the longest is forgotten first."""

    def __init__(self, most: int = CASES_KEPT) -> None:
        self.one_at_a_time = Semaphore(1)
        self._kept: OrderedDict[tuple[UUID, CaseKey], _Kept] = OrderedDict()
        self._most = most

    def recall(
        self, organisation_id: UUID, key: CaseKey, revision: Revision, day: date, now: datetime
    ) -> Owed | None:
        """What the organisation owes in the case, if that was found before and still holds."""
        kept = self._kept.get((organisation_id, key))
        if kept is None or not kept.holds(revision, day, now):
            return None
        self._kept.move_to_end((organisation_id, key))
        return kept.owed

    def look(self, organisation_id: UUID, found: Found, revision: Revision) -> Owed:
        """What the organisation owes in a case that has been read, at that revision or a later one."""
        case = found.case
        owed = Owed(
            tasks=tuple(
                one for one in tasks(case, found.agreement) if one.organisation_id == organisation_id
            ),
            individual_id=found.row.individual_id if case.holder == organisation_id else None,
        )
        if case.reaches_elsewhere:
            return owed
        since, until = _between(case.turning_points, case.now)
        place = (organisation_id, (case.holder, case.id))
        self._kept[place] = _Kept(owed, revision, case.as_of, since, until)
        self._kept.move_to_end(place)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return owed


def _between(moments: tuple[datetime, ...], now: datetime) -> tuple[datetime, datetime]:
    """The last of the moments that has come, and the first that has not."""
    line = (_EVER[0], *sorted(moments), _EVER[1])
    place = bisect_right(line, now)
    return line[place - 1], line[place]
