"""Days: the Swedish day of an instant, and the days off that a booking should know of.

Pure arithmetic, so that a judgement can be repeated anywhere: no time zone files, no clock.
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


def swedish_calendar(first_year: int, last_year: int) -> Calendar:
    """The Swedish days off of these years, both included: public holidays and the eves that are as good."""
    years = range(first_year, last_year + 1)
    return Calendar(tuple(off for year in years for off in swedish_days_off(year)))


def swedish_days_off(year: int) -> tuple[DayOff, ...]:
    """The days off of one year in order: lag (1989:253), and the eves of 17 § semesterlagen."""
    easter = easter_day(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return (
        DayOff(date(year, 1, 1), "nyårsdagen"),
        DayOff(date(year, 1, 6), "trettondedag jul"),
        DayOff(easter - timedelta(days=2), "långfredagen"),
        DayOff(easter, "påskdagen"),
        DayOff(easter + timedelta(days=1), "annandag påsk"),
        *_in_order(
            DayOff(date(year, 5, 1), "första maj"),
            DayOff(easter + timedelta(days=39), "Kristi himmelsfärdsdag"),
            DayOff(easter + timedelta(days=49), "pingstdagen"),
            DayOff(date(year, 6, 6), "nationaldagen"),
        ),
        DayOff(midsummer - timedelta(days=1), "midsommarafton"),
        DayOff(midsummer, "midsommardagen"),
        DayOff(_saturday_from(date(year, 10, 31)), "alla helgons dag"),
        DayOff(date(year, 12, 24), "julafton"),
        DayOff(date(year, 12, 25), "juldagen"),
        DayOff(date(year, 12, 26), "annandag jul"),
        DayOff(date(year, 12, 31), "nyårsafton"),
    )


def easter_day(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


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


def _saturday_from(day: date) -> date:
    """The first Saturday on or after a day."""
    return day + timedelta(days=(5 - day.weekday()) % 7)


def _in_order(*days_off: DayOff) -> tuple[DayOff, ...]:
    """The days off by date: how Ascension and Pentecost fall among the fixed days varies."""
    return tuple(sorted(days_off, key=lambda off: off.day))
