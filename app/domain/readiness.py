"""Is everything in place for a step? The same book, asked without taking the step."""

from dataclasses import dataclass

from app.domain.agreement import Agreement
from app.domain.booking import EarliestDate, earliest_fitting_date
from app.domain.facts.basics import Side
from app.domain.facts.picture import MeetingAtHand, Picture
from app.domain.judgement import Finding, decide
from app.domain.rule import Effect
from app.domain.rulebook import judge
from app.domain.step import Step


@dataclass(frozen=True)
class NotAboutATime:
    """The step fixes no time, so there is no earliest one."""


@dataclass(frozen=True)
class Readiness:
    """A checklist for a step: what stops it, what needs a reason, what is remarked, the earliest day."""

    step: Step
    missing: tuple[Finding, ...]
    to_explain: tuple[Finding, ...]
    remarks: tuple[Finding, ...]
    earliest: EarliestDate | NotAboutATime

    @property
    def is_ready(self) -> bool:
        """Whether the step can be taken now, without any reason given."""
        return not self.missing and not self.to_explain

    def owed_by(self, side: Side) -> tuple[Finding, ...]:
        """What one side can mend."""
        return tuple(one for one in (*self.missing, *self.to_explain, *self.remarks) if one.owed_by == side)


_FIXES_A_TIME = frozenset({Step.BOOK_MEETING, Step.ISSUE_SUMMONS, Step.RESCHEDULE_MEETING})


def readiness(step: Step, picture: Picture, agreement: Agreement) -> Readiness:
    """What the agreement would answer now. Raises TypeError when the picture is not the step's."""
    verdict = decide(step, judge(step, picture, agreement), {})
    earliest: EarliestDate | NotAboutATime = NotAboutATime()
    if step in _FIXES_A_TIME and isinstance(picture, MeetingAtHand):
        earliest = earliest_fitting_date(picture, agreement)
    return Readiness(
        step=step,
        missing=tuple(one for one in verdict.blocked if one.effect is Effect.REFUSE),
        to_explain=tuple(one for one in verdict.blocked if one.effect is Effect.EXPLAIN),
        remarks=verdict.remarks,
        earliest=earliest,
    )
