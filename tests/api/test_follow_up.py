import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from tests.api.calling import called_meeting
from tests.api.conduct import opening
from tests.api.conftest import Caller, Staff
from tests.api.planning import Met, action, by, by_individual, met, proposed, said
from tests.api.scenes import MEETING, made, meeting, withdrawn

NEVER = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
NEEDED: dict[str, Any] = {
    "decision": "revise",
    "stillNeedsCoordination": True,
    "reason": "Arbetsträningen behöver förlängas.",
}


@dataclass(frozen=True)
class FollowedUp:
    """A follow-up meeting, the plan it follows up, and the meeting that made the plan."""

    id: UUID
    plan_id: UUID
    first: Met

    @property
    def path(self) -> str:
        """Where the follow-up is read."""
        return f"/meetings/{self.id}"


async def called_anew(chair: Caller, *others: Caller) -> FollowedUp:
    """A follow-up that the chair has started, of a plan in which each of the others owns an action."""
    first = await met(chair, *others, recorder=chair)
    plan_id = await proposed(chair, first, *(action(one) for one in others))
    following = MEETING | {"followsUp": {"planId": str(plan_id)}}
    return FollowedUp(await made(chair, f"{first.case.path}/meetings", following), plan_id, first)


async def followed_up(chair: Caller, *others: Caller) -> FollowedUp:
    """A follow-up that has been opened with all of them there, at its second version."""
    held = await called_anew(chair, *others)
    await made(chair, f"{held.path}/openings", opening(chair, *others))
    return held


def account(text: str, **more: Any) -> dict[str, Any]:
    """An account of the caller's own area."""
    return said(text=text) | more


async def told(reader: Caller, held: FollowedUp) -> dict[str, Any]:
    """What somebody is told of the follow-up."""
    read = await reader.get(held.path)
    assert read.status_code == 200, read.text
    follow_up: dict[str, Any] = read.json()["followUp"]
    return follow_up


async def texts(reader: Caller, held: FollowedUp) -> dict[str | None, str | None]:
    """What a reader is told of each side's account."""
    return {one["organisationId"]: one["text"] for one in (await told(reader, held))["reports"]}


async def test_each_party_accounts_for_its_area(staff: Staff) -> None:
    """UPP-066: the holder reads every account, each party its own, and all see who has reported."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held = await followed_up(fk, af, region)
    await made(fk, f"{held.path}/reports", account("Vi samordnar."))
    await made(af, f"{held.path}/reports", account("Arbetsträningen går bra."))
    mine, theirs = str(fk.organisation_id), str(af.organisation_id)
    assert await texts(fk, held) == {mine: "Vi samordnar.", theirs: "Arbetsträningen går bra."}
    assert await texts(af, held) == {mine: None, theirs: "Arbetsträningen går bra."}
    assert await texts(region, held) == {mine: None, theirs: None}


async def test_the_holder_writes_down_what_another_accounted_for(staff: Staff) -> None:
    """What came by telephone is that party's word, and it may read it; the individual's only the holder."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held = await followed_up(fk, af, region)
    await made(fk, f"{held.path}/reports", by(af, text="Boendestödet fungerar.", speakerName="Alex Exempel"))
    await made(fk, f"{held.path}/reports", by_individual(text="Det går bättre."))
    whole = (await told(fk, held))["reports"]
    assert [(one["organisationId"], one["speakerName"], one["text"]) for one in whole] == [
        (str(af.organisation_id), "Alex Exempel", "Boendestödet fungerar."),
        (None, None, "Det går bättre."),
    ]
    assert {one["recordedByOrganisationId"] for one in whole} == {str(fk.organisation_id)}
    assert await texts(af, held) == {str(af.organisation_id): "Boendestödet fungerar.", None: None}
    assert set((await texts(region, held)).values()) == {None}


