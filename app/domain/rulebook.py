"""The rulebook: every rule there is, in the order of the routine, and the one door to it."""

from app.domain.agreement import Agreement
from app.domain.facts.basics import NoEnd
from app.domain.facts.picture import Picture
from app.domain.judgement import Finding, findings_of
from app.domain.rule import Rule
from app.domain.step import Step

RULEBOOK: tuple[Rule, ...] = ()


def judge(step: Step, picture: Picture, agreement: Agreement) -> tuple[Finding, ...]:
    """Ask every rule that speaks at this step and that a clause calls for; answer with every breach, never
    just the first.

    What is owed but need not be brought up yet is left out (see `owed`). Raises TypeError when the picture is
    not the step's.
    """
    today = picture.case.as_of
    return tuple(
        one
        for one in owed(step, picture, agreement)
        if isinstance(one.deadline, NoEnd) or one.deadline.remind_from <= today
    )


def owed(step: Step, picture: Picture, agreement: Agreement) -> tuple[Finding, ...]:
    """As `judge`, and also what is owed by a day that is still to come."""
    speaking = (rule for rule in RULEBOOK if step in rule.steps)
    return tuple(one for rule in speaking for one in findings_of(rule, step, picture, agreement))


def rule_by_id(rule_id: str) -> Rule:
    """The rule with this id. Raises KeyError when there is none."""
    return {rule.id: rule for rule in RULEBOOK}[rule_id]
