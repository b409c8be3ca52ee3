"""While a meeting is open somebody comes or leaves, the chair passes, a recorder is appointed."""

import asyncio
from typing import Any

import pytest

from tests.api.behind import picture
from tests.api.conduct import open_meeting, opening, present, ready_meeting
from tests.api.conftest import Application, Caller, Clock, Staff
from tests.api.scenes import NEVER, MeetingMade, consent, made, meeting, withdrawn


async def noted(caller: Caller, held: MeetingMade, of: Caller) -> dict[str, Any]:
    """What is noted of an organisation's attendance."""
    told = (await caller.get(held.path)).json()["proceedings"]["attendances"]
    (one,) = (one for one in told if one["organisationId"] == str(of.organisation_id))
    found: dict[str, Any] = one
    return found


async def test_whoever_comes_later_is_shown_the_meeting(staff: Staff, clock: Clock) -> None:
    """UPP-016: an organisation that arrives under consent is noted from then on, and sees the meeting."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, _ = await ready_meeting(fk, af, region)
    await made(fk, f"{held.path}/openings", opening(fk, af))
    assert (await region.get(held.path)).status_code == 404
    clock.forward(minutes=15)
    arrival = {"version": 2, "organisations": [present(region, officerName="Alex Exempel")]}
    done = await fk.post(f"{held.path}/attendances", arrival)
    assert done.status_code == 201, done.text
    assert done.json()["version"] == 3
    assert (await region.get(held.path)).status_code == 200
    told = await noted(region, held, region)
    assert (told["officerName"], told["fromAt"], told["toAt"]) == (
        "Alex Exempel",
        "2026-03-02T09:15:00Z",
        None,
    )
    assert told["earlier"] == []


async def test_whoever_comes_without_consent_is_refused(staff: Staff) -> None:
    """UPP-016: a later arrival without consent is pointed at, noted nowhere and shown nothing."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, _ = await open_meeting(fk, af)
    arrival = {"version": 2, "organisations": [present(af), present(region)]}
    refused = await fk.post(f"{held.path}/attendances", arrival)
    assert refused.status_code == 409
    assert [(one["ruleId"], one["pointer"]) for one in refused.json()["findings"]] == [
        ("SAM-2", "/organisations/1")
    ]
    told = (await fk.get(held.path)).json()
    assert told["version"] == 2
    assert str(region.organisation_id) not in str(told["proceedings"])
    assert (await region.get(held.path)).status_code == 404


async def test_leaving_is_noted_also_after_a_withdrawal(staff: Staff, clock: Clock) -> None:
    """UPP-019: that an organisation leaves is never refused; to come back it needs consent again."""
    fk, af = await staff("FK"), await staff("AF")
    held, consent_id = await open_meeting(fk, af)
    clock.forward(minutes=30)
    await withdrawn(fk, consent_id, af)
    leaving = {"version": 2, "organisations": [present(af, "remote", leftAt="2026-03-02T09:25:00Z")]}
    done = await fk.post(f"{held.path}/attendances", leaving)
    assert done.status_code == 201, done.text
    told = await noted(fk, held, af)
    assert (told["officerName"], told["fromAt"], told["toAt"]) == (
        "Robin Exempel",
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:25:00Z",
    )
    back = {"version": 3, "organisations": [present(af)]}
    assert (await fk.post(f"{held.path}/attendances", back)).status_code == 409
    await consent(fk, held.case, af)
    assert (await af.get(held.path)).status_code == 404
    assert (await fk.post(f"{held.path}/attendances", back)).status_code == 201
    assert (await af.get(held.path)).status_code == 200


