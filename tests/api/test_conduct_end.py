"""A meeting is recorded as it was held, and ends with a plan or a reason (UPP-005, 016, 056, 068)."""

import asyncio
from datetime import date
from typing import Any

import pytest

from app.db.ids import new_id
from app.db.tables.plans import Plan
from app.domain.facts.basics import TheOrganisation
from app.domain.facts.meeting import RecordedAfterwards
from app.domain.facts.picture import Picture
from app.domain.rulebook import owed
from app.domain.step import Step
from tests.api.behind import picture, stored
from tests.api.conduct import open_meeting, opening, ready_meeting, summoned_meeting
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.scenes import NEVER, PREPARATION, MeetingMade, made, meeting

LAST_THURSDAY = "2026-02-26T09:00:00Z"
NO_PLAN = {"noPlanReason": "Individen vill vänta"}


def record(chair: Caller, *others: Caller, at: str = LAST_THURSDAY) -> dict[str, Any]:
    """A meeting held with these there."""
    told = opening(chair, *others) | {"occurredAt": at}
    told.pop("version")
    return told


async def proposed_plan(application: Application, fk: Caller, held: MeetingMade) -> None:
    """A plan has been proposed at the meeting."""
    plan_id = new_id()
    await stored(
        application,
        fk,
        Plan(
            org_id=fk.organisation_id,
            id=plan_id,
            meeting_id=held.id,
            case_id=held.case.id,
            individual_id=held.case.individual_id,
            agreement_id="uppsala@2020-01-01",
            plan_line=plan_id,
            number=1,
            follow_up_on=date(2026, 6, 1),
            goal_ids=[],
            empty_goal_ids=[],
            content_sealed=b"sealed",
            recorded_by=fk.account_id,
            recorded_at=application.clock(),
        ),
    )


async def test_a_past_meeting_is_recorded_and_shows_nothing(staff: Staff, clock: Clock) -> None:
    """A meeting held under consent last week is recorded without a word, and shown to nobody."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    clock.forward(weeks=1)
    done = await fk.post(f"{held.path}/records", record(fk, af, at="2026-03-05T09:00:00Z"))
    assert done.status_code == 201, done.text
    assert [one["effect"] for one in done.json()["remarks"] if one["effect"] == "refuse"] == []
    told = (await fk.get(held.path)).json()
    assert told["status"] == "concluded"
    assert told["proceedings"]["opening"] == {
        "manner": "recorded_afterwards",
        "heldAt": "2026-03-05T09:00:00Z",
    }
    assert (await af.get(held.path)).status_code == 404


async def test_a_meeting_held_outside_the_agreement_is_stored_with_its_findings(
    staff: Staff, application: Application
) -> None:
    """UPP-016, UPP-068: without consent it is recorded all the same, remarked, and a deviation proposed."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    told = record(fk, af) | {"individual": {"attendance": "absent"}}
    done = await fk.post(f"{begun.path}/records", told)
    assert done.status_code == 201, done.text
    assert {(one["ruleId"], one["effect"], one["pointer"]) for one in done.json()["remarks"]} == {
        ("SAM-2", "refuse", "/organisations/0"),
        ("SAM-2", "refuse", "/organisations/1"),
        ("ROL-4", "explain", "/individual"),
    }
    read = (await fk.get(begun.path)).json()
    assert read["status"] == "concluded"
    assert len(read["proceedings"]["attendances"]) == 3
    assert (await af.get(begun.path)).status_code == 404
    found = await picture(application, fk, begun.case.id)
    (opening_fact,) = (one.opening for one in found.case.meetings)
    assert isinstance(opening_fact, RecordedAfterwards)
    assert opening_fact.refused_by == ("SAM-2",)
    assert "AVV-5" in {one.rule_id for one in owed(Step.TICK, Picture(found.case), found.agreement)}


