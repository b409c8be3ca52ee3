from dataclasses import replace
from uuid import uuid4

from app.auth import development
from app.db.directory_load import writing_directory
from app.db.tables.directory import Account
from app.domain.access import ACCESS, Role
from app.http import about
from tests.api.conftest import BASE, Application, Caller, Staff
from tests.api.matrix.document import OPERATIONS


async def second_assignment(application: Application, first: Caller, other: Caller) -> tuple[Caller, str]:
    """Somebody with two assignments: the place of `first`, and one in the unit of `other`."""
    subject, ids = f"subject-{uuid4()}", (uuid4(), uuid4())
    async with writing_directory(application.urls.migration) as directory:
        for account_id, place, role in zip(ids, (first, other), ("caseworker", "manager"), strict=True):
            await directory.put(
                Account(
                    org_id=place.organisation_id,
                    id=account_id,
                    unit_id=place.unit_id,
                    officer_id=place.officer_id,
                    issuer=development.ISSUER,
                    subject=subject,
                    roles=[role],
                )
            )

    def token() -> str:
        return development.issue(
            application.keyring, subject, audience=about.RESOURCE, now=application.clock()
        )

    return replace(first, token=token, account_id=ids[0]), str(ids[1])


async def test_the_caller_learns_who_they_are_here(staff: Staff) -> None:
    """The assignment, its organisation's place in the agreement, the roles, and what these may do."""
    fk = await staff("FK")
    answer = await fk.get("/me")
    assert answer.status_code == 200, answer.text
    (mine,) = answer.json()["assignments"]
    assert (mine["accountId"], mine["unitId"]) == (str(fk.account_id), str(fk.unit_id))
    assert (mine["organisationName"], mine["roles"]) == ("Försäkringskassan", ["caseworker"])
    assert mine["places"] == [{"agreementKey": "uppsala", "party": "FK"}]
    allowed = {one.value for one, row in ACCESS.items() if Role.CASEWORKER in row.roles}
    beside = {"addInvitee", "changeInvitee", "removeInvitee", "readMeetingReadiness"}
    assert set(mine["operations"]) == allowed - {"changeInvitees", "readReadiness"} | beside


async def test_the_operations_are_those_of_the_document(staff: Staff) -> None:
    """What somebody may do is told by operationId, and each operation but the open one is some role's."""
    told: set[str] = set()
    for role in Role:
        for mine in (await (await staff("FK", role)).get("/me")).json()["assignments"]:
            told |= set(mine["operations"])
    assert told == set(OPERATIONS) - {"getApiInfo"}


async def test_an_administrator_is_not_led_to_the_cases(staff: Staff) -> None:
    """What a role may not do is neither among the operations nor linked."""
    administrator = await staff("FK", "organisation_administrator")
    answer = (await administrator.get("/me")).json()
    assert "listCases" not in answer["assignments"][0]["operations"]
    links = {one["rel"] for one in answer["_links"]}
    assert "cases" not in links
    assert "accounts" in links


async def test_every_link_leads_somewhere(staff: Staff) -> None:
    """Each door of /me opens for the role it is shown to: lists answer, acts ask for what they need."""
    roles = (
        ("FK", "caseworker"),
        ("FK", "manager"),
        ("FK", "organisation_administrator"),
        ("LOKUS", "lokus_member"),
    )
    for party, role in roles:
        caller = await staff(party, role)
        doors = (await caller.get("/me")).json()["_links"]
        assert len(doors) > 1
        for door in doors:
            path = door["href"].partition("/flerpart/v0")[2]
            answer = await (caller.get(path) if door["method"] == "GET" else caller.post(path, {}))
            assert answer.status_code == (200 if door["method"] == "GET" else 422), (role, door)


async def test_all_that_begins_without_anything_before_it_is_linked(staff: Staff) -> None:
    """README: what can be posted without naming a thing in the address is linked to whoever may."""
    begins = {
        (one.path, one.id) for one in OPERATIONS.values() if (one.method, "{" in one.path) == ("POST", False)
    }
    for role in Role:
        told = (await (await staff("FK", role)).get("/me")).json()
        linked = {
            one["href"].partition("/flerpart/v0")[2] for one in told["_links"] if one["method"] == "POST"
        }
        may = set(told["assignments"][0]["operations"])
        assert linked == {path for path, operation_id in begins if operation_id in may}, role


async def test_what_two_people_decide_and_who_has_read_begin_at_me(staff: Staff) -> None:
    """Whoever may approve, review the log or dispose of something finds the way there from /me."""
    manager = await staff("FK", "manager")
    doors = {one["rel"] for one in (await manager.get("/me")).json()["_links"]}
    assert {"joint-decisions", "log-selections", "log-reviews", "disposal-rules", "disposals"} <= doors
    caseworker = await staff("FK")
    doors = {one["rel"] for one in (await caseworker.get("/me")).json()["_links"]}
    assert "joint-decisions" in doors
    assert not {"log-selections", "log-reviews", "disposal-rules", "disposals"} & doors


async def test_whoever_has_several_assignments_sees_all_and_chooses_one(
    staff: Staff, application: Application
) -> None:
    """Without a choice /me tells every assignment, and everything else asks for a choice."""
    somebody, elsewhere = await second_assignment(application, await staff("FK"), await staff("AF"))
    answer = (await somebody.get("/me")).json()
    assert {one["organisationName"] for one in answer["assignments"]} == {
        "Försäkringskassan",
        "Arbetsförmedlingen",
    }
    assert (await somebody.get("/cases")).status_code == 403
    url = "http://testserver/flerpart/v0"
    chosen = {"Authorization": f"Bearer {somebody.token()}", "Flerpart-Assignment": elsewhere}
    (mine,) = (await somebody.http.get(f"{url}/me", headers=chosen)).json()["assignments"]
    assert mine["roles"] == ["manager"]
    assert (await somebody.http.get(f"{url}/cases", headers=chosen)).status_code == 200


async def test_nobody_chooses_anothers_assignment(staff: Staff) -> None:
    """An assignment of somebody else is refused, wherever it is named."""
    fk, af = await staff("FK"), await staff("AF")
    headers = {"Authorization": f"Bearer {fk.token()}", "Flerpart-Assignment": str(af.account_id)}
    for path in ("/me", "/cases"):
        refused = await fk.http.get(f"http://testserver/flerpart/v0{path}", headers=headers)
        assert refused.status_code == 403


async def test_an_assignment_of_the_wrong_form_is_named(staff: Staff) -> None:
    """A header that cannot be read is named in the answer, and its value is not."""
    fk = await staff("FK")
    headers = {"Authorization": f"Bearer {fk.token()}", "Flerpart-Assignment": "handlaggare"}
    answer = await fk.http.get(f"{BASE}/me", headers=headers)
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Huvudet Flerpart-Assignment har fel form."
