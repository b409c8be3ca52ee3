"""Identity numbers: every form, every check digit, nothing but ASCII, and the birth date they tell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts.basics import Unknown
from app.domain.identity_numbers import (
    IdentityKind,
    IdentityNumberInvalid,
    luhn_holds,
    parse,
    parse_organisation_number,
)

TODAY = date(2026, 3, 2)
PNR, SAM = IdentityKind.PERSONNUMMER, IdentityKind.SAMORDNINGSNUMMER
NATIONAL, REGIONAL = IdentityKind.NATIONAL_RESERVE_NUMBER, IdentityKind.REGIONAL_RESERVE_NUMBER
# From Skatteverket's published test numbers: nobody's. Numbers made here have the serials of that series.
PERSONNUMMER = "189001019802"
MONTH_UNKNOWN, DAY_KNOWN = "191500722390", "191500882392"


def with_check_digit(digits: str) -> str:
    """Nine digits with the tenth that makes Luhn hold."""
    return next(digits + last for last in "0123456789" if luhn_holds(digits + last))


def refused(kind: IdentityKind, text: str, today: date = TODAY) -> str:
    """The code with which a number is refused; the number itself is not in the error."""
    with pytest.raises(IdentityNumberInvalid) as caught:
        parse(kind, text, today)
    assert not text or text not in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize("text", [PERSONNUMMER, "18900101-9802", "900101+9802"])
def test_a_personnummer_has_one_canonical_form(text: str) -> None:
    """Twelve digits, with a hyphen, or ten with the plus
    of whoever is over a hundred: one form, one birth date.
    """
    number = parse(PNR, text, TODAY)
    assert (number.value, number.birth_date) == (PERSONNUMMER, date(1890, 1, 1))


@pytest.mark.parametrize(
    "text",
    [
        "189001019803",
        "189002309808",
        "189013019807",
        " 189001019802",
        "189001019802\n",
        "1890-01019802",
        "18900101-98O2",
        "",
        "1８9001019802",
        "١٨٩٠٠١٠١٩٨٠٢",
    ],
    ids=[
        "check digit",
        "30 February",
        "month 13",
        "blank",
        "line end",
        "hyphen",
        "letter",
        "empty",
        "wide",
        "arabic",
    ],
)
def test_what_is_no_personnummer_is_refused(text: str) -> None:
    """A wrong check digit, a day the calendar lacks, another form, or digits that are not ASCII."""
    assert refused(PNR, text) == "PERSONNUMMER_INVALID"


def test_a_birth_date_to_come_is_refused_and_today_is_not() -> None:
    """Born today is possible, born tomorrow is not; ten digits of tomorrow are of a hundred years ago."""
    today, tomorrow = with_check_digit("260302239"), with_check_digit("260303239")
    assert parse(PNR, f"20{today}", TODAY).birth_date == TODAY
    assert refused(PNR, f"20{tomorrow}") == "PERSONNUMMER_INVALID"
    assert parse(PNR, tomorrow, TODAY).birth_date == date(1926, 3, 3)


@given(st.dates(date(1927, 1, 1), TODAY), st.sampled_from([238, 239, *range(980, 1000)]))
def test_ten_and_twelve_digits_are_the_same_person(born: date, serial: int) -> None:
    """Whoever is under a hundred has the same canonical number by ten digits and by twelve."""
    ten = with_check_digit(f"{born:%y%m%d}{serial:03d}")
    twelve = f"{born.year // 100}{ten}"
    assert parse(PNR, ten, TODAY) == parse(PNR, f"{ten[:6]}-{ten[6:]}", TODAY) == parse(PNR, twelve, TODAY)
    assert parse(PNR, twelve, TODAY).birth_date == born


@given(st.text(max_size=14))
def test_nothing_but_ascii_digits_comes_out(text: str) -> None:
    """Whatever is given, what is accepted is twelve ASCII digits with a check digit that holds."""
    for kind in (PNR, SAM):
        try:
            value = parse(kind, text, TODAY).value
        except IdentityNumberInvalid:
            continue
        assert value.isascii()
        assert value.isdecimal()
        assert luhn_holds(value[2:])


@pytest.mark.parametrize("text", [MONTH_UNKNOWN, DAY_KNOWN])
def test_a_samordningsnummer_without_a_birth_date_is_one(text: str) -> None:
    """Month 00 and day 60 are issued where the birth date is not known:
    the number holds, the date is unknown.
    """
    number = parse(SAM, text, TODAY)
    assert (number.value, number.birth_date) == (text, Unknown())
    day_unknown = "19" + with_check_digit("700560239")
    assert parse(SAM, day_unknown, TODAY).birth_date == Unknown()


def test_a_samordningsnummer_tells_its_birth_date() -> None:
    """Sixty is added to the day of birth."""
    assert parse(SAM, "19" + with_check_digit("700577239"), TODAY).birth_date == date(1970, 5, 17)


@pytest.mark.parametrize("digits", ["700517239", "700592239", "701377239", "700062239"[:4] + "99239"])
def test_what_is_no_samordningsnummer_is_refused(digits: str) -> None:
    """A personnummer, day 92, month 13 and day 99 are none;
    nor is one of tomorrow or with a wrong check digit.
    """
    assert refused(SAM, "19" + with_check_digit(digits)) == "SAMORDNINGSNUMMER_INVALID"
    assert refused(SAM, "20" + with_check_digit("260363239")) == "SAMORDNINGSNUMMER_INVALID"
    assert refused(SAM, MONTH_UNKNOWN[:-1] + "1") == "SAMORDNINGSNUMMER_INVALID"


def test_a_samordningsnummer_is_no_personnummer() -> None:
    """The kind is said by whoever gives the number, and never guessed."""
    assert refused(PNR, DAY_KNOWN) == "PERSONNUMMER_INVALID"
    assert refused(SAM, PERSONNUMMER) == "SAMORDNINGSNUMMER_INVALID"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("22800517AB12", True),
        ("00802045KZ00", True),
        ("21800517AB12", False),
        ("22801317AB12", False),
        ("22800532AB12", False),
        ("22800560AB12", False),
        *((f"22800517A{letter}12", False) for letter in "IOQVWÅab1"),
        ("22800517AB1２", False),
    ],
)
def test_a_national_reserve_number_has_its_form(text: str, holds: bool) -> None:
    """Century and three, or 00; months and days of the calendar or of the unknown; letters less I O Q V W."""
    if holds:
        assert parse(NATIONAL, text, TODAY).birth_date == Unknown()
    else:
        assert refused(NATIONAL, text) == "RESERVE_NUMBER_INVALID"


def test_the_regions_reserve_numbers_have_their_forms_and_check_digits() -> None:
    """Stockholm's and Västra Götaland's check digits hold; Värmland's has none."""
    stockholm = "9919" + with_check_digit("8012345")[-8:]
    gotaland = "19800517K12" + with_check_digit("800517512")[-1]
    for text in (stockholm, gotaland, "19800517SF1A"):
        assert parse(REGIONAL, text, TODAY).value == text
    wrong = str((int(stockholm[-1]) + 1) % 10)
    for text in (
        stockholm[:-1] + wrong,
        gotaland[:-1] + str((int(gotaland[-1]) + 1) % 10),
        "19800517SZ1A",
        "",
    ):
        assert refused(REGIONAL, text) == "RESERVE_NUMBER_INVALID"


