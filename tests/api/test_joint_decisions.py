import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.auth import development
from app.db.directory_load import writing_directory
from app.db.ids import new_id
from app.db.tables.directory import Account, Organisation
from app.db.tables.joint_decisions import JointDecision
from app.errors import NotFound
from tests.api.behind import acting, refused, stored
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.scenes import NEVER, jointly
from tests.api.test_accounts import administrators, holding, new_account

MANAGER: dict[str, Any] = {"version": 1, "roles": ["manager"]}


async def proposal(by: Caller, place: Caller) -> str:
    """Where the proposal of other roles for somebody's account is."""
    made = await by.post(f"/accounts/{place.account_id}/role-changes", MANAGER)
    assert made.status_code == 201, made.text
    return f"/joint-decisions/{made.json()['id']}"


async def roles_of(place: Caller, reader: Caller) -> list[str]:
    """The roles of somebody's account."""
    told: list[str] = (await reader.get(f"/accounts/{place.account_id}")).json()["roles"]
    return told


async def test_two_people_give_roles(staff: Staff) -> None:
    """One proposes and nothing changes; another approves, and the roles hold."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    shown = (await another.get(path)).json()
    assert (shown["state"], shown["matter"], shown["proposedBy"]) == ("open", "roles", str(one.account_id))
    assert {part["name"]: part["values"] for part in shown["content"]}["roles"] == ["manager"]
    assert await roles_of(place, one) == ["caseworker"]
    assert (await another.post(f"{path}/approvals", {})).status_code == 201
    assert await roles_of(place, one) == ["manager"]
    ended = (await one.get(path)).json()
    assert (ended["state"], ended["decidedBy"]) == ("approved", str(another.account_id))


async def test_whoever_proposed_does_not_approve(staff: Staff, application: Application) -> None:
    """Alone, one is refused; nothing changes, and the attempt stands in the security log."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    answer = await one.post(f"{path}/approvals", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_BY_ONESELF")
    assert await roles_of(place, another) == ["caseworker"]
    assert await refused(application, one) == Counter({("approveJointDecision", "NOT_BY_ONESELF"): 1})


async def second_account(staff: Staff, application: Application, of: Caller, **same: str) -> Caller:
    """An account more, in another unit, for the same officer or the same subject."""
    other = await staff("FK", "organisation_administrator")
    account_id, subject = uuid4(), same.get("subject", f"subject-{uuid4()}")
    officer_id = other.officer_id if "subject" in same else of.officer_id
    row = Account(
        org_id=of.organisation_id,
        id=account_id,
        unit_id=other.unit_id,
        officer_id=officer_id,
        issuer=development.ISSUER,
        subject=subject,
        roles=["organisation_administrator"],
    )
    async with writing_directory(application.urls.migration) as directory:
        await directory.put(row)
    return holding(other, subject, application)


