"""Målgrupp: MAL-1 and MAL-2."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.codes import NeedOutcome
from app.domain.facts.basics import Unknown
from app.domain.facts.case import Person
from app.domain.target_group import (
    HomeMunicipality,
    WorkingAge,
    age_on,
    the_person_is_of_the_agreed_age,
    the_person_lives_in_the_agreed_municipality,
)
from tests.domain.asking import broken
from tests.domain.at_hand import assessing
from tests.domain.cases import a_case

AGES = WorkingAge(youngest=16, oldest=64)
UPPSALA = HomeMunicipality("0380")
DAY = date(2026, 3, 2)


def a_person(**changes: object) -> Person:
    """The person of a good case, changed."""
    return replace(a_case().person, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("born", [date(2010, 3, 2), date(1961, 3, 3)], ids=["16 today", "64, 65 tomorrow"])
def test_the_person_is_of_the_agreed_age__kept_at_both_bounds(born: date) -> None:
    """MAL-1 (UPP-118): sixteen on the very day,
    and sixty-four the day before the sixty-fifth birthday, are in.
    """
    seen = assessing(a_case(person=a_person(birth_date=born)), assessed_on=DAY)
    assert broken(the_person_is_of_the_agreed_age, seen, AGES) == []


@pytest.mark.parametrize(
    "born", [date(2010, 3, 3), date(1961, 3, 2), Unknown()], ids=["16 tomorrow", "65 today", "unknown"]
)
def test_the_person_is_of_the_agreed_age__broken_outside_and_when_unknown(born: object) -> None:
    """MAL-1 (UPP-118): younger, older, or of an age nobody knows, the person is outside the group."""
    seen = assessing(a_case(person=a_person(birth_date=born)), assessed_on=DAY)
    assert broken(the_person_is_of_the_agreed_age, seen, AGES) == [("/outcome", "TARGET_GROUP_AGE")]


def test_the_person_is_of_the_agreed_age__kept_when_no_need_was_found() -> None:
    """MAL-1 (UPP-118): the age matters only to whoever is found to need a meeting."""
    child = a_case(person=a_person(birth_date=date(2020, 1, 1)))
    assert broken(the_person_is_of_the_agreed_age, assessing(child, outcome=NeedOutcome.NO_NEED), AGES) == []


def test_the_person_is_of_the_agreed_age__kept_by_the_day_of_the_assessment() -> None:
    """MAL-1 (UPP-118): the age counts on the day of the assessment, not on the day it is recorded."""
    turned_65_since = a_case(person=a_person(birth_date=date(1961, 3, 1)))
    seen = assessing(turned_65_since, assessed_on=date(2026, 2, 28))
    assert broken(the_person_is_of_the_agreed_age, seen, AGES) == []


def test_age_on_a_leap_day() -> None:
    """Whoever is born on 29 February is a year older on 1 March in a common year."""
    assert [age_on(date(2026, 2, 28), date(2008, 2, 29)), age_on(date(2026, 3, 1), date(2008, 2, 29))] == [
        17,
        18,
    ]


def test_the_person_lives_in_the_agreed_municipality__kept() -> None:
    """MAL-2 (UPP-118): a resident of Uppsala belongs to the group;
    elsewhere matters not where there is no need.
    """
    assert broken(the_person_lives_in_the_agreed_municipality, assessing(), UPPSALA) == []
    elsewhere = a_case(person=a_person(municipality="0330"))
    seen = assessing(elsewhere, outcome=NeedOutcome.NO_NEED)
    assert broken(the_person_lives_in_the_agreed_municipality, seen, UPPSALA) == []


@pytest.mark.parametrize("home", ["0330", Unknown()], ids=["Knivsta", "unknown"])
def test_the_person_lives_in_the_agreed_municipality__broken(home: object) -> None:
    """MAL-2 (UPP-118): living elsewhere, or nobody knows where, the person is outside the group."""
    seen = assessing(a_case(person=a_person(municipality=home)))
    assert broken(the_person_lives_in_the_agreed_municipality, seen, UPPSALA) == [
        ("/outcome", "TARGET_GROUP_RESIDENCE")
    ]
