"""Getting hold of what a use case is about: seen or NotFound, the caller's or NotAllowed, then the whole
picture.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db import cases, individuals, visible
from app.db.facts import Asking, Found, case_as_seen, case_for_change
from app.domain.access import Relation
from app.domain.agreement import Agreement
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Acting
from app.domain.facts.meeting import Meeting
from app.domain.facts.picture import MeetingAtHand
from app.errors import InvalidTransition, NotFound, VersionStale
from app.services.decision import Decision
from app.services.reading import Reading


@dataclass(frozen=True)
class MeetingFound:
    """A meeting of the caller's, in the picture of its case."""

    found: Found
    meeting: Meeting
    version: int
    individual_id: UUID

    @property
    def picture(self) -> MeetingAtHand:
        """The meeting as it is, for a step that changes nothing in it."""
        return MeetingAtHand(self.found.case, self.meeting)


def asking(work: Reading, *named: UUID) -> Asking:
    """What a picture needs beside the rows: the instant, the days off, who acts, the agreements."""
    mine = work.assignment
    return Asking(
        now=work.now,
        calendar=work.house.calendar,
        acting=Acting(mine.organisation_id, mine.unit_id, mine.officer_id),
        agreement=lambda agreement_id: agreement_by_id(work, agreement_id),
        named=named,
    )


def agreement_by_id(work: Reading, agreement_id: str) -> Agreement:
    """The agreement version a case runs under. An installation that has lost one cannot go on."""
    file = work.house.agreements.get(agreement_id)
    if file is None:
        raise LookupError(agreement_id)
    return file.agreement


async def own_case(
    work: Reading, case_id: UUID, *named: UUID, version: int | None = None, to_change: bool = True
) -> Found:
    """A case of the caller's unit, complete; locked when it is to be changed.

    `named` are organisations the request speaks of that the case may not have to do with yet. Raises
    NotFound, and VersionStale where `version` is given and is not the present one.
    """
    if await cases.for_use(work.tx, case_id, all_units=work.all_units) is None:
        raise NotFound
    work.entitle(Relation.OWN_UNIT)
    door = case_for_change if to_change else case_as_seen
    found = await door(work.tx, work.me, case_id, asking(work, *named))
    _demand(version, found.row.version, work)
    return found


async def open_case(work: Reading, case_id: UUID, *named: UUID, version: int | None = None) -> Found:
    """A case of the caller's unit that goes on, locked. Raises InvalidTransition for one that is closed."""
    found = await own_case(work, case_id, *named, version=version)
    if not isinstance(found.case.closure, NotYet) and not _answered(work):
        raise InvalidTransition
    return found


async def own_meeting(
    work: Reading, meeting_id: UUID, *named: UUID, version: int | None = None, to_change: bool = True
) -> MeetingFound:
    """A meeting of the caller's unit with the picture of its case.

    Raises NotFound where it is not seen, NotAllowed where it is another's, VersionStale where `version` is
    given and
    is not the present one.
    """
    row = await visible.meeting(work.tx, meeting_id, all_units=work.all_units)
    if row is None:
        raise NotFound
    if row["org_id"] != work.me:
        work.entitle(Relation.SHOWN)
        raise NotFound  # an operation open to those it was shown to does not come here
    if not (work.all_units or row["unit_id"] == work.assignment.unit_id):
        raise NotFound
    work.entitle(Relation.OWN_UNIT)
    door = case_for_change if to_change else case_as_seen
    found = await door(work.tx, work.me, row["case_id"], asking(work, *named))
    meeting, stored = found.case.meeting(meeting_id), found.row.meeting(meeting_id)
    if stored is None or isinstance(meeting, NotYet):
        raise NotFound
    _demand(version, stored.version, work)
    return MeetingFound(found, meeting, stored.version, stored.individual_id)


def _demand(version: int | None, present: int, work: Reading) -> None:
    """Raises VersionStale for another version than the present one, unless the request was answered before:
    then its own effect has moved the version on.
    """
    if version is not None and version != present and not _answered(work):
        raise VersionStale


def _answered(work: Reading) -> bool:
    """Whether the request was answered before: then only permission is asked again."""
    return isinstance(work, Decision) and work.answered is not None


async def individual_row(work: Reading, individual_id: UUID) -> Any:
    """The individual's row, to be opened by the use case. Raises NotFound."""
    row = await individuals.for_use(work.tx, individual_id, all_units=work.all_units)
    if row is None:
        raise NotFound
    return row


def birth_date(work: Reading, individual: Any) -> date | None:
    """The individual's birth date, unsealed."""
    born = work.open("individual", individual, "birth_date_sealed")
    return date.fromisoformat(born) if born else None
