"""The agreements as the parties wrote them, and the rules that hold them: open to everybody signed in."""

from dataclasses import dataclass
from datetime import date

from app.agreements.contents import AgreementFile
from app.domain.access import Operation
from app.domain.agreement import Clause, RuleHolder
from app.domain.rule import Rule
from app.domain.rulebook import RULEBOOK
from app.errors import NotFound
from app.services.desk import Desk


@dataclass(frozen=True)
class AgreementShown:
    """A version of an agreement, and whether it is in force today."""

    file: AgreementFile
    in_force: bool
    today: date


@dataclass(frozen=True)
class Call:
    """A clause of an agreement that calls for a rule, and how."""

    file: AgreementFile
    clause: Clause
    holder: RuleHolder


def list_all(desk: Desk) -> tuple[AgreementShown, ...]:
    """Every version of every agreement, by key and then by day."""
    desk.permit(Operation.LIST_AGREEMENTS)
    return tuple(_shown(desk, file) for file in desk.house.agreements)


def read(desk: Desk, agreement_id: str) -> AgreementShown:
    """One version of an agreement, by its id (`uppsala@2020-01-01`). Raises NotFound."""
    desk.permit(Operation.READ_AGREEMENT)
    file = desk.house.agreements.get(agreement_id)
    if file is None:
        raise NotFound
    return _shown(desk, file)


def list_rules(desk: Desk) -> tuple[Rule, ...]:
    """Every rule of the book, in the order of the routine."""
    desk.permit(Operation.LIST_RULES)
    return RULEBOOK


def read_rule(desk: Desk, rule_id: str) -> tuple[Rule, tuple[Call, ...]]:
    """One rule, and every clause of every agreement that calls for it. Raises NotFound."""
    desk.permit(Operation.READ_RULE)
    rule = next((one for one in RULEBOOK if one.id == rule_id), None)
    if rule is None:
        raise NotFound
    calls = tuple(
        Call(file, clause, holder)
        for file in desk.house.agreements
        for clause in file.agreement.clauses
        for holder in clause.rule_holders
        if holder.rule_id == rule_id
    )
    return rule, calls


def _shown(desk: Desk, file: AgreementFile) -> AgreementShown:
    in_force = desk.house.agreements.in_force(file.agreement.key, desk.today)
    return AgreementShown(file, in_force is file, desk.today)
