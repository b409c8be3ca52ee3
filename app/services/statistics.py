"""Counts without persons, to follow the agreement up (UPP-007, 008, 014, 068, 083, 119, 121 and 125).

What is under five, and what would give that back, stays in the database: here it is None from the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Any

from app.agreements.contents import AgreementFile, SigningParty
from app.db import directory
from app.db import statistics as rows
from app.domain.access import Operation
from app.domain.codes import (
    Attendance,
    ClosureReason,
    Code,
    CommitmentKind,
    DeviationType,
    FirstContactDelay,
    MeetingForm,
    NeedOutcome,
    OfferAnswer,
    ReplyKind,
    StatisticKind,
)
from app.domain.rule import Effect, Words
from app.domain.tertials import after, tertial_of
from app.errors import FieldError, NotFound, QueryInvalid
from app.services.desk import Desk
from app.services.own_agreement import SEVERAL_AGREEMENTS
from app.services.reading import Reading

PERIOD_ORDER = Words("Perioden slutar innan den börjar", "The period ends before it starts")

DETAILS: Mapping[StatisticKind, type[Code]] = MappingProxyType(
    {
        StatisticKind.NEED_ASSESSED: NeedOutcome,
        StatisticKind.FIRST_CONTACT: FirstContactDelay,
        StatisticKind.MEETING_OFFERED: OfferAnswer,
        StatisticKind.MEETING_INITIATED: MeetingForm,
        StatisticKind.SUMMONS_ANSWERED: ReplyKind,
        StatisticKind.ATTENDANCE: Attendance,
        StatisticKind.ACTION_REPORTED: CommitmentKind,
        StatisticKind.DEVIATION: DeviationType,
        StatisticKind.CASE_CLOSED: ClosureReason,
    }
)
"""The code list of what each kind of fact is counted by, where it has one."""


@dataclass(frozen=True)
class Detail:
    """What is counted apart within a kind: a code and its words."""

    code: str
    words: Words


@dataclass(frozen=True)
class PeriodCounted:
    """A period of whole thirds of a year, its first and last day, and every count in it that may be shown.

    A key is (detail, party); a sum has None for what it is taken over. Nothing is told of a running period.
    """

    starts_on: date
    ends_on: date
    is_running: bool
    counts: Mapping[tuple[str | None, str | None], int]

    @property
    def is_widened(self) -> bool:
        """Whether several thirds of a year were taken together, so that something may be shown."""
        return after(tertial_of(self.starts_on)) <= self.ends_on

    def count(self, detail: str | None, party: str | None) -> int | None:
        """A count or a sum; None where it is withheld."""
        return self.counts.get((detail, party))


@dataclass(frozen=True)
class Statistics:
    """Counts of one kind under one agreement."""

    kind: StatisticKind
    agreement_key: str
    parties: tuple[SigningParty, ...]
    details: tuple[Detail, ...]
    periods: tuple[PeriodCounted, ...]


async def counts(
    desk: Desk,
    operation: Operation,
    kind: StatisticKind,
    *,
    agreement_key: str | None,
    first: date | None,
    last: date | None,
) -> Statistics:
    """Counts of every period that has a day in common with first to last; the last year where none is said.

    The periods are the same whatever is asked, so that no two answers can
    be taken from each other. Raises NotFound for an agreement the caller's
    organisation has no place in, QueryInvalid for a period that cannot be.
    """
    last = last or desk.today
    first = first or min(last, desk.today).replace(year=min(last, desk.today).year - 1, day=1)
    if last < first:
        raise QueryInvalid(FieldError("query:to", "DATE_ORDER", PERIOD_ORDER))
    async with desk.reading(operation) as reading:
        file = await _agreement(reading, agreement_key)
        found = await rows.shown(reading.tx, file.agreement.key, kind.value, first, last)
    periods = [_period(starts, ends, part) for (starts, ends), part in groupby(found, key=_place)]
    running = tertial_of(desk.today)
    if first < after(running) and last >= running:
        periods.append(PeriodCounted(running, after(running) - timedelta(days=1), True, {}))
    return Statistics(
        kind=kind,
        agreement_key=file.agreement.key,
        parties=file.parties,
        details=_details(kind, file, periods),
        periods=tuple(periods),
    )


async def _agreement(reading: Reading, agreement_key: str | None) -> AgreementFile:
    """The agreement asked about: one that the caller's organisation has a place in, as a party or a body."""
    places = [row["agreement_key"] for row in await directory.memberships(reading.tx, reading.me)]
    keys = [key for key in places if agreement_key in (None, key)]
    if len(keys) > 1:
        raise QueryInvalid(FieldError("query:agreementKey", "MISSING", SEVERAL_AGREEMENTS))
    file = reading.house.agreements.applying(keys[0], reading.today) if keys else None
    if file is None:
        raise NotFound
    return file


def _place(row: Any) -> tuple[date, date]:
    return row["starts_on"], row["ends_before"]


def _period(starts_on: date, ends_before: date, part: Iterable[Any]) -> PeriodCounted:
    told = {(row["detail"], row["party"]): row["n"] for row in part if row["n"] is not None}
    return PeriodCounted(starts_on, ends_before - timedelta(days=1), False, told)


def _details(
    kind: StatisticKind, file: AgreementFile, periods: Iterable[PeriodCounted]
) -> tuple[Detail, ...]:
    """Everything a kind is counted by, also what has never occurred: that it has is told by numbers alone."""
    listed = {one.value: Words(one.sv, one.en) for one in DETAILS.get(kind, ())}
    if kind is StatisticKind.EXPLANATION:
        holders = (holder for clause in file.agreement.clauses for holder in clause.rule_holders)
        explained = {one.rule_id for one in holders if one.effect is Effect.EXPLAIN}
        listed = {rule_id: Words(rule_id, rule_id) for rule_id in sorted(explained)}
    told = sorted({detail for period in periods for detail, _ in period.counts if detail is not None})
    listed |= {one: Words(one, one) for one in told if one not in listed}
    return tuple(Detail(code, words) for code, words in listed.items())
