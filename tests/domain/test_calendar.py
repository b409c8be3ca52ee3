"""Days: Stockholm's by arithmetic, and the Swedish days off."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    easter_day,
    stockholm_day,
    stockholm_end_of,
    swedish_calendar,
    swedish_days_off,
)

INSTANTS = st.integers(0, 40 * 366 * 24 * 60).map(
    lambda minutes: datetime(1997, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(INSTANTS)
def test_stockholm_day_is_what_the_time_zone_files_say(instant: datetime) -> None:
    """At every instant since 1997 the arithmetic agrees with the time zone's own tables."""
    assert stockholm_day(instant) == instant.astimezone(ZoneInfo("Europe/Stockholm")).date()


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
)
def test_stockholm_day_around_the_changes_of_the_clock(instant: datetime, day: date) -> None:
    """Midnight in Stockholm is 23:00 UTC in winter and 22:00 in summer, to the minute."""
    assert stockholm_day(instant) == day


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=1))], ids=["none", "another"])
def test_stockholm_day_takes_utc_only(zone: timezone | None) -> None:
    """An instant without a zone, or in another, is refused: guessing would move a day."""
    with pytest.raises(ValueError, match="UTC"):
        stockholm_day(datetime(2026, 1, 1, tzinfo=zone))


@given(st.dates(date(2000, 1, 1), date(2037, 12, 30)))
def test_a_day_ends_where_the_next_begins(day: date) -> None:
    """The end of a Stockholm day is midnight there by the time zone files, also when the clock changes."""
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=ZoneInfo("Europe/Stockholm"))
    assert stockholm_end_of(day) == midnight
    assert stockholm_day(stockholm_end_of(day)) == following
    assert stockholm_day(stockholm_end_of(day) - timedelta(microseconds=1)) == day


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, easter: date) -> None:
    """Easter Sunday, also in the year it is as late as can be."""
    assert easter_day(year) == easter


def test_the_days_off_of_a_year() -> None:
    """The Swedish days off of 2026, by name and in order."""
    assert [(off.day.isoformat(), off.name) for off in swedish_days_off(2026)] == [
        ("2026-01-01", "nyårsdagen"),
        ("2026-01-06", "trettondedag jul"),
        ("2026-04-03", "långfredagen"),
        ("2026-04-05", "påskdagen"),
        ("2026-04-06", "annandag påsk"),
        ("2026-05-01", "första maj"),
        ("2026-05-14", "Kristi himmelsfärdsdag"),
        ("2026-05-24", "pingstdagen"),
        ("2026-06-06", "nationaldagen"),
        ("2026-06-19", "midsommarafton"),
        ("2026-06-20", "midsommardagen"),
        ("2026-10-31", "alla helgons dag"),
        ("2026-12-24", "julafton"),
        ("2026-12-25", "juldagen"),
        ("2026-12-26", "annandag jul"),
        ("2026-12-31", "nyårsafton"),
    ]


@given(st.integers(1990, 2100))
def test_the_days_off_come_in_order_and_on_their_weekdays(year: int) -> None:
    """In every year the days are in order, midsummer on a Friday and Saturday, All Saints' on a Saturday."""
    off = {one.name: one.day for one in swedish_days_off(year)}
    assert list(off.values()) == sorted(off.values())
    weekdays = [off[name].weekday() for name in ("midsommarafton", "midsommardagen", "alla helgons dag")]
    assert weekdays == [4, 5, 5]


def test_working_days() -> None:
    """Weekends and days off are no working days."""
    calendar = swedish_calendar(2026, 2026)
    working = [calendar.is_working_day(date(2026, 4, day)) for day in (2, 3, 4, 5, 6, 7)]
    assert working == [True, False, False, False, False, True]
