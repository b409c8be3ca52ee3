"""The two pages written from the code: the rulebook, and an agreement clause by clause.

`docs/rulebook.md` tells what each rule asks and which clauses call for it; `docs/clauses/<key>.md` tells how
each clause is held. Both are Markdown, for those who signed as much as for those who program.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby

from app.agreements.contents import AgreementFile
from app.agreements.registry import Registry
from app.domain.agreement import (
    AccessHolder,
    Clause,
    DataHolder,
    DocumentHolder,
    Holder,
    NotHeld,
    ReportHolder,
    RuleHolder,
)
from app.domain.rule import Rule

CHAPTERS = {
    "MAL": "Målgrupp – target group",
    "BEH": "Behov – need",
    "SAM": "Samtycke – consent",
    "FOR": "Förberedelser – preparation",
    "BOK": "Bokning – booking",
    "KAL": "Kallelse – summons",
    "ROL": "Roller – roles",
    "PLA": "Plan – plan",
    "GEN": "Genomförande – carrying out",
    "UFO": "Uppföljning – follow-up",
    "AVV": "Avvikelser – deviations",
    "OVK": "Överenskommelsen – the agreement itself",
    "ATA": "Åtaganden – commitments of the parties",
}
"""The chapters of the rulebook, by the three letters their rules begin with."""

HELD_AS = {
    AccessHolder: "access",
    DocumentHolder: "document",
    DataHolder: "data",
    ReportHolder: "report",
}

NOT_BY_HAND = (
    "<!-- Written from the code by `make rulebook`: change the rules or the agreement, not this page. -->"
)


def rulebook_page(rulebook: Iterable[Rule], agreements: Registry) -> str:
    """Every rule: its id and name, what it asks, at which steps, and the clauses that call for it."""
    lines = ["# The rulebook", "", NOT_BY_HAND, ""]
    lines += [
        "A rule is stated true: what it says is so when the agreement is kept. An agreement's clauses call",
        "for rules, each with an effect and parameters; a rule that no clause calls for is not asked.",
        "",
        "`refuse`: the act is refused. `explain`: it is refused unless a reason is given. `remark`: it is",
        "done, and the remark comes back. `remind`: whoever owes it gets a task. A statement is never",
        "refused: there every breach is a remark. What only time breaks (`tick`) is always a reminder.",
        "",
    ]
    for prefix, rules in groupby(rulebook, lambda rule: rule.id.partition("-")[0]):
        lines += [f"## {CHAPTERS[prefix]}", ""]
        for rule in rules:
            lines += _rule(rule, agreements)
    return "\n".join(lines).rstrip() + "\n"


def clauses_page(key: str, agreements: Registry) -> str:
    """An agreement clause by clause, the newest version first. Raises KeyError when there is none such."""
    versions = [file for file in agreements if file.agreement.key == key]
    if not versions:
        raise KeyError(key)
    newest = versions[-1].agreement
    lines = [f"# {newest.name}", "", NOT_BY_HAND, ""]
    for file in reversed(versions):
        lines += _version(file)
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule, agreements: Registry) -> Iterator[str]:
    steps = ", ".join(sorted(rule.steps))
    yield from (
        f"### {rule.id}",
        "",
        f"**{_sentence(rule.name)}**",
        "",
        rule.doc,
        "",
        f"Asked at: {steps}.",
        "",
    )
    uses = [
        f"- [{clause.id}](clauses/{file.agreement.key}.md#{clause.id.lower()}): {_effect(holder)}"
        for file in agreements
        for clause in file.agreement.clauses
        for holder in clause.rule_holders
        if holder.rule_id == rule.id
    ]
    yield from uses or ["No clause calls for it."]
    yield ""


def _version(file: AgreementFile) -> Iterator[str]:
    agreement = file.agreement
    held = Counter(_kind(holder) for clause in agreement.clauses for holder in clause.held_by)
    kinds = ", ".join(f"{kind} {count}" for kind, count in held.most_common())
    parties = ", ".join(f"{party.name} ({party.code})" for party in file.parties)
    yield f"Version **{agreement.id}**, between {parties}."
    yield f"{len(agreement.clauses)} clauses; what holds them, some in several ways: {kinds}."
    yield ""
    for section, clauses in groupby(agreement.clauses, lambda clause: clause.section):
        yield from (f"## {section}", "")
        for clause in clauses:
            yield from _clause(clause)


def _clause(clause: Clause) -> Iterator[str]:
    reading = ", as we read it" if clause.interpreted else ""
    yield from (f"### {clause.id}", "", f"*{clause.modality.sv}{reading}*", "")
    yield "\n>\n".join(f"> {quote}" for quote in clause.quotes)
    yield ""
    yield from (f"- {_holder(holder)}" for holder in clause.held_by)
    yield ""


def _holder(holder: Holder) -> str:
    if isinstance(holder, RuleHolder):
        return f"rule [{holder.rule_id}](../rulebook.md#{holder.rule_id.lower()}): {_effect(holder)}"
    if isinstance(holder, NotHeld):
        return f"**not held**: {holder.reason}"
    return f"{HELD_AS[type(holder)]}: {holder.how}"


def _kind(holder: Holder) -> str:
    if isinstance(holder, RuleHolder):
        return "rule"
    return "not held" if isinstance(holder, NotHeld) else HELD_AS[type(holder)]


def _effect(holder: RuleHolder) -> str:
    parameters = holder.parameters
    if not dataclasses.is_dataclass(parameters) or not dataclasses.fields(parameters):
        return f"`{holder.effect}`"
    given = ", ".join(
        f"{field.name} = {_value(getattr(parameters, field.name))}"
        for field in dataclasses.fields(parameters)
    )
    return f"`{holder.effect}`, with {given}"


def _value(value: object) -> str:
    """A parameter as the agreement file writes it."""
    if isinstance(value, (tuple, frozenset)):
        items = [_value(item) for item in value]
        return f"[{', '.join(items if isinstance(value, tuple) else sorted(items))}]"
    return value.value if isinstance(value, StrEnum) else str(value)


def _sentence(name: str) -> str:
    """A rule's name as a sentence."""
    return name.replace("_", " ").capitalize() + "."
