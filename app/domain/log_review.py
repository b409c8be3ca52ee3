"""What stands out among who has read: accounts that on a day saw far more persons than is usual.

Nothing here says that anything was wrong: a person who knows the work asks why.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

AT_LEAST = 10
"""Fewer persons than this on a day never stand out."""
TIMES = 3
"""How many times the median is far more."""


@dataclass(frozen=True)
class DayOfReading:
    """How many persons an account saw, acting for a unit, on one day (Stockholm)."""

    account_id: UUID
    unit_id: UUID
    day: date
    persons: int


@dataclass(frozen=True)
class UnusualDay:
    """A day that stands out, beside what is usual for the account and for its unit on days they read."""

    read: DayOfReading
    median_of_account: float
    median_of_unit: float


def unusual_days(days: Iterable[DayOfReading], first: date, last: date) -> tuple[UnusualDay, ...]:
    """The days from first to last that stand out against all days given, the most persons first."""
    all_days = tuple(days)
    of_account, of_unit = defaultdict(list), defaultdict(list)
    for one in all_days:
        of_account[one.account_id].append(one.persons)
        of_unit[one.unit_id].append(one.persons)
    found = [
        UnusualDay(one, median(of_account[one.account_id]), median(of_unit[one.unit_id]))
        for one in all_days
        if first <= one.day <= last and one.persons >= AT_LEAST
    ]
    standing_out = [
        one for one in found if one.read.persons > TIMES * min(one.median_of_account, one.median_of_unit)
    ]
    return tuple(sorted(standing_out, key=lambda one: (-one.read.persons, one.read.day, one.read.account_id)))