@given(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(1, 9))
def test_luhn_finds_every_wrong_digit(number: int, place: int, shift: int) -> None:
    """Any single wrong digit breaks the check."""
    good = with_check_digit(f"{number:09d}")
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    assert not luhn_holds(wrong)


def test_an_organisation_number_has_one_canonical_form() -> None:
    """Ten digits, with a hyphen, or with 16 before: one form."""
    number = with_check_digit("212000000")
    for text in (number, f"{number[:6]}-{number[6:]}", f"16{number}", f"16{number[:6]}-{number[6:]}"):
        assert parse_organisation_number(text) == number


@pytest.mark.parametrize(
    "text", ["2120000000", "8005172399", "2120-000000", "212000000", "2120000-00", "٢120000000"]
)
def test_what_is_no_organisation_number_is_refused(text: str) -> None:
    """A wrong check digit, a person's number, a misplaced hyphen, too short, or not ASCII."""
    with pytest.raises(IdentityNumberInvalid, match="ORGANISATION_NUMBER_INVALID"):
        parse_organisation_number(text)


def test_a_persons_number_is_no_organisation_number() -> None:
    """The third digit of an organisation's number is at least two:
    a sole trader's personnummer never passes.
    """
    with pytest.raises(IdentityNumberInvalid):
        parse_organisation_number(PERSONNUMMER[2:])
