"""Managers go through who has read, again and again (PDL 4:3, SFB 114:13): a sample drawn by chance, readings
without relation to the person, days that stand out; and each review is kept.

A review names the readers and their units. So of a protected person it does not say who that is: both would
tell which office acts for them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db import log_reviews as rows
from app.db.ids import new_id
from app.db.reading import Shown
from app.db.tables.records import LogReview
from app.domain.access import Operation, Relation
from app.domain.calendar import stockholm_end_of
from app.domain.codes import ReviewOutcome
from app.domain.log_review import DayOfReading, UnusualDay, unusual_days
from app.domain.rule import Words
from app.errors import FieldFault, NotFound, QueryInvalid, Unprocessable
from app.services.dates import DATE_ORDER, in_order, not_ahead
from app.services.decision import RequestKey
from app.services.desk import Desk
from app.services.log_reviews_sight import about, sights_of_readings
from app.services.officers import demand_own_unit
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt
from app.services.sight import Sight

MOST_DAYS = 92
"""How long a period is looked at in one review."""
LOOKS_BACK = timedelta(days=31)
"""How long before the period what is usual is taken from."""
MOST_UNUSUAL = 100

TOO_LONG = FieldFault(
    "PERIOD_TOO_LONG",
    Words("Perioden får vara högst 92 dagar", "The period may be 92 days at most"),
)
NOTE_MISSING = FieldFault("MISSING", Words("Skriv vad som kom fram", "Write what was found"))


@dataclass(frozen=True)
class Reviewed:
    """The days (Stockholm) that are gone through, both among them, and the unit; None for all units."""

    first_day: date
    last_day: date
    unit_id: UUID | None


@dataclass(frozen=True)
class WhoRead:
    """An account of the own organisation, whose it is, and the unit it acted for."""

    account_id: UUID
    officer_name: str | None
    function: str | None
    unit_id: UUID
    unit_name: str | None


@dataclass(frozen=True)
class ReadingDrawn:
    """One reading of the sample; about a protected person without whom, except for the cleared."""

    who: WhoRead
    operation: str
    recorded_at: datetime
    of_protected: bool
    item_kind: str
    item_id: UUID | None
    case_id: UUID | None
    individual_id: UUID | None


@dataclass(frozen=True)
class Unrelated:
    """An account has read about somebody with whom its unit has nothing to do, as far as the facts tell."""

    who: WhoRead
    of_protected: bool
    individual_id: UUID | None
    case_id: UUID | None
    readings: int
    last_at: datetime


@dataclass(frozen=True)
class Selection:
    """What a reviewer looks at. `own_readings` are the reviewer's own: somebody else goes through them."""

    reviewed: Reviewed
    readings: int
    own_readings: int
    sample: tuple[ReadingDrawn, ...]
    unrelated: tuple[Unrelated, ...]
    unusual: tuple[UnusualDay, ...]


@dataclass(frozen=True)
class ReviewDone:
    """A review: of what, by whom, and how it ended. The note is opened for whoever reads this one alone."""

    id: UUID
    reviewed: Reviewed
    outcome: ReviewOutcome
    note: str | None
    who: WhoRead
    recorded_at: datetime


async def select(
    desk: Desk, first: date | None, last: date | None, unit_id: UUID | None, size: int
) -> Selection:
    """What to look at of a period, last month where none is said. Everybody it names is logged as shown.

    Raises QueryInvalid for a period that cannot be.
    """
    first, last = _period(desk.today, first, last)
    async with desk.reading(Operation.READ_LOG_SELECTION) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        part = rows.Part(_starts(first), stockholm_end_of(last), unit_id)
        others, own = await rows.counts(reading.tx, part)
        drawn = await rows.sample(reading.tx, part, seed=_seed(reading.me, first, last), limit=size)
        unrelated = await rows.unrelated(reading.tx, part)
        unusual = unusual_days(await _days(reading, part, first - LOOKS_BACK, last), first, last)
        found = (*drawn, *unrelated)
        sights = await sights_of_readings(reading, found)
        named = tuple(row for row in found if not sights[about(row)].is_barred)
        await reading.log_shown(*_persons(reading, named))
        await reading.commit()
        return Selection(
            reviewed=Reviewed(first, last, unit_id),
            readings=others,
            own_readings=own,
            sample=tuple(_drawn(row, sights[about(row)]) for row in drawn),
            unrelated=tuple(_unrelated(row, sights[about(row)]) for row in unrelated),
            unusual=unusual[:MOST_UNUSUAL],
        )


