"""A meeting is opened with those who are there (UPP-016, 020, 023, 045, 052)."""

import asyncio

import pytest

from tests.api.conduct import opening, present, ready_meeting, status
from tests.api.conftest import Clock, Staff
from tests.api.scenes import NEVER, made


async def test_an_opened_meeting_is_open_and_shows_who_is_there(staff: Staff) -> None:
    """UPP-016, UPP-052: under consent that covers all, the chair opens, and all there see the proceedings."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    assert (await af.get(held.path)).status_code == 404
    done = await fk.post(f"{held.path}/openings", opening(fk, af))
    assert done.status_code == 201, done.text
    assert done.json()["version"] == held.version + 1
    assert done.headers["Location"].endswith(held.path)
    assert {one["rel"] for one in done.json()["_links"]} == {
        "self",
        "attendances",
        "chairs",
        "recorders",
        "conclusions",
    }
    told = (await fk.get(held.path)).json()
    assert told["status"] == "open"
    assert told["proceedings"]["opening"] == {"manner": "opened", "heldAt": "2026-03-02T09:00:00Z"}
    there = {
        one["organisationId"]: (one["attendance"], one["officerName"], one["fromAt"])
        for one in told["proceedings"]["attendances"]
        if one["attender"] == "organisation"
    }
    assert there[str(af.organisation_id)] == ("remote", "Robin Exempel", "2026-03-02T09:00:00Z")
    assert there[str(fk.organisation_id)][1] is not None
    seen = await af.get(held.path)
    assert seen.status_code == 200
    assert seen.json()["proceedings"]["attendances"] == told["proceedings"]["attendances"]
    assert seen.json()["holder"] is None


async def test_of_two_openings_at_once_one_wins(staff: Staff) -> None:
    """Two who open at once: one opens, the other hears that the meeting cannot be opened any more."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    both = await asyncio.gather(*(fk.post(f"{held.path}/openings", opening(fk, af)) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    (lost,) = (one for one in both if one.status_code == 409)
    assert lost.json()["code"] == "INVALID_TRANSITION"


async def test_the_same_opening_sent_twice_opens_once(staff: Staff) -> None:
    """A repeated request gets its first receipt, though the meeting is open by its own effect."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    first = await fk.post(f"{held.path}/openings", opening(fk, af), key=f"open-{held.id}")
    again = await fk.post(f"{held.path}/openings", opening(fk, af), key=f"open-{held.id}")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()


async def test_an_opening_on_a_stale_version_is_refused(staff: Staff) -> None:
    """What was decided on an older version of the meeting opens nothing."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    stale = await fk.post(f"{held.path}/openings", opening(fk, af) | {"version": held.version + 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")
    assert await status(fk, held) == "draft"


async def test_a_cancelled_meeting_is_not_opened(staff: Staff) -> None:
    """A meeting that was cancelled cannot be opened."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    called_off = {"version": held.version, "reason": "Alla är sjuka", "wishedByIndividual": False}
    await made(fk, f"{held.path}/cancellations", called_off)
    refused = await fk.post(f"{held.path}/openings", opening(fk, af) | {"version": held.version + 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_in_a_closed_case_nothing_is_opened(staff: Staff) -> None:
    """A meeting of a case that has ended cannot be opened; that one was held can still be recorded."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    case_version = (await fk.get(held.case.path)).json()["version"]
    await made(fk, f"{held.case.path}/closures", {"version": case_version, "reason": "moved"})
    refused = await fk.post(f"{held.path}/openings", opening(fk, af))
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")
    told = opening(fk, af) | {"occurredAt": "2026-03-02T08:50:00Z"}
    told.pop("version")
    assert (await fk.post(f"{held.path}/records", told)).status_code == 201


@pytest.mark.parametrize("attendance", ["absent", "absent_notified"])
async def test_without_the_individual_a_reason_is_needed(staff: Staff, attendance: str) -> None:
    """UPP-023: the individual's absence is explained or the meeting rebooked; the reason is the holder's."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    absent = opening(fk, af) | {"individual": {"attendance": attendance}}
    refused = await fk.post(f"{held.path}/openings", absent)
    assert refused.status_code == 409
    (finding,) = refused.json()["findings"]
    assert (finding["ruleId"], finding["effect"], finding["pointer"]) == ("ROL-4", "explain", "/individual")
    reason = {"ruleId": "ROL-4", "reason": "Vill att mötet hålls ändå"}
    explained = await fk.post(f"{held.path}/openings", absent | {"explanations": [reason]})
    assert explained.status_code == 201, explained.text
    own, others = [
        one
        for who in (fk, af)
        for one in (await who.get(held.path)).json()["proceedings"]["attendances"]
        if one["attender"] == "individual"
    ]
    assert (own["attendance"], own["reason"]) == (attendance, "Vill att mötet hålls ändå")
    assert (others["attendance"], others["reason"]) == (attendance, None)


@pytest.mark.parametrize("attendance", ["present", "remote", "represented"])
async def test_the_individual_takes_part_in_several_ways(staff: Staff, attendance: str) -> None:
    """UPP-023: there, at a distance or represented, the individual takes part."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    body = opening(fk, af) | {"individual": {"attendance": attendance}}
    assert (await fk.post(f"{held.path}/openings", body)).status_code == 201


