"""How a joint decision ends: another person approves it, and it is carried out in the same transaction."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import directory
from app.db import joint_decisions as rows
from app.db.reading import Shown
from app.domain.access import Operation, Relation, Role
from app.domain.joint_decisions import (
    Hand,
    Matter,
    Outcome,
    Proposal,
    State,
    objection_to_approving,
    state_of,
)
from app.errors import InvalidTransition, NotFound, ProposalExpired
from app.services import account_grants, disposals, protection
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.joint_decisions import REFUSALS, Agreed, approvable, attempt, hand_of, own_hand
from app.services.paging import PageFound, Paging
from app.services.reading import Reading
from app.services.receipt import Receipt

CARRIED_OUT: Mapping[Matter, Callable[[Decision, Agreed], Awaitable[None]]] = {
    Matter.NEW_ACCOUNT: account_grants.give_account,
    Matter.ROLES: account_grants.give_roles,
    Matter.CLEARANCE: protection.clear,
    Matter.PROTECTION_LIFTED: protection.lift,
    Matter.DISPOSAL: disposals.carry_out,
}
"""What happens when two have agreed. It may find that things have moved on since, and refuse."""


@dataclass(frozen=True)
class JointDecisionShown:
    """A proposal, and how it stands."""

    id: UUID
    matter: str
    subject_kind: str
    subject_id: UUID
    content: Mapping[str, Any]
    state: State
    proposed_by: UUID
    proposed_at: datetime
    expires_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None


async def list_seen(desk: Desk, paging: Paging, *, decided_too: bool) -> PageFound[JointDecisionShown]:
    """A page of the proposals that the caller made or may approve; past ones only when asked for."""
    async with desk.reading(Operation.LIST_JOINT_DECISIONS) as reading:
        reading.entitle(Relation.OWN_ORGANISATION)
        asked = {"matters": approvable(reading), "decided_too": decided_too}
        found = await directory.page(reading.tx, rows.SEEN, limit=paging.limit, offset=paging.offset, **asked)
        total = await directory.count_to_1000(reading.tx, rows.SEEN, **asked)
        for row in found:
            await _log(reading, row)
        await reading.commit()
        return PageFound(tuple(_shown(row, desk.now) for row in found), total)


async def read(desk: Desk, decision_id: UUID) -> JointDecisionShown:
    """One proposal that the caller made or may approve. Raises NotFound."""
    async with desk.reading(Operation.READ_JOINT_DECISION) as reading:
        row = await rows.one(reading.tx, decision_id, approvable(reading))
        if row is None:
            raise NotFound
        reading.entitle(Relation.OWN_ORGANISATION)
        await _log(reading, row)
        await reading.commit()
        return _shown(row, desk.now)


async def approve(desk: Desk, key: RequestKey, decision_id: UUID) -> Receipt:
    """Approve a proposal, and carry it out.

    Raises NotFound, NotForOneself, NotByOneself, ProposalExpired, also where whoever proposed can no longer
    act, InvalidTransition where it is decided already, and whatever its carrying out is refused with.
    """
    operation = Operation.APPROVE_JOINT_DECISION
    async with attempt(desk, operation, key, "joint_decision", decision_id) as decision:
        row = await _found(decision, decision_id)
        if decision.answered:
            return decision.answered
        matter = Matter(row["matter"])
        proposal = Proposal(matter, await hand_of(decision, row["proposed_by"]), _gains(row))
        roles = {Role(role) for role in decision.assignment.roles}
        objection = objection_to_approving(proposal, await own_hand(decision), roles)
        if objection:
            raise REFUSALS[objection]
        if not await rows.acts(decision.tx, row["proposed_by"], decision.today):
            raise ProposalExpired
        await _decide(decision, row, Outcome.APPROVED)
        agreed = Agreed(
            row["id"],
            row["subject_id"],
            row["individual_id"],
            row["content"],
            row["proposed_by"],
            row["proposed_at"],
        )
        await CARRIED_OUT[matter](decision, agreed)
        return await decision.conclude(Receipt.of(decision_id, desk.now))


async def reject(desk: Desk, key: RequestKey, decision_id: UUID) -> Receipt:
    """Turn a proposal down, or take one's own back; one person is enough to let nothing happen.

    Raises NotFound, ProposalExpired, and InvalidTransition where it is decided already.
    """
    async with desk.deciding(Operation.REJECT_JOINT_DECISION, key) as decision:
        row = await _found(decision, decision_id)
        if decision.answered:
            return decision.answered
        await _decide(decision, row, Outcome.REJECTED)
        return await decision.conclude(Receipt.of(decision_id, desk.now))


async def _found(decision: Decision, decision_id: UUID) -> Mapping[str, Any]:
    row = await rows.one(decision.tx, decision_id, approvable(decision))
    if row is None:
        raise NotFound
    decision.entitle(Relation.OWN_ORGANISATION)
    found: Mapping[str, Any] = row
    return found


async def _decide(decision: Decision, row: Mapping[str, Any], outcome: Outcome) -> None:
    """Write the outcome and journal it. Of two at once one comes first, and the other is told."""
    state = _state(row, decision.now)
    if state is State.EXPIRED:
        raise ProposalExpired
    if state is not State.OPEN or not await rows.decide(decision.tx, row["id"], outcome.value):
        raise InvalidTransition
    await decision.journal("joint_decision", row["id"], individual_id=row["individual_id"])


async def _log(reading: Reading, row: Mapping[str, Any]) -> None:
    if row["individual_id"] is not None:
        await reading.log_shown(Shown("joint_decision", reading.me, row["id"], None, row["individual_id"]))


def _gains(row: Mapping[str, Any]) -> Hand | None:
    if row["gains_id"] is None:
        return None
    return Hand(row["gains_id"], row["gains_officer"], row["gains_issuer"], row["gains_subject"])


def _state(row: Mapping[str, Any], now: datetime) -> State:
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return state_of(outcome, row["expires_at"], now)


def _shown(row: Mapping[str, Any], now: datetime) -> JointDecisionShown:
    return JointDecisionShown(
        id=row["id"],
        matter=row["matter"],
        subject_kind=row["subject_kind"],
        subject_id=row["subject_id"],
        content=row["content"],
        state=_state(row, now),
        proposed_by=row["proposed_by"],
        proposed_at=row["proposed_at"],
        expires_at=row["expires_at"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
