"""Deviations that the facts themselves point out; a person confirms or dismisses each (UPP-068 to 072)."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.agreement import Agreement
from app.domain.codes import DeviationType
from app.domain.deviations import PROPOSES
from app.domain.facts.basics import TheOrganisation
from app.domain.facts.case import Case, Subject
from app.domain.facts.picture import Picture
from app.domain.rulebook import judge
from app.domain.step import Step


@dataclass(frozen=True)
class Proposal:
    """A deviation to propose, once for its rule and subject: its type and the organisation it concerns."""

    rule_id: str
    clause_ids: tuple[str, ...]
    subject: Subject
    type: DeviationType
    concerns: UUID


def proposals(case: Case, agreement: Agreement) -> tuple[Proposal, ...]:
    """The deviations to propose now; what has been proposed before is not proposed again."""
    return tuple(
        Proposal(one.rule_id, one.clause_ids, one.subject, PROPOSES[one.rule_id], one.owed_by.id)
        for one in judge(Step.TICK, Picture(case), agreement)
        if one.rule_id in PROPOSES
        and isinstance(one.subject, Subject)
        and isinstance(one.owed_by, TheOrganisation)
    )
