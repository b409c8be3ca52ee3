"""Identity numbers of persons and organisations: their forms, their check digits, and the birth date in them.

A number is kept in one canonical form, so that one person has one blind index. The kind is always said by
whoever gives the number: a reserve number's kind cannot be told from its form alone. Facts of form are
Skatteverket's and the regions' published descriptions; a national reserve number's check digit is not public
and is not tested.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.facts.basics import Unknown


class IdentityKind(StrEnum):
    """The kinds of number a person may have."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    NATIONAL_RESERVE_NUMBER = "national_reserve_number"
    REGIONAL_RESERVE_NUMBER = "regional_reserve_number"


class IdentityNumberInvalid(ValueError):
    """The number is not one of its kind. `code` says how; the number itself is never repeated."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class IdentityNumber:
    """A number in its canonical form, and the birth date it tells, if it does."""

    kind: IdentityKind
    value: str
    birth_date: date | Unknown


_FULL = re.compile(r"(\d{8})[-+]?(\d{4})", re.ASCII)
_SHORT = re.compile(r"(\d{6})([-+])?(\d{4})", re.ASCII)
# Century + 3 (22, 23, 24) or + 6, or 00; where the birth date is not known, month 20-99 and day 40-59.
_NATIONAL_RESERVE = re.compile(
    r"(22|23|24|25|26|00)\d{2}(0[1-9]|1[0-2]|[2-9]\d)(0[1-9]|[12]\d|3[01]|[45]\d)[A-HJ-NPR-UX-Z]{2}\d{2}",
    re.ASCII,
)
_STOCKHOLM_RESERVE = re.compile(r"99\d{10}", re.ASCII)
_GOTALAND_RESERVE = re.compile(r"\d{8}([KMX])\d{3}", re.ASCII)
_VARMLAND_RESERVE = re.compile(r"\d{8}S[FUXPL]\d[A-Z]", re.ASCII)
_ORGANISATION = re.compile(r"(?:16)?(\d{2}[2-9]\d{3})-?(\d{4})", re.ASCII)
_GOTALAND_DIGIT = {"K": "5", "M": "7", "X": "8"}
COORDINATION_DAY = 60


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (Luhn, modulus 10)."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def parse(kind: IdentityKind, text: str, today: date) -> IdentityNumber:
    """The number in its canonical form: twelve ASCII digits, or capitals and digits for reserve numbers.

    `today` (a Stockholm day) settles the century of ten digits and refuses
    a birth date to come. Raises IdentityNumberInvalid with PERSONNUMMER_INVALID,
    SAMORDNINGSNUMMER_INVALID or RESERVE_NUMBER_INVALID (UPP-087).
    """
    match kind:
        case IdentityKind.PERSONNUMMER:
            return _personnummer(text, today)
        case IdentityKind.SAMORDNINGSNUMMER:
            return _samordningsnummer(text, today)
        case IdentityKind.NATIONAL_RESERVE_NUMBER:
            if not _NATIONAL_RESERVE.fullmatch(text):
                raise IdentityNumberInvalid("RESERVE_NUMBER_INVALID")
            return IdentityNumber(kind, text, Unknown())
        case IdentityKind.REGIONAL_RESERVE_NUMBER:
            if not _is_regional_reserve(text):
                raise IdentityNumberInvalid("RESERVE_NUMBER_INVALID")
            return IdentityNumber(kind, text, Unknown())


def parse_organisation_number(text: str) -> str:
    """An organisation's number as ten ASCII digits: the third at least 2, Luhn; `16` may come before.

    A good check digit says little: one of the source agreements has a well-formed number with a slip in it.
    Raises IdentityNumberInvalid with ORGANISATION_NUMBER_INVALID.
    """
    form = _ORGANISATION.fullmatch(text)
    if form is None or not luhn_holds(form[1] + form[2]):
        raise IdentityNumberInvalid("ORGANISATION_NUMBER_INVALID")
    return form[1] + form[2]


def _twelve_digits(text: str, today: date) -> str | None:
    """YYYYMMDDNNNC of twelve digits, or of ten with the century told by `+` and today; else None."""
    if full := _FULL.fullmatch(text):
        return full[1] + full[2]
    short = _SHORT.fullmatch(text)
    if short is None:
        return None
    century = today.year // 100
    day = int(short[1][4:6]) % COORDINATION_DAY
    if (century % 100 * 100 + int(short[1][:2]), int(short[1][2:4]), day) > (
        today.year % 10_000,
        today.month,
        today.day,
    ):
        century -= 1
    if short[2] == "+":
        century -= 1
    return f"{century:02d}{short[1]}{short[3]}"


def _personnummer(text: str, today: date) -> IdentityNumber:
    digits = _twelve_digits(text, today)
    born = _day(digits[:4], digits[4:6], digits[6:8]) if digits else None
    if digits is None or born is None or born > today or born.year < 1850 or not luhn_holds(digits[2:]):
        raise IdentityNumberInvalid("PERSONNUMMER_INVALID")
    return IdentityNumber(IdentityKind.PERSONNUMMER, digits, born)


def _samordningsnummer(text: str, today: date) -> IdentityNumber:
    """Day of birth plus sixty; month 00 and day 60 where the birth date is not known (both are issued)."""
    digits = _twelve_digits(text, today)
    if digits is None or not luhn_holds(digits[2:]) or not 1850 <= int(digits[:4]) <= today.year:
        raise IdentityNumberInvalid("SAMORDNINGSNUMMER_INVALID")
    month, day = int(digits[4:6]), int(digits[6:8]) - COORDINATION_DAY
    if month == 0 or day == 0:
        if not (0 <= month <= 12 and 0 <= day <= 31):
            raise IdentityNumberInvalid("SAMORDNINGSNUMMER_INVALID")
        return IdentityNumber(IdentityKind.SAMORDNINGSNUMMER, digits, Unknown())
    born = _day(digits[:4], digits[4:6], f"{day:02d}") if day > 0 else None
    if born is None or born > today:
        raise IdentityNumberInvalid("SAMORDNINGSNUMMER_INVALID")
    return IdentityNumber(IdentityKind.SAMORDNINGSNUMMER, digits, born)


def _is_regional_reserve(text: str) -> bool:
    """Stockholm's, Västra Götaland's or Värmland's form, with its check digit where that is public."""
    if _STOCKHOLM_RESERVE.fullmatch(text):
        return luhn_holds(text[4:])
    if match := _GOTALAND_RESERVE.fullmatch(text):
        return luhn_holds(text[2:8] + _GOTALAND_DIGIT[match[1]] + text[9:])
    return bool(_VARMLAND_RESERVE.fullmatch(text))


def _day(year: str, month: str, day: str) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
