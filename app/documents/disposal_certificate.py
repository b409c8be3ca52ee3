"""The certificate of a disposal (gallringsbevis): what was disposed of, by which rule, when and by which two.

It names things by their ids alone: what they were about must not live on in the paper that says they are
gone.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.documents.document import Document, Section
from app.documents.swedish import day_and_time
from app.domain.codes import DisposalEvent, DisposalKind
from app.domain.disposal import Keeping


@dataclass(frozen=True)
class Gone:
    """One thing that was disposed of: its id, the day its time was counted from, and how many rows it had."""

    item_id: UUID
    event_on: date
    rows_removed: int


@dataclass(frozen=True)
class CertifiedRule:
    """The rule as the certificate cites it."""

    id: UUID
    kind: DisposalKind
    event: DisposalEvent
    keeping: Keeping
    decision: str
    statute: str | None
    in_force_from: date


@dataclass(frozen=True)
class Deciders:
    """Who proposed and who approved, each with name and function."""

    proposed: str
    approved: str


def disposal_certificate(
    disposal_id: UUID,
    organisation: str,
    rule: CertifiedRule,
    gone: Sequence[Gone],
    deciders: Deciders,
    disposed_at: datetime,
) -> Document:
    """The certificate, in Swedish."""
    return Document(
        title="Gallringsbevis",
        to=(organisation,),
        sections=(
            Section(
                "Gallringen",
                (
                    f"Bevisets nummer: {disposal_id}",
                    f"Gallrat: {day_and_time(disposed_at)}",
                    f"Vad: {rule.kind.sv.lower()}, antal {len(gone)}",
                    f"Poster som togs bort: {sum(one.rows_removed for one in gone)}",
                ),
            ),
            Section("Gallringsregeln", _rule(rule)),
            Section(
                "Beslutat av två",
                (f"Föreslagen av {deciders.proposed}", f"Godkänd av {deciders.approved}"),
            ),
            Section(
                "Detta har gallrats",
                tuple(_line(one, rule.event) for one in gone),
            ),
            Section("Detta finns kvar", _what_stays(rule.kind)),
        ),
    )


def digest_of(document: Document) -> bytes:
    """SHA-256 of the certificate's text in UTF-8: whoever holds the paper can compare."""
    return hashlib.sha256(document.as_text().encode()).digest()


def _line(one: Gone, event: DisposalEvent) -> str:
    return f"{one.item_id}, {event.sv.lower()} {one.event_on.isoformat()}, poster {one.rows_removed}"


def _months(number: int) -> str:
    return "1 månad" if number == 1 else f"{number} månader"


def _rule(rule: CertifiedRule) -> tuple[str, ...]:
    start = "utgången av det år då: " if rule.keeping.from_year_end else ""
    return (
        f"Regelns nummer: {rule.id}",
        f"Gallringsfrist: {_months(rule.keeping.months)} från {start}{rule.event.sv.lower()}",
        f"Beslut: {rule.decision}",
        *((f"Författning: {rule.statute}",) if rule.statute else ()),
        f"Gäller från: {rule.in_force_from.isoformat()}",
    )


def _what_stays(kind: DisposalKind) -> tuple[str, ...]:
    stays: tuple[str, ...] = (
        "Det som andra organisationer har fått eller själva sagt är deras och berörs inte.",
        "Journalen och loggen över vem som läst vad bevaras.",
    )
    if kind is DisposalKind.STATEMENT:
        stays += (
            "Egna ord i en annan organisations ärende finns kvar hos den som inkommen handling så länge den "
            "har ärendet.",
        )
    return stays
