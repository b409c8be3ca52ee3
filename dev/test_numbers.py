"""Invented people's numbers: from the series Skatteverket publishes for tests, and from nowhere else.

The series has, for every day of the span below, the numbers with birth numbers 238 and 239.
"""

from collections.abc import Iterator
from datetime import date, timedelta

FIRST, LAST = date(1991, 9, 14), date(1992, 5, 13)
BIRTH_NUMBERS = ("238", "239")


def published_numbers() -> Iterator[str]:
    """The numbers in order, twelve digits each."""
    for days in range((LAST - FIRST).days + 1):
        born = FIRST + timedelta(days=days)
        for birth_number in BIRTH_NUMBERS:
            digits = f"{born:%Y%m%d}{birth_number}"
            yield digits + _check_digit(digits[2:])


def _check_digit(nine: str) -> str:
    """The Luhn digit that makes ten of nine."""
    doubled = (int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(nine))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)
