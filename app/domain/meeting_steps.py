"""From which state of a meeting each step can be taken at all (Part D3); whether it may, the
rulebook says.
"""

from collections.abc import Mapping, Set
from types import MappingProxyType

from app.domain.codes import MeetingStatus
from app.domain.facts.basics import NotYet
from app.domain.facts.meeting import Meeting
from app.domain.step import Step

_S = MeetingStatus

BEFORE_CALLING = frozenset({_S.DRAFT, _S.PREPARED, _S.DATE_AGREED, _S.SCHEDULED})
"""Nobody has been called yet."""

AHEAD = BEFORE_CALLING | {_S.SUMMONED, _S.SUSPENDED}
"""The meeting is still to be held."""

UNDER_WAY = AHEAD | {_S.OPEN}
"""The meeting is not over: what is known of it may still be changed."""

TAKEN_FROM: Mapping[Step, Set[MeetingStatus]] = MappingProxyType(
    {
        Step.PREPARE_MEETING: UNDER_WAY | {_S.CONCLUDED, _S.CANCELLED},
        Step.BOOK_MEETING: BEFORE_CALLING,
        Step.ISSUE_SUMMONS: AHEAD,
        Step.ISSUE_INVITATION: AHEAD,
        Step.RESCHEDULE_MEETING: frozenset({_S.SCHEDULED, _S.SUMMONED, _S.SUSPENDED}),
        Step.CANCEL_MEETING: AHEAD,
        Step.OPEN_MEETING: AHEAD,
        Step.RECORD_MEETING: AHEAD,
        Step.ADMIT_TO_MEETING: frozenset({_S.OPEN}),
        Step.TRANSFER_CHAIR: UNDER_WAY,
    }
)
"""The steps that ask for a state; the others ask for what was done at the meeting."""


def goes_on(meeting: Meeting) -> bool:
    """Whether the meeting is held, now or as recorded, and its end has not been written down: so long its
    recorder can be appointed (UPP-053), and it can be concluded (UPP-056).
    """
    over = not isinstance(meeting.cancelled_at, NotYet) or meeting.entered_in_error
    held = not isinstance(meeting.opening, NotYet)
    return held and isinstance(meeting.conclusion, NotYet) and not over


def can_be_taken(step: Step, status: MeetingStatus) -> bool:
    """Whether the step exists from this state."""
    return step not in TAKEN_FROM or status in TAKEN_FROM[step]
