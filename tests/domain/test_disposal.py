"""How long something is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codes import DisposalEvent, DisposalKind
from app.domain.disposal import EVENTS, LONGEST_MONTHS, Keeping

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONTHS = st.integers(0, LONGEST_MONTHS)


@pytest.mark.parametrize(
    ("months", "from_year_end", "event_on", "ends_on"),
    [
        (36, False, date(2026, 3, 2), date(2029, 3, 2)),
        (0, False, date(2026, 3, 2), date(2026, 3, 2)),
        (1, False, date(2026, 1, 31), date(2026, 2, 28)),
        (1, False, date(2028, 1, 31), date(2028, 2, 29)),
        (12, False, date(2028, 2, 29), date(2029, 2, 28)),
        (1, False, date(2026, 12, 31), date(2027, 1, 31)),
        (36, True, date(2026, 1, 1), date(2030, 1, 1)),
        (36, True, date(2026, 12, 31), date(2030, 1, 1)),
        (0, True, date(2026, 6, 15), date(2027, 1, 1)),
    ],
)
def test_the_time_runs_out_on_its_day(
    months: int, from_year_end: bool, event_on: date, ends_on: date
) -> None:
    """Months are counted from the event's day or its year's end; a month too short ends on its last day."""
    assert Keeping(months, from_year_end).ends_on(event_on) == ends_on


@given(DAYS, MONTHS, st.booleans())
def test_what_comes_later_is_kept_at_least_as_long(day: date, months: int, from_year_end: bool) -> None:
    """A later event never ends sooner, and a longer time never ends sooner."""
    keeping = Keeping(months, from_year_end)
    assert keeping.ends_on(day) <= keeping.ends_on(day + timedelta(days=1))
    assert keeping.ends_on(day) <= Keeping(months + 1, from_year_end).ends_on(day)
    assert keeping.ends_on(day) >= day


def test_every_kind_has_an_event_and_every_event_a_kind() -> None:
    """No kind is without a day to count from, and no event belongs to two kinds."""
    assert set(EVENTS) == set(DisposalKind)
    assert sorted(one for events in EVENTS.values() for one in events) == sorted(DisposalEvent)
