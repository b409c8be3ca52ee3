"""What every change of a meeting has in common: the state it needs, the next version, the journal row."""

from collections.abc import Set
from uuid import UUID

from app.db import meetings as rows
from app.domain.codes import MeetingStatus
from app.domain.facts.case import Case, NoParty
from app.domain.judgement import Verdict
from app.domain.meeting_steps import can_be_changed, can_be_taken
from app.domain.rule import Words
from app.domain.step import Step
from app.errors import FieldFault, InvalidTransition, PreconditionFailed, Unprocessable, VersionStale
from app.services.at_hand import MeetingFound, own_meeting
from app.services.decision import NOTHING_JUDGED, Decision

ORGANISATION_NOT_PARTY = FieldFault(
    "ORGANISATION_NOT_PARTY",
    Words(
        "Organisationen hör inte till någon part i överenskommelsen",
        "The organisation belongs to no party of the agreement",
    ),
)
TIME_ORDER = FieldFault(
    "TIME_ORDER", Words("Mötet slutar innan det börjar", "The meeting ends before it starts")
)


async def own_meeting_matching(
    decision: Decision, meeting_id: UUID, version: int, *named: UUID
) -> MeetingFound:
    """As `own_meeting`, for a change guarded by If-Match. Raises PreconditionFailed for another version."""
    try:
        return await own_meeting(decision, meeting_id, *named, version=version)
    except VersionStale:
        raise PreconditionFailed from None


def ensure_in(at: MeetingFound, states: Set[MeetingStatus]) -> None:
    """Raises InvalidTransition where the meeting is in none of these states, or its case is closed."""
    if not can_be_changed(at.found.case, at.meeting, states):
        raise InvalidTransition


def ensure_step(at: MeetingFound, step: Step) -> None:
    """Raises InvalidTransition where the step does not exist from where the meeting stands."""
    if not can_be_taken(step, at.found.case, at.meeting):
        raise InvalidTransition


def ensure_party(case: Case, organisation_id: UUID, pointer: str) -> None:
    """Raises Unprocessable for an organisation that belongs to no party of the case's agreement."""
    if isinstance(case.party_of(organisation_id), NoParty):
        raise Unprocessable(ORGANISATION_NOT_PARTY.at(pointer))


async def next_version(decision: Decision, at: MeetingFound) -> int:
    """Let the meeting step to its next version, so that an act decided on what was before is stale."""
    if not await rows.next_version(decision.tx, at.meeting.id, at.version):
        raise VersionStale
    return at.version + 1


async def journal(decision: Decision, at: MeetingFound, verdict: Verdict = NOTHING_JUDGED) -> None:
    """Write down the decision on this meeting."""
    await decision.journal(
        "meeting",
        at.meeting.id,
        individual_id=at.individual_id,
        agreement=at.found.agreement,
        verdict=verdict,
    )
