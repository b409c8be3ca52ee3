"""Thirds of a year (tertial), in which everything is counted (UPP-083).

Each is answered alike to everybody, once it has ended. So nothing may be added to one that has.
"""

from datetime import date

MONTHS = 4


def tertial_of(day: date) -> date:
    """The first day of the third of the year that a day lies in."""
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def after(tertial: date) -> date:
    """The first day of the next third of a year."""
    if tertial.month == 9:
        return date(tertial.year + 1, 1, 1)
    return tertial.replace(month=tertial.month + MONTHS)


def month_counted(day: date, today: date) -> date:
    """The month in which something that happened on a day is counted, told of today:
    its own, or the present one where the day's third of a year has ended.
    """
    return (day if tertial_of(day) == tertial_of(today) else today).replace(day=1)
