"""What an agreement file holds beside the clauses: who is addressed where, and the words the letters borrow.

The rulebook asks for none of this, so it is not in the domain. `AgreementFile.agreement` is what judges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.agreement import Agreement
from app.domain.codes import OrganisationType


@dataclass(frozen=True)
class Unit:
    """A part of an organisation, with its postal address line by line: whom, where, postal code and town.

    No line at all means that the address is looked up for each summons; `address_hint` then says where.
    """

    id: UUID
    name: str
    address: tuple[str, ...]
    attention: str | None
    address_hint: str | None


@dataclass(frozen=True)
class Organisation:
    """The body within which secrecy ends. Assigned by us where the agreement names only its party."""

    id: UUID
    name: str
    type: OrganisationType
    assigned_by_us: bool
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class SigningParty:
    """Who has signed, on which day, with what mission, and with what reservation if any."""

    code: str
    name: str
    approved_on: date | None
    mission: str
    reservation: str | None
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True)
class Body:
    """Somebody with a part in the agreement who has not signed it: LOKUS, the coordination association."""

    code: str
    name: str
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True)
class Renewal:
    """How the agreement goes on and is ended: years at a time, months of notice before a term ends."""

    first_term_ends: date
    renewal_years: int
    notice_months: int
    notice_form: str


@dataclass(frozen=True)
class Routine:
    """The version of the routine that the agreement carries."""

    name: str
    diary_number: str
    adopted_by: str
    adopted_on: date
    updated_on: date
    received_on: date
    tested_from: date


@dataclass(frozen=True)
class SourceDocument:
    """One of the documents that make the agreement; a clause's section begins with its key."""

    key: str
    name: str


@dataclass(frozen=True)
class RelatedForm:
    """A form of meeting or process the documents speak of, whether a statute has it, and whose it is."""

    key: str
    name: str
    statutory: bool
    parties: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A document's title and the fixed words in it, by name."""

    key: str
    name: str
    texts: tuple[tuple[str, str], ...]

    def text(self, name: str) -> str:
        """The fixed words with this name. Raises KeyError when the template has none such."""
        return dict(self.texts)[name]


@dataclass(frozen=True)
class Statute:
    """A statute the documents lean on; the section as they cite it, and where the duty really stands."""

    name: str
    number: str
    cited_section: str | None
    duty_section: str | None


@dataclass(frozen=True)
class AgreementFile:
    """One version of an agreement, whole: the clauses that judge, and everything beside them."""

    agreement: Agreement
    liability: str
    copies: int
    improvement_areas: tuple[str, ...]
    renewal: Renewal
    routine: Routine
    documents: tuple[SourceDocument, ...]
    parties: tuple[SigningParty, ...]
    bodies: tuple[Body, ...]
    meeting_forms: tuple[RelatedForm, ...]
    templates: tuple[Template, ...]
    statutes: tuple[Statute, ...]

    @property
    def organisations(self) -> Iterator[Organisation]:
        """Every organisation of every party and body, in the order of the file."""
        for party in self.parties:
            yield from party.organisations
        for body in self.bodies:
            yield from body.organisations

    def party(self, code: str) -> SigningParty:
        """The party with this code. Raises KeyError when it has not signed."""
        return {party.code: party for party in self.parties}[code]

    def party_of(self, organisation_id: UUID) -> SigningParty | None:
        """The party an organisation belongs to; None for a body's, and for one outside the agreement."""
        for party in self.parties:
            if any(organisation.id == organisation_id for organisation in party.organisations):
                return party
        return None

    def organisation(self, organisation_id: UUID) -> Organisation | None:
        """The organisation with this id; None when the agreement does not have it."""
        return next((one for one in self.organisations if one.id == organisation_id), None)

    def unit(self, unit_id: UUID) -> Unit | None:
        """The unit with this id; None when the agreement does not have it."""
        units = (unit for organisation in self.organisations for unit in organisation.units)
        return next((unit for unit in units if unit.id == unit_id), None)

    def template(self, key: str) -> Template:
        """The template with this key. Raises KeyError when the agreement has none such."""
        return {template.key: template for template in self.templates}[key]
