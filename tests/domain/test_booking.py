"""Bokningsförfarande: BOK-1 to BOK-4, and the earliest date that fits."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain.booking import (
    FirstParty,
    LeadTime,
    earliest_fitting_date,
    the_meeting_is_on_the_regions_date,
    the_others_get_their_lead_time,
    the_region_gets_its_lead_time,
    the_region_is_contacted_first,
)
from app.domain.calendar import DayOff
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Initiator, Meeting, MeetingTime
from app.domain.facts.picture import MeetingAtHand
from app.domain.rule import Effect
from tests.domain.agreements import a_clause, an_agreement, calls
from tests.domain.asking import broken
from tests.domain.at_hand import a_letter, doing, issuing
from tests.domain.cases import a_case_with, a_contact
from tests.domain.meetings import a_held_meeting, a_meeting, an_invitee, an_offered_time
from tests.domain.world import (
    AF,
    AF_UNIT,
    COLLEAGUE,
    FK,
    HELD,
    KOMMUN,
    MEETING_AT,
    NOW,
    REGION,
    TODAY,
    an_id,
    days,
)

THE_REGION_FIRST = FirstParty("REGION")
SIX_WEEKS = LeadTime("REGION", 6)
FIVE_WEEKS = LeadTime("REGION", 5)
WITHOUT_THE_REGION: dict[str, Any] = {"invitees": (an_invitee(FK), an_invitee(KOMMUN)), "offered_times": ()}
BY_THE_REGION: dict[str, Any] = {
    "initiator": Initiator(REGION, AF_UNIT, COLLEAGUE),
    "invitees": (an_invitee(AF), an_invitee(FK)),
    "offered_times": (),
}
UNKNOWN_TO_THE_REGION: dict[str, Any] = {"offered_times": ()}


def at(when: datetime) -> MeetingTime:
    """An hour from then."""
    return MeetingTime(when, when + timedelta(hours=1))


def booking(meeting: Meeting, **changes: Any) -> MeetingAtHand:
    """The meeting is booked in a case changed so."""
    return doing(meeting, a_case_with(meeting, **changes))


def test_the_region_is_contacted_first__kept() -> None:
    """BOK-1 (UPP-030): contacted, or has itself offered a time; an unanswered attempt is contact."""
    assert broken(the_region_is_contacted_first, booking(a_meeting()), THE_REGION_FIRST) == []
    offered_only = booking(a_meeting(), contacts=())
    assert broken(the_region_is_contacted_first, offered_only, THE_REGION_FIRST) == []
    tried = booking(a_meeting(**UNKNOWN_TO_THE_REGION), contacts=(a_contact(answered=False),))
    assert broken(the_region_is_contacted_first, tried, THE_REGION_FIRST) == []


@pytest.mark.parametrize("meeting", [WITHOUT_THE_REGION, BY_THE_REGION], ids=["without it", "by it"])
def test_the_region_is_contacted_first__kept_where_it_is_not_called(meeting: dict[str, Any]) -> None:
    """BOK-1 (UPP-030): where the region takes no part,
    or initiates the meeting itself, nobody waits for it.
    """
    assert (
        broken(the_region_is_contacted_first, booking(a_meeting(**meeting), contacts=()), THE_REGION_FIRST)
        == []
    )


def test_the_region_is_contacted_first__broken() -> None:
    """BOK-1 (UPP-030): the region is to be called, but only others have been contacted."""
    untouched = booking(a_meeting(**UNKNOWN_TO_THE_REGION), contacts=(a_contact(FK),))
    assert broken(the_region_is_contacted_first, untouched, THE_REGION_FIRST) == [
        ("/invitees", "REGION_FIRST")
    ]


def test_the_region_is_contacted_first__broken_by_a_letter_to_whom_nobody_noted() -> None:
    """BOK-1 (UPP-030): a letter to the region is a call to it, also where it was never noted as invited."""
    meeting = a_meeting(**WITHOUT_THE_REGION)
    called = issuing(a_letter(REGION), case=a_case_with(meeting, contacts=()), meeting=meeting)
    assert broken(the_region_is_contacted_first, called, THE_REGION_FIRST) == [("/invitees", "REGION_FIRST")]


@pytest.mark.parametrize(("ahead", "is_broken"), [(42, False), (41, True)])
def test_the_region_gets_its_lead_time__broken_below_42_days(ahead: int, is_broken: bool) -> None:
    """BOK-2 (UPP-031): 42 days from the first contact with
    the region to the meeting are enough, 41 are not.
    """
    contacts = (a_contact(at=MEETING_AT - days(ahead)), a_contact(at=MEETING_AT - days(3)))
    picture = booking(a_meeting(**UNKNOWN_TO_THE_REGION), contacts=contacts)
    assert bool(broken(the_region_gets_its_lead_time, picture, SIX_WEEKS)) is is_broken


def test_the_region_gets_its_lead_time__kept() -> None:
    """BOK-2 (UPP-031): any time the region itself gives will do,
    and it waits neither for itself nor for others.
    """
    late = (a_contact(at=MEETING_AT - days(3)),)
    for changes in ({}, WITHOUT_THE_REGION, BY_THE_REGION):
        assert (
            broken(the_region_gets_its_lead_time, booking(a_meeting(**changes), contacts=late), SIX_WEEKS)
            == []
        )


def test_the_region_gets_its_lead_time__broken_without_contact_or_time() -> None:
    """BOK-2 (UPP-031): without contact the weeks count from today; without a time none is kept."""
    soon = a_meeting(**UNKNOWN_TO_THE_REGION, time=at(NOW + days(41)))
    said = [("/startsAt", "LEAD_TIME_REGION")]
    assert broken(the_region_gets_its_lead_time, booking(soon, contacts=()), SIX_WEEKS) == said
    unfixed = a_meeting(**UNKNOWN_TO_THE_REGION, time=NotYet())
    assert broken(the_region_gets_its_lead_time, booking(unfixed), SIX_WEEKS) == [
        ("/startsAt", "TIME_NOT_FIXED")
    ]


@pytest.mark.parametrize(("ahead", "is_broken"), [(35, False), (34, True)])
def test_the_others_get_their_lead_time__broken_below_35_days(ahead: int, is_broken: bool) -> None:
    """BOK-3 (UPP-033): 35 days from the summons to the meeting are enough, 34 are not."""
    meeting = a_meeting(**WITHOUT_THE_REGION, time=at(NOW + days(ahead)))
    assert bool(broken(the_others_get_their_lead_time, booking(meeting), FIVE_WEEKS)) is is_broken


def test_the_others_get_their_lead_time__broken_without_a_time() -> None:
    """BOK-3 (UPP-033): without a time no weeks can be counted, and it is the time that is said to lack."""
    unfixed = a_meeting(**WITHOUT_THE_REGION, time=NotYet())
    assert broken(the_others_get_their_lead_time, booking(unfixed), FIVE_WEEKS) == [
        ("/startsAt", "TIME_NOT_FIXED")
    ]


@pytest.mark.parametrize("changes", [{}, BY_THE_REGION], ids=["with it", "by it"])
def test_the_others_get_their_lead_time__kept_where_the_region_takes_part(changes: dict[str, Any]) -> None:
    """BOK-3 (UPP-033): the five weeks are for meetings without the region."""
    soon = a_meeting(**changes, time=at(NOW + days(1)))
    assert broken(the_others_get_their_lead_time, booking(soon), FIVE_WEEKS) == []


def test_the_meeting_is_on_the_regions_date__kept() -> None:
    """BOK-4 (UPP-032): one of the times the region gave; without the region, or by it, any time."""
    another = an_offered_time(starts_at=MEETING_AT - days(7))
    for changes in ({"offered_times": (another, an_offered_time())}, WITHOUT_THE_REGION, BY_THE_REGION):
        assert (
            broken(the_meeting_is_on_the_regions_date, booking(a_meeting(**changes)), THE_REGION_FIRST) == []
        )


@pytest.mark.parametrize(
    "changes",
    [{"time": at(MEETING_AT + days(1))}, {"time": at(MEETING_AT + timedelta(hours=1))}, {"time": NotYet()}],
    ids=["another day", "another hour", "no time"],
)
def test_the_meeting_is_on_the_regions_date__broken_at_another_time(changes: dict[str, Any]) -> None:
    """BOK-4 (UPP-032): a day or an hour beside the region's time is not its time."""
    assert broken(the_meeting_is_on_the_regions_date, booking(a_meeting(**changes)), THE_REGION_FIRST) == [
        ("/startsAt", "DATE_MISMATCH")
    ]


