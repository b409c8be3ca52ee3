"""The pure form of an agreement: who the parties are, and clause by clause what holds it.

`app/agreements` builds it from an agreement's file; nothing here knows of files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from app.domain.facts.basics import Term
from app.domain.rule import Effect, Modality


@dataclass(frozen=True)
class Party:
    """Who has signed: a code, a name, and the organisations it consists of."""

    code: str
    name: str
    organisation_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class RuleHolder:
    """A rule holds the clause, with this effect and these parameters (of the rule's own dataclass)."""

    rule_id: str
    effect: Effect
    parameters: object


@dataclass(frozen=True)
class AccessHolder:
    """The access table holds the clause: who may do or see it; how, in words."""

    how: str


@dataclass(frozen=True)
class DocumentHolder:
    """A document holds the clause: what stands in a letter or a plan; how, in words."""

    how: str


@dataclass(frozen=True)
class DataHolder:
    """The agreement's own data hold the clause; how, in words."""

    how: str


@dataclass(frozen=True)
class ReportHolder:
    """A report holds the clause: what is counted and shown; how, in words."""

    how: str


@dataclass(frozen=True)
class NotHeld:
    """Nothing holds the clause, and why."""

    reason: str


Holder = RuleHolder | AccessHolder | DocumentHolder | DataHolder | ReportHolder | NotHeld


@dataclass(frozen=True)
class Clause:
    """One clause: its id, where it stands, its own words, how strongly it speaks, and what holds it.

    `interpreted` where the text states as a fact what we read as a duty.
    """

    id: str
    section: str
    quotes: tuple[str, ...]
    modality: Modality
    interpreted: bool
    held_by: tuple[Holder, ...]

    @property
    def rule_holders(self) -> tuple[RuleHolder, ...]:
        """The rules among its holders."""
        return tuple(one for one in self.held_by if isinstance(one, RuleHolder))


@dataclass(frozen=True)
class Agreement:
    """An agreement as it stands from a day on. A new version is a new one; an old one never changes."""

    key: str
    valid_from: date
    name: str
    term: Term
    municipality: str
    parties: tuple[Party, ...]
    clauses: tuple[Clause, ...]

    @property
    def id(self) -> str:
        """The name a judgement is stored under: key@valid-from."""
        return f"{self.key}@{self.valid_from.isoformat()}"

    def callings(self, rule_id: str) -> tuple["Calling", ...]:
        """How the agreement calls a rule: once for each set of parameters, with its clauses."""
        return self._callings.get(rule_id, ())

    @cached_property
    def _callings(self) -> Mapping[str, tuple["Calling", ...]]:
        """Every rule that is called, looked up once: a judgement asks some eighty rules."""
        gathered: dict[tuple[str, object], list[tuple[Clause, RuleHolder]]] = {}
        for clause in self.clauses:
            for holder in clause.rule_holders:
                gathered.setdefault((holder.rule_id, holder.parameters), []).append((clause, holder))
        callings: dict[str, tuple[Calling, ...]] = {}
        for (rule_id, parameters), calls in gathered.items():
            clauses = tuple(dict.fromkeys(clause for clause, _ in calls))
            effect = max((holder.effect for _, holder in calls), key=lambda one: one.strength)
            callings[rule_id] = (*callings.get(rule_id, ()), Calling(parameters, clauses, effect))
        return callings


@dataclass(frozen=True)
class Calling:
    """One way in which an agreement calls a rule; the strongest effect among its clauses counts."""

    parameters: object
    clauses: tuple[Clause, ...]
    effect: Effect
