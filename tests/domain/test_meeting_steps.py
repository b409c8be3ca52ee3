"""From which state of a meeting each step can be taken (Part D3)."""

import pytest

from app.domain.codes import MeetingStatus
from app.domain.meeting_steps import can_be_taken
from app.domain.step import Step

GRID = """
prepare-meeting    draft prepared date_agreed scheduled summoned suspended open concluded cancelled
book-meeting       draft prepared date_agreed scheduled
issue-summons      draft prepared date_agreed scheduled summoned suspended
issue-invitation   draft prepared date_agreed scheduled summoned suspended
reschedule-meeting scheduled summoned suspended
cancel-meeting     draft prepared date_agreed scheduled summoned suspended
open-meeting       draft prepared date_agreed scheduled summoned suspended
record-meeting     draft prepared date_agreed scheduled summoned suspended
"""


@pytest.mark.parametrize("line", GRID.strip().splitlines(), ids=lambda line: line.split()[0])
def test_a_step_is_taken_from_these_states_only(line: str) -> None:
    """Each step that comes before a meeting is held exists from exactly the states of its row."""
    word, *states = line.split()
    assert [status.value for status in MeetingStatus if can_be_taken(Step(word), status)] == states
