import asyncio
from typing import Any

import pytest

from tests.api.conftest import Staff
from tests.api.planning import action, actions_of, draft, drafted, met, proposed
from tests.api.scenes import NEVER, consent, documented, made, meeting, withdrawn


async def test_a_proposed_plan_is_shown_to_those_present_and_to_every_owner(staff: Staff) -> None:
    """The chair freezes the draft; those present see it, and so does the owner who was not there."""
    fk, af, kommun, region = (
        await staff("FK"),
        await staff("AF"),
        await staff("KOMMUN"),
        await staff("REGION"),
    )
    at = await met(fk, af, recorder=fk, absent=[kommun, region])
    plan_id = await proposed(
        fk, at, action(af, "Praktik"), action(kommun, "Boendestöd"), action(None, "Promenad")
    )
    for reader in (fk, af, kommun):
        read = await reader.get(f"/plans/{plan_id}")
        assert read.status_code == 200, read.text
        assert (read.json()["version"], read.json()["status"]) == (1, "proposed")
        assert {one["status"] for one in (await actions_of(reader, plan_id)).values()} == {"open"}
    hidden, never = await region.get(f"/plans/{plan_id}"), await region.get(f"/plans/{NEVER}")
    assert hidden.status_code == 404
    assert hidden.content == never.content


async def test_a_plan_says_what_the_agreement_wants_it_to_say(staff: Staff) -> None:
    """UPP-060–064, 120: goals, actions by owner, the follow-up, the purpose and the notice."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(
        fk, at, action(af, "Praktik", performedBy="Exempelbutiken"), action(None, "Promenad")
    )
    plan = (await af.get(f"/plans/{plan_id}")).json()
    assert plan["goals"][0]["text"] == "Tillbaka i arbete på halvtid"
    assert [one["owner"]["name"] for one in plan["responsibilities"]] == ["Individen", "Arbetsförmedlingen"]
    assert plan["followUpOn"] == "2026-09-01"
    assert plan["notice"].startswith("Planen ersätter inte den dokumentation")
    assert "försörja sig själv genom arbete" in plan["purpose"]
    assert [one["kind"] for one in plan["awaited"]] == ["individual", "organisation", "organisation"]
    document = (await af.get(f"/plans/{plan_id}/documents")).json()["document"]
    assert document["title"] == "Plan arbetslivsinriktad rehabilitering – flerpartsamverkan"
    assert document["addressee"] == ["Arbetsförmedlingen"]
    for words in (
        "Kim Exempel",
        "Åtgärder: Arbetsförmedlingen",
        "utförs av Exempelbutiken",
        "1 september 2026",
    ):
        assert words in document["text"]
    assert plan["notice"] in document["text"]
    assert plan["purpose"] in document["text"]


@pytest.mark.parametrize(
    ("lacking", "codes"),
    [
        ({"goals": []}, {"PLAN_INCOMPLETE"}),
        ({"goals": [{"text": " "}]}, {"PLAN_INCOMPLETE"}),
        ({"actions": []}, {"PLAN_INCOMPLETE"}),
        ({"actions": [action(None, "")]}, {"PLAN_INCOMPLETE"}),
        ({"actions": [action(None) | {"owner": None}]}, {"ACTION_OWNER_MISSING"}),
        ({"followUpOn": None}, {"PLAN_INCOMPLETE"}),
        ({"followUpOn": "2026-03-02"}, {"DATE_ORDER"}),
        ({"goals": [], "actions": [], "followUpOn": None}, {"PLAN_INCOMPLETE"}),
    ],
)
async def test_an_incomplete_plan_is_refused_and_saves_nothing(
    staff: Staff, lacking: dict[str, Any], codes: set[str]
) -> None:
    """UPP-006, 060–063: every lack is told at once; afterwards the meeting still has no plan."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    draft_id = await made(fk, f"{at.path}/plan-drafts", draft() | lacking)
    refused = await fk.post(f"/plan-drafts/{draft_id}/proposals", {"version": 1})
    assert refused.status_code == 409, refused.text
    assert {one["code"] for one in refused.json()["findings"]} == codes
    assert len(refused.json()["findings"]) == len(lacking)
    await proposed(fk, at)


async def test_a_plan_is_not_shown_where_consent_does_not_reach(staff: Staff) -> None:
    """UPP-016: an owner whom the consent does not cover is a finding, and nobody is shown anything."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk)
    draft_id = await drafted(fk, at, action(kommun, "Boendestöd"))
    refused = await fk.post(f"/plan-drafts/{draft_id}/proposals", {"version": 1})
    assert [one["code"] for one in refused.json()["findings"]] == ["CONSENT_MISSING"]
    assert (await kommun.get(f"/plan-drafts/{draft_id}")).status_code == 404


async def test_the_chair_documents_the_consent_before_it_shows_a_plan(staff: Staff) -> None:
    """UPP-020: a plan that rests on consent the chair's organisation has not documented is not shown."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk)
    later = await consent(fk, at.case, kommun)
    draft_id = await drafted(fk, at, action(kommun, "Boendestöd"))
    path = f"/plan-drafts/{draft_id}/proposals"
    refused = await fk.post(path, {"version": 1})
    assert [one["code"] for one in refused.json()["findings"]] == ["CONSENT_NOT_DOCUMENTED"]
    await documented(later, fk)
    await made(fk, path, {"version": 1})


