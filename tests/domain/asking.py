"""Asking one rule about one picture, and what it answers in a form that is easily compared."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from app.domain.codes import (
    SubjectKind,
)
from app.domain.facts.basics import Side
from app.domain.facts.case import (
    Subject,
)
from app.domain.facts.picture import Picture
from app.domain.rule import Deadline, NoParameters, Rule


def broken(rule: Rule, picture: Picture, parameters: object = NoParameters()) -> list[tuple[str, str]]:
    """Where and how the rule is broken; of what is owed by a day, what is to be brought up by now."""
    return [
        (breach.pointer, breach.fault.code)
        for breach in rule.check(picture, parameters)
        if not isinstance(breach.deadline, Deadline) or breach.deadline.remind_from <= picture.case.as_of
    ]


def owing(
    rule: Rule, picture: Picture, parameters: object = NoParameters()
) -> list[tuple[Side, Subject, date]]:
    """Who owes what by which day, brought up or not."""
    return list(_owing(rule, picture, parameters))


def _owing(rule: Rule, picture: Picture, parameters: object) -> Iterator[tuple[Side, Subject, date]]:
    for breach in rule.check(picture, parameters):
        assert isinstance(breach.deadline, Deadline)
        assert isinstance(breach.subject, Subject)
        yield breach.owed_by, breach.subject, breach.deadline.due


def about(kind: SubjectKind, subject_id: UUID) -> Subject:
    """What something is about."""
    return Subject(kind, subject_id)
