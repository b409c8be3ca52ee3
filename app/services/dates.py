"""What may be said of days and times in a request: nothing recorded can lie ahead of us."""

from datetime import date, datetime, timedelta

from app.domain.rule import Words
from app.errors import FieldFault, Unprocessable

CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""How far ahead of ours a client's clock may go."""

DATE_AHEAD = FieldFault(
    "DATE_AHEAD", Words("Tidpunkten har inte inträffat än", "The date or time has not come yet")
)
DATE_ORDER = FieldFault(
    "DATE_ORDER", Words("Dagarna kommer i fel ordning", "The days come in the wrong order")
)


def not_ahead(day: date, today: date, pointer: str) -> None:
    """Raises Unprocessable for a day after today (Stockholm)."""
    if day > today:
        raise Unprocessable(DATE_AHEAD.at(pointer))


def has_happened(at: datetime, now: datetime, pointer: str) -> None:
    """Raises Unprocessable for a time to come (UTC)."""
    if at > now + CLOCKS_DIFFER_BY:
        raise Unprocessable(DATE_AHEAD.at(pointer))


def in_order(first: date, then: date, pointer: str) -> None:
    """Raises Unprocessable when the second day is before the first."""
    if then < first:
        raise Unprocessable(DATE_ORDER.at(pointer))
