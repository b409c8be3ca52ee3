from datetime import date

import pytest

from app.domain.tertials import after, month_counted, tertial_of


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        ("2026-01-01", "2026-01-01", "2026-05-01"),
        ("2026-04-30", "2026-01-01", "2026-05-01"),
        ("2026-05-01", "2026-05-01", "2026-09-01"),
        ("2026-08-31", "2026-05-01", "2026-09-01"),
        ("2026-09-01", "2026-09-01", "2027-01-01"),
        ("2026-12-31", "2026-09-01", "2027-01-01"),
    ],
)
def test_a_year_has_three_thirds(day: str, first: str, following: str) -> None:
    """Both ends of every third of a year, and the third that comes after it."""
    tertial = tertial_of(date.fromisoformat(day))
    assert (tertial, after(tertial)) == (date.fromisoformat(first), date.fromisoformat(following))


@pytest.mark.parametrize(
    ("day", "today", "month"),
    [
        ("2026-02-27", "2026-04-30", "2026-02-01"),
        ("2026-02-27", "2026-05-01", "2026-05-01"),
        ("2025-12-31", "2026-01-02", "2026-01-01"),
    ],
)
def test_a_late_word_is_counted_where_nothing_has_been_told_yet(day: str, today: str, month: str) -> None:
    """What happened in a third of a year that has ended is counted in the present month."""
    assert month_counted(date.fromisoformat(day), date.fromisoformat(today)) == date.fromisoformat(month)
