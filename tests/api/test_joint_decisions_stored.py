"""What the database holds of two people by itself, against whoever speaks to it as the application does."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.auth import development
from app.db.ids import new_id
from app.db.tables.directory import Account
from app.db.tables.joint_decisions import JointDecision
from app.db.tables.protection import ProtectionClearance
from app.errors import NotFound
from tests.api.behind import acting, stored
from tests.api.conftest import Application, Caller, Staff
from tests.api.protecting import protected
from tests.api.scenes import person
from tests.api.test_accounts import administrators, new_account

APPROVE = (
    "update flerpart.joint_decision set outcome = 'approved', decided_by = $2, decided_at = $3 where id = $1"
)


def proposal(by: Caller, application: Application, **said: Any) -> JointDecision:
    """What somebody proposes past the application: other roles for their own account, unless more is said."""
    now = application.clock()
    row: dict[str, Any] = {
        "org_id": by.organisation_id,
        "id": new_id(),
        "matter": "roles",
        "subject_kind": "account",
        "subject_id": by.account_id,
        "content": {"version": 1, "roles": ["manager"]},
        "proposed_by": by.account_id,
        "proposed_at": now,
        "expires_at": now + timedelta(days=14),
    }
    return JointDecision(**(row | said))


def gains(whose: Caller, subject: str | None = None) -> dict[str, Any]:
    """Whom a proposal says that it is for."""
    return {
        "gains_id": whose.account_id,
        "gains_officer": whose.officer_id,
        "gains_issuer": development.ISSUER,
        "gains_subject": subject or f"subject-{whose.account_id}",
    }


async def approved(application: Application, by: Caller, what: UUID, *then: Any) -> None:
    """Somebody approves it past the application, and stores more in the same transaction."""
    async with acting(application, by) as tx:
        await tx.call(APPROVE, what, by.account_id, application.clock())
        await tx.add(*then)
        await tx.commit()


@pytest.mark.parametrize("other", ["subject", "officer", "unit"])
async def test_the_approver_makes_no_other_account_than_was_agreed_on(
    staff: Staff, application: Application, other: str
) -> None:
    """An account for another subject, officer or unit than the proposal names is not stored."""
    (one, another), place = await administrators(staff), await staff("FK")
    order = new_account(place)
    proposed = await one.post("/accounts", order)
    decision_id = UUID(proposed.json()["id"])
    subject_id = UUID((await one.get(f"/joint-decisions/{decision_id}")).json()["subjectId"])
    agreed: dict[str, Any] = {
        "org_id": one.organisation_id,
        "id": subject_id,
        "unit_id": place.unit_id,
        "officer_id": place.officer_id,
        "issuer": development.ISSUER,
        "subject": order["subject"],
        "roles": ["caseworker"],
        "version": 1,
    }
    forged = {"subject": f"subject-{uuid4()}", "officer": another.officer_id, "unit": another.unit_id}
    column = other if other == "subject" else f"{other}_id"
    with pytest.raises(NotFound):
        await approved(application, another, decision_id, Account(**(agreed | {column: forged[other]})))
    await approved(application, another, decision_id, Account(**agreed))


@pytest.mark.parametrize("said", ["nobody", "a colleague"])
async def test_nobody_gets_roles_by_a_proposal_that_names_another(
    staff: Staff, application: Application, said: str
) -> None:
    """What would gain oneself cannot be put so that it names nobody, or somebody else, as who gains."""
    (one, _), place = await administrators(staff), await staff("FK")
    whom = {} if said == "nobody" else gains(place)
    with pytest.raises(NotFound):
        await stored(application, one, proposal(one, application, **whom))


async def test_a_proposal_stands_no_longer_than_any_may(staff: Staff, application: Application) -> None:
    """Nobody stores a proposal that could be approved in a year."""
    (one, _), place = await administrators(staff), await staff("FK")
    late = application.clock() + timedelta(days=365)
    said = {"subject_id": place.account_id, "expires_at": late, **gains(place)}
    with pytest.raises(NotFound):
        await stored(application, one, proposal(one, application, **said))


@pytest.mark.parametrize("forged", ["longer", "own account", "nothing"])
async def test_a_clearance_is_what_was_agreed_on(staff: Staff, application: Application, forged: str) -> None:
    """Not for longer, and not under another's name for an account of the proposer's."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    colleague = await staff("FK", unit_id=fk.unit_id)
    whom = await person(fk)
    await protected(fk, whom)
    until = datetime.fromisoformat("2026-12-31T23:00:00+00:00")
    gainer = fk if forged == "own account" else colleague
    said = gains(colleague) | {"gains_id": gainer.account_id}
    wanted = proposal(
        fk,
        application,
        matter="clearance",
        subject_kind="individual",
        subject_id=whom,
        individual_id=whom,
        content={"accountId": str(gainer.account_id), "validUntil": "2026-12-31"},
        **said,
    )
    clearance = ProtectionClearance(
        org_id=fk.organisation_id,
        id=new_id(),
        individual_id=whom,
        account_id=gainer.account_id,
        joint_decision_id=wanted.id,
        valid_until=until + timedelta(days=1) if forged == "longer" else until,
        recorded_at=application.clock(),
    )
    if forged == "own account":
        with pytest.raises(NotFound):
            await stored(application, fk, wanted)
        return
    await stored(application, fk, wanted)
    if forged == "longer":
        with pytest.raises(NotFound):
            await approved(application, manager, wanted.id, clearance)
        return
    await approved(application, manager, wanted.id, clearance)


async def test_nobody_approves_what_their_role_may_not(staff: Staff, application: Application) -> None:
    """A caseworker's request approves no role, whatever it says to the database."""
    (one, another), place = await administrators(staff), await staff("FK")
    wanted = proposal(one, application, subject_id=place.account_id, **gains(place))
    await stored(application, one, wanted)
    with pytest.raises(NotFound):
        await approved(application, await staff("FK"), wanted.id)
    await approved(application, another, wanted.id)
