"""Days: the Swedish day of an instant, and the days off that a booking should know of.

Pure arithmetic, so that a judgement can be repeated anywhere: no time zone files, no clock.
Which days are off is told from outside.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class DayOff:
    """A day on which authorities are closed, by its Swedish name."""

    day: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """The days off somebody has told us of; all other days but weekends are working days."""

    days_off: tuple[DayOff, ...]

    def off_on(self, day: date) -> tuple[DayOff, ...]:
        """The days off that fall on this day, as information: the agreement counts every day alike."""
        return tuple(off for off in self.days_off if off.day == day)

    def is_working_day(self, day: date) -> bool:
        """Whether authorities are open that day."""
        return day.weekday() < 5 and not self.off_on(day)


def stockholm_day(instant: datetime) -> date:
    """The day it is in Sweden at an instant (UTC).

    Summer time runs from 01:00 UTC on the last Sunday of March
    to 01:00 UTC on the last Sunday of October (förordning 2001:127).
    """
    if instant.utcoffset() != timedelta(0):
        raise ValueError("an instant must be given in UTC")
    starts = datetime.combine(_last_sunday(instant.year, 3), datetime.min.time(), instant.tzinfo)
    ends = datetime.combine(_last_sunday(instant.year, 10), datetime.min.time(), instant.tzinfo)
    one_hour = timedelta(hours=1)
    summer = starts + one_hour <= instant < ends + one_hour
    return (instant + one_hour * (2 if summer else 1)).date()


def stockholm_end_of(day: date) -> datetime:
    """The instant (UTC) at which a day ends in Sweden: the first of the day after."""
    following = day + timedelta(days=1)
    in_winter = datetime.combine(following, datetime.min.time(), UTC) - timedelta(hours=1)
    in_summer = in_winter - timedelta(hours=1)
    return in_summer if stockholm_day(in_summer) == following else in_winter


def _last_sunday(year: int, month: int) -> date:
    """The last Sunday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)
