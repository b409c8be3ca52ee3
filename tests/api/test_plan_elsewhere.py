"""A plan beyond its chair's unit: other units of a recipient, and a follow-up by another organisation."""

from uuid import UUID

from tests.api.calling import TODAY
from tests.api.conduct import summoned_meeting
from tests.api.conftest import Staff
from tests.api.planning import action, actions_of, draft, handed_out, held, met, proposed
from tests.api.scenes import MEETING, NEED, CaseMade, MeetingMade, made, withdrawn

# What came with the plan tells neither where the person lives nor how old they are.
OUTSIDE = [{"ruleId": one, "reason": "Uppgiften finns hos den som höll mötet"} for one in ("MAL-1", "MAL-2")]


async def test_a_plan_is_the_concern_of_the_unit_that_was_called(staff: Staff) -> None:
    """Inside a recipient's organisation only the unit the summons came to sees the plan, before and after."""
    fk, af, neighbour = await staff("FK"), await staff("AF"), await staff("AF")
    called, _ = await summoned_meeting(fk, af, time=TODAY)
    at = await held(fk, called, af, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"))
    mine = (await actions_of(af, plan_id))["Praktik"]["id"]
    assert (await neighbour.get(f"/plans/{plan_id}")).status_code == 404
    await handed_out(fk, plan_id, af)
    await withdrawn(fk, at.consent_id, af)
    assert (await af.get(f"/actions/{mine}")).status_code == 200
    assert (await neighbour.get(f"/actions/{mine}")).status_code == 404


async def test_another_organisation_that_follows_up_revises_the_plan_as_its_own(staff: Staff) -> None:
    """AMB-36, UPP-067: the next version is the follow-up's caller's, in the same line."""
    board, af = await staff("KOMMUN", organisation=1), await staff("AF")
    at = await met(board, af, recorder=board)
    first = await proposed(board, at, action(af, "Praktik"))
    await handed_out(board, first, af)
    practice = (await actions_of(af, first))["Praktik"]["id"]
    person = (await af.get(f"/plans/{first}")).json()["individualId"]
    own = CaseMade(await made(af, "/cases", {"individualId": person}), UUID(person), 2)
    await made(af, f"{own.path}/need-assessments", NEED | {"version": 1, "explanations": OUTSIDE})
    follow_up = MEETING | {"followsUp": {"planId": str(first)}}
    begun = MeetingMade(await made(af, f"{own.path}/meetings", follow_up), own, 1)
    later = await held(af, begun, board, recorder=board)
    going_on = action(af, "Praktik", dueOn="2026-08-31", carriesOn=practice)
    said = draft(going_on, revises=str(first), followUpOn="2026-12-01")
    draft_id = await made(board, f"{later.path}/plan-drafts", said)
    await made(board, f"/plan-drafts/{draft_id}/hand-overs", {"version": 1})
    second = await made(af, f"/plan-drafts/{draft_id}/proposals", {"version": 2})
    plan = (await board.get(f"/plans/{second}")).json()
    assert (plan["version"], plan["holderOrganisationId"]) == (2, str(af.organisation_id))
    assert plan["planLineId"] == (await board.get(f"/plans/{first}")).json()["planLineId"]
    for reader in (board, af):
        told = (await reader.get(f"/plans/{second}/differences")).json()
        assert [one["changed"] for one in told["actionsChanged"]] == [["dueOn"]]
