"""Protected identity: one person is enough to set the mark, two are needed to lift it or to see past it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db import individuals, joint_decisions
from app.db import protection as rows
from app.db.ids import new_id
from app.db.reading import Shown
from app.db.tables.protection import ProtectionClearance
from app.domain.access import Operation, Relation
from app.domain.calendar import stockholm_day, stockholm_end_of
from app.domain.joint_decisions import Hand, Matter
from app.domain.rule import Words
from app.errors import FieldFault, InvalidTransition, NotFound, Unprocessable
from app.services.dates import in_order, not_ahead
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.joint_decisions import Agreed, Proposed, attempt, propose
from app.services.reading import Reading
from app.services.receipt import Receipt

UNKNOWN_ACCOUNT = FieldFault(
    "UNKNOWN_ACCOUNT",
    Words("Kontot finns inte i den egna organisationen", "The account is not in one's own organisation"),
)
TOO_LONG = FieldFault(
    "CLEARANCE_TOO_LONG",
    Words(
        "En behörighet gäller högst ett år: förnya den sedan", "A clearance holds a year at most: renew it"
    ),
)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class MarkShown:
    """A mark set or lifted; by nobody here where it came with a case that is shared."""

    mark: str
    source: str | None
    decided_on: date | None
    recorded_by: UUID | None
    recorded_at: datetime


@dataclass(frozen=True)
class ClearanceShown:
    """Who may see where the person is, to the end of which day."""

    account_id: UUID
    valid_until: date
    granted_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class ProtectionShown:
    """Everything about a person's protection, the latest first."""

    individual_id: UUID
    marks: tuple[MarkShown, ...]
    clearances: tuple[ClearanceShown, ...]


async def read(desk: Desk, individual_id: UUID) -> ProtectionShown:
    """When the person was marked, on whose word, and who is cleared. Raises NotFound for others' persons."""
    async with desk.reading(Operation.READ_PROTECTION) as reading:
        await _own_person(reading, individual_id)
        marks = await rows.marks(reading.tx, individual_id)
        clearances = await rows.clearances(reading.tx, individual_id)
        await reading.log_shown(Shown("individual", reading.me, individual_id, None, individual_id))
        await reading.commit()
    return ProtectionShown(
        individual_id,
        tuple(
            MarkShown(one["mark"], one["source"], one["decided_on"], one["recorded_by"], one["recorded_at"])
            for one in marks
        ),
        tuple(
            ClearanceShown(
                one["account_id"],
                stockholm_day(one["valid_until"] - timedelta(seconds=1)),
                one["recorded_at"],
                one["ended_at"],
            )
            for one in clearances
        ),
    )


async def protect(
    desk: Desk, key: RequestKey, individual_id: UUID, mark: str, source: str, decided_on: date
) -> Receipt:
    """Mark a person; it holds from this commit, here and wherever a case about them is shared.

    No version is asked for: whoever knows of the danger must not be stopped by somebody else's change.
    """
    not_ahead(decided_on, desk.today, "/decidedOn")
    async with desk.deciding(Operation.PROTECT_INDIVIDUAL, key) as decision:
        await _own_person(decision, individual_id)
        if decision.answered:
            return decision.answered
        await rows.mark(decision.tx, individual_id, mark, source, decided_on)
        await decision.journal("individual", individual_id, individual_id=individual_id)
        return await decision.conclude(Receipt.of(individual_id, desk.now))


async def propose_lifting(
    desk: Desk, key: RequestKey, individual_id: UUID, source: str, decided_on: date
) -> Receipt:
    """Propose to lift the own organisation's mark, which a manager who is another person approves.

    Raises NotFound, InvalidTransition where there is none.
    """
    not_ahead(decided_on, desk.today, "/decidedOn")
    async with attempt(desk, Operation.LIFT_PROTECTION, key, "individual", individual_id) as decision:
        await _own_person(decision, individual_id, marked=True)
        if decision.answered:
            return decision.answered
        content = {"source": source, "decidedOn": decided_on.isoformat()}
        return await propose(
            decision,
            Proposed(
                Matter.PROTECTION_LIFTED, "individual", individual_id, content, individual_id=individual_id
            ),
        )


async def propose_clearance(
    desk: Desk, key: RequestKey, individual_id: UUID, account_id: UUID, valid_until: date
) -> Receipt:
    """Propose that an account may see where the person is; a manager who is a third person approves.

    Raises NotFound, NotForOneself, Unprocessable for another's account or more than a year,
    InvalidTransition where the person is not marked.
    """
    in_order(desk.today, valid_until, "/validUntil")
    if valid_until - desk.today > LONGEST:
        raise Unprocessable(TOO_LONG.at("/validUntil"))
    async with attempt(desk, Operation.CLEAR_ACCOUNT, key, "individual", individual_id) as decision:
        await _own_person(decision, individual_id, marked=True)
        if decision.answered:
            return decision.answered
        row = await joint_decisions.hand(decision.tx, account_id)
        if row is None:
            raise Unprocessable(UNKNOWN_ACCOUNT.at("/accountId"))
        content = {"accountId": str(account_id), "validUntil": valid_until.isoformat()}
        gains = Hand(row["id"], row["officer_id"], row["issuer"], row["subject"])
        return await propose(
            decision,
            Proposed(Matter.CLEARANCE, "individual", individual_id, content, gains, individual_id),
        )


async def end_clearance(desk: Desk, key: RequestKey, individual_id: UUID, account_id: UUID) -> Receipt:
    """End an account's clearance for a person, at once; one person is enough.

    Raises NotFound, InvalidTransition where it has none.
    """
    async with desk.deciding(Operation.END_CLEARANCE, key) as decision:
        await _own_person(decision, individual_id)
        if decision.answered:
            return decision.answered
        if not await rows.end_clearances(decision.tx, individual_id, account_id):
            raise InvalidTransition
        await decision.journal("clearance", account_id, individual_id=individual_id)
        return await decision.conclude(Receipt.of(individual_id, desk.now))


async def lift(decision: Decision, agreed: Agreed) -> None:
    """Lift the mark, as two have agreed. Raises InvalidTransition where it is gone already."""
    if not await rows.lift(decision.tx, agreed.id):
        raise InvalidTransition
    await decision.journal("individual", agreed.subject_id, individual_id=agreed.individual_id)


async def clear(decision: Decision, agreed: Agreed) -> None:
    """Clear the account, as two have agreed."""
    clearance_id, content = new_id(), agreed.content
    await decision.tx.add(
        ProtectionClearance(
            org_id=decision.me,
            id=clearance_id,
            individual_id=agreed.subject_id,
            account_id=UUID(content["accountId"]),
            joint_decision_id=agreed.id,
            valid_until=stockholm_end_of(date.fromisoformat(content["validUntil"])),
            recorded_at=decision.now,
        )
    )
    await decision.journal("clearance", clearance_id, individual_id=agreed.individual_id)


async def _own_person(work: Reading, individual_id: UUID, *, marked: bool = False) -> Mapping[str, Any]:
    """The person, whom the caller's unit has to do with. Raises NotFound; InvalidTransition where one must be
    marked and is not.
    """
    row = await individuals.for_use(work.tx, individual_id, all_units=work.all_units)
    if row is None:
        raise NotFound
    work.entitle(Relation.OWN_UNIT)
    if marked and row["protected_identity"] == "none":
        raise InvalidTransition
    found: Mapping[str, Any] = row
    return found
