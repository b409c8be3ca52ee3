from typing import Any

import pytest

from tests.api.conftest import Caller, Clock, Staff
from tests.api.scenes import NEED, NEVER, TALK, CaseMade, case, case_with_need

STEPS = ("assess-need", "offer-meeting", "record-contact", "record-consent", "start-meeting", "close-case")


async def readiness(caller: Caller, seen: CaseMade, step: str) -> dict[str, Any]:
    """What the case lacks for a step."""
    answer = await caller.get(f"{seen.path}/readiness?step={step}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_what_is_missing_beforehand_is_what_is_refused_then(staff: Staff) -> None:
    """The same ids, clauses and remedies come back beforehand as when the step is taken, and who owes it."""
    fk = await staff("FK")
    registered = await case(fk)
    before = await readiness(fk, registered, "offer-meeting")
    refused = await fk.post(f"{registered.path}/offers", TALK | {"version": 1})
    assert (before["isReady"], before["canBeTaken"], before["status"]) == (False, True, "registered")
    told = [{name: one[name] for name in one if name != "owedByOrganisationId"} for one in before["missing"]]
    assert told == refused.json()["findings"]
    assert {one["owedByOrganisationId"] for one in before["missing"]} == {str(fk.organisation_id)}


async def test_a_step_is_ready_when_what_it_rests_on_is_done(staff: Staff) -> None:
    """UPP-011, UPP-022: a meeting can be started when whoever starts it has assessed the need."""
    fk = await staff("FK")
    colleague = await staff("FK", unit_id=fk.unit_id)
    registered = await case(fk)
    missing = (await readiness(fk, registered, "start-meeting"))["missing"]
    assert {"BEH-1", "BEH-2"} <= {one["ruleId"] for one in missing}
    assert (await readiness(fk, registered, "start-meeting"))["toExplain"] == []
    await fk.post(f"{registered.path}/need-assessments", NEED | {"version": 1})
    assert (await readiness(fk, registered, "start-meeting"))["isReady"] is True
    another = await readiness(colleague, registered, "start-meeting")
    assert [one["ruleId"] for one in another["toExplain"]] == ["BEH-7"]
    assert another["isReady"] is False


async def test_the_target_group_is_told_beforehand(staff: Staff) -> None:
    """UPP-118: that a person is outside the target group is told before anything is filled in."""
    fk = await staff("FK")
    young = await case(fk, birthDate="2012-01-01", municipality="0330")
    found = await readiness(fk, young, "assess-need")
    assert [one["code"] for one in found["toExplain"]] == ["TARGET_GROUP_AGE", "TARGET_GROUP_RESIDENCE"]
    assert (await readiness(fk, await case(fk), "assess-need"))["isReady"] is True


@pytest.mark.parametrize("step", STEPS)
async def test_every_step_of_a_case_is_answered(staff: Staff, step: str) -> None:
    """In a case with a need nothing stands in the way of any step."""
    fk = await staff("FK")
    found = await readiness(fk, await case_with_need(fk), step)
    assert (found["step"], found["missing"], found["toExplain"]) == (step, [], [])


@pytest.mark.parametrize("step", STEPS)
async def test_in_a_closed_case_only_statements_remain(staff: Staff, step: str) -> None:
    """A closed case hears what has been said and done; no act is possible."""
    fk = await staff("FK")
    seen = await case_with_need(fk)
    await fk.post(f"{seen.path}/closures", {"version": 2, "reason": "moved"})
    found = await readiness(fk, seen, step)
    assert found["status"] == "closed"
    assert found["canBeTaken"] is (step in ("record-contact", "record-consent"))


async def test_what_is_owed_in_the_case_stands_beside(staff: Staff, clock: Clock) -> None:
    """UPP-008, UPP-014: what time has brought is told with its clause, its day and who owes it."""
    fk = await staff("FK")
    seen = await case_with_need(fk)
    clock.forward(days=10)
    owed = (await readiness(fk, seen, "offer-meeting"))["tasks"]
    assert {"FIRST_CONTACT_OVERDUE", "OFFER_MEETING"} <= {one["code"] for one in owed}
    assert {one["organisationId"] for one in owed} == {str(fk.organisation_id)}
    (offer,) = [one for one in owed if one["code"] == "OFFER_MEETING"]
    assert (offer["clauses"], offer["dueOn"], offer["overdue"]) == (["UPP-008"], "2026-03-09", True)


async def test_asking_changes_nothing(staff: Staff) -> None:
    """Readiness is a reading: the case has the same version and the same rows afterwards."""
    fk = await staff("FK")
    seen = await case_with_need(fk)
    before = (await fk.get(seen.path)).json()
    for step in STEPS:
        await readiness(fk, seen, step)
    assert (await fk.get(seen.path)).json() == before


async def test_a_case_that_is_not_the_units_has_no_readiness(staff: Staff) -> None:
    """A hidden case and one that never was are answered with the same bytes; an unknown step is refused."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    hidden = await af.get(f"{seen.path}/readiness?step=offer-meeting")
    never = await af.get(f"/cases/{NEVER}/readiness?step=offer-meeting")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await fk.get(f"{seen.path}/readiness?step=open-meeting")).status_code == 400
    assert (await fk.get(f"{seen.path}/readiness")).status_code == 400


@pytest.mark.parametrize("role", ["organisation_administrator", "lokus_member", "analyst"])
async def test_roles_without_cases_ask_nothing(staff: Staff, role: str) -> None:
    """Who has no cases is refused before anything is looked up."""
    nobody = await staff("FK", role)
    assert (await nobody.get(f"/cases/{NEVER}/readiness?step=offer-meeting")).status_code == 403
