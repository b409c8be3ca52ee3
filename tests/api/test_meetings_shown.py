"""A meeting that has been opened, as those it was opened with see it."""

from tests.api.conduct import open_meeting, ready_meeting
from tests.api.conftest import Caller, Staff
from tests.api.planning import action, drafted, met
from tests.api.scenes import MEETING, NEVER, PREPARATION, made, withdrawn


async def test_those_it_was_opened_with_see_its_proceedings_alone(staff: Staff) -> None:
    """Opening shows the meeting from then on: who was there and how, but not how it was prepared."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    await made(fk, f"{held.path}/preparations", PREPARATION)
    read = await af.get(held.path)
    assert read.status_code == 200, read.text
    told = read.json()
    assert (told["status"], told["purpose"], told["holder"]) == ("open", MEETING["purpose"], None)
    assert told["proceedings"]["opening"]["manner"] == "opened"
    there = {one["attender"]: one["attendance"] for one in told["proceedings"]["attendances"]}
    assert there["individual"] == "present"
    for kept in (MEETING["currentSituation"], PREPARATION["goals"], str(held.case.id)):
        assert kept not in read.text
    assert {one["rel"] for one in told["_links"]} == {"self", "readiness"}


async def test_its_holder_is_led_to_whom_it_has_called(staff: Staff) -> None:
    """The holder's links read the summonses, the invitations and the consents; each one answers."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    links = (await fk.get(held.path)).json()["_links"]
    read = {one["rel"]: one["href"].partition("/flerpart/v0")[2] for one in links if one["method"] == "GET"}
    for rel in ("summonses", "invitations", "consent-coverage"):
        assert (await fk.get(read[rel])).status_code == 200


async def test_the_way_from_a_meeting_to_its_plan_is_linked(staff: Staff) -> None:
    """The recorder is led to drafting, the chair to what was handed over, everybody there to what was
    proposed; each link answers whoever is shown it, and nobody is shown another's.
    """
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")

    async def rels(caller: Caller) -> dict[str, str]:
        links = (await caller.get(at.path)).json()["_links"]
        return {one["rel"]: one["href"].partition("/flerpart/v0")[2] for one in links}

    at = await met(fk, af, kommun, recorder=af)
    assert (await rels(af))["plan-drafts"] == f"{at.path}/plan-drafts"
    assert "plan-drafts" not in await rels(fk) | await rels(kommun)
    draft_id = await drafted(af, at, action(af))
    assert (await rels(af))["plan-draft"] == f"/plan-drafts/{draft_id}"
    assert "plan-draft" not in await rels(fk) | await rels(kommun)
    await made(af, f"/plan-drafts/{draft_id}/hand-overs", {"version": 1})
    plan_id = await made(fk, f"/plan-drafts/{draft_id}/proposals", {"version": 2})
    assert (await rels(fk))["plan-draft"] == f"/plan-drafts/{draft_id}"
    for caller in (fk, af, kommun):
        assert (await rels(caller))["plan"] == f"/plans/{plan_id}"
        assert (await caller.get(f"/plans/{plan_id}")).status_code == 200
        assert ("plan-draft" in await rels(caller)) is (caller is not kommun)


async def test_it_stands_on_their_list_from_the_opening_to_the_withdrawal(staff: Staff) -> None:
    """A list has the meetings shown to the own organisation, and only while consent lives."""
    fk, af = await staff("FK"), await staff("AF")
    ready, _ = await ready_meeting(fk, af)
    assert str(ready.id) not in (await af.get("/meetings?limit=100")).text
    held, consent_id = await open_meeting(fk, af)
    listed = (await af.get("/meetings")).json()["items"]
    line = next(one for one in listed if one["id"] == str(held.id))
    assert (line["isOwn"], line["isHeld"], line["organisationId"]) == (False, True, str(fk.organisation_id))
    await withdrawn(fk, consent_id, of=af)
    assert str(held.id) not in (await af.get("/meetings?limit=100")).text
    hidden, never = await af.get(held.path), await af.get(f"/meetings/{NEVER}")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await fk.get(held.path)).status_code == 200


async def test_seen_is_not_owned(staff: Staff) -> None:
    """What is shown to another organisation it may read, and is told so when it would change it: 403."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    time = {"startsAt": "2026-04-20T08:00:00Z", "endsAt": "2026-04-20T09:00:00Z", "mode": "remote"}
    for refused in (
        await af.patch(held.path, {"purpose": "Annat"}, held.version),
        await af.post(f"{held.path}/preparations", PREPARATION),
        await af.post(f"{held.path}/bookings", {"version": held.version, "time": time}),
        await af.post(
            f"{held.path}/cancellations",
            {"version": held.version, "reason": "Nej", "wishedByIndividual": False},
        ),
        await af.get(f"{held.path}/readiness?step=issue-summons"),
    ):
        assert refused.status_code == 403


async def test_they_are_told_what_they_owe_and_nothing_of_others(staff: Staff) -> None:
    """Readiness tells another organisation only what it can mend itself."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    held, _ = await open_meeting(fk, af, kommun)
    for step in ("open-meeting", "conclude-meeting"):
        told = (await af.get(f"{held.path}/readiness?step={step}")).json()
        findings = told["missing"] + told["toExplain"] + told["remarks"]
        assert {one["owedByOrganisationId"] for one in findings} <= {str(af.organisation_id)}
        assert {one["organisationId"] for one in told["tasks"]} <= {str(af.organisation_id)}
    holders = (await fk.get(f"{held.path}/readiness?step=open-meeting")).json()
    assert str(fk.organisation_id) in str(holders["missing"] + holders["remarks"])


async def test_a_meeting_that_is_over_is_not_changed(staff: Staff) -> None:
    """An open meeting's purpose may be put right; its time is no longer anybody's to move."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    assert (await fk.patch(held.path, {"purpose": "Planera arbetsträning"}, held.version)).status_code == 200
    calling_off = {"version": held.version + 1, "reason": "Nej", "wishedByIndividual": False}
    refused = await fk.post(f"{held.path}/cancellations", calling_off)
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_meeting_is_shown_to_nobody_before_it_is_opened(staff: Staff) -> None:
    """Consent alone shows nothing: an act must."""
    fk, af = await staff("FK"), await staff("AF")
    ready, _ = await ready_meeting(fk, af)
    assert (await af.get(ready.path)).status_code == 404
