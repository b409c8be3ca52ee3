import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import Staff
from tests.api.planning import action, draft, drafted, goal, met
from tests.api.scenes import NEVER, made


async def test_the_appointed_recorder_drafts_whichever_organisation_it_is_of(staff: Staff) -> None:
    """UPP-053: the draft is the recorder's; what it says is read back as it was written."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=af)
    draft_id = await drafted(af, at, action(af, "Arbetsträning", performedBy="Exempelbutiken"))
    read = await af.get(f"/plan-drafts/{draft_id}")
    assert read.status_code == 200, read.text
    assert read.headers["ETag"] == '"1"'
    written = read.json()
    assert written["goals"][0]["subGoals"][0]["text"] == "Klara tre förmiddagar"
    assert written["actions"][0]["owner"]["name"] == "Arbetsförmedlingen"
    assert written["actions"][0]["performedBy"] == "Exempelbutiken"
    assert written["recorderOrganisationId"] == str(af.organisation_id)


async def test_the_chair_sees_the_draft_only_when_it_is_handed_over(staff: Staff) -> None:
    """A draft is the recorder's own until it is handed over; another organisation present never sees it."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=af)
    path = f"/plan-drafts/{await drafted(af, at)}"
    hidden, never = await fk.get(path), await fk.get(f"/plan-drafts/{NEVER}")
    assert hidden.status_code == 404
    assert hidden.content == never.content
    done = await af.post(f"{path}/hand-overs", {"version": 1})
    assert (done.status_code, done.json()["version"]) == (201, 2)
    assert (await fk.get(path)).json()["handedOverAt"] is not None
    assert (await kommun.get(path)).status_code == 404


async def test_only_the_recorder_drafts(staff: Staff) -> None:
    """UPP-053: who sees the meeting but was not appointed may not draft; a stranger does not see it."""
    fk, af, kommun, region = (
        await staff("FK"),
        await staff("AF"),
        await staff("KOMMUN"),
        await staff("REGION"),
    )
    at = await met(fk, af, kommun, recorder=af)
    path = f"{at.path}/plan-drafts"
    refused = await fk.post(path, draft())
    assert refused.status_code == 403
    assert refused.json()["detail"] == "Bara organisationen som utsetts vid mötet skriver planen."
    assert (await kommun.post(path, draft())).status_code == 403
    hidden, never = (
        await region.post(path, draft()),
        await region.post(f"/meetings/{NEVER}/plan-drafts", draft()),
    )
    assert hidden.status_code == 404
    assert hidden.content == never.content


async def test_nobody_drafts_before_a_recorder_is_appointed(staff: Staff) -> None:
    """UPP-053: without a recorder the chair hears that one is missing, and nothing is saved."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"))
    refused = await fk.post(f"{at.path}/plan-drafts", draft())
    assert refused.status_code == 409
    assert [one["code"] for one in refused.json()["findings"]] == ["DOCUMENTER_MISSING"]


@pytest.mark.parametrize("role", ["manager", "organisation_administrator", "lokus_member", "analyst"])
async def test_roles_that_handle_no_cases_draft_nothing(staff: Staff, role: str) -> None:
    """Whoever handles no cases is refused before anything is looked up."""
    nobody = await staff("FK", role)
    assert (await nobody.post(f"/meetings/{NEVER}/plan-drafts", draft())).status_code == 403


async def test_a_draft_is_changed_on_its_present_version(staff: Staff) -> None:
    """A goal that is kept keeps its id; a change on an older version changes nothing."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    path = f"/plan-drafts/{await drafted(fk, at)}"
    kept = (await fk.get(path)).json()["goals"][0]["id"]
    said = draft(goals=[{"id": kept, "text": "Arbete på heltid"}, goal("Bättre sömn")])
    changed, stale = await fk.put(path, said, 1), await fk.put(path, draft(), 1)
    assert (changed.status_code, stale.status_code) == (200, 412), changed.text
    assert [one["text"] for one in (await fk.get(path)).json()["goals"]] == [
        "Arbete på heltid",
        "Bättre sömn",
    ]
    assert changed.json()["goals"][0]["id"] == kept
    assert changed.headers["ETag"] == '"2"'


