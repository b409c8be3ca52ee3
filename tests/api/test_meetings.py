"""A meeting is started, read, listed and changed."""

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import MEETING, NEVER, case, case_with_need, made, meeting, prepared_meeting


async def to_nobody_shown(staff: Staff) -> Caller:
    """A caller of a board to which no test shows a meeting: its list holds what its own unit has started."""
    return await staff("KOMMUN", organisation=2)


async def test_a_started_meeting_is_read_by_its_holder(staff: Staff) -> None:
    """UPP-010, UPP-052: whoever initiates holds and chairs the meeting, which begins as a draft."""
    fk = await staff("FK")
    begun = await meeting(fk)
    read = await fk.get(begun.path)
    assert read.status_code == 200, read.text
    told = read.json()
    assert (told["status"], told["purpose"]) == ("draft", MEETING["purpose"])
    assert told["chair"] == {"organisationId": str(fk.organisation_id), "officerId": str(fk.officer_id)}
    assert told["holder"]["caseId"] == str(begun.case.id)
    assert told["holder"]["currentSituation"] == MEETING["currentSituation"]
    assert read.headers["ETag"] == '"1"'
    linked = {one["rel"] for one in told["_links"]}
    assert {"self", "up", "edit", "preparations", "invitees", "time-offers", "bookings"} <= linked
    assert "reschedulings" not in linked


@pytest.mark.parametrize(("form", "statutory"), [("flerpartsmote", False), ("avstamningsmote", True)])
async def test_the_form_says_whether_it_is_statutory(staff: Staff, form: str, statutory: bool) -> None:
    """UPP-003: an avstämningsmöte is a form of the law, a flerpartsmöte is not."""
    fk = await staff("FK")
    in_case = await case_with_need(fk)
    meeting_id = await made(fk, f"{in_case.path}/meetings", MEETING | {"form": form})
    assert (await fk.get(f"/meetings/{meeting_id}")).json()["isStatutory"] is statutory


async def test_no_meeting_without_an_assessed_need(staff: Staff) -> None:
    """UPP-011: where no need is assessed the start is refused with every finding, and nothing is saved."""
    own = await to_nobody_shown(staff)
    registered = await case(own)
    refused = await own.post(f"{registered.path}/meetings", MEETING)
    assert refused.status_code == 409
    assert {"BEH-1", "BEH-2"} <= {one["ruleId"] for one in refused.json()["findings"]}
    assert (await own.get("/meetings")).json()["items"] == []


async def test_another_initiator_than_the_assessor_gives_a_reason(staff: Staff) -> None:
    """UPP-022: a colleague who did not see the need may initiate with a reason, and not without one."""
    fk = await staff("FK")
    colleague = await staff("FK", unit_id=fk.unit_id)
    in_case = await case_with_need(fk)
    refused = await colleague.post(f"{in_case.path}/meetings", MEETING)
    reason = {"explanations": [{"ruleId": "BEH-7", "reason": "Handläggaren är sjuk"}]}
    explained = await colleague.post(f"{in_case.path}/meetings", MEETING | reason)
    assert (refused.status_code, explained.status_code) == (409, 201)
    assert [one["ruleId"] for one in refused.json()["findings"]] == ["BEH-7"]


async def test_the_same_key_starts_one_meeting(staff: Staff) -> None:
    """A start sent twice at once with one key makes one meeting, and the receipt is the same."""
    own = await to_nobody_shown(staff)
    in_case = await case_with_need(own)
    path = f"{in_case.path}/meetings"
    both = await asyncio.gather(own.post(path, MEETING, key="one"), own.post(path, MEETING, key="one"))
    again = await own.post(path, MEETING, key="one")
    made_now = [one for one in both if one.status_code == 201]
    assert made_now
    assert {one.status_code for one in both} <= {201, 409}
    assert all(one.json() == again.json() for one in made_now)
    assert len((await own.get("/meetings")).json()["items"]) == 1


async def test_a_plan_nobody_has_seen_cannot_be_followed_up(staff: Staff) -> None:
    """A plan that is neither the case's nor received is refused by its field, and not repeated."""
    fk = await staff("FK")
    in_case = await case_with_need(fk)
    refused = await fk.post(f"{in_case.path}/meetings", MEETING | {"followsUp": {"planId": NEVER}})
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == "/followsUp/planId"
    assert NEVER not in refused.text


