"""Agreements made for a test: clauses that call rules, and nothing else."""

from datetime import date

from app.domain.agreement import Agreement, Clause, Holder, RuleHolder
from app.domain.facts.basics import NoEnd, Term
from app.domain.rule import Effect, Modality, NoParameters


def a_clause(clause_id: str, *holders: Holder) -> Clause:
    """A clause with these holders."""
    return Clause(
        clause_id, "Rutin", (f"Orden i {clause_id}.",), Modality.SKA, interpreted=False, held_by=holders
    )


def calls(rule_id: str, effect: Effect = Effect.REFUSE, parameters: object = NoParameters()) -> RuleHolder:
    """A clause calls a rule."""
    return RuleHolder(rule_id, effect, parameters)


def an_agreement(*clauses: Clause) -> Agreement:
    """An agreement of these clauses."""
    first_day = date(2020, 1, 1)
    return Agreement("test", first_day, "Provad", Term(first_day, NoEnd()), "0380", (), clauses)