async def test_nobody_speaks_for_whom_it_may_not(staff: Staff) -> None:
    """A party speaks for itself alone, the holder for those that take part; what is refused is not kept."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    held = await followed_up(fk, af)
    not_its_own = await af.post(f"{held.path}/reports", by(fk, text="FK gör inget."))
    assert (not_its_own.status_code, not_its_own.json()["code"]) == (403, "NOT_ALLOWED")
    stranger = await fk.post(f"{held.path}/reports", by(kommun, text="Kommunen gör inget."))
    assert stranger.status_code == 422
    assert stranger.json()["invalidParameters"][0]["code"] == "SPEAKER_UNKNOWN"
    no_channel = await fk.post(f"{held.path}/reports", by(af, text="AF.") | {"channel": "api"})
    assert no_channel.json()["invalidParameters"][0]["code"] == "CHANNEL_NOT_TOLD"
    assert (await told(fk, held))["reports"] == []


async def test_a_corrected_account_takes_the_place_of_the_first(staff: Staff) -> None:
    """Only the later word stands; nobody corrects another's."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    first = await made(af, f"{held.path}/reports", account("Inget har hänt."))
    of_another = await fk.post(f"{held.path}/reports", account("Nej.", corrects=str(first)))
    assert of_another.json()["invalidParameters"][0]["code"] == "STATEMENT_UNKNOWN"
    await made(af, f"{held.path}/reports", account("Det har börjat.", corrects=str(first)))
    assert await texts(fk, held) == {str(af.organisation_id): "Det har börjat."}


async def test_whoever_sees_nothing_of_a_meeting_reports_nothing_to_it(staff: Staff) -> None:
    """Before the follow-up is opened, and for a stranger always, it is answered like one that never was."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held = await called_anew(fk, af)
    await made(fk, f"{held.path}/reports", account("Vi redogör i förväg."))
    for caller in (af, region):
        for way, body in (("reports", account("Hej.")), ("follow-up-decisions", NEEDED | {"version": 1})):
            hidden = await caller.post(f"{held.path}/{way}", body)
            never = await caller.post(f"/meetings/{NEVER}/{way}", body)
            assert hidden.status_code == never.status_code == 404
            assert hidden.content == never.content


async def test_a_party_reports_also_after_its_consent_has_been_withdrawn(staff: Staff) -> None:
    """Consent gates acts and reading, never statements: the letter it holds is enough to speak."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    await withdrawn(fk, called.consent_id)
    done = await af.post(f"{called.meeting.path}/reports", account("Vi fullföljer vår åtgärd."))
    assert done.status_code == 201, done.text
    assert (await af.get(called.meeting.path)).status_code == 404


async def test_a_first_meeting_follows_nothing_up(staff: Staff) -> None:
    """A meeting without a plan to follow up takes no reports and decides on none."""
    fk = await staff("FK")
    first = await meeting(fk)
    assert (await fk.get(first.path)).json()["followUp"] is None
    for way, body in (("reports", account("Hej.")), ("follow-up-decisions", NEEDED | {"version": 1})):
        refused = await fk.post(f"{first.path}/{way}", body)
        assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_the_follow_up_decides_with_a_reason(staff: Staff) -> None:
    """UPP-067: need left, so the plan is revised; what was decided is told all, why the holder alone."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    for one in (fk, af):
        await made(one, f"{held.path}/reports", account("Enligt planen."))
    assert "follow-up-decisions" in {one["rel"] for one in (await fk.get(held.path)).json()["_links"]}
    done = await fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 2})
    assert (done.status_code, done.json()["version"], done.json()["remarks"]) == (201, 3, [])
    decided = (await told(fk, held))["decision"]
    assert (decided["decision"], decided["stillNeedsCoordination"]) == ("revise", True)
    assert decided["reason"] == NEEDED["reason"]
    seen = (await told(af, held))["decision"]
    assert (seen["decision"], seen["reason"]) == ("revise", None)
    again = await fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 3})
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_missing_report_is_remarked_and_stops_nothing(staff: Staff) -> None:
    """UPP-066: one party's omission never stops another's step."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    await made(fk, f"{held.path}/reports", account("Enligt planen."))
    done = await fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 2})
    assert done.status_code == 201, done.text
    assert [(one["ruleId"], one["code"]) for one in done.json()["remarks"]] == [
        ("UFO-2", "PARTY_REPORT_MISSING")
    ]


