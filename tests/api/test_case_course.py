"""How a case ends, is listed and is linked, and for whom it does not exist."""

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import (
    CONTACT,
    NEVER,
    TALK,
    case,
    case_accepted,
    case_with_need,
    contact,
)

STEPS: list[tuple[str, dict[str, Any]]] = [
    ("offers", TALK | {"version": 2}),
    ("offer-answers", TALK | {"answer": "accepted"}),
    ("contacts", CONTACT | {"withOrganisationId": NEVER}),
    ("carriers", {"version": 2, "officerId": NEVER, "reason": "Byter uppdrag"}),
    ("closures", {"version": 2, "reason": "moved"}),
]


async def test_a_case_is_closed_whatever_stands_in_it(staff: Staff) -> None:
    """Closing is never refused: not without an assessment, not without a carrier's work done."""
    fk = await staff("FK")
    registered = await case(fk)
    closing = {"version": 1, "reason": "misregistered", "note": "Fel person"}
    done = await fk.post(f"{registered.path}/closures", closing)
    assert done.status_code == 201, done.text
    read = (await fk.get(registered.path)).json()
    assert (read["status"], read["closureReason"]) == ("closed", "misregistered")
    assert read["closureNote"] == "Fel person"
    assert read["closedAt"] == "2026-03-02T09:00:00Z"


async def test_a_closed_case_goes_no_further_but_hears_the_truth(staff: Staff) -> None:
    """In a closed case no act is possible; what somebody has said or done is still recorded."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_accepted(fk)
    closing = {"version": 3, "reason": "declined"}
    assert (await fk.post(f"{seen.path}/closures", closing)).status_code == 201
    again = await fk.post(f"{seen.path}/closures", closing | {"version": 4})
    offer = await fk.post(f"{seen.path}/offers", TALK | {"version": 4})
    assert [one.json()["code"] for one in (again, offer)] == ["INVALID_TRANSITION"] * 2
    assert (await fk.post(f"{seen.path}/offer-answers", TALK | {"answer": "declined"})).status_code == 201
    await contact(fk, seen, af.organisation_id)


async def test_of_two_who_close_at_once_one_closes(staff: Staff) -> None:
    """Two closings at the same time: one is made, the other hears that the case has moved on."""
    fk = await staff("FK")
    registered = await case(fk)
    closing = {"version": 1, "reason": "moved"}
    both = await asyncio.gather(*(fk.post(f"{registered.path}/closures", closing) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]


async def test_the_links_are_what_may_be_done(staff: Staff) -> None:
    """The links follow the state of the case and the roles of the caller."""
    fk = await staff("FK")
    manager = await staff("FK", "manager")
    registered = await case(fk)

    async def open_doors(caller: Caller) -> set[str]:
        links = (await caller.get(registered.path)).json()["_links"]
        return {one["rel"] for one in links if one["method"] == "POST"}

    first = {"need-assessments", "contacts", "carriers", "consents", "closures"}
    assert await open_doors(fk) == first
    assert await open_doors(manager) == {"carriers"}
    await fk.post(f"{registered.path}/closures", {"version": 1, "reason": "moved"})
    assert await open_doors(fk) == set()


async def test_a_unit_lists_its_own_open_cases(staff: Staff, clock: Clock) -> None:
    """A list has the own unit's cases, newest first, closed ones only when asked for, page by page."""
    fk, neighbour = await staff("FK"), await staff("FK")
    ours = [str((await case(fk, name=f"Kim {number}")).id) for number in range(3)]
    await case(neighbour)
    clock.forward(days=1)
    await fk.post(f"/cases/{ours[0]}/closures", {"version": 1, "reason": "moved"})
    listed = (await fk.get("/cases")).json()
    assert [one["id"] for one in listed["items"]] == [ours[2], ours[1]]
    assert [one["individualName"] for one in listed["items"]] == ["Kim 2", "Kim 1"]
    assert listed["items"][0]["carrierId"] == str(fk.officer_id)
    assert listed["_meta"] == {"totalRecords": 2, "page": 1, "limit": 20, "count": 2}
    first = (await fk.get("/cases?includeClosed=true&limit=2")).json()
    (following,) = [one["href"] for one in first["_links"] if one["rel"] == "next"]
    second = (await fk.get(following.partition("/v0")[2])).json()
    assert [one["id"] for one in second["items"]] == [ours[0]]
    assert "next" not in {one["rel"] for one in second["_links"]}
    assert (await fk.get("/cases?includeClosed=1")).status_code == 400


async def test_a_manager_lists_the_whole_organisations_cases(staff: Staff) -> None:
    """A manager sees cases of every unit of the own organisation."""
    fk, manager = await staff("FK"), await staff("FK", "manager")
    registered = await case(fk)
    listed = (await manager.get("/cases?limit=100")).json()
    assert str(registered.id) in [one["id"] for one in listed["items"]]


@pytest.mark.parametrize(("door", "body"), STEPS)
async def test_a_step_in_another_organisations_case_meets_nothing(
    staff: Staff, door: str, body: dict[str, Any]
) -> None:
    """A hidden case and one that never was are answered with the same bytes, whatever the step."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    hidden = await af.post(f"{seen.path}/{door}", body)
    never = await af.post(f"/cases/{NEVER}/{door}", body)
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content


@pytest.mark.parametrize("role", ["organisation_administrator", "lokus_member", "analyst"])
async def test_roles_without_cases_see_and_do_nothing(staff: Staff, role: str) -> None:
    """Who has no cases is refused before anything is looked up, on every path."""
    fk, nobody = await staff("FK"), await staff("FK", role)
    seen = await case_with_need(fk)
    answers = [await nobody.get("/cases"), await nobody.get(seen.path)]
    answers += [await nobody.post(f"{seen.path}/{door}", body) for door, body in STEPS]
    assert {one.status_code for one in answers} == {403}


async def test_what_is_said_twice_with_one_key_is_said_once(staff: Staff) -> None:
    """A contact sent twice with one key is one contact, with one receipt."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case(fk)
    said = CONTACT | {"withOrganisationId": str(af.organisation_id)}
    first, again = [await fk.post(f"{seen.path}/contacts", said, key="said-once") for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    assert len((await fk.get(seen.path)).json()["contacts"]) == 1
