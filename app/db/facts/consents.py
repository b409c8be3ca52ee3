"""Consents, with what has become of each."""

from uuid import UUID

from app.db.facts.reading import Row, Tables
from app.domain.codes import ConsentAnswer, ConsentGiver, ConsentKind
from app.domain.facts.basics import NoEnd, NotYet
from app.domain.facts.consent import (
    Consent,
    ConsentTaker,
    Documentation,
    EndUnchanged,
    Extension,
    OneOrganisation,
    WholeConsent,
    Withdrawal,
)


def consents(tables: Tables) -> tuple[Consent, ...]:
    """Every consent that was asked for in the case, refused and ended ones too."""
    return tuple(_consent(row, tables) for row in tables.all("consent"))


def _consent(row: Row, tables: Tables) -> Consent:
    id_ = row.id("id")
    coverage = tables.about("consent_coverage", "consent_id", id_)
    persons = tables.about("consent_person", "consent_id", id_)
    words = tables.about("consent_withdrawal", "consent_id", id_)
    return Consent(
        id=id_,
        kind=row.code("kind", ConsentKind),
        answer=row.code("answer", ConsentAnswer),
        given_by=row.code("given_by", ConsentGiver),
        informed_at=row.instant_or("informed_at", NotYet()),
        information_adapted=row.flag("information_adapted"),
        said_at=row.instant("said_at"),
        taken_by=ConsentTaker(
            organisation_id=row.id("org_id"),
            name_given=row.says("taker_name"),
            function_given=row.says("taker_function"),
        ),
        organisation_ids=_added(coverage, "covered_org", None),
        outsider_ids=_added(persons, "id", None),
        ends_at=row.instant_or("ends_at", NoEnd()),
        extensions=tuple(
            _extension(one, coverage, persons) for one in tables.about("consent_extension", "consent_id", id_)
        ),
        withdrawals=tuple(_withdrawal(one) for one in words if not _is_an_error(one)),
        documentations=tuple(
            Documentation(
                id=one.id("id"),
                organisation_id=one.id("org_id"),
                documented_on=one.day("documented_on"),
            )
            for one in tables.about("consent_documentation", "consent_id", id_)
        ),
        entered_in_error=any(_is_an_error(one) for one in words),
    )


def _added(rows: tuple[Row, ...], column: str, extension_id: UUID | None) -> tuple[UUID, ...]:
    """What was said with one extension, or at first."""
    return tuple(row.id(column) for row in rows if row.id_or("extension_id", None) == extension_id)


def _extension(row: Row, coverage: tuple[Row, ...], persons: tuple[Row, ...]) -> Extension:
    id_ = row.id("id")
    return Extension(
        id=id_,
        said_at=row.instant("said_at"),
        organisation_ids=_added(coverage, "covered_org", id_),
        outsider_ids=_added(persons, "id", id_),
        ends_at=row.instant_or("ends_at", NoEnd()) if row.flag("changes_end") else EndUnchanged(),
    )


def _is_an_error(row: Row) -> bool:
    """Whether the word says that the consent was never given; the other word is that it is withdrawn."""
    return row.text("kind") == "entered_in_error"


def _withdrawal(row: Row) -> Withdrawal:
    whom = row.id_or("covered_org", None)
    return Withdrawal(
        id=row.id("id"),
        scope=WholeConsent() if whom is None else OneOrganisation(whom),
        said_at=row.instant("said_at"),
        recorded_at=row.instant("recorded_at"),
    )
