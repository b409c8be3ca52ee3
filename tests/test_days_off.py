"""The Swedish days off, as the library that tells them has them."""

from datetime import date

from app.days_off import YEARS, swedish_calendar


def test_the_days_off_of_a_year() -> None:
    """The Swedish days off of 2026, eves included, by name and in order."""
    told = [(off.day.isoformat(), off.name) for off in swedish_calendar().days_off if off.day.year == 2026]
    assert told == [
        ("2026-01-01", "Nyårsdagen"),
        ("2026-01-06", "Trettondedag jul"),
        ("2026-04-03", "Långfredagen"),
        ("2026-04-05", "Påskdagen"),
        ("2026-04-06", "Annandag påsk"),
        ("2026-05-01", "Första maj"),
        ("2026-05-14", "Kristi himmelsfärdsdag"),
        ("2026-05-24", "Pingstdagen"),
        ("2026-06-06", "Nationaldagen"),
        ("2026-06-19", "Midsommarafton"),
        ("2026-06-20", "Midsommardagen"),
        ("2026-10-31", "Alla helgons dag"),
        ("2026-12-24", "Julafton"),
        ("2026-12-25", "Juldagen"),
        ("2026-12-26", "Annandag jul"),
        ("2026-12-31", "Nyårsafton"),
    ]


def test_every_year_told_of_is_whole() -> None:
    """From the first day to the last no year is without its days off; Easter is where it is latest, too."""
    days = {off.day for off in swedish_calendar().days_off}
    assert {day.year for day in days} == set(YEARS)
    assert all(date(year, 12, 24) in days for year in YEARS)
    assert date(2038, 4, 25) in days
