"""From which state of a meeting each step can be taken at all (Part D3);
whether it may, the rulebook says.
"""

from collections.abc import Mapping, Set
from types import MappingProxyType

from app.domain.calendar import stockholm_day
from app.domain.codes import MeetingStatus
from app.domain.facts.basics import NotYet
from app.domain.facts.case import Case
from app.domain.facts.meeting import FollowsUp, Meeting
from app.domain.states import meeting_status
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

_BEGINS_ANEW = frozenset(
    {
        Step.BOOK_MEETING,
        Step.ISSUE_SUMMONS,
        Step.ISSUE_INVITATION,
        Step.RESCHEDULE_MEETING,
        Step.OPEN_MEETING,
        Step.DECIDE_FOLLOW_UP,
    }
)
_OF_A_MEETING_THAT_GOES_ON = frozenset({Step.APPOINT_RECORDER, Step.CONCLUDE_MEETING})


def goes_on(meeting: Meeting) -> bool:
    """Whether the meeting is held, now or as recorded, and its end has not been written down:
    so long its recorder can be appointed (UPP-053), and it can be concluded (UPP-056).
    """
    over = not isinstance(meeting.cancelled_at, NotYet) or meeting.entered_in_error
    held = not isinstance(meeting.opening, NotYet)
    return held and isinstance(meeting.conclusion, NotYet) and not over


def awaits_decision(meeting: Meeting) -> bool:
    """Whether the meeting is a follow-up that has been held and has not decided on the plan (UPP-067)."""
    return can_be_reported_at(meeting) and not (
        isinstance(meeting.opening, NotYet) or not isinstance(meeting.decision, NotYet)
    )


def can_be_reported_at(meeting: Meeting) -> bool:
    """Whether the meeting is a follow-up, before it or after: whoever cannot come may report beforehand."""
    over = not isinstance(meeting.cancelled_at, NotYet) or meeting.entered_in_error
    return isinstance(meeting.follows, FollowsUp) and not over


def is_for_a_later_day(case: Case, meeting: Meeting) -> bool:
    """Whether the meeting is booked for a day that has not come: to hold it earlier is to move it first."""
    time = meeting.time
    booked_later = not isinstance(time, NotYet) and stockholm_day(time.starts_at) > case.as_of
    return booked_later and meeting_status(case, meeting) in AHEAD


def can_be_taken(step: Step, case: Case, meeting: Meeting) -> bool:
    """Whether the step exists from where the meeting stands; in a closed case nothing is begun anew."""
    if step in _BEGINS_ANEW and not isinstance(case.closure, NotYet):
        return False
    if step is Step.OPEN_MEETING and is_for_a_later_day(case, meeting):
        return False
    if step is Step.REPORT_AT_FOLLOW_UP:
        return can_be_reported_at(meeting)
    if step is Step.DECIDE_FOLLOW_UP:
        return awaits_decision(meeting)
    if step in _OF_A_MEETING_THAT_GOES_ON:
        return goes_on(meeting)
    return step not in TAKEN_FROM or meeting_status(case, meeting) in TAKEN_FROM[step]


def leads_to(step: Step, case: Case, meeting: Meeting) -> bool:
    """Whether the meeting points out the step. What was said in preparing it is heard also when it is over,
    as a statement always is; it is asked for no more.
    """
    if step is Step.PREPARE_MEETING and not can_be_changed(case, meeting, UNDER_WAY):
        return False
    return can_be_taken(step, case, meeting)


def can_be_changed(case: Case, meeting: Meeting, states: Set[MeetingStatus]) -> bool:
    """Whether what stands of the meeting may be changed: it is in one of these states, its case open."""
    return isinstance(case.closure, NotYet) and meeting_status(case, meeting) in states
