"""Giltighet: OVK-1."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.agreement_life import the_agreement_is_in_force
from app.domain.facts.basics import NoEnd, NotYet, Term
from app.domain.facts.meeting import MeetingTime
from tests.domain.asking import broken
from tests.domain.at_hand import doing, holding
from tests.domain.cases import a_case_with
from tests.domain.meetings import a_meeting

FIRST = date(2020, 1, 1)


def held_on(day: date, term: Term) -> list[tuple[str, str]]:
    """What is said of a meeting that day, booked and recorded alike, under this term."""
    at = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    meeting = a_meeting(time=MeetingTime(at, at + timedelta(hours=1)))
    booked = doing(meeting, a_case_with(meeting, term=term))
    recorded = replace(holding(), case=booked.case, held_at=at)
    said = broken(the_agreement_is_in_force, booked)
    assert broken(the_agreement_is_in_force, recorded) == said
    return said


@pytest.mark.parametrize(
    ("day", "ends"),
    [(FIRST, NoEnd()), (date(2026, 4, 13), NoEnd()), (date(2026, 12, 31), date(2026, 12, 31))],
    ids=["first day", "any day", "last day"],
)
def test_the_agreement_is_in_force__kept(day: date, ends: date | NoEnd) -> None:
    """OVK-1 (UPP-134): from the first day to the last, both included."""
    assert held_on(day, Term(FIRST, ends)) == []


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2019, 12, 31), Term(FIRST, NoEnd())),
        (date(2027, 1, 1), Term(FIRST, date(2026, 12, 31))),
        (date(2026, 4, 13), Term(NotYet(), NoEnd())),
    ],
    ids=["the day before", "the day after", "not approved by all"],
)
def test_the_agreement_is_in_force__broken(day: date, term: Term) -> None:
    """OVK-1 (UPP-078, UPP-134): before the first day, after the last, or never in force at all."""
    assert held_on(day, term) == [("/startsAt", "AGREEMENT_NOT_IN_FORCE")]


def test_the_agreement_is_in_force__kept_today_while_no_time_is_fixed() -> None:
    """OVK-1 (UPP-134): a meeting is started on a day, its own or, before it has one, today."""
    unfixed = a_meeting(time=NotYet())
    assert broken(the_agreement_is_in_force, doing(unfixed)) == []
    over = Term(FIRST, date(2026, 3, 1))
    assert broken(the_agreement_is_in_force, doing(unfixed, a_case_with(unfixed, term=over))) != []
