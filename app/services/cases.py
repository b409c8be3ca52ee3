"""The coordination case: registered by whoever meets the person, read and listed by its own unit."""

from uuid import UUID

from app.db import directory, individuals
from app.db.ids import new_id
from app.db.tables.cases import CaseCarrier, CaseFile
from app.domain.access import Operation, Relation, Role
from app.domain.agreement import Agreement
from app.domain.rule import Words
from app.errors import FieldError, InitiatorNotParty, NotFound, Unprocessable
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.receipt import Receipt

SEVERAL_AGREEMENTS = Words(
    "Organisationen är part i flera överenskommelser: ange vilken",
    "The organisation is a party to several agreements: say which",
)


async def register(desk: Desk, key: RequestKey, individual_id: UUID, agreement_key: str | None) -> Receipt:
    """Register a case of the caller's unit about a person its organisation knows (UPP-010).

    Whoever registers it carries it until it is handed over; a machine carries none. Raises NotFound for a
    person the organisation does not know, and InitiatorNotParty where it belongs to no party.
    """
    async with desk.deciding(Operation.REGISTER_CASE, key) as decision:
        decision.entitle(Relation.OWN_UNIT)
        person = await individuals.for_use(decision.tx, individual_id, all_units=True)
        if person is None:
            raise NotFound
        if decision.answered:
            return decision.answered
        agreement = await _own_agreement(decision, desk, agreement_key)
        case_id, mine = new_id(), decision.assignment
        await decision.tx.add(
            CaseFile(
                org_id=decision.me,
                id=case_id,
                individual_id=individual_id,
                unit_id=mine.unit_id,
                agreement_id=agreement.id,
                version=1,
                recorded_by=mine.account_id,
                recorded_at=desk.now,
            )
        )
        if Role.SERVICE.value not in mine.roles:
            await decision.tx.add(
                CaseCarrier(
                    org_id=decision.me,
                    id=new_id(),
                    case_id=case_id,
                    officer_id=mine.officer_id,
                    recorded_by=mine.account_id,
                    recorded_at=desk.now,
                )
            )
        await decision.journal("case", case_id, individual_id=individual_id, agreement=agreement)
        await decision.count(agreement, "case_registered", "case")
        return await decision.conclude(Receipt.of(case_id, desk.now, version=1))


async def _own_agreement(decision: Decision, desk: Desk, agreement_key: str | None) -> Agreement:
    """The agreement that applies today and that the caller's organisation is a party's organisation of.

    Raises InitiatorNotParty, and Unprocessable where there are several and none is named.
    """
    applying = [
        decision.house.agreements.applying(row["agreement_key"], desk.today)
        for row in await directory.memberships(decision.tx)
    ]
    as_party = [file.agreement for file in applying if file and file.party_of(decision.me)]
    chosen = [one for one in as_party if agreement_key in (None, one.key)]
    if not chosen:
        raise InitiatorNotParty
    if len(chosen) > 1:
        raise Unprocessable(FieldError("/agreementKey", "MISSING", SEVERAL_AGREEMENTS))
    return chosen[0]