async def test_who_leaves_and_comes_back_is_shown_the_meeting_once(
    staff: Staff, application: Application, clock: Clock
) -> None:
    """UPP-016: a second arrival under the same consent is noted anew and shows nothing new."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    clock.forward(minutes=20)
    left = present(af, "remote", leftAt="2026-03-02T09:10:00Z")
    await made(fk, f"{held.path}/attendances", {"version": 2, "organisations": [left]})
    await made(fk, f"{held.path}/attendances", {"version": 3, "organisations": [present(af)]})
    told = await noted(fk, held, af)
    assert (told["attendance"], told["fromAt"], told["toAt"]) == ("present", "2026-03-02T09:20:00Z", None)
    first = {"attendance": "remote", "fromAt": "2026-03-02T09:00:00Z", "toAt": "2026-03-02T09:10:00Z"}
    assert told["earlier"] == [first]
    assert len((await picture(application, fk, held.case.id)).row.shown) == 1


async def test_the_individual_comes_later(staff: Staff, clock: Clock) -> None:
    """UPP-023: an individual who was absent at the opening and arrives is noted as present from then on."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    late = {"ruleId": "ROL-4", "reason": "Bussen är sen"}
    absent = {"individual": {"attendance": "absent_notified"}, "explanations": [late]}
    await made(fk, f"{held.path}/openings", opening(fk, af) | absent)
    clock.forward(minutes=10)
    await made(fk, f"{held.path}/attendances", {"version": 2, "individual": {"attendance": "present"}})
    told = (await fk.get(held.path)).json()["proceedings"]["attendances"]
    (individual,) = (one for one in told if one["attender"] == "individual")
    assert (individual["attendance"], individual["fromAt"]) == ("present", "2026-03-02T09:10:00Z")


async def test_attendance_needs_an_open_meeting_and_its_present_version(staff: Staff) -> None:
    """Nobody comes to a meeting that is not open, nor by a decision on an older version."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    arrival = {"version": 1, "organisations": [present(af)]}
    early = await fk.post(f"{held.path}/attendances", arrival)
    assert (early.status_code, early.json()["code"]) == (409, "INVALID_TRANSITION")
    await made(fk, f"{held.path}/openings", opening(fk))
    stale = await fk.post(f"{held.path}/attendances", arrival)
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({}, "/organisations", "MISSING"),
        ({"leftAt": "2026-03-02T08:00:00Z"}, "/organisations/0/leftAt", "DATE_ORDER"),
        ({"leftAt": "2026-03-02T11:00:00Z"}, "/organisations/0/leftAt", "DATE_AHEAD"),
    ],
)
async def test_an_attendance_that_cannot_be_is_refused_by_place(
    staff: Staff, body: dict[str, Any], pointer: str, code: str
) -> None:
    """Nobody named, gone before they came, or gone in time to come: refused by field and code."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    told = {"organisations": [present(af, "remote", **body)]} if body else {}
    refused = await fk.post(f"{held.path}/attendances", told | {"version": 2})
    assert refused.status_code == 422, refused.text
    assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == [(pointer, code)]


async def test_the_chair_passes_with_a_reason(staff: Staff) -> None:
    """UPP-052: the chair passes to another officer of the organisation, before the meeting and at it."""
    fk, af = await staff("FK"), await staff("AF")
    colleague = await staff("FK", unit_id=fk.unit_id)
    held, _ = await open_meeting(fk, af)
    passed = {"version": 2, "officerId": str(colleague.officer_id), "reason": "Måste gå tidigare"}
    done = await fk.post(f"{held.path}/chairs", passed)
    assert done.status_code == 201, done.text
    for who in (fk, af):
        read = await who.get(held.path)
        assert read.json()["chair"]["officerId"] == str(colleague.officer_id)
        assert "Måste gå tidigare" not in read.text
    unexplained = {"version": 3, "officerId": str(fk.officer_id)}
    assert (await fk.post(f"{held.path}/chairs", unexplained)).status_code == 422


