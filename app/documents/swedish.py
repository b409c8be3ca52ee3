"""Days and times as Swedish letters write them, in Stockholm's time.

Fixed words: no locale of a machine is asked.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def day_and_time(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """`måndag 13 april 2026 kl. 10.00–11.00`, from instants in UTC."""
    start = starts_at.astimezone(STOCKHOLM)
    text = f"{WEEKDAYS[start.weekday()]} {day(start)} kl. {start:%H.%M}"
    return f"{text}–{ends_at.astimezone(STOCKHOLM):%H.%M}" if ends_at else text


def day(moment: datetime) -> str:
    """`13 april 2026`, the Stockholm day of an instant."""
    local = moment.astimezone(STOCKHOLM)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"
