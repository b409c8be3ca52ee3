"""Days: Stockholm's by arithmetic, and working days."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import Calendar, DayOff, stockholm_day, stockholm_end_of

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


def test_working_days() -> None:
    """Weekends and days off are no working days."""
    calendar = Calendar((DayOff(date(2026, 4, 3), "Långfredagen"), DayOff(date(2026, 4, 6), "Annandag påsk")))
    working = [calendar.is_working_day(date(2026, 4, day)) for day in (2, 3, 4, 5, 6, 7)]
    assert working == [True, False, False, False, False, True]
