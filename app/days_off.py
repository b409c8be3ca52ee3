"""The days off in Sweden, from a library that is kept up when the law changes them."""

import holidays

from app.domain.calendar import Calendar, DayOff

# Meetings are booked some months ahead; what lies further off than this nobody asks about.
YEARS = range(2019, 2041)


def swedish_calendar() -> Calendar:
    """The public holidays, and the eves that are as good (17 § semesterlagen), by their Swedish names."""
    days = holidays.country_holidays("SE", years=YEARS, categories=("public", "de_facto"), language="sv")
    return Calendar(tuple(DayOff(day, name) for day, name in sorted(days.items())))
