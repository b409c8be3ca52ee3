"""Joint decisions: what one person proposes and another approves. A use case that takes two starts here.

    async with attempt(desk, Operation.CHANGE_ROLES, key, "account", account_id) as decision:
        ...                                                     # found, entitled, answered, as everywhere
        return await propose(decision, Proposed(Matter.ROLES, "account", account_id, content, gains=hand))

What is then to happen stands in `joint_outcomes.CARRIED_OUT`, under its matter.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db import joint_decisions as rows
from app.db.ids import new_id
from app.db.tables.joint_decisions import JointDecision, RefusedAttempt
from app.domain.access import Operation, Role
from app.domain.joint_decisions import (
    TERMS,
    Hand,
    Matter,
    Objection,
    approved_by,
    expiry,
    objection_to_proposing,
)
from app.domain.rule import Words
from app.errors import NotAllowed, NotByOneself, NotForOneself, SecondPersonMissing
from app.services.decision import Decision, RequestKey
from app.services.desk import Desk
from app.services.reading import Reading
from app.services.receipt import Receipt

REFUSALS: Mapping[Objection, type[NotAllowed]] = {
    Objection.NOT_FOR_ONESELF: NotForOneself,
    Objection.NOT_BY_ONESELF: NotByOneself,
    Objection.NOT_AN_APPROVER: NotAllowed,
}
ADD_ANOTHER = Words(
    "Förslaget kräver ytterligare en person med rollen {0}. Den som driver installationen lägger till en med "
    "kommandot: flerpart add-account",
    "The proposal takes another person with the role {0}. Whoever runs the installation adds one with the "
    "command: flerpart add-account",
)


@dataclass(frozen=True)
class Proposed:
    """What is proposed: codes, ids and days in `content`, never anything about a person."""

    matter: Matter
    subject_kind: str
    subject_id: UUID
    content: Mapping[str, Any]
    gains: Hand | None = None
    individual_id: UUID | None = None


@dataclass(frozen=True)
class Agreed:
    """What two people have agreed on, to be carried out in the approving transaction."""

    id: UUID
    subject_id: UUID
    individual_id: UUID | None
    content: Mapping[str, Any]
    proposed_by: UUID
    proposed_at: datetime


@asynccontextmanager
async def attempt(
    desk: Desk, operation: Operation, key: RequestKey | None, item_kind: str, item_id: UUID | None = None
) -> AsyncIterator[Decision]:
    """A decision that takes two: what is refused of it is kept in the security log, then refused all the
    same.
    """
    try:
        async with desk.deciding(operation, key) as decision:
            yield decision
    except NotAllowed as refusal:
        mine = desk.assignment
        async with desk.house.database.act(desk.caller) as tx:
            await tx.add(
                RefusedAttempt(
                    org_id=mine.organisation_id,
                    id=new_id(),
                    actor_id=mine.account_id,
                    unit_id=mine.unit_id,
                    operation=operation.value,
                    code=refusal.code,
                    item_kind=item_kind,
                    item_id=item_id,
                    recorded_at=desk.now,
                )
            )
            await tx.commit()
        raise


async def propose(decision: Decision, proposed: Proposed) -> Receipt:
    """Put a proposal before the others, and conclude.

    Raises NotForOneself, and SecondPersonMissing where nobody else could approve it.
    """
    proposer = await own_hand(decision)
    objection = objection_to_proposing(proposer, proposed.gains)
    if objection:
        raise REFUSALS[objection]
    await _demand_another(decision, proposed, proposer)
    decision_id, gains = new_id(), proposed.gains
    await decision.tx.add(
        JointDecision(
            org_id=decision.me,
            id=decision_id,
            matter=proposed.matter.value,
            subject_kind=proposed.subject_kind,
            subject_id=proposed.subject_id,
            individual_id=proposed.individual_id,
            content=dict(proposed.content),
            gains_id=gains.account_id if gains else None,
            gains_officer=gains.officer_id if gains else None,
            gains_issuer=gains.issuer if gains else None,
            gains_subject=gains.subject if gains else None,
            proposed_by=proposer.account_id,
            proposed_at=decision.now,
            expires_at=expiry(proposed.matter, decision.now),
        )
    )
    await decision.journal("joint_decision", decision_id, individual_id=proposed.individual_id)
    return await decision.conclude(Receipt.of(decision_id, decision.now))


async def own_hand(reading: Reading) -> Hand:
    """Whose the caller's account is."""
    return await hand_of(reading, reading.assignment.account_id)


async def hand_of(reading: Reading, account_id: UUID) -> Hand:
    """Whose an account of the own organisation is, which must exist."""
    row = await rows.hand(reading.tx, account_id)
    if row is None:
        raise NotAllowed
    return Hand(row["id"], row["officer_id"], row["issuer"], row["subject"])


def approvable(reading: Reading) -> list[str]:
    """The matters the caller may approve by role."""
    return sorted(approved_by({Role(role) for role in reading.assignment.roles}))


async def _demand_another(decision: Decision, proposed: Proposed, proposer: Hand) -> None:
    """Raises SecondPersonMissing, which says what to do, where nobody but those two could approve it."""
    roles = TERMS[proposed.matter].approvers
    able = await rows.approvers(decision.tx, (role.value for role in roles), decision.today)
    barred = [one for one in (proposer, proposed.gains) if one is not None]
    for row in able:
        hand = Hand(row["id"], row["officer_id"], row["issuer"], row["subject"])
        if not any(hand.is_of_the_same_person_as(one) for one in barred):
            return
    names = ", ".join(sorted(role.value for role in roles))
    raise SecondPersonMissing(Words(ADD_ANOTHER.sv.format(names), ADD_ANOTHER.en.format(names)))