@pytest.mark.parametrize(("decision", "needs"), [("close", True), ("revise", False), ("new_plan", False)])
async def test_a_decision_that_does_not_answer_the_need_is_refused(
    staff: Staff, decision: str, needs: bool
) -> None:
    """UPP-067: need left and closing, or no need and a plan: refused, and nothing is decided."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    body = NEEDED | {"version": 2, "decision": decision, "stillNeedsCoordination": needs}
    refused = await fk.post(f"{held.path}/follow-up-decisions", body)
    assert refused.status_code == 409
    codes = {(one["ruleId"], one["code"]) for one in refused.json()["findings"]}
    assert ("UFO-3", "OUTCOME_REQUIRED") in codes
    assert (await told(fk, held))["decision"] is None


async def test_closing_ends_the_plan(staff: Staff) -> None:
    """UPP-067, UPP-005: no need left, so the plan is closed, and that reason ends the meeting too."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    body = NEEDED | {"version": 2, "decision": "close", "stillNeedsCoordination": False}
    await made(fk, f"{held.path}/follow-up-decisions", body)
    assert (await fk.get(f"/plans/{held.plan_id}")).json()["status"] == "closed"
    foretold = (await fk.get(f"{held.path}/readiness?step=conclude-meeting")).json()
    assert foretold["isReady"] is True
    await made(fk, f"{held.path}/conclusions", {"version": 3})


async def test_what_has_not_been_held_decides_nothing(staff: Staff) -> None:
    """A follow-up that is only called, and one decided on an old version, are refused; no reason is 422."""
    fk, af = await staff("FK"), await staff("AF")
    held = await called_anew(fk, af)
    early = await fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 1})
    assert (early.status_code, early.json()["code"]) == (409, "INVALID_TRANSITION")
    await made(fk, f"{held.path}/openings", opening(fk, af))
    stale = await fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")
    silent = {name: value for name, value in NEEDED.items() if name != "reason"}
    assert (await fk.post(f"{held.path}/follow-up-decisions", silent | {"version": 2})).status_code == 422


async def test_of_two_decisions_at_once_one_is_made(staff: Staff) -> None:
    """Decided twice at the same moment: one decision stands."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    both = await asyncio.gather(
        *(fk.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 2}) for _ in range(2))
    )
    assert sorted(one.status_code for one in both) == [201, 409]


async def test_only_the_caller_of_the_follow_up_decides(staff: Staff) -> None:
    """Who takes part sees the meeting, and may not decide for its holder; a manager may neither."""
    fk, af, chief = await staff("FK"), await staff("AF"), await staff("FK", "manager")
    held = await followed_up(fk, af)
    for caller in (af, chief):
        refused = await caller.post(f"{held.path}/follow-up-decisions", NEEDED | {"version": 2})
        assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await chief.post(f"{held.path}/reports", account("Hej."))).status_code == 403


async def test_readiness_tells_whose_report_is_missing(staff: Staff) -> None:
    """UPP-066: before it decides, the follow-up's holder sees who has not reported, which stops nothing."""
    fk, af = await staff("FK"), await staff("AF")
    held = await followed_up(fk, af)
    await made(fk, f"{held.path}/reports", account("Enligt planen."))
    told_before = (await fk.get(f"{held.path}/readiness?step=decide-follow-up")).json()
    assert (told_before["missing"], told_before["toExplain"]) == ([], [])
    assert [(one["code"], one["owedByOrganisationId"]) for one in told_before["remarks"]] == [
        ("PARTY_REPORT_MISSING", str(af.organisation_id))
    ]
