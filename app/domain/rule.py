"""What a rule is: a named function, stated true, that yields each breach of it.

    @rule("SAM-2", at={Step.OPEN_MEETING, Step.RECORD_MEETING})
    def everyone_present_is_covered_by_consent(held: MeetingHeld, _: NoParameters) -> Iterator[Breach]:

The types of its two arguments say what it looks at
and what the agreement must tell it; nothing says it twice.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, is_dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from app.domain.codes import Code
from app.domain.facts.at_hand import AT_HAND
from app.domain.facts.basics import NoEnd, Side
from app.domain.facts.case import Subject
from app.domain.facts.picture import Picture
from app.domain.step import Step


class Modality(Code):
    """How strongly a clause says what it says: the text's own word."""

    SKA = "ska", "ska", "shall"
    BOR = "bor", "bör", "should"
    KAN = "kan", "kan", "may"
    FAKTA = "fakta", "fakta", "fact"


class Effect(Code):
    """What a breach leads to: ours, chosen for each clause. Listed from the strongest to the weakest."""

    REFUSE = "refuse", "Hindrar", "Refuses the act"
    EXPLAIN = "explain", "Kräver skäl", "Needs a reason"
    REMARK = "remark", "Anmärkning", "Remark"
    REMIND = "remind", "Påminnelse", "Reminder"

    @property
    def strength(self) -> int:
        """The higher, the stronger."""
        return -list(Effect).index(self)


@dataclass(frozen=True)
class Words:
    """A sentence in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True)
class Deadline:
    """When something owed is brought up, and the last day for it (Stockholm days)."""

    remind_from: date
    due: date

    @classmethod
    def within(cls, days: int, after: date) -> "Deadline":
        """So many days after a day; brought up when they have passed."""
        due = after + timedelta(days=days)
        return cls(due + timedelta(days=1), due)

    @classmethod
    def before(cls, day: date, days: int) -> "Deadline":
        """By a day; brought up so many days before it."""
        return cls(day - timedelta(days=days), day)

    @classmethod
    def on(cls, day: date) -> "Deadline":
        """On a day; brought up the same day."""
        return cls(day, day)


@dataclass(frozen=True)
class AtHand:
    """The breach is about what the step is about."""


@dataclass(frozen=True)
class Breach:
    """One way in which a rule is broken, pointing at the culprit (JSON pointer), with whoever can mend it."""

    pointer: str
    fault: "Fault"
    values: Mapping[str, object]
    owed_by: Side
    subject: Subject | AtHand
    deadline: Deadline | NoEnd


@dataclass(frozen=True)
class Fault:
    """A way to break a rule: its code, what is the matter, what mends it. {braces} take values."""

    code: str
    matter: Words
    remedy: Words

    def at(self, pointer: str, owed_by: Side, **values: date | int) -> Breach:
        """This fault, in what the step is about."""
        return Breach(pointer, self, MappingProxyType(values), owed_by, AtHand(), NoEnd())

    def owed(self, subject: Subject, owed_by: Side, deadline: Deadline, pointer: str = "") -> Breach:
        """This fault as something a side owes by a day: broken from the day it is to be brought up."""
        return Breach(pointer, self, MappingProxyType({"due": deadline.due}), owed_by, subject, deadline)


@dataclass(frozen=True)
class NoParameters:
    """The agreement has nothing to tell the rule."""


@dataclass(frozen=True)
class Days:
    """A number of days that the agreement's parties have settled on."""

    days: int


Check = Callable[[Any, Any], Iterator[Breach]]
"""A rule's function. `rule` has made sure that it is given the picture and the parameters it names."""


@dataclass(frozen=True)
class Rule:
    """A rule of the book: its id for ever, the function that checks it, and what that function asks for."""

    id: str
    name: str
    doc: str
    chapter: str
    steps: frozenset[Step]
    picture: type[Picture]
    parameters: type[Any]
    check: Check


def rule(rule_id: str, *, at: Set[Step]) -> Callable[[Check], Rule]:
    """Make a rule of a function that takes a picture and parameters.

    Raises TypeError at import when a step in `at` does not have the picture the function asks for.
    """

    def made(check: Check) -> Rule:
        annotations = [one.annotation for one in inspect.signature(check).parameters.values()]
        picture, parameters = annotations
        if not (isinstance(parameters, type) and is_dataclass(parameters)):
            raise TypeError(f"{rule_id}: the second argument must be a dataclass of parameters")
        for step in at:
            if not issubclass(AT_HAND[step], picture):
                raise TypeError(f"{rule_id}: {step} has no {picture.__name__}")
        return Rule(
            id=rule_id,
            name=check.__name__,
            doc=inspect.getdoc(check) or "",
            chapter=check.__module__.rpartition(".")[2],
            steps=frozenset(at),
            picture=picture,
            parameters=parameters,
            check=check,
        )

    return made
