from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.auth import development
from app.db.directory_load import put_issuer
from app.db.tables.directory import TokenIssuer
from app.http import about
from tests.api.behind import acting
from tests.api.conftest import Application, Caller, Staff
from tests.api.owing import codes_in, tasks_of
from tests.api.scenes import NEVER, case, jointly


def new_account(place: Caller, *roles: str, subject: str | None = None) -> dict[str, Any]:
    """An account for the officer of a caller, in that caller's unit."""
    return {
        "officerId": str(place.officer_id),
        "unitId": str(place.unit_id),
        "issuer": development.ISSUER,
        "subject": subject or f"subject-{uuid4()}",
        "roles": list(roles or ["caseworker"]),
    }


def holding(place: Caller, subject: str, application: Application) -> Caller:
    """The same officer, signed in as another subject."""

    def token() -> str:
        return development.issue(
            application.keyring, subject, audience=about.RESOURCE, now=application.clock()
        )

    return replace(place, token=token)


async def administrators(staff: Staff, party: str = "FK") -> tuple[Caller, Caller]:
    """Two who administer an organisation."""
    return await staff(party, "organisation_administrator"), await staff(party, "organisation_administrator")


async def test_an_account_lets_its_subject_in(staff: Staff, application: Application) -> None:
    """Whoever two administrators give an account may do what its roles allow, from the next request."""
    (one, another), place = await administrators(staff), await staff("FK")
    order = new_account(place)
    newcomer = holding(place, order["subject"], application)
    proposal = await one.post("/accounts", order)
    assert (await newcomer.get("/me")).status_code == 401
    account_id = await jointly(proposal, another)
    (mine,) = (await newcomer.get("/me")).json()["assignments"]
    assert (mine["accountId"], mine["roles"]) == (str(account_id), ["caseworker"])
    assert (await one.get(f"/accounts/{account_id}")).json()["subject"] == order["subject"]


async def test_other_roles_and_an_ended_account_bite_at_once(staff: Staff, application: Application) -> None:
    """Roles are read per request: a change of them, and the end of the account, hold from the next one."""
    (one, another), place = await administrators(staff), await staff("FK")
    order = new_account(place)
    newcomer = holding(place, order["subject"], application)
    path = f"/accounts/{await jointly(await one.post('/accounts', order), another)}"
    assert (await newcomer.get("/cases")).status_code == 200
    await jointly(await one.post(f"{path}/role-changes", {"version": 1, "roles": ["analyst"]}), another)
    changed = await one.get(path)
    assert (changed.json()["roles"], changed.headers["ETag"]) == (["analyst"], '"2"')
    assert (await newcomer.get("/cases")).status_code == 403
    ended = await one.post(f"{path}/endings", {"version": 2})
    assert (ended.status_code, ended.json()["version"]) == (201, 3)
    assert (await newcomer.get("/me")).status_code == 401
    for act in ("role-changes", "endings"):
        body: dict[str, Any] = {"version": 2} | ({"roles": ["manager"]} if act == "role-changes" else {})
        stale = await one.post(f"{path}/{act}", body)
        assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")
    await jointly(await one.post(f"{path}/role-changes", {"version": 3, "roles": ["analyst"]}), another)
    assert (await newcomer.get("/me")).status_code == 200


async def test_roles_proposed_for_an_account_that_has_changed_since_are_not_given(staff: Staff) -> None:
    """What was agreed was agreed of the account as it was: the approval is told that it is not any more."""
    (one, another), place = await administrators(staff), await staff("FK")
    path = f"/accounts/{place.account_id}"
    proposal = await one.post(f"{path}/role-changes", {"version": 1, "roles": ["manager"]})
    assert (await another.post(f"{path}/endings", {"version": 1})).status_code == 201
    late = await another.post(f"/joint-decisions/{proposal.json()['id']}/approvals", {})
    assert (late.status_code, late.json()["code"]) == (409, "VERSION_STALE")
    assert (await one.get(path)).json()["active"] is False


async def test_nobody_grants_roles_to_themselves(staff: Staff) -> None:
    """Neither a change of the own account, nor another one for oneself, whatever officer or subject."""
    administrator, place = await staff("FK", "organisation_administrator"), await staff("FK")
    own = f"/accounts/{administrator.account_id}"
    kept = (await administrator.get(own)).json()
    answers = [
        await administrator.post(f"{own}/role-changes", {"version": 1, "roles": ["lokus_member"]}),
        await administrator.post(f"{own}/endings", {"version": 1}),
        await administrator.post("/accounts", new_account(administrator, "caseworker")),
        await administrator.post("/accounts", new_account(place, subject=kept["subject"])),
    ]
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(403, "NOT_FOR_ONESELF")}
    assert (await administrator.get(own)).json() == kept


