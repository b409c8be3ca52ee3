from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.db.tables.joint_decisions import MATTERS
from app.domain.access import CASE_STAFF, Role
from app.domain.joint_decisions import (
    TERMS,
    Hand,
    Matter,
    Objection,
    Outcome,
    Proposal,
    State,
    approved_by,
    expiry,
    objection_to_approving,
    objection_to_proposing,
    state_of,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def hand(number: int) -> Hand:
    """The account of a person of one's own."""
    return Hand(UUID(int=number), UUID(int=100 + number), "https://login.example", f"subject-{number}")


PROPOSER, APPROVER, GAINING = hand(1), hand(2), hand(3)
PROPOSAL = Proposal(Matter.ROLES, PROPOSER, GAINING)
ADMINISTRATOR = {Role.ORGANISATION_ADMINISTRATOR}


def others_of(person: Hand) -> list[Hand]:
    """Every way in which an account can be the same person's."""
    stranger = hand(9)
    return [
        person,
        replace(stranger, account_id=person.account_id),
        replace(stranger, officer_id=person.officer_id),
        replace(stranger, issuer=person.issuer, subject=person.subject),
    ]


def test_another_person_in_the_right_role_approves() -> None:
    """Two people of whom neither gains: nothing is objected to."""
    assert objection_to_proposing(PROPOSER, GAINING) is None
    assert objection_to_approving(PROPOSAL, APPROVER, ADMINISTRATOR) is None


@pytest.mark.parametrize("same", others_of(PROPOSER))
def test_whoever_proposed_does_not_approve_whatever_the_account(same: Hand) -> None:
    """The same account, officer, or subject at the same issuer: one person is not two."""
    assert objection_to_approving(PROPOSAL, same, ADMINISTRATOR) is Objection.NOT_BY_ONESELF


@pytest.mark.parametrize("same", others_of(GAINING))
def test_whoever_gains_neither_proposes_nor_approves(same: Hand) -> None:
    """Nobody decides for themselves, in either half of the decision."""
    assert objection_to_proposing(same, GAINING) is Objection.NOT_FOR_ONESELF
    assert objection_to_approving(PROPOSAL, same, ADMINISTRATOR) is Objection.NOT_FOR_ONESELF


def test_the_same_subject_at_another_issuer_is_another_person() -> None:
    """Two providers may know two people by the same word."""
    namesake = replace(APPROVER, issuer="https://other.example", subject=PROPOSER.subject)
    assert objection_to_approving(PROPOSAL, namesake, ADMINISTRATOR) is None


def test_only_the_matters_own_roles_approve() -> None:
    """A role that does not approve the matter is told so, for every matter and role."""
    for matter, terms in TERMS.items():
        for role in Role:
            found = objection_to_approving(replace(PROPOSAL, matter=matter), APPROVER, {role})
            assert (found is None) is (role in terms.approvers), (matter, role)
            assert (matter in approved_by({role})) is (role in terms.approvers)


def test_an_administrator_approves_nothing_about_a_person() -> None:
    """Roles are the administrators'; what is about persons is for those who see cases."""
    roles = {Matter.NEW_ACCOUNT, Matter.ROLES}
    assert approved_by(ADMINISTRATOR) == roles
    assert approved_by(CASE_STAFF) == set(Matter) - roles


@pytest.mark.parametrize("matter", list(Matter))
def test_a_proposal_stands_until_its_days_have_passed(matter: Matter) -> None:
    """Open to the last moment, then expired; once decided it stays so."""
    until = expiry(matter, NOW)
    assert until == NOW + timedelta(days=TERMS[matter].days)
    just_before = until - timedelta(microseconds=1)
    assert state_of(None, until, just_before) is State.OPEN
    assert state_of(None, until, until) is State.EXPIRED
    for outcome in Outcome:
        assert state_of(outcome, until, until) is State(outcome.value)


def test_the_database_knows_the_same_matters() -> None:
    """The table's CHECK and the domain name the same matters, and every one has its terms."""
    assert set(MATTERS) == {matter.value for matter in Matter}
    assert set(TERMS) == set(Matter)
