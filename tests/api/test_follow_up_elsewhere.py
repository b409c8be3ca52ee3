"""The named caller of a follow-up is not the plan's holder: it calls in a case of its own (AMB-36)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from tests.api.conduct import opening, present
from tests.api.conftest import Caller, Clock, Staff
from tests.api.owing import codes_about
from tests.api.planning import action, draft, handed_out, met, proposed, said
from tests.api.scenes import MEETING, NEED, CaseMade, consent, documented, made, withdrawn

# What came with the plan tells neither where the person lives nor how old they are.
OUTSIDE = [{"ruleId": one, "reason": "Uppgiften finns hos den som höll mötet"} for one in ("MAL-1", "MAL-2")]


@dataclass(frozen=True)
class Planned:
    """A plan that AF is named to call the follow-up of, and the case it was made in."""

    id: UUID
    case: CaseMade

    @property
    def path(self) -> str:
        """Where the plan is read."""
        return f"/plans/{self.id}"


@dataclass(frozen=True)
class Called:
    """The follow-up as AF has called it, and the consent in AF's case."""

    path: str
    consent_id: UUID


@pytest.fixture
async def holder(staff: Staff) -> Caller:
    """Who holds the plan: a board that is called to nothing in other tests."""
    return await staff("KOMMUN", organisation=1)


@pytest.fixture
async def af(staff: Staff) -> Caller:
    """Who is named to call the follow-up."""
    return await staff("AF")


@pytest.fixture
async def region(staff: Staff) -> Caller:
    """Who owns an action, and is not at the follow-up."""
    return await staff("REGION")


@pytest.fixture
async def planned(holder: Caller, af: Caller, region: Caller) -> Planned:
    """A plan of the three, handed out; its meeting has ended with AF as the caller of the follow-up."""
    at = await met(holder, af, region, recorder=holder)
    plan_id = await proposed(holder, at, action(af, "Praktik"), action(region, "Behandling"))
    await handed_out(holder, plan_id, af, region)
    version = (await holder.get(at.path)).json()["version"]
    caller = {"organisationId": str(af.organisation_id)}
    end = {"version": version, "followUp": {"on": "2026-09-01", "caller": caller}}
    await made(holder, f"{at.path}/conclusions", end)
    return Planned(plan_id, at.case)


def following(planned: Planned) -> dict[str, Any]:
    """A meeting that follows the plan up."""
    return MEETING | {"followsUp": {"planId": str(planned.id)}}


async def called_by(af: Caller, planned: Planned, *covered: Caller) -> Called:
    """AF calls the follow-up in its own case, where consent covers these."""
    person = (await af.get(planned.path)).json()["individualId"]
    own = CaseMade(await made(af, "/cases", {"individualId": person}), UUID(person), 2)
    await made(af, f"{own.path}/need-assessments", NEED | {"version": 1, "explanations": OUTSIDE})
    begun = await made(af, f"{own.path}/meetings", following(planned))
    consent_id = await consent(af, own, *covered)
    await documented(consent_id, af)
    return Called(f"/meetings/{begun}", consent_id)


async def status(reader: Caller, planned: Planned) -> str:
    """Where the plan stands for somebody."""
    read: str = (await reader.get(planned.path)).json()["status"]
    return read


async def decided(af: Caller, called: Called, decision: str) -> dict[str, Any]:
    """AF opens nothing more: it decides on the plan, and hears what is remarked."""
    version = (await af.get(called.path)).json()["version"]
    body = {
        "version": version,
        "decision": decision,
        "stillNeedsCoordination": decision != "close",
        "reason": "Så kom vi fram till.",
    }
    done = await af.post(f"{called.path}/follow-up-decisions", body)
    assert done.status_code == 201, done.text
    answered: dict[str, Any] = done.json()
    return answered


