"""From an agreement file to the agreement, or to the line where the file must be corrected.

Nothing is guessed, nothing passed over: what is missing, misspelt, unknown or said twice stops the start-up.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from app.agreements.clauses import Surroundings, read_clause
from app.agreements.contents import (
    AgreementFile,
    Body,
    Organisation,
    RelatedForm,
    Renewal,
    Routine,
    SigningParty,
    SourceDocument,
    Statute,
    Template,
    Unit,
)
from app.agreements.source import read_source
from app.agreements.table import Table
from app.domain.agreement import Agreement, Clause, Party
from app.domain.codes import OrganisationType
from app.domain.facts.basics import NoEnd, NotYet, Term
from app.domain.rule import Rule
from app.domain.rulebook import RULEBOOK


class _Once:
    """Ids already met in the file, so that each is given out once."""

    def __init__(self) -> None:
        self._met: set[tuple[str, object]] = set()

    def only(self, table: Table, kind: str, value: object, near: str) -> None:
        """Refuse a value of this kind that has been met before."""
        if (kind, value) in self._met:
            table.refuse(f"the {kind} {value} is there twice", near)
        self._met.add((kind, value))


def load_agreement(path: Path, rulebook: Iterable[Rule] = RULEBOOK) -> AgreementFile:
    """One agreement file, read whole and checked against the rulebook.

    Raises AgreementFileError with the file and the line of the first thing that keeps it from being used.
    """
    whole = Table.whole(read_source(path))
    once = _Once()
    parties = tuple(_party(table, once) for table in whole.children("party"))
    bodies = tuple(_body(table, once) for table in whole.children("body"))
    codes = {party.code for party in parties}
    documents = tuple(_document(table) for table in whole.children("document"))
    around = Surroundings({rule.id: rule for rule in rulebook}, {one.key for one in documents}, codes)
    valid_from = whole.day("valid_from")
    approvals = [party.approved_on for party in parties]
    file = AgreementFile(
        agreement=Agreement(
            key=whole.text("key"),
            valid_from=valid_from,
            name=whole.text("name"),
            # In force from its day, but never before the last party's approval (UPP-134, 136). It has no end:
            # it renews itself until notice is given (UPP-135).
            term=Term(
                NotYet() if None in approvals else max([valid_from, *filter(None, approvals)]), NoEnd()
            ),
            municipality=whole.text("municipality"),
            parties=tuple(
                Party(one.code, one.name, tuple(organisation.id for organisation in one.organisations))
                for one in parties
            ),
            clauses=tuple(_clause(table, around, once) for table in whole.children("clause")),
        ),
        liability=whole.text("liability"),
        copies=whole.number("copies"),
        improvement_areas=whole.texts("improvement_areas"),
        renewal=_renewal(whole.child("term")),
        routine=_routine(whole.child("routine"), {body.code for body in bodies}),
        documents=documents,
        parties=parties,
        bodies=bodies,
        meeting_forms=tuple(_form(table, codes) for table in whole.children("meeting_form")),
        templates=tuple(_template(table) for table in whole.children("template")),
        statutes=tuple(_statute(table) for table in whole.children("statute")),
    )
    whole.close()
    return file


def _clause(table: Table, around: Surroundings, once: _Once) -> Clause:
    clause = read_clause(table, around)
    once.only(table, "clause", clause.id, clause.id)
    return clause


def _party(table: Table, once: _Once) -> SigningParty:
    party = SigningParty(
        code=table.text("code"),
        name=table.text("name"),
        approved_on=table.day_or_none("approved_on"),
        mission=table.text("mission"),
        reservation=table.text_or_none("reservation"),
        organisations=tuple(_organisation(one, once) for one in table.children("organisation")),
    )
    once.only(table, "party", party.code, "code")
    if not party.organisations:
        table.refuse(f"the party {party.code} has no organisation that could act for it", "code")
    table.close()
    return party


def _body(table: Table, once: _Once) -> Body:
    body = Body(
        code=table.text("code"),
        name=table.text("name"),
        organisations=tuple(_organisation(one, once) for one in table.children("organisation")),
    )
    once.only(table, "party", body.code, "code")
    table.close()
    return body


def _organisation(table: Table, once: _Once) -> Organisation:
    organisation_id = _uuid(table)
    once.only(table, "organisation", organisation_id, "id")
    organisation = Organisation(
        id=organisation_id,
        name=table.text("name"),
        type=table.code("type", OrganisationType),
        assigned_by_us=table.flag("assigned_by_us"),
        units=tuple(_unit(one, once) for one in table.children("unit")),
    )
    table.close()
    return organisation


def _unit(table: Table, once: _Once) -> Unit:
    unit = Unit(
        id=_uuid(table),
        name=table.text("name"),
        address=table.texts("address"),
        attention=table.text_or_none("attention"),
        address_hint=table.text_or_none("address_hint"),
    )
    once.only(table, "unit", unit.id, "id")
    table.close()
    return unit


def _uuid(table: Table) -> UUID:
    text = table.text("id")
    try:
        return UUID(text)
    except ValueError:
        table.refuse(f"{text} is not a UUID", "id")


def _renewal(table: Table) -> Renewal:
    renewal = Renewal(
        first_term_ends=table.day("first_term_ends"),
        renewal_years=table.number("renewal_years"),
        notice_months=table.number("notice_months"),
        notice_form=table.text("notice_form"),
    )
    table.close()
    return renewal


def _routine(table: Table, bodies: set[str]) -> Routine:
    routine = Routine(
        name=table.text("name"),
        diary_number=table.text("diary_number"),
        adopted_by=table.text("adopted_by"),
        adopted_on=table.day("adopted_on"),
        updated_on=table.day("updated_on"),
        received_on=table.day("received_on"),
        tested_from=table.day("tested_from"),
    )
    if routine.adopted_by not in bodies:
        table.refuse(f"the agreement has no body {routine.adopted_by}", "adopted_by")
    if routine.updated_on < routine.adopted_on:
        table.refuse("the routine cannot be updated before it is adopted", "updated_on")
    table.close()
    return routine


def _document(table: Table) -> SourceDocument:
    document = SourceDocument(key=table.text("key"), name=table.text("name"))
    table.close()
    return document


def _form(table: Table, parties: set[str]) -> RelatedForm:
    form = RelatedForm(
        key=table.text("key"),
        name=table.text("name"),
        statutory=table.flag("statutory"),
        parties=table.texts("parties"),
    )
    for code in form.parties:
        if code not in parties:
            table.refuse(f"the party {code} has not signed the agreement", "parties")
    table.close()
    return form


def _template(table: Table) -> Template:
    texts = table.child("texts")
    template = Template(
        key=table.text("key"),
        name=table.text("name"),
        texts=tuple((name, texts.text(name)) for name in texts.names()),
    )
    table.close()
    return template


def _statute(table: Table) -> Statute:
    statute = Statute(
        name=table.text("name"),
        number=table.text("number"),
        cited_section=table.text_or_none("cited_section"),
        duty_section=table.text_or_none("duty_section"),
    )
    table.close()
    return statute
