"""Which steps exist from where a meeting stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.calendar import stockholm_day
from app.domain.codes import ClosureReason
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Closure
from app.domain.facts.meeting import Meeting, MeetingTime
from app.domain.meeting_steps import (
    UNDER_WAY,
    can_be_changed,
    can_be_taken,
    is_for_a_later_day,
    leads_to,
)
from app.domain.step import Step
from tests.domain.cases import a_case_with
from tests.domain.meetings import a_concluded_meeting, a_held_meeting, a_meeting, a_summoned_meeting
from tests.domain.world import NOW

OF_MEETINGS = {
    Step.PREPARE_MEETING,
    Step.BOOK_MEETING,
    Step.ISSUE_SUMMONS,
    Step.ISSUE_INVITATION,
    Step.RESCHEDULE_MEETING,
    Step.CANCEL_MEETING,
    Step.OPEN_MEETING,
    Step.RECORD_MEETING,
    Step.ADMIT_TO_MEETING,
    Step.TRANSFER_CHAIR,
    Step.APPOINT_RECORDER,
    Step.CONCLUDE_MEETING,
}
BEFORE_IT = {
    Step.ISSUE_SUMMONS,
    Step.ISSUE_INVITATION,
    Step.CANCEL_MEETING,
    Step.OPEN_MEETING,
    Step.RECORD_MEETING,
    Step.PREPARE_MEETING,
    Step.TRANSFER_CHAIR,
}


def steps_from(meeting: Meeting, **of_case: Any) -> set[Step]:
    """The steps of a meeting that exist from where it stands."""
    case = a_case_with(meeting, **of_case)
    return {step for step in OF_MEETINGS if can_be_taken(step, case, meeting)}


@pytest.mark.parametrize(
    ("meeting", "steps"),
    [
        (a_meeting(time=NotYet()), BEFORE_IT | {Step.BOOK_MEETING}),
        (a_meeting(), (BEFORE_IT | {Step.BOOK_MEETING, Step.RESCHEDULE_MEETING}) - {Step.OPEN_MEETING}),
        (a_summoned_meeting(), (BEFORE_IT | {Step.RESCHEDULE_MEETING}) - {Step.OPEN_MEETING}),
        (
            a_held_meeting(),
            {
                Step.PREPARE_MEETING,
                Step.ADMIT_TO_MEETING,
                Step.TRANSFER_CHAIR,
                Step.APPOINT_RECORDER,
                Step.CONCLUDE_MEETING,
            },
        ),
        (a_concluded_meeting(), {Step.PREPARE_MEETING}),
        (a_meeting(cancelled_at=NOW), {Step.PREPARE_MEETING}),
        (a_meeting(entered_in_error=True), set()),
    ],
    ids=["no time", "scheduled", "summoned", "open", "concluded", "cancelled", "entered in error"],
)
def test_each_state_has_its_steps(meeting: Meeting, steps: set[Step]) -> None:
    """What can be done to a meeting follows from what has happened to it (Part D3)."""
    assert steps_from(meeting) == steps


@pytest.mark.parametrize(("today", "exists"), [(-1, False), (0, True), (1, True)])
def test_a_meeting_is_opened_on_its_day_at_the_earliest(today: int, exists: bool) -> None:
    """Whoever meets before the day that is booked moves the meeting first; from that day on it is opened."""
    meeting = a_summoned_meeting()
    assert isinstance(meeting.time, MeetingTime)
    case = replace(a_case_with(meeting), as_of=stockholm_day(meeting.time.starts_at) + timedelta(days=today))
    assert can_be_taken(Step.OPEN_MEETING, case, meeting) is exists
    assert is_for_a_later_day(case, meeting) is not exists


@pytest.mark.parametrize("over", [a_concluded_meeting(), a_meeting(cancelled_at=NOW)])
def test_a_preparation_told_late_is_heard_and_not_asked_for(over: Meeting) -> None:
    """Of a meeting that is over a preparation can be recorded, but the meeting no longer leads there."""
    assert can_be_taken(Step.PREPARE_MEETING, a_case_with(over), over)
    assert not leads_to(Step.PREPARE_MEETING, a_case_with(over), over)
    assert leads_to(Step.PREPARE_MEETING, a_case_with(a_meeting()), a_meeting())


def test_in_a_closed_case_nothing_is_begun_anew() -> None:
    """A closed case lets a meeting be cancelled or recorded as held, but neither called to nor opened."""
    closed = Closure(ClosureReason.DECLINED, NOW)
    assert steps_from(a_meeting(), closure=closed) == {
        Step.PREPARE_MEETING,
        Step.CANCEL_MEETING,
        Step.RECORD_MEETING,
        Step.TRANSFER_CHAIR,
    }
    assert not can_be_changed(a_case_with(a_meeting(), closure=closed), a_meeting(), UNDER_WAY)
    assert can_be_changed(a_case_with(a_meeting()), a_meeting(), UNDER_WAY)
