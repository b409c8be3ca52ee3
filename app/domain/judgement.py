"""What the agreement answers: findings, and the verdict on a step."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.agreement import Agreement, Calling
from app.domain.facts.at_hand import AT_HAND
from app.domain.facts.basics import NoEnd, Side
from app.domain.facts.case import Subject
from app.domain.facts.picture import Picture
from app.domain.rule import AtHand, Breach, Deadline, Effect, Rule, Words
from app.domain.step import Step, StepKind


@dataclass(frozen=True)
class Finding:
    """One breach, with the clauses it breaks: the first is the one cited, `wording` is its own words."""

    rule_id: str
    effect: Effect
    clause_ids: tuple[str, ...]
    wording: str
    code: str
    pointer: str
    message: Words
    remedy: Words
    owed_by: Side
    subject: Subject | AtHand
    deadline: Deadline | NoEnd

    @property
    def clause_id(self) -> str:
        """The clause cited."""
        return self.clause_ids[0]


@dataclass(frozen=True)
class Explained:
    """A finding that was answered with a reason."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Verdict:
    """Whether a step may be taken: what blocks it, what was explained, and what is merely remarked."""

    blocked: tuple[Finding, ...]
    explained: tuple[Explained, ...]
    remarks: tuple[Finding, ...]

    @property
    def allows(self) -> bool:
        """Whether nothing blocks the step."""
        return not self.blocked


def findings_of(rule: Rule, step: Step, picture: Picture, agreement: Agreement) -> tuple[Finding, ...]:
    """Every breach of one rule at a step, also of duties that nobody need be reminded of yet.

    Raises TypeError when the picture is not the step's: a fault in our own program, never in a case.
    """
    if not isinstance(picture, AT_HAND[step]):
        raise TypeError(f"{step} needs {AT_HAND[step].__name__}, not {type(picture).__name__}")
    return tuple(
        _finding(rule, step, calling, breach)
        for calling in agreement.callings(rule.id)
        for breach in rule.check(picture, calling.parameters)
    )


def decide(step: Step, findings: tuple[Finding, ...], explanations: Mapping[str, str]) -> Verdict:
    """The verdict on a step: an act is stopped by what refuses,
    and by what lacks a reason given for its rule id.

    A statement is never stopped: the truth is recorded, and every finding comes back as a remark.
    """
    if step.kind is not StepKind.ACT:
        return Verdict(blocked=(), explained=(), remarks=findings)
    reasons = {rule_id: reason.strip() for rule_id, reason in explanations.items() if reason.strip()}
    to_explain = [one for one in findings if one.effect is Effect.EXPLAIN]
    explained = tuple(Explained(one, reasons[one.rule_id]) for one in to_explain if one.rule_id in reasons)
    return Verdict(
        blocked=tuple(
            one
            for one in findings
            if one.effect is Effect.REFUSE or (one in to_explain and one.rule_id not in reasons)
        ),
        explained=explained,
        remarks=tuple(one for one in findings if one.effect in (Effect.REMARK, Effect.REMIND)),
    )


def _finding(rule: Rule, step: Step, calling: Calling, breach: Breach) -> Finding:
    """A breach as the agreement sees it."""
    return Finding(
        rule_id=rule.id,
        effect=_effect_at(step, calling.effect),
        clause_ids=tuple(clause.id for clause in calling.clauses),
        wording=" ".join(calling.clauses[0].quotes),
        code=breach.fault.code,
        pointer=breach.pointer,
        message=_filled(breach.fault.matter, breach.values),
        remedy=_filled(breach.fault.remedy, breach.values),
        owed_by=breach.owed_by,
        subject=breach.subject,
        deadline=breach.deadline,
    )


def _effect_at(step: Step, effect: Effect) -> Effect:
    """What time brings is a reminder; what a step brings is at least a remark."""
    if step.kind is StepKind.TICK:
        return Effect.REMIND
    return Effect.REMARK if effect is Effect.REMIND else effect


def _filled(words: Words, values: Mapping[str, object]) -> Words:
    """The sentence with its values: days and numbers, never anything about the person."""
    return Words(words.sv.format_map(values), words.en.format_map(values))