async def record(
    desk: Desk, key: RequestKey, reviewed: Reviewed, outcome: ReviewOutcome, note: str | None
) -> Receipt:
    """Keep that a part of the log has been gone through, and what came of it.

    Raises Unprocessable for days to come or in the wrong order, for a unit that is not one's own, and where
    something stood out and no word is said of it.
    """
    not_ahead(reviewed.last_day, desk.today, "/lastDay")
    in_order(reviewed.first_day, reviewed.last_day, "/lastDay")
    if outcome is not ReviewOutcome.NOTHING_TO_REMARK and note is None:
        raise Unprocessable(NOTE_MISSING.at("/note"))
    async with desk.deciding(Operation.RECORD_LOG_REVIEW, key) as decision:
        decision.entitle(Relation.OWN_ORGANISATION)
        if decision.answered:
            return decision.answered
        if reviewed.unit_id:
            await demand_own_unit(decision, reviewed.unit_id)
        review_id, mine = new_id(), decision.assignment
        await decision.tx.add(
            LogReview(
                org_id=decision.me,
                id=review_id,
                unit_id=mine.unit_id,
                of_unit=reviewed.unit_id,
                first_day=reviewed.first_day,
                last_day=reviewed.last_day,
                outcome=outcome.value,
                note_sealed=decision.seal_given(LogReview, review_id, "note_sealed", note),
                recorded_by=mine.account_id,
                recorded_at=desk.now,
            )
        )
        await decision.journal("log_review", review_id)
        return await decision.conclude(Receipt.of(review_id, desk.now))


async def done(desk: Desk, paging: Paging) -> PageFound[ReviewDone]:
    """A page of the own organisation's reviews, newest first, without their notes."""
    async with desk.reading(Operation.LIST_LOG_REVIEWS) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        found = await rows.page(reading.tx, limit=paging.limit, offset=paging.offset)
        total = await rows.count_to_1000(reading.tx)
        await reading.commit()
        return PageFound(tuple(_review(row, None) for row in found), total)


async def read(desk: Desk, review_id: UUID) -> ReviewDone:
    """One review of the own organisation, with its note. Raises NotFound."""
    async with desk.reading(Operation.READ_LOG_REVIEW) as reading:
        row = await rows.read(reading.tx, review_id)
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_ORGANISATION)
        await reading.commit()
        return _review(row, reading.open("log_review", row, "note_sealed"))


def _period(today: date, first: date | None, last: date | None) -> tuple[date, date]:
    """The days asked for; of a month that is not said both ends of, the rest of it."""
    last = last or (today.replace(day=1) - timedelta(days=1) if first is None else today)
    first = first or last.replace(day=1)
    if last < first:
        raise QueryInvalid(DATE_ORDER.at("query:to"))
    if (last - first).days >= MOST_DAYS:
        raise QueryInvalid(TOO_LONG.at("query:to"))
    return first, last


def _starts(day: date) -> datetime:
    return stockholm_end_of(day - timedelta(days=1))


def _seed(organisation_id: UUID, first: date, last: date) -> int:
    """What the sample of a period is drawn by."""
    told = f"{organisation_id}|{first}|{last}".encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8], "big", signed=True)


async def _days(reading: Reading, part: rows.Part, first: date, last: date) -> list[DayOfReading]:
    """How many persons each account saw on each day."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    bounds = [_starts(one) for one in (*days, last + timedelta(days=1))]
    found = await rows.persons_a_day(reading.tx, replace(part, since=bounds[0]), bounds)
    return [
        DayOfReading(row["actor_id"], row["unit_id"], days[row["day"] - 1], row["persons"]) for row in found
    ]


def _persons(reading: Reading, found: tuple[Mapping[str, Any], ...]) -> list[Shown]:
    """Everybody that is told of, each once; where it is not known who, the case."""
    about = dict.fromkeys(
        (None, row["individual_id"]) if row["individual_id"] else (row["case_org"], row["case_id"])
        for row in found
        if row["individual_id"] or row["case_id"]
    )
    return [
        Shown("case", holder, thing, thing) if holder else Shown("individual", reading.me, thing, None, thing)
        for holder, thing in about
    ]


def _who(row: Mapping[str, Any]) -> WhoRead:
    return WhoRead(row["actor_id"], row["officer_name"], row["function"], row["unit_id"], row["unit_name"])


def _drawn(row: Mapping[str, Any], sight: Sight) -> ReadingDrawn:
    return ReadingDrawn(
        who=_who(row),
        operation=row["operation"],
        recorded_at=row["recorded_at"],
        of_protected=sight.marked,
        item_kind=row["item_kind"],
        item_id=sight.of(row["item_id"]),
        case_id=sight.of(row["case_id"]),
        individual_id=sight.of(row["individual_id"]),
    )


def _unrelated(row: Mapping[str, Any], sight: Sight) -> Unrelated:
    return Unrelated(
        who=_who(row),
        of_protected=sight.marked,
        individual_id=sight.of(row["individual_id"]),
        case_id=sight.of(row["case_id"]),
        readings=row["readings"],
        last_at=row["last_at"],
    )


def _review(row: Mapping[str, Any], note: str | None) -> ReviewDone:
    return ReviewDone(
        id=row["id"],
        reviewed=Reviewed(row["first_day"], row["last_day"], row["of_unit"]),
        outcome=ReviewOutcome(row["outcome"]),
        note=note,
        who=_who(row),
        recorded_at=row["recorded_at"],
    )