@pytest.mark.parametrize("offered", [(), (an_offered_time(organisation_id=FK),)], ids=["none", "another's"])
def test_the_meeting_is_on_the_regions_date__broken_before_the_region_has_given_one(offered: Any) -> None:
    """BOK-4 (UPP-032): only when the region has given a date may the others be called."""
    picture = booking(a_meeting(offered_times=offered))
    assert broken(the_meeting_is_on_the_regions_date, picture, THE_REGION_FIRST) == [
        ("/startsAt", "REGION_FIRST")
    ]


AGREED = an_agreement(
    a_clause("UPP-031", calls("BOK-2", Effect.EXPLAIN, SIX_WEEKS)),
    a_clause("UPP-033", calls("BOK-3", Effect.EXPLAIN, FIVE_WEEKS)),
)


def test_earliest_fitting_date_with_the_region() -> None:
    """Six weeks from the first contact with the region, by UPP-031; the clause is told with the day."""
    found = earliest_fitting_date(booking(a_meeting(), contacts=(a_contact(at=NOW - days(7)),)), AGREED)
    [reason] = found.reasons
    assert found.day == TODAY - days(7) + days(42)
    assert (reason.rule_id, reason.clause_ids, reason.weeks, reason.counted_from) == (
        "BOK-2",
        ("UPP-031",),
        6,
        TODAY - days(7),
    )


