from datetime import date, timedelta
from uuid import UUID

import pytest

from app.domain.log_review import AT_LEAST, DayOfReading, unusual_days

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
KIM, ROBIN, ALEX = (UUID(int=n) for n in (1, 2, 3))
HERE, THERE = UUID(int=11), UUID(int=12)


def days(account: UUID, *persons: int, unit: UUID = HERE, first: date = FIRST) -> list[DayOfReading]:
    """An account's days in a row, with so many persons on each."""
    return [DayOfReading(account, unit, first + timedelta(days=n), count) for n, count in enumerate(persons)]


def test_a_day_far_above_the_accounts_own_median_stands_out() -> None:
    """More than three times what the account sees on its middle day."""
    found = unusual_days(days(KIM, 5, 5, 5, 16), FIRST, LAST)
    assert [(one.read.day.day, one.read.persons, one.median_of_account) for one in found] == [(4, 16, 5)]
    assert unusual_days(days(KIM, 5, 5, 5, 15), FIRST, LAST) == ()


def test_an_account_far_above_its_unit_stands_out() -> None:
    """Whoever sees many every day is held against the unit, whose middle day is others'."""
    others = days(ROBIN, 4, 4, 4, 4) + days(ALEX, 4, 4, 4, 4)
    found = unusual_days(days(KIM, 40, 40) + others, FIRST, LAST)
    assert {one.read.account_id for one in found} == {KIM}
    assert [(one.median_of_account, one.median_of_unit) for one in found] == [(40, 4), (40, 4)]


def test_another_unit_is_not_held_against_an_account() -> None:
    """What is usual in a unit is told by that unit alone."""
    assert unusual_days(days(KIM, 40, 40) + days(ROBIN, 4, 4, 4, 4, unit=THERE), FIRST, LAST) == ()


@pytest.mark.parametrize(("persons", "found"), [(AT_LEAST - 1, 0), (AT_LEAST, 1)])
def test_few_persons_never_stand_out(persons: int, found: int) -> None:
    """Three instead of one is no sign of anything."""
    assert len(unusual_days(days(KIM, 1, 1, 1, persons), FIRST, LAST)) == found


def test_days_before_the_period_tell_what_is_usual_and_never_stand_out() -> None:
    """The month before is what the period is held against; it has been reviewed itself."""
    before = days(KIM, 5, 50, 5, first=FIRST - timedelta(days=10))
    found = unusual_days(before + days(KIM, 30, 5), FIRST, LAST)
    assert [one.read.day for one in found] == [FIRST]


def test_the_most_persons_come_first() -> None:
    """What stands out most is looked at first."""
    found = unusual_days(days(KIM, 2, 2, 2, 20, 30), FIRST, LAST)
    assert [one.read.persons for one in found] == [30, 20]


def test_nobody_has_read_anything() -> None:
    """No readings, nothing that stands out."""
    assert unusual_days([], FIRST, LAST) == ()
