"""What every organisation owes now, read from the facts: a task ends when its cause does."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.agreement import Agreement
from app.domain.codes import SubjectKind
from app.domain.deviations import PROPOSES
from app.domain.facts.basics import NoEnd, NotYet, TheOrganisation, Unknown
from app.domain.facts.case import Case, Subject
from app.domain.facts.picture import Picture
from app.domain.judgement import Finding
from app.domain.rule import Words
from app.domain.rulebook import owed
from app.domain.step import Step


@dataclass(frozen=True)
class Desk:
    """Where in an organisation a task lies, as far as it is known."""

    unit_id: UUID | Unknown
    officer_id: UUID | Unknown


@dataclass(frozen=True)
class Task:
    """Something an organisation owes by a day (Stockholm), by which rule and clauses, and what ends it.

    `is_reminded` from the day `flerpart tick` brings it up; `is_overdue` from the day after it was due.
    """

    rule_id: str
    clause_ids: tuple[str, ...]
    code: str
    organisation_id: UUID
    desk: Desk
    subject: Subject
    due: date
    is_reminded: bool
    is_overdue: bool
    message: Words
    remedy: Words


def tasks(case: Case, agreement: Agreement) -> tuple[Task, ...]:
    """Everything the organisations of a case owe, the soonest due first.

    A closed case owes nothing but to decide on the deviations proposed in it.
    """
    owing = (one for one in owed(Step.TICK, Picture(case), agreement) if one.rule_id not in PROPOSES)
    found = (task for finding in owing for task in _task(case, finding))
    return tuple(sorted(found, key=lambda task: (task.due, task.rule_id, task.subject.id)))


def _task(case: Case, finding: Finding) -> tuple[Task, ...]:
    """A finding of the tick as a task. The individual has duties in the plan, but never a task."""
    owner, deadline, subject = finding.owed_by, finding.deadline, finding.subject
    if (
        not isinstance(owner, TheOrganisation)
        or isinstance(deadline, NoEnd)
        or not isinstance(subject, Subject)
    ):
        return ()
    return (
        Task(
            rule_id=finding.rule_id,
            clause_ids=finding.clause_ids,
            code=finding.code,
            organisation_id=owner.id,
            desk=desk_of(case, owner.id, subject),
            subject=subject,
            due=deadline.due,
            is_reminded=deadline.remind_from <= case.as_of,
            is_overdue=deadline.due < case.as_of,
            message=finding.message,
            remedy=finding.remedy,
        ),
    )


def desk_of(case: Case, organisation_id: UUID, subject: Subject) -> Desk:
    """Where in an organisation it lies: with the unit a deviation came to, with who carries the case,
    initiates the meeting, or was called.
    """
    if subject.kind is SubjectKind.DEVIATION:
        units = (one.unit_id for one in case.deviations if one.id == subject.id)
        return Desk(next(units, Unknown()), Unknown())
    if subject.kind is SubjectKind.MEETING:
        meeting = case.meeting(subject.id)
        if not isinstance(meeting, NotYet) and meeting.holder == organisation_id:
            return Desk(meeting.initiator.unit_id, meeting.chair_officer_id)
    if organisation_id == case.holder:
        officer = case.carrier.officer_id
        return Desk(case.carrier.unit_id, Unknown() if isinstance(officer, NotYet) else officer)
    called = [
        one
        for meeting in case.meetings
        for one in meeting.summonses
        if one.organisation_id == organisation_id
    ]
    exact = [one for one in called if one.id == subject.id]
    summons = (exact or called)[-1:]
    return next((Desk(one.unit_id, one.officer_id) for one in summons), Desk(Unknown(), Unknown()))
