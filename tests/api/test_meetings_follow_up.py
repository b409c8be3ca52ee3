"""A follow-up is a meeting: started by whoever calls it, about a plan it has."""

from typing import Any
from uuid import UUID

from app.db import visible
from tests.api.behind import acting
from tests.api.conftest import Application, Caller, Staff
from tests.api.planning import action, handed_out, met, proposed
from tests.api.scenes import MEETING, NEED, CaseMade, case_with_need, made

UNKNOWN_PERSON: dict[str, Any] = {
    "explanations": [
        {"ruleId": "MAL-1", "reason": "Födelsedatum framgår av planen"},
        {"ruleId": "MAL-2", "reason": "Bor i kommunen enligt planen"},
    ]
}


def following(plan_id: UUID) -> dict[str, Any]:
    """A meeting that follows up a plan."""
    return MEETING | {"followsUp": {"planId": str(plan_id)}}


async def own_case_about(application: Application, receiver: Caller, plan_id: UUID) -> CaseMade:
    """The receiver's own case about the person of a plan that it was handed."""
    async with acting(application, receiver) as tx:
        copy = await visible.received_copy(tx, plan_id)
    assert copy is not None
    case_id = await made(receiver, "/cases", {"individualId": str(copy["individual_id"])})
    await made(receiver, f"/cases/{case_id}/need-assessments", NEED | UNKNOWN_PERSON | {"version": 1})
    return CaseMade(case_id, copy["individual_id"], 2)


async def test_the_holder_follows_up_its_own_plan(staff: Staff) -> None:
    """UPP-066: a follow-up is a new meeting of the case, and says which plan it follows up."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af))
    follow_up = await made(fk, f"{at.case.path}/meetings", following(plan_id))
    told = (await fk.get(f"/meetings/{follow_up}")).json()
    assert (told["status"], told["followsUpPlan"]) == ("draft", str(plan_id))


async def test_another_organisation_follows_up_a_plan_it_was_handed(
    application: Application, staff: Staff
) -> None:
    """UPP-056: the caller of a follow-up holds and chairs it, in its own case about the same person."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af))
    await handed_out(fk, plan_id, af)
    own = await own_case_about(application, af, plan_id)
    follow_up = await made(af, f"{own.path}/meetings", following(plan_id))
    told = (await af.get(f"/meetings/{follow_up}")).json()
    assert told["chair"] == {"organisationId": str(af.organisation_id), "officerId": str(af.officer_id)}
    assert told["followsUpPlan"] == str(plan_id)
    assert (await fk.get(f"/meetings/{follow_up}")).status_code == 404


async def test_a_plan_about_somebody_else_is_not_followed_up(staff: Staff) -> None:
    """A plan of another case is refused, to its holder and to whoever was handed it."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af))
    await handed_out(fk, plan_id, af)
    for caller in (fk, af):
        other = await case_with_need(caller)
        refused = await caller.post(f"{other.path}/meetings", following(plan_id))
        assert refused.status_code == 422
        assert refused.json()["invalidParameters"][0]["code"] == "PLAN_UNKNOWN"