async def test_a_booked_meeting_is_rebooked_by_one_call(staff: Staff, clock: Clock) -> None:
    """UPP-023: a meeting the individual does not come to has a link that rebooks it, until it is opened;
    and it is opened on its new day, not before: the refusal says so and opens nothing.
    """
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    today = {"startsAt": "2026-03-02T10:00:00Z", "endsAt": "2026-03-02T11:00:00Z", "mode": "remote"}
    later = today | {"startsAt": "2026-04-20T09:00:00Z", "endsAt": "2026-04-20T10:00:00Z"}
    await made(fk, f"{held.path}/bookings", {"version": held.version, "time": today})
    (link,) = [one for one in (await fk.get(held.path)).json()["_links"] if one["rel"] == "rebook"]
    moved = {"version": held.version + 1, "reason": "Individen kom inte", "wishedByIndividual": False}
    await made(fk, link["href"].partition("/v0")[2], moved | {"time": later})
    opened = opening(fk, af) | {"version": held.version + 2}
    refused = await fk.post(f"{held.path}/openings", opened)
    assert (refused.status_code, refused.json()["code"]) == (409, "MEETING_AHEAD")
    assert (await af.get(held.path)).status_code == 404
    clock.now = clock.now.replace(month=4, day=20, hour=6)
    await made(fk, f"{held.path}/openings", opened)
    assert "rebook" not in {one["rel"] for one in (await fk.get(held.path)).json()["_links"]}


async def test_another_than_the_chair_does_not_open(staff: Staff) -> None:
    """UPP-052: a colleague of the initiator opens only once the chair has passed to them."""
    fk, af = await staff("FK"), await staff("AF")
    colleague = await staff("FK", unit_id=fk.unit_id)
    held, _ = await ready_meeting(fk, af)
    refused = await colleague.post(f"{held.path}/openings", opening(fk, af))
    assert [(one["ruleId"], one["code"]) for one in refused.json()["findings"]] == [
        ("ROL-2", "CHAIR_NOT_INITIATOR")
    ]
    passed = {"version": held.version, "officerId": str(colleague.officer_id), "reason": "Är sjuk i dag"}
    await made(fk, f"{held.path}/chairs", passed)
    later = opening(fk, af) | {"version": held.version + 1}
    assert (await fk.post(f"{held.path}/openings", later)).status_code == 409
    assert (await colleague.post(f"{held.path}/openings", later)).status_code == 201


async def test_every_finding_is_told_at_once(staff: Staff) -> None:
    """A refusal lists all that is wrong: the chair, the consent and the individual's absence."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    colleague = await staff("FK", unit_id=fk.unit_id)
    held, _ = await ready_meeting(fk, af)
    body = opening(fk, af, region) | {"individual": {"attendance": "absent"}}
    refused = await colleague.post(f"{held.path}/openings", body)
    assert {one["ruleId"] for one in refused.json()["findings"]} == {"SAM-2", "ROL-2", "ROL-4"}


async def test_what_cannot_be_of_those_there_is_refused_by_place(staff: Staff) -> None:
    """Unknown, doubled and absent-yet-arriving attendees are refused by field, and nothing is repeated."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    own, theirs = present(fk), present(af)
    for organisations, outsiders, pointer, code in (
        (
            [own, theirs | {"organisationId": NEVER}],
            [],
            "/organisations/1/organisationId",
            "ORGANISATION_UNKNOWN",
        ),
        ([own, theirs, theirs], [], "/organisations/2/organisationId", "NAMED_TWICE"),
        ([theirs], [], "/organisations", "CHAIR_NOT_THERE"),
        ([own | {"attendance": "absent"}], [], "/organisations", "CHAIR_NOT_THERE"),
        (
            [own, theirs | {"attendance": "absent", "arrivedAt": "2026-03-02T08:00:00Z"}],
            [],
            "/organisations/1/arrivedAt",
            "NOT_THERE",
        ),
        (
            [own, theirs | {"arrivedAt": "2026-03-02T10:00:00Z"}],
            [],
            "/organisations/1/arrivedAt",
            "DATE_AHEAD",
        ),
        (
            [own],
            [{"inviteeId": NEVER, "attendance": "present"}],
            "/outsiders/0/inviteeId",
            "INVITEE_UNKNOWN",
        ),
        ([own | {"mood": "good"}], [], "/organisations/0/mood", "UNKNOWN_FIELD"),
    ):
        body = opening(fk) | {"organisations": organisations, "outsiders": outsiders}
        refused = await fk.post(f"{held.path}/openings", body)
        assert refused.status_code == 422, refused.text
        assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == [
            (pointer, code)
        ]
        assert NEVER not in refused.text
    assert await status(fk, held) == "draft"


@pytest.mark.parametrize("role", ["manager", "organisation_administrator", "lokus_member", "analyst"])
async def test_only_handlers_hold_meetings(staff: Staff, role: str) -> None:
    """Whoever handles no cases is refused before anything is looked up."""
    nobody = await staff("FK", role)
    assert (await nobody.post(f"/meetings/{NEVER}/openings", opening(nobody))).status_code == 403


async def test_a_meeting_that_is_not_yours_is_not_opened_by_you(staff: Staff) -> None:
    """Hidden is like nonexistent, byte for byte; shown but another's is refused as not yours."""
    fk, af, neighbour = await staff("FK"), await staff("AF"), await staff("FK")
    held, _ = await ready_meeting(fk, af)
    never = await af.post(f"/meetings/{NEVER}/openings", opening(af))
    for stranger in (af, neighbour):
        hidden = await stranger.post(f"{held.path}/openings", opening(stranger))
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
    await made(fk, f"{held.path}/openings", opening(fk, af))
    assert (await af.post(f"{held.path}/openings", opening(af))).status_code == 403