async def test_a_meeting_is_recorded_once(staff: Staff) -> None:
    """Two who record at once: one is kept. What was opened is not recorded, nor opened what was recorded."""
    fk = await staff("FK")
    begun = await meeting(fk)
    both = await asyncio.gather(*(fk.post(f"{begun.path}/records", record(fk)) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    reopened = await fk.post(f"{begun.path}/openings", opening(fk, version=2))
    assert (reopened.status_code, reopened.json()["code"]) == (409, "INVALID_TRANSITION")
    held, _ = await open_meeting(fk, await staff("AF"))
    again = await fk.post(f"{held.path}/records", record(fk))
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_what_has_not_been_is_not_recorded(staff: Staff) -> None:
    """A time to come is refused by its field; the meeting stays ahead."""
    fk = await staff("FK")
    begun = await meeting(fk)
    refused = await fk.post(f"{begun.path}/records", record(fk, at="2026-03-03T09:00:00Z"))
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == "/occurredAt"
    assert (await fk.get(begun.path)).json()["status"] == "draft"


async def test_a_recorded_meeting_is_written_for_and_ended(staff: Staff) -> None:
    """UPP-053, UPP-056: who wrote and how it ended are added to a recorded meeting afterwards, once."""
    fk = await staff("FK")
    begun = await meeting(fk)
    await made(fk, f"{begun.path}/records", record(fk))
    rels = {one["rel"] for one in (await fk.get(begun.path)).json()["_links"]}
    assert {"recorders", "conclusions"} <= rels
    writer = {"organisationId": str(fk.organisation_id), "officerName": "Kim Exempel", "version": 2}
    await made(fk, f"{begun.path}/recorders", writer)
    await made(fk, f"{begun.path}/conclusions", NO_PLAN | {"version": 3})
    again = await fk.post(f"{begun.path}/conclusions", NO_PLAN | {"version": 4})
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_meeting_without_plan_ends_with_a_reason(staff: Staff) -> None:
    """UPP-005: without a plan and without a reason it does not end; with a reason it does."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    refused = await fk.post(f"{held.path}/conclusions", {"version": 2})
    assert refused.status_code == 409
    assert [(one["ruleId"], one["code"], one["pointer"]) for one in refused.json()["findings"]] == [
        ("UFO-5", "NO_PLAN_REASON_MISSING", "/noPlanReason")
    ]
    assert (await fk.get(held.path)).json()["status"] == "open"
    done = await fk.post(f"{held.path}/conclusions", NO_PLAN | {"version": 2})
    assert done.status_code == 201, done.text
    assert done.json()["remarks"] == []
    told = (await fk.get(held.path)).json()
    assert told["status"] == "concluded"
    assert told["proceedings"]["conclusion"]["noPlanReason"] == NO_PLAN["noPlanReason"]
    linked = {one["rel"] for one in told["_links"]}
    over = {"openings", "attendances", "chairs", "recorders", "conclusions", "rebook", "preparations"}
    assert not linked & over
    late = await fk.post(f"{held.path}/preparations", PREPARATION)
    assert late.status_code == 201, late.text


async def test_a_meeting_with_a_plan_names_the_follow_up(staff: Staff, application: Application) -> None:
    """UPP-056: with day and caller nothing is said, and all there see who calls."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    await proposed_plan(application, fk, held)
    caller = {"organisationId": str(af.organisation_id), "officerName": "Robin Exempel"}
    end = {"version": 2, "followUp": {"on": "2026-06-01", "caller": caller}}
    done = await fk.post(f"{held.path}/conclusions", end)
    assert done.status_code == 201, done.text
    assert done.json()["remarks"] == []
    for who in (fk, af):
        told = (await who.get(held.path)).json()["proceedings"]["conclusion"]
        assert (told["followUpOn"], told["followUpCallerId"], told["followUpCallerName"]) == (
            "2026-06-01",
            str(af.organisation_id),
            "Robin Exempel",
        )


async def test_a_follow_up_left_open_becomes_a_task(staff: Staff, application: Application) -> None:
    """UPP-056: without day and caller the meeting ends, with a remark for each and a task for the chair.

    Readiness foretells it.
    """
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    await proposed_plan(application, fk, held)
    told = (await fk.get(f"{held.path}/readiness?step=conclude-meeting")).json()
    done = await fk.post(f"{held.path}/conclusions", {"version": 2})
    assert done.status_code == 201, done.text
    lacking = {("FOLLOWUP_NOT_BOOKED", "/followUp/on"), ("FOLLOWUP_CALLER_MISSING", "/followUp/caller")}
    for remarks in (told["remarks"], done.json()["remarks"]):
        assert {(one["code"], one["pointer"]) for one in remarks} == lacking
    tasks = await fk.get("/tasks")
    assert {code for code, _ in lacking} <= {one["code"] for one in tasks.json()["items"]}


async def test_a_summoned_organisation_that_did_not_come_is_noticed(
    staff: Staff, application: Application, clock: Clock
) -> None:
    """UPP-071: of two summoned, the one that neither came nor gave notice is proposed as a deviation."""
    fk, af, board = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    held, _ = await summoned_meeting(fk, af, board)
    clock.forward(days=49)
    told = opening(fk, af, version=held.version)
    await made(fk, f"{held.path}/openings", told)
    absent = {"organisationId": str(board.organisation_id), "attendance": "absent"}
    await made(fk, f"{held.path}/attendances", {"version": held.version + 1, "organisations": [absent]})
    assert (await board.get(held.path)).status_code == 404
    clock.forward(days=1)
    found = await picture(application, fk, held.case.id)
    proposed = [one for one in owed(Step.TICK, Picture(found.case), found.agreement) if one.code == "ABSENT"]
    assert [one.owed_by for one in proposed] == [TheOrganisation(board.organisation_id)]


@pytest.mark.parametrize(
    ("follow_up", "pointer"),
    [
        ({"on": "2026-03-02"}, "/followUp/on"),
        ({"caller": {"organisationId": NEVER}}, "/followUp/caller/organisationId"),
    ],
)
async def test_a_follow_up_that_cannot_be_is_refused(
    staff: Staff, follow_up: dict[str, Any], pointer: str
) -> None:
    """A follow-up on the meeting's own day, or called by no party, is refused by field; nothing is saved."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    refused = await fk.post(f"{held.path}/conclusions", NO_PLAN | {"version": 2, "followUp": follow_up})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["invalidParameters"]] == [pointer]
    assert NEVER not in refused.text
    assert (await fk.get(held.path)).json()["status"] == "open"


async def test_of_two_conclusions_at_once_one_stands(staff: Staff) -> None:
    """Two who conclude at once: one ends the meeting, the other hears that it has ended."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    both = await asyncio.gather(
        *(fk.post(f"{held.path}/conclusions", NO_PLAN | {"version": 2}) for _ in range(2))
    )
    assert sorted(one.status_code for one in both) == [201, 409]
    (lost,) = (one for one in both if one.status_code == 409)
    assert lost.json()["code"] == "INVALID_TRANSITION"


async def test_a_meeting_that_was_not_held_does_not_end(staff: Staff) -> None:
    """What was never opened is not concluded; nor is a decision on an older version heard."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    early = await fk.post(f"{begun.path}/conclusions", NO_PLAN | {"version": 1})
    assert (early.status_code, early.json()["code"]) == (409, "INVALID_TRANSITION")
    held, _ = await open_meeting(fk, af)
    stale = await fk.post(f"{held.path}/conclusions", NO_PLAN | {"version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")


@pytest.mark.parametrize("act", ["records", "conclusions"])
async def test_a_meeting_is_recorded_and_ended_by_its_holder(staff: Staff, act: str) -> None:
    """Hidden is like nonexistent; shown but another's is not yours; whoever handles no cases never may."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    manager = await staff("FK", "manager", unit_id=fk.unit_id)
    held, _ = await open_meeting(fk, af)
    body = record(fk) if act == "records" else NO_PLAN | {"version": 2}
    hidden = await region.post(f"{held.path}/{act}", body)
    never = await region.post(f"/meetings/{NEVER}/{act}", body)
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await af.post(f"{held.path}/{act}", body)).status_code == 403
    assert (await manager.post(f"{held.path}/{act}", body)).status_code == 403
    assert (await fk.get(held.path)).json()["status"] == "open"
