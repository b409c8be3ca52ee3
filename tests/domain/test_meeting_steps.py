"""From which state of a meeting each step can be taken (Part D3)."""

import pytest

from app.domain.codes import MeetingStatus
from app.domain.facts.meeting import Meeting, RecordedAfterwards
from app.domain.meeting_steps import can_be_taken, goes_on
from app.domain.step import Step
from tests.domain.cases import HELD, NOW, a_concluded_meeting, a_held_meeting, a_summoned_meeting

GRID = """
prepare-meeting    draft prepared date_agreed scheduled summoned suspended open concluded cancelled
book-meeting       draft prepared date_agreed scheduled
issue-summons      draft prepared date_agreed scheduled summoned suspended
issue-invitation   draft prepared date_agreed scheduled summoned suspended
reschedule-meeting scheduled summoned suspended
cancel-meeting     draft prepared date_agreed scheduled summoned suspended
open-meeting       draft prepared date_agreed scheduled summoned suspended
record-meeting     draft prepared date_agreed scheduled summoned suspended
admit-to-meeting   open
transfer-chair     draft prepared date_agreed scheduled summoned suspended open
"""


@pytest.mark.parametrize("line", GRID.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_step_is_taken_from_these_states_only(line: str) -> None:
    """Each step that asks for a state exists from exactly the states of its row."""
    word, *states = line.split()
    assert [status.value for status in MeetingStatus if can_be_taken(Step(word), status)] == states


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        (a_summoned_meeting(), False),
        (a_held_meeting(), True),
        (a_held_meeting(opening=RecordedAfterwards(HELD, NOW, ())), True),
        (a_held_meeting(cancelled_at=NOW), False),
        (a_held_meeting(entered_in_error=True), False),
        (a_concluded_meeting(), False),
    ],
    ids=["ahead", "opened", "recorded", "cancelled", "in error", "concluded"],
)
def test_a_meeting_goes_on_until_its_end_is_written(meeting: Meeting, said: bool) -> None:
    """UPP-053, UPP-056: held, opened or recorded, it goes on until it is concluded or taken back."""
    assert goes_on(meeting) is said
