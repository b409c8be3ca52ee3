"""What the agreement says of a unit that nobody can reach, said where the unit is kept, outside any case."""

from uuid import UUID

from app.domain.agreement import Agreement
from app.domain.codes import SubjectKind
from app.domain.facts.basics import NoEnd, TheOrganisation
from app.domain.facts.case import Subject
from app.domain.judgement import Finding
from app.domain.rule import Effect
from app.domain.undertakings import CONTACT_ROUTE_MISSING, every_party_can_be_reached


def unreachable(organisation_id: UUID, agreement: Agreement) -> tuple[Finding, ...]:
    """What the agreement says of a unit that has no contact route: a remark to whoever keeps it (UPP-126)."""
    side = TheOrganisation(organisation_id)
    subject = Subject(SubjectKind.ORGANISATION, organisation_id)
    return tuple(
        Finding(
            rule_id=every_party_can_be_reached.id,
            effect=Effect.REMARK,
            clause_ids=tuple(clause.id for clause in calling.clauses),
            wording=calling.clauses[0].quotes[0],
            code=CONTACT_ROUTE_MISSING.code,
            pointer="",
            message=CONTACT_ROUTE_MISSING.matter,
            remedy=CONTACT_ROUTE_MISSING.remedy,
            owed_by=side,
            subject=subject,
            deadline=NoEnd(),
        )
        for calling in agreement.callings(every_party_can_be_reached.id)
    )
