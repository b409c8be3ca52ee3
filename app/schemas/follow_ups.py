"""The follow-up on the wire: a party's account of its area, and what is decided."""

from pydantic import Field

from app.domain.codes import FollowUpDecision
from app.schemas.base import AnswerModel, Flag, Id, Line, Prose, Statement, UtcTime, VersionedAct, example_of


class FollowUpReportIn(Statement):
    """An account of one's own area; the meeting's holder may write down another's (UPP-066)."""

    text: Prose
    speaker_name: Line | None = Field(default=None, description="Vem som sa det. Who said it.")


class FollowUpDecisionIn(VersionedAct):
    """What the follow-up decides on the plan, and why (UPP-067)."""

    decision: FollowUpDecision
    still_needs_coordination: Flag
    reason: Prose


class FollowUpReportOut(AnswerModel):
    """An account; text and name are told the meeting's holder and whoever said it."""

    id: Id
    organisation_id: Id | None = Field(description="Null för individen. Null for the individual.")
    recorded_by_organisation_id: Id
    occurred_at: UtcTime
    recorded_at: UtcTime
    speaker_name: str | None
    text: str | None


class FollowUpDecisionOut(AnswerModel):
    """What the follow-up decided; the reason is for the holder alone."""

    decision: str
    still_needs_coordination: bool
    reason: str | None
    decided_at: UtcTime


class FollowUpOut(AnswerModel):
    """What a follow-up has come to."""

    plan_id: Id
    reports: list[FollowUpReportOut] = Field(max_length=500)
    decision: FollowUpDecisionOut | None


FOLLOW_UP_REPORT = example_of(
    FollowUpReportIn,
    {
        "text": "Arbetsträningen har börjat och går bra.",
        "occurredAt": "2026-09-01T08:00:00Z",
        "channel": "at_the_meeting",
    },
)
FOLLOW_UP_DECISION = example_of(
    FollowUpDecisionIn,
    {
        "version": 4,
        "decision": "revise",
        "stillNeedsCoordination": True,
        "reason": "Arbetsträningen behöver förlängas.",
    },
)