async def test_of_two_changes_at_once_one_is_made(staff: Staff) -> None:
    """Two who change one version at once: one is kept, the other hears that it is stale."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    path = f"/plan-drafts/{await drafted(fk, at)}"
    both = await asyncio.gather(*(fk.put(path, draft(), 1) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [200, 412]


async def test_what_was_handed_over_stays_as_it_was(staff: Staff) -> None:
    """After the hand-over the draft is neither changed nor handed over again."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=af)
    path = f"/plan-drafts/{await drafted(af, at)}"
    await made(af, f"{path}/hand-overs", {"version": 1})
    assert (await af.put(path, draft(), 2)).json()["code"] == "INVALID_TRANSITION"
    again = await af.post(f"{path}/hand-overs", {"version": 2})
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")
    stale = await af.post(f"{path}/hand-overs", {"version": 1})
    assert stale.json()["code"] == "VERSION_STALE"


async def test_the_chair_does_not_write_the_recorders_draft(staff: Staff) -> None:
    """A draft handed over is seen by the chair, and not the chair's to change."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=af)
    path = f"/plan-drafts/{await drafted(af, at)}"
    await made(af, f"{path}/hand-overs", {"version": 1})
    assert (await fk.put(path, draft(), 2)).status_code == 403
    assert (await fk.post(f"{path}/hand-overs", {"version": 2})).status_code == 403


@pytest.mark.parametrize(
    ("said", "pointer", "code"),
    [
        ({"goals": [{"id": str(uuid4()), "text": "Okänt"}]}, "/goals/0/id", "GOAL_UNKNOWN"),
        ({"actions": [action(None, carriesOn=str(uuid4()))]}, "/actions/0/carriesOn", "ACTION_UNKNOWN"),
        ({"actions": [action(None, dueOn="2026-02-30")]}, "/actions/0/dueOn", "DAY_FORMAT"),
        ({"actions": [action(None) | {"owner": {"kind": "nobody"}}]}, "/actions/0/owner/kind", "NOT_IN_LIST"),
        ({"actions": [action(None, kind="magic")]}, "/actions/0/kind", "NOT_IN_LIST"),
        ({"revises": NEVER}, "/revises", "PLAN_UNKNOWN"),
        ({"replaces": NEVER}, "/replaces", "PLAN_UNKNOWN"),
        ({"revises": NEVER, "replaces": NEVER}, "", "REVISES_AND_REPLACES"),
    ],
)
async def test_what_no_plan_can_say_is_refused_by_field(
    staff: Staff, said: dict[str, Any], pointer: str, code: str
) -> None:
    """What stood nowhere before, a day no calendar has, an unknown owner or kind: a clear error, by field."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    refused = await fk.post(f"{at.path}/plan-drafts", draft() | said)
    assert refused.status_code == 422, refused.text
    assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == [(pointer, code)]


async def test_a_draft_of_another_unit_does_not_exist(staff: Staff) -> None:
    """To a neighbouring unit of the same organisation the draft is like one that never was."""
    fk, neighbour = await staff("FK"), await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    path = f"/plan-drafts/{await drafted(fk, at)}"
    assert (await neighbour.get(path)).content == (await neighbour.get(f"/plan-drafts/{NEVER}")).content
    assert (await neighbour.put(path, draft(), 1)).status_code == 404


async def test_the_same_draft_sent_twice_is_made_once(staff: Staff) -> None:
    """A request sent twice with one key has one effect and one answer."""
    fk = await staff("FK")
    at = await met(fk, await staff("AF"), recorder=fk)
    first = await fk.post(f"{at.path}/plan-drafts", draft(), key="draft-once")
    again = await fk.post(f"{at.path}/plan-drafts", draft(), key="draft-once")
    assert first.json() == again.json()