async def test_the_chair_stays_in_the_organisation(staff: Staff) -> None:
    """UPP-052: an officer of another organisation, or nobody's, is refused by field and not repeated."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    for officer in (str(af.officer_id), NEVER):
        body = {"version": 1, "officerId": officer, "reason": "Känner individen bättre"}
        refused = await fk.post(f"{begun.path}/chairs", body)
        assert refused.status_code == 422
        assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == [
            ("/officerId", "OFFICER_UNKNOWN")
        ]
        assert officer not in refused.text
    assert (await fk.get(begun.path)).json()["chair"]["officerId"] == str(fk.officer_id)


async def test_a_recorder_is_appointed_at_the_meeting(staff: Staff) -> None:
    """UPP-053: an officer of any organisation present is appointed to write, and all there see who it is."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    chosen = {"organisationId": str(af.organisation_id), "officerName": "Robin Exempel"}
    done = await fk.post(f"{held.path}/recorders", chosen | {"version": 2})
    assert done.status_code == 201, done.text
    for who in (fk, af):
        told = (await who.get(held.path)).json()["proceedings"]["recorder"]
        assert told == {"organisationId": str(af.organisation_id), "name": "Robin Exempel"}
    changed = {"organisationId": str(fk.organisation_id), "officerName": "Kim Exempel", "version": 3}
    await made(fk, f"{held.path}/recorders", changed)
    told = (await fk.get(held.path)).json()["proceedings"]["recorder"]
    assert told["organisationId"] == str(fk.organisation_id)


async def test_only_who_is_there_under_consent_writes(staff: Staff) -> None:
    """UPP-053: one who is not there, or whose consent is withdrawn, is not appointed."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, consent_id = await ready_meeting(fk, af, region)
    body = {"version": 1, "organisationId": str(af.organisation_id), "officerName": "Robin Exempel"}
    early = await fk.post(f"{held.path}/recorders", body)
    assert (early.status_code, early.json()["code"]) == (409, "INVALID_TRANSITION")
    await made(fk, f"{held.path}/openings", opening(fk, af))
    await withdrawn(fk, consent_id, af)
    for who in (af, region):
        body = {"version": 2, "organisationId": str(who.organisation_id), "officerName": "Robin Exempel"}
        refused = await fk.post(f"{held.path}/recorders", body)
        assert refused.status_code == 422
        assert refused.json()["invalidParameters"][0]["code"] == "RECORDER_NOT_PRESENT"
    assert (await fk.get(held.path)).json()["proceedings"]["recorder"] is None


async def test_of_two_appointments_at_once_one_is_stale(staff: Staff) -> None:
    """Two recorders appointed on the same version at the same time: one stands, the other is stale."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await open_meeting(fk, af)
    body = {"version": 2, "organisationId": str(af.organisation_id), "officerName": "Robin Exempel"}
    both = await asyncio.gather(*(fk.post(f"{held.path}/recorders", body) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    (lost,) = (one for one in both if one.status_code == 409)
    assert lost.json()["code"] == "VERSION_STALE"


@pytest.mark.parametrize("act", ["attendances", "chairs", "recorders"])
async def test_what_is_done_at_a_meeting_is_done_by_its_holder(staff: Staff, act: str) -> None:
    """Hidden is like nonexistent; shown but another's is not yours; whoever handles no cases never may."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    manager = await staff("FK", "manager", unit_id=fk.unit_id)
    held, _ = await open_meeting(fk, af)
    bodies: dict[str, dict[str, Any]] = {
        "attendances": {"organisations": [present(af)]},
        "chairs": {"officerId": str(fk.officer_id), "reason": "Skäl"},
        "recorders": {"organisationId": str(af.organisation_id), "officerName": "Robin Exempel"},
    }
    body = bodies[act] | {"version": 2}
    hidden = await region.post(f"{held.path}/{act}", body)
    never = await region.post(f"/meetings/{NEVER}/{act}", body)
    assert hidden.status_code == never.status_code == 404
    assert hidden.content == never.content
    assert (await af.post(f"{held.path}/{act}", body)).status_code == 403
    assert (await manager.post(f"{held.path}/{act}", body)).status_code == 403
    assert (await fk.get(held.path)).json()["version"] == 2