async def test_the_same_officer_with_another_account_is_the_same_person(
    staff: Staff, application: Application
) -> None:
    """A second account does not make one officer two people."""
    (one, _), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    again = await second_account(staff, application, one)
    answer = await again.post(f"{path}/approvals", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_BY_ONESELF")


async def test_the_same_subject_with_another_account_is_the_same_person(
    staff: Staff, application: Application
) -> None:
    """Nor does another officer's name on the account of the same subject."""
    (one, reader), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    mine = (await reader.get(f"/accounts/{one.account_id}")).json()
    again = await second_account(staff, application, one, subject=mine["subject"])
    accounts = (await again.get("/me")).json()["assignments"]
    other = next(each["accountId"] for each in accounts if each["accountId"] != str(one.account_id))
    headers = {"Flerpart-Assignment": other, "Idempotency-Key": f"key-{uuid4()}"}
    answer = await again.http.post(
        f"http://testserver/flerpart/v0{path}/approvals",
        json={},
        headers=headers | {"Authorization": f"Bearer {again.token()}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_BY_ONESELF")


async def test_whoever_gains_approves_nothing(staff: Staff, application: Application) -> None:
    """An administrator does not approve other roles for their own account that a colleague has proposed."""
    one, another = await administrators(staff)
    made = await one.post(
        f"/accounts/{another.account_id}/role-changes", {"version": 1, "roles": ["analyst"]}
    )
    answer = await another.post(f"/joint-decisions/{made.json()['id']}/approvals", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_FOR_ONESELF")
    assert await refused(application, another) == Counter({("approveJointDecision", "NOT_FOR_ONESELF"): 1})


async def test_a_proposal_expires(staff: Staff, clock: Clock) -> None:
    """After its days nobody can approve it any more, and it is listed among the past."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    clock.forward(days=14)
    answer = await another.post(f"{path}/approvals", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "PROPOSAL_EXPIRED")
    assert (await another.post(f"{path}/rejections", {})).status_code == 409
    assert (await one.get(path)).json()["state"] == "expired"
    assert await roles_of(place, one) == ["caseworker"]


async def test_what_somebody_proposed_ends_with_their_account(staff: Staff) -> None:
    """Whoever can no longer act is not one of two: it takes somebody to propose it anew."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    ended = await another.post(f"/accounts/{one.account_id}/endings", {"version": 1})
    assert ended.status_code == 201, ended.text
    answer = await another.post(f"{path}/approvals", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "PROPOSAL_EXPIRED")
    assert await roles_of(place, another) == ["caseworker"]


async def test_two_who_approve_at_once_approve_once(staff: Staff) -> None:
    """Of two approvals one carries it out, and the other is told that it is decided."""
    (one, another), third = await administrators(staff), await staff("FK", "organisation_administrator")
    place = await staff("FK")
    path = await proposal(one, place)
    both = await asyncio.gather(*(each.post(f"{path}/approvals", {}) for each in (another, third)))
    assert sorted(answer.status_code for answer in both) == [201, 409]
    (told,) = [answer.json()["code"] for answer in both if answer.status_code == 409]
    assert told == "INVALID_TRANSITION"
    assert (await one.get(f"/accounts/{place.account_id}")).json()["version"] == 2


async def test_what_is_rejected_or_taken_back_is_not_done(staff: Staff) -> None:
    """One person is enough to let nothing happen: the other, or whoever proposed."""
    (one, another), place = await administrators(staff), await staff("FK")
    for by in (one, another):
        path = await proposal(one, place)
        assert (await by.post(f"{path}/rejections", {})).status_code == 201
        answer = await another.post(f"{path}/approvals", {})
        assert (answer.status_code, answer.json()["code"]) == (409, "INVALID_TRANSITION")
        assert (await one.get(path)).json()["state"] == "rejected"
    assert await roles_of(place, one) == ["caseworker"]


async def test_the_same_key_approves_once(staff: Staff) -> None:
    """An approval sent again with its key is answered with its receipt."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = await proposal(one, place)
    first = await another.post(f"{path}/approvals", {}, key="approve-once")
    again = await another.post(f"{path}/approvals", {}, key="approve-once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


async def test_an_administrator_alone_is_told_what_to_do(staff: Staff, application: Application) -> None:
    """Where there is nobody to approve, nothing is proposed: a second comes from the command line."""
    house = Organisation(id=uuid4(), name="Ny myndighet", type="other")
    async with writing_directory(application.urls.migration) as directory:
        await directory.put(house)
    alone, place = [await staff.at(house.id, role) for role in ("organisation_administrator", "caseworker")]
    answer = await alone.post("/accounts", new_account(place))
    assert (answer.status_code, answer.json()["code"]) == (409, "SECOND_PERSON_MISSING")
    assert "flerpart add-account" in answer.json()["detail"]
    another = await staff.at(house.id, "organisation_administrator")
    account_id = await jointly(await alone.post("/accounts", new_account(place)), another)
    assert (await alone.get(f"/accounts/{account_id}")).status_code == 200


async def test_proposals_are_seen_by_whoever_made_or_may_approve_them(staff: Staff) -> None:
    """To others, in the house or outside, a proposal is like one that never was, byte for byte."""
    (one, another), place = await administrators(staff), await staff("FK")
    path, never = await proposal(one, place), f"/joint-decisions/{NEVER}"
    outside = await staff("AF", "organisation_administrator")
    for by in (await staff("FK", "manager"), place, outside):
        for hidden, absent in (
            (await by.get(path), await by.get(never)),
            (await by.post(f"{path}/approvals", {}), await by.post(f"{never}/approvals", {})),
            (await by.post(f"{path}/rejections", {}), await by.post(f"{never}/rejections", {})),
        ):
            assert (hidden.status_code, hidden.content) == (404, absent.content)
    for by in (one, another):
        listed = (await by.get("/joint-decisions?limit=100")).json()["items"]
        assert path.rsplit("/", 1)[1] in {each["id"] for each in listed}
    await another.post(f"{path}/approvals", {})
    listed = (await one.get("/joint-decisions?limit=100")).json()["items"]
    assert path.rsplit("/", 1)[1] not in {each["id"] for each in listed}


@pytest.mark.parametrize("alone", ["own proposal", "no proposal"])
async def test_the_database_gives_no_role_that_two_have_not_agreed_on(
    staff: Staff, application: Application, alone: str
) -> None:
    """Whoever speaks to the database as the application does can neither approve alone nor do without."""
    one, _ = await administrators(staff)
    account = Account(
        org_id=one.organisation_id,
        id=new_id(),
        unit_id=one.unit_id,
        officer_id=one.officer_id,
        issuer=development.ISSUER,
        subject=f"subject-{uuid4()}",
        roles=["caseworker"],
        version=1,
    )
    if alone == "own proposal":
        approved = _proposal(one, account, application)
        await stored(application, one, approved)
        async with acting(application, one) as tx:
            with pytest.raises(NotFound):
                await tx.call(
                    "update flerpart.joint_decision set outcome = 'approved',"
                    " decided_by = $1, decided_at = $2 where id = $3",
                    one.account_id,
                    application.clock(),
                    approved.id,
                )
    with pytest.raises(NotFound):
        await stored(application, one, account)


def _proposal(by: Caller, account: Account, application: Application) -> JointDecision:
    now, same = application.clock(), {"issuer": account.issuer, "subject": account.subject}
    return JointDecision(
        org_id=by.organisation_id,
        id=new_id(),
        matter="new_account",
        subject_kind="account",
        subject_id=account.id,
        content={"officerId": str(account.officer_id), "roles": ["caseworker"], **same},
        gains_id=account.id,
        gains_officer=account.officer_id,
        gains_issuer=account.issuer,
        gains_subject=account.subject,
        proposed_by=by.account_id,
        proposed_at=now,
        expires_at=now + timedelta(days=14),
    )