async def test_whoever_is_named_owes_the_call_until_it_has_called(
    planned: Planned, holder: Caller, af: Caller, clock: Clock
) -> None:
    """UPP-056: calling in one's own case ends the task in the case that the plan was made in."""
    clock.now = clock.now.replace(month=8, day=3)
    assert "FOLLOWUP_NOT_CALLED" in await codes_about(af, planned.id)
    await called_by(af, planned, holder)
    assert await codes_about(af, planned.id) == ["FOLLOWUP_OVERDUE"]
    assert await codes_about(af, planned.id) == ["FOLLOWUP_OVERDUE"]


async def test_a_cancelled_follow_up_is_owed_again(
    planned: Planned, holder: Caller, af: Caller, clock: Clock
) -> None:
    """UPP-056: a call that was taken back is none."""
    clock.now = clock.now.replace(month=8, day=3)
    called = await called_by(af, planned, holder)
    await made(
        af,
        f"{called.path}/cancellations",
        {"version": 1, "reason": "Handläggaren är sjuk", "wishedByIndividual": False},
    )
    assert "FOLLOWUP_NOT_CALLED" in await codes_about(af, planned.id)


async def test_every_party_of_the_plan_owes_its_report(
    planned: Planned, holder: Caller, af: Caller, region: Caller
) -> None:
    """UPP-066: whoever has not reported is told, also of another organisation's plan; it stops nothing."""
    called = await called_by(af, planned, holder, region)
    await made(af, f"{called.path}/openings", opening(af, holder))
    meeting_id = called.path.removeprefix("/meetings/")
    assert "PARTY_REPORT_MISSING" in await codes_about(holder, meeting_id)
    await made(holder, f"{called.path}/reports", said(text="Vi har samordnat."))
    assert "PARTY_REPORT_MISSING" not in await codes_about(holder, meeting_id)
    remarks = (await decided(af, called, "revise"))["remarks"]
    assert [one["ruleId"] for one in remarks] == ["UFO-2", "UFO-2"]
    spoken = said(
        channel="telephone",
        spokenBy={"kind": "organisation", "organisationId": str(region.organisation_id)},
        text="Behandlingen går bra.",
    )
    await made(af, f"{called.path}/reports", spoken)


async def test_a_plan_closed_elsewhere_is_closed_for_those_who_were_there(
    planned: Planned, holder: Caller, af: Caller, region: Caller
) -> None:
    """UPP-067: its holder hears by the meeting it was at; whoever was not there still has the plan it had."""
    called = await called_by(af, planned, holder)
    await made(af, f"{called.path}/openings", opening(af, holder))
    assert await status(holder, planned) == "distributed"
    await decided(af, called, "close")
    assert {await status(one, planned) for one in (holder, af)} == {"closed"}
    assert await status(region, planned) == "distributed"
    await withdrawn(af, called.consent_id, holder)
    assert await status(holder, planned) == "distributed"


async def test_of_two_organisations_that_revise_a_plan_one_does(
    planned: Planned, holder: Caller, af: Caller
) -> None:
    """UPP-067: a plan has one next version, in whichever case it is made."""
    called = await called_by(af, planned, holder)
    await made(af, f"{called.path}/openings", opening(af, holder))
    recorder = {"organisationId": str(af.organisation_id), "officerName": "Robin Exempel", "version": 2}
    await made(af, f"{called.path}/recorders", recorder)
    revision = draft(revises=str(planned.id), followUpOn="2026-12-01")
    own = await made(holder, f"{planned.case.path}/meetings", following(planned))
    await made(holder, f"/meetings/{own}/openings", opening(holder) | {"organisations": [present(holder)]})
    await made(
        holder,
        f"/meetings/{own}/recorders",
        recorder | {"organisationId": str(holder.organisation_id)},
    )
    drafts = {
        af: await made(af, f"{called.path}/plan-drafts", revision),
        holder: await made(holder, f"/meetings/{own}/plan-drafts", revision),
    }
    await made(af, f"/plan-drafts/{drafts[af]}/proposals", {"version": 1})
    assert await status(holder, planned) == "superseded"
    late = await holder.post(f"/plan-drafts/{drafts[holder]}/proposals", {"version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "VERSION_STALE")