async def test_a_meeting_of_another_organisation_does_not_exist(staff: Staff) -> None:
    """A hidden meeting and one that never was are answered with the same bytes, on every verb."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    for hidden, never in (
        (await af.get(begun.path), await af.get(f"/meetings/{NEVER}")),
        (await af.patch(begun.path, {}, 1), await af.patch(f"/meetings/{NEVER}", {}, 1)),
        (
            await af.post(f"{begun.case.path}/meetings", MEETING),
            await af.post(f"/cases/{NEVER}/meetings", MEETING),
        ),
    ):
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content


async def test_a_meeting_of_another_unit_does_not_exist(staff: Staff) -> None:
    """Inside an organisation a caseworker sees the own unit's meetings; its manager sees them all."""
    fk, other = await staff("FK"), await staff("FK")
    manager = await staff("FK", "manager")
    begun = await meeting(fk)
    assert (await other.get(begun.path)).status_code == 404
    read = await manager.get(begun.path)
    assert read.status_code == 200
    links = read.json()["_links"]
    assert {one["method"] for one in links} == {"GET"}
    assert {one["rel"] for one in links} == {
        *("self", "up", "readiness"),
        *("consent-coverage", "summonses", "invitations"),
    }
    for link in links:
        assert (await manager.get(link["href"].partition("/flerpart/v0")[2])).status_code == 200


@pytest.mark.parametrize("role", ["organisation_administrator", "lokus_member", "analyst"])
async def test_roles_without_cases_may_not(staff: Staff, role: str) -> None:
    """Whoever has no cases is refused before anything is looked up."""
    nobody = await staff("FK", role)
    for refused in (
        await nobody.get(f"/meetings/{NEVER}"),
        await nobody.get("/meetings"),
        await nobody.post(f"/cases/{NEVER}/meetings", MEETING),
        await nobody.patch(f"/meetings/{NEVER}", {}, 1),
    ):
        assert refused.status_code == 403


async def test_a_manager_starts_no_meeting(staff: Staff) -> None:
    """A manager reads the unit's meetings and takes no steps in them."""
    fk = await staff("FK")
    manager = await staff("FK", "manager", unit_id=fk.unit_id)
    in_case = await case_with_need(fk)
    assert (await manager.post(f"{in_case.path}/meetings", MEETING)).status_code == 403


async def test_a_change_writes_what_is_given_and_leaves_the_rest(staff: Staff) -> None:
    """What is left out of a change stays, null takes away, and an old version changes nothing."""
    fk = await staff("FK")
    begun = await meeting(fk)
    changed = await fk.patch(begun.path, {"place": "Rum 4", "mode": "hybrid", "currentSituation": None}, 1)
    stale = await fk.patch(begun.path, {"place": "Rum 5"}, 1)
    assert (changed.status_code, stale.status_code) == (200, 412)
    told = (await fk.get(begun.path)).json()
    assert (told["version"], told["place"], told["mode"]) == (2, "Rum 4", "hybrid")
    assert (told["purpose"], told["holder"]["currentSituation"]) == (MEETING["purpose"], None)


async def test_the_list_has_the_own_units_meetings_newest_first(staff: Staff) -> None:
    """A page of the own unit's meetings, with how many there are and where the next page is."""
    own, other = await to_nobody_shown(staff), await to_nobody_shown(staff)
    first, second = await meeting(own), await meeting(own)
    await meeting(other)
    listed = (await own.get("/meetings")).json()
    assert [one["id"] for one in listed["items"]] == [str(second.id), str(first.id)]
    assert listed["_meta"] == {"totalRecords": 2, "page": 1, "limit": 20, "count": 2}
    assert MEETING["purpose"] not in str(listed)
    paged = (await own.get("/meetings?limit=1&page=2")).json()
    assert [one["id"] for one in paged["items"]] == [str(first.id)]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"form": "sip"}, "/form"),
        ({"purpose": ""}, "/purpose"),
        ({"religion": "x"}, "/religion"),
        ({"followsUp": {}}, "/followsUp/planId"),
    ],
)
async def test_a_wrong_shape_is_told_by_its_field(staff: Staff, sent: dict[str, Any], pointer: str) -> None:
    """A wrong or unknown field is refused by its place."""
    fk = await staff("FK")
    refused = await fk.post(f"/cases/{NEVER}/meetings", MEETING | sent)
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == pointer


async def test_a_prepared_meeting_shows_its_holder_whom_it_is_for(staff: Staff) -> None:
    """UPP-027: those invited stand in the holder's view; being invited shows them nothing."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af)
    told = (await fk.get(begun.path)).json()
    assert (told["status"], told["version"]) == ("prepared", begun.version)
    assert [one["name"] for one in told["holder"]["invitees"]] == ["Robin Exempel"]
    assert (await af.get(begun.path)).status_code == 404
