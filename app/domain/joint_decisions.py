"""Joint decisions: one person proposes, another approves, and neither gains by it.

What would give one person too much power alone (roles, sight of a protected person, disposal, an export) is
proposed by one and carried out when another approves. The same person with two accounts is one person: the
same officer, or the same subject at the same issuer. Whoever gains neither proposes nor approves.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.domain.access import ADMINISTRATORS, Role


class Matter(StrEnum):
    """What takes two people. A value stands in old journals: it is never renamed."""

    NEW_ACCOUNT = "new_account"
    ROLES = "roles"
    CLEARANCE = "clearance"
    PROTECTION_LIFTED = "protection_lifted"
    DISPOSAL = "disposal"
    EXPORT = "export"


class Outcome(StrEnum):
    """How a proposal ended."""

    APPROVED = "approved"
    REJECTED = "rejected"


class State(StrEnum):
    """How a proposal stands at an instant."""

    OPEN = "open"
    EXPIRED = "expired"
    APPROVED = "approved"
    REJECTED = "rejected"


MANAGERS = frozenset({Role.MANAGER})


@dataclass(frozen=True)
class Terms:
    """Who approves a matter, and for how many days its proposal stands."""

    approvers: Set[Role]
    days: int


# Who may propose is the proposing operation's own row in the table of access.
TERMS: Mapping[Matter, Terms] = MappingProxyType(
    {
        Matter.NEW_ACCOUNT: Terms(ADMINISTRATORS, 14),
        Matter.ROLES: Terms(ADMINISTRATORS, 14),
        Matter.CLEARANCE: Terms(MANAGERS, 14),
        Matter.PROTECTION_LIFTED: Terms(MANAGERS, 14),
        Matter.DISPOSAL: Terms(MANAGERS, 30),
        Matter.EXPORT: Terms(MANAGERS, 14),
    }
)


@dataclass(frozen=True)
class Hand:
    """An account as far as it tells which person it belongs to."""

    account_id: UUID
    officer_id: UUID
    issuer: str
    subject: str

    def is_of_the_same_person_as(self, other: "Hand") -> bool:
        """Whether both belong to one person: the same account, officer, or subject at the same issuer."""
        return (
            self.account_id == other.account_id
            or self.officer_id == other.officer_id
            or (self.issuer, self.subject) == (other.issuer, other.subject)
        )


@dataclass(frozen=True)
class Proposal:
    """A proposal as its approval is judged: of what, by whom, and for whose gain."""

    matter: Matter
    proposer: Hand
    gains: Hand | None
    """The account that gets something by it; None where nobody does."""


class Objection(StrEnum):
    """Why somebody may not do their half of a joint decision."""

    NOT_FOR_ONESELF = "NOT_FOR_ONESELF"
    NOT_BY_ONESELF = "NOT_BY_ONESELF"
    NOT_AN_APPROVER = "NOT_AN_APPROVER"


def expiry(matter: Matter, proposed_at: datetime) -> datetime:
    """Until when a proposal stands."""
    return proposed_at + timedelta(days=TERMS[matter].days)


def state_of(outcome: Outcome | None, expires_at: datetime, now: datetime) -> State:
    """How a proposal stands: what nobody has decided in time can no longer be."""
    if outcome is not None:
        return State(outcome.value)
    return State.OPEN if now < expires_at else State.EXPIRED


def objection_to_proposing(proposer: Hand, gains: Hand | None) -> Objection | None:
    """Why this person may not propose it, or None."""
    if gains is not None and proposer.is_of_the_same_person_as(gains):
        return Objection.NOT_FOR_ONESELF
    return None


def objection_to_approving(proposal: Proposal, approver: Hand, roles: Set[Role]) -> Objection | None:
    """Why this person may not approve it, or None."""
    if proposal.gains is not None and approver.is_of_the_same_person_as(proposal.gains):
        return Objection.NOT_FOR_ONESELF
    if approver.is_of_the_same_person_as(proposal.proposer):
        return Objection.NOT_BY_ONESELF
    if TERMS[proposal.matter].approvers.isdisjoint(roles):
        return Objection.NOT_AN_APPROVER
    return None


def approved_by(roles: Set[Role]) -> frozenset[Matter]:
    """The matters that somebody with these roles may approve."""
    return frozenset(matter for matter, terms in TERMS.items() if not terms.approvers.isdisjoint(roles))