def test_earliest_fitting_date_without_the_region() -> None:
    """Five weeks from today, by UPP-033, which in 2026 is Easter Monday: information, not a bar."""
    found = earliest_fitting_date(booking(a_meeting(**WITHOUT_THE_REGION)), AGREED)
    assert found.day == date(2026, 4, 6)
    assert found.first_working_day == date(2026, 4, 7)
    assert found.days_off == (DayOff(date(2026, 4, 6), "Annandag påsk"),)


def test_earliest_fitting_date_meets_christmas() -> None:
    """Six weeks from 12 November 2026 is Christmas Eve:
    the first working day is told with the days off met.
    """
    contact = a_contact(at=datetime(2026, 11, 12, 9, tzinfo=UTC))
    meeting = a_meeting(**UNKNOWN_TO_THE_REGION)
    found = earliest_fitting_date(
        booking(meeting, contacts=(contact,), at=datetime(2026, 11, 12, 9, tzinfo=UTC)), AGREED
    )
    assert found.day == date(2026, 12, 24)
    assert found.first_working_day == date(2026, 12, 28)
    assert [off.name for off in found.days_off] == ["Julafton", "Juldagen", "Annandag jul"]


def test_earliest_fitting_date_by_the_region_is_today() -> None:
    """Where the region initiates nobody's lead time counts."""
    picture = booking(a_meeting(**BY_THE_REGION))
    assert earliest_fitting_date(picture, AGREED).day == TODAY
    assert earliest_fitting_date(replace(picture, meeting=a_meeting(**BY_THE_REGION)), AGREED).reasons == ()


def test_earliest_fitting_date_is_never_past() -> None:
    """UPP-031: the region was contacted long ago and has not answered; the six weeks are over, and today is
    first.
    """
    found = earliest_fitting_date(booking(a_meeting(), contacts=(a_contact(at=NOW - days(70)),)), AGREED)
    assert (found.day, found.reasons[0].earliest) == (TODAY, TODAY - days(28))


def test_a_contact_about_an_earlier_meeting_is_none_about_the_next() -> None:
    """BOK-1 (UPP-030): the region was asked for the meeting that has been held; for its follow-up it is
    asked anew.
    """
    before = a_held_meeting(id=an_id(998))
    next_one = a_meeting(**UNKNOWN_TO_THE_REGION)
    earlier, named = a_contact(), a_contact(meeting_id=next_one.id)
    since = a_contact(at=HELD + days(1))
    for contacts, is_kept in (((earlier,), False), ((named,), True), ((earlier, since), True)):
        case = a_case_with(next_one, meetings=(before, next_one), contacts=contacts)
        said = broken(the_region_is_contacted_first, doing(next_one, case), THE_REGION_FIRST)
        assert (said == []) is is_kept
