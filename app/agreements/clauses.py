"""Reading a clause: where it stands, its words, how strongly it speaks, and what holds it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from app.agreements.parameters import ParameterError, member_of, typed_parameters
from app.agreements.table import Table
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
from app.domain.rule import Effect, Modality, Rule

_IN_WORDS: dict[str, Callable[[str], Holder]] = {
    "access": AccessHolder,
    "document": DocumentHolder,
    "data": DataHolder,
    "report": ReportHolder,
    "none": NotHeld,
}

_PARAMETERS_NAMING_PARTIES = ("party", "forms")


@dataclass(frozen=True)
class Surroundings:
    """What a clause may refer to: the rules there are, the documents it may stand in, the parties."""

    rules: Mapping[str, Rule]
    documents: Collection[str]
    parties: Collection[str]


def read_clause(table: Table, around: Surroundings) -> Clause:
    """One clause. Raises AgreementFileError at the line of what is missing, unknown or of the wrong type."""
    clause = Clause(
        id=table.text("id"),
        section=_section(table, around.documents),
        quotes=_quotes(table),
        modality=table.code("modality", Modality),
        interpreted=table.flag("interpreted"),
        held_by=tuple(_holders(table, around)),
    )
    table.close()
    return clause


def _section(table: Table, documents: Collection[str]) -> str:
    section = table.text("section")
    if not any(section == document or section.startswith(f"{document}: ") for document in documents):
        table.refuse(f"the section {section} stands in none of the documents", "section")
    return section


def _quotes(table: Table) -> tuple[str, ...]:
    """The clause's own words: one text, or a list where they stand apart in the document."""
    quotes = table.texts("quote") if table.holds_list("quote") else (table.text("quote"),)
    if not quotes:
        table.refuse("the clause has no wording", "quote")
    return quotes


def _holders(table: Table, around: Surroundings) -> Iterator[Holder]:
    entries = table.take("held_by")
    if not isinstance(entries, list) or not entries:
        table.refuse("nothing holds the clause: held_by must be a list with something in it", "held_by")
    for entry in entries:
        if not isinstance(entry, dict):
            table.refuse("a holder must be a table", "held_by")
        yield _rule_holder(table, entry, around) if "rule" in entry else _holder_in_words(table, entry)


def _holder_in_words(table: Table, entry: dict[str, object]) -> Holder:
    kinds = [kind for kind in entry if kind in _IN_WORDS]
    if len(entry) != 1 or not kinds:
        known = ", ".join(["rule", *_IN_WORDS])
        table.refuse(f"a holder is one of: {known}; not {', '.join(entry) or 'nothing'}", "held_by")
    words = entry[kinds[0]]
    if not isinstance(words, str) or not words.strip():
        table.refuse(f"{kinds[0]} must say in words what holds the clause", kinds[0])
    return _IN_WORDS[kinds[0]](words)


def _rule_holder(table: Table, entry: dict[str, object], around: Surroundings) -> RuleHolder:
    rule_id = entry["rule"]

    def refuse(reason: str) -> NoReturn:
        table.refuse(f"{rule_id}: {reason}", f'"{rule_id}"')

    rule = around.rules.get(str(rule_id))
    if rule is None:
        refuse("there is no such rule")
    if unknown := entry.keys() - {"rule", "effect", "parameters"}:
        refuse(f"unknown key {min(unknown)}")
    effect = member_of(Effect, entry.get("effect"))
    if effect is None:
        refuse(f"unknown effect {entry.get('effect')} (there are: {', '.join(Effect)})")
    given = entry.get("parameters", {})
    if not isinstance(given, dict):
        refuse("parameters must be a table")
    for name in _PARAMETERS_NAMING_PARTIES:
        for code in _texts_in(given.get(name)):
            if code not in around.parties:
                refuse(f"the party {code} has not signed the agreement")
    try:
        parameters = typed_parameters(rule.parameters, given)
    except ParameterError as error:
        refuse(str(error))
    return RuleHolder(rule.id, effect, parameters)


def _texts_in(value: object) -> Iterator[str]:
    """Every text in a value, however deep in lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)