async def test_insatser_of_a_party_that_has_none_need_a_reason(staff: Staff) -> None:
    """UPP-112: Försäkringskassan owns an insats only with a reason; outside its mandate is a remark."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    path = f"/plan-drafts/{await drafted(fk, at, action(fk, 'Insats', kind='insats'))}/proposals"
    refused = await fk.post(path, {"version": 1})
    assert [(one["ruleId"], one["effect"]) for one in refused.json()["findings"]] == [("PLA-5", "explain")]
    reason = [{"ruleId": "PLA-5", "reason": "Upphandlad av kassan"}]
    done = await fk.post(path, {"version": 1, "explanations": reason})
    assert done.status_code == 201, done.text
    assert [one["code"] for one in done.json()["remarks"]] == ["OUTSIDE_MANDATE"]


async def test_the_recorder_does_not_propose(staff: Staff) -> None:
    """UPP-054: the chair sums up; its writer cannot propose the draft, and the chair only one handed over."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=af)
    path = f"/plan-drafts/{await drafted(af, at)}"
    refused = await af.post(f"{path}/proposals", {"version": 1})
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_CHAIR")
    assert (await fk.post(f"{path}/proposals", {"version": 1})).status_code == 404
    await made(af, f"{path}/hand-overs", {"version": 1})
    stale = await fk.post(f"{path}/proposals", {"version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")
    await made(fk, f"{path}/proposals", {"version": 2})


async def test_of_two_proposals_at_once_one_is_made(staff: Staff) -> None:
    """UPP-005: a meeting has one plan; two proposals at the same time make one."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    paths = [f"/plan-drafts/{await drafted(fk, at)}/proposals" for _ in range(2)]
    both = await asyncio.gather(*(fk.post(path, {"version": 1}) for path in paths))
    assert sorted(one.status_code for one in both) == [201, 409]
    (refused,) = (one for one in both if one.status_code == 409)
    assert [one["code"] for one in refused.json()["findings"]] == ["PLAN_EXISTS"]


async def test_nothing_is_drafted_before_the_meeting_is_held(staff: Staff) -> None:
    """A plan comes out of a meeting: before it is opened there is nothing to draft."""
    fk = await staff("FK")
    begun = await meeting(fk)
    refused = await fk.post(f"{begun.path}/plan-drafts", draft())
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_revision_is_the_next_version_and_tells_what_it_changes(staff: Staff) -> None:
    """UPP-067: a revision goes on in the same line; the earlier version stands as it was, superseded."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    first = await proposed(fk, at, action(af, "Praktik"), action(None, "Promenad"))
    before = (await fk.get(f"/plans/{first}")).json()
    practice = (await actions_of(fk, first))["Praktik"]["id"]
    kept = before["goals"][0]
    second = await proposed(
        fk,
        at,
        action(af, "Praktik", dueOn="2026-08-31", carriesOn=practice),
        action(None, "Simning"),
        goals=[{"id": kept["id"], "text": "Arbete på heltid"}, {"text": "Bättre sömn"}],
        followUpOn="2026-10-01",
        revises=str(first),
    )
    after = (await af.get(f"/plans/{second}")).json()
    assert (after["version"], after["planLineId"]) == (2, before["planLineId"])
    assert (await fk.get(f"/plans/{first}")).json()["status"] == "superseded"
    told = (await af.get(f"/plans/{second}/differences")).json()
    assert told["against"] == str(first)
    assert [one["after"] for one in told["goalsChanged"]] == ["Arbete på heltid"]
    assert [one["text"] for one in told["goalsAdded"]] == ["Bättre sömn"]
    assert [one["text"] for one in told["goalsRemoved"]] == ["Klara tre förmiddagar"]
    assert [one["changed"] for one in told["actionsChanged"]] == [["dueOn"]]
    assert [one["text"] for one in told["actionsAdded"]] == ["Simning"]
    assert [one["text"] for one in told["actionsRemoved"]] == ["Promenad"]
    assert told["followUpOn"] == {"before": "2026-09-01", "after": "2026-10-01"}
    back = (await af.get(f"/plans/{first}/differences", params={"against": str(second)})).json()
    assert [one["text"] for one in back["actionsAdded"]] == ["Promenad"]


async def test_a_version_is_revised_once(staff: Staff) -> None:
    """Of two drafts that revise one version only the first is proposed; the other is stale."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    first = await proposed(fk, at)
    paths = [f"/plan-drafts/{await drafted(fk, at, revises=str(first))}/proposals" for _ in range(2)]
    both = await asyncio.gather(*(fk.post(path, {"version": 1}) for path in paths))
    assert sorted((one.status_code, one.json().get("code")) for one in both) == [
        (201, None),
        (409, "VERSION_STALE"),
    ]


async def test_the_first_version_has_nothing_to_be_compared_with(staff: Staff) -> None:
    """Without an earlier version, and with none named, there is nothing to compare."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    plan_id = await proposed(fk, at)
    refused = await fk.get(f"/plans/{plan_id}/differences")
    assert (refused.status_code, refused.json()["code"]) == (400, "QUERY_INVALID")
    assert (await fk.get(f"/plans/{plan_id}/differences", params={"against": NEVER})).status_code == 404


async def test_a_withdrawal_ends_the_sight_of_a_proposed_plan(staff: Staff) -> None:
    """UPP-019: whom the individual takes consent back from sees a plan that was only proposed no more."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"))
    mine = (await actions_of(af, plan_id))["Praktik"]["id"]
    await withdrawn(fk, at.consent_id, af)
    never = await af.get(f"/plans/{NEVER}")
    for path in (f"/plans/{plan_id}", f"/plans/{plan_id}/documents", f"/actions/{mine}"):
        assert (await af.get(path)).status_code == 404
    assert (await af.get(f"/plans/{plan_id}")).content == never.content
    assert (await kommun.get(f"/plans/{plan_id}")).status_code == 200