async def test_an_administrator_sees_no_case(staff: Staff) -> None:
    """One account never joins administering with cases, and an administrator is refused every case."""
    administrator, fk = await staff("FK", "organisation_administrator"), await staff("FK")
    order = new_account(fk, "organisation_administrator", "caseworker")
    refused = await administrator.post("/accounts", order)
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["code"] == "ROLES_CONFLICT"
    seen = await case(fk)
    assert (await administrator.get(seen.path)).status_code == 403
    assert (await administrator.get("/cases")).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"officerId": NEVER}, "/officerId", "UNKNOWN_OFFICER"),
        ({"unitId": NEVER}, "/unitId", "UNKNOWN_UNIT"),
        ({"roles": []}, "/roles", "TOO_SHORT"),
        ({"roles": ["king"]}, "/roles/0", "NOT_IN_LIST"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    staff: Staff, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    """An officer or a unit that is not the organisation's, or an unknown role, is refused by field."""
    administrator, place = await staff("FK", "organisation_administrator"), await staff("FK")
    refused = await administrator.post("/accounts", new_account(place) | wrong)
    assert refused.status_code == 422
    (field,) = refused.json()["invalidParameters"]
    assert (field["pointer"], field["code"]) == (pointer, code)


async def test_the_same_subject_gets_one_account_in_a_unit(staff: Staff) -> None:
    """A second account for the same subject in the same unit already exists."""
    (one, another), place = await administrators(staff), await staff("FK")
    order = new_account(place)
    await jointly(await one.post("/accounts", order), another)
    again = (await one.post("/accounts", order)).json()["id"]
    refused = await another.post(f"/joint-decisions/{again}/approvals", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "ALREADY_EXISTS")
    assert (await another.get(f"/joint-decisions/{again}")).json()["state"] == "open"


async def test_accounts_are_their_organisations_own(staff: Staff) -> None:
    """To another organisation's administrator an account is like one that never was, byte for byte."""
    fk, af = await staff("FK"), await staff("AF", "organisation_administrator")
    answers = []
    for account_id in (fk.account_id, NEVER):
        path = f"/accounts/{account_id}"
        answers.append(
            (
                await af.get(path),
                await af.post(f"{path}/role-changes", {"version": 1, "roles": ["manager"]}),
                await af.post(f"{path}/endings", {"version": 1}),
            )
        )
    for hidden, never in zip(*answers, strict=True):
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content


async def test_an_issuer_stands_for_the_people_of_those_it_serves_alone(
    staff: Staff, application: Application
) -> None:
    """An account another organisation gives to a subject of FK's provider is none: nobody outside FK can make
    its people choose between assignments, or act for somebody else.
    """
    issuer, subject = f"https://{uuid4()}.example/", "the-same-person"
    fk, af = await staff("FK"), await staff("AF")
    for place in (fk, af):
        one, another = await administrators(staff, "FK" if place is fk else "AF")
        order = new_account(place, subject=subject) | {"issuer": issuer}
        await jointly(await one.post("/accounts", order), another)
    known = TokenIssuer(
        issuer=issuer, audience=about.RESOURCE, key_set=None, active=False, registered_at=application.clock()
    )

    async def stand_for() -> set[UUID]:
        reader = await asyncpg.connect(application.urls.api)
        try:
            found = await reader.fetch("select org_id from gate_identity.accounts($1, $2)", issuer, subject)
        finally:
            await reader.close()
        return {one["org_id"] for one in found}

    await put_issuer(application.urls.migration, known)
    assert await stand_for() == {fk.organisation_id, af.organisation_id}
    await put_issuer(application.urls.migration, known.model_copy(update={"serves": [fk.organisation_id]}))
    assert await stand_for() == {fk.organisation_id}


async def test_a_carrier_who_has_left_leaves_the_case_to_be_taken_over(staff: Staff) -> None:
    """UPP-126: from the day an officer has left, their case has nobody, until it is handed over."""
    administrator = await staff("FK", "organisation_administrator")
    leaving = await staff("FK")
    staying = await staff("FK", unit_id=leaving.unit_id)
    registered = await case(leaving)
    kept = (await administrator.get(f"/officers/{leaving.officer_id}")).json()
    fields = {name: kept[name] for name in ("unitId", "name", "title", "function", "email", "telephone")}
    left = await administrator.put(
        f"/officers/{leaving.officer_id}", fields | {"leftOn": "2026-03-02"}, kept["version"]
    )
    assert left.status_code == 200, left.text
    assert (await staying.get(registered.path)).json()["carrier"]["hasLeft"] is True
    (listed,) = (await staying.get("/cases")).json()["items"]
    assert listed["carrierId"] is None
    owed = [one for one in await tasks_of(staying) if one["caseId"] == str(registered.id)]
    assert [(one["code"], one["clauses"]) for one in owed] == [("OFFICER_MISSING", ["UPP-126"])]
    order = {"version": 1, "officerId": str(staying.officer_id)}
    assert (await staying.post(f"{registered.path}/carriers", order)).status_code == 201
    assert (await staying.get(registered.path)).json()["carrier"]["hasLeft"] is False
    assert await codes_in(staying, registered.id) == set()


async def test_an_officer_who_comes_back_is_given_roles_anew(staff: Staff, application: Application) -> None:
    """One administrator gives nobody, and not themselves, the roles that ended when an officer left."""
    (one, another), gone = await administrators(staff), await staff("FK", "manager")
    path = f"/officers/{gone.officer_id}"
    kept = (await one.get(path)).json()
    fields = {name: kept[name] for name in ("unitId", "name", "title", "function", "email", "telephone")}
    away = "2026-03-02"
    assert (await one.put(path, fields | {"leftOn": away}, 1)).status_code == 200
    back = "update flerpart.officer set left_on = null where id = $1 returning id"
    async with acting(application, one) as tx:
        assert await tx.call(back, gone.officer_id) is None
    assert (await one.put(path, fields, 2)).status_code == 200
    account = (await one.get(f"/accounts/{gone.account_id}")).json()
    assert (account["active"], account["version"]) == (False, 2)
    assert (await gone.get("/me")).status_code == 401
    order = {"version": 2, "roles": ["caseworker"]}
    await jointly(await one.post(f"/accounts/{gone.account_id}/role-changes", order), another)
    (mine,) = (await gone.get("/me")).json()["assignments"]
    assert mine["roles"] == ["caseworker"]
