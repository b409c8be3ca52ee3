"""A meeting that has been called to: what may still change, and what those called are told."""

from typing import Any
from uuid import UUID

from tests.api.calling import TIME, Called, booked_meeting, called_meeting, consented
from tests.api.conftest import Caller, Staff
from tests.api.scenes import consent, invitee, made, offered_time, prepared_meeting, withdrawn

WHY: dict[str, Any] = {"reason": "Individen är sjuk", "wishedByIndividual": False}


async def notices(of: Caller, called: Called) -> list[dict[str, Any]]:
    """What somebody called has been told since."""
    answer = await of.get(f"/summonses/{called.summonses[of.organisation_id]}")
    told: list[dict[str, Any]] = answer.json()["notices"]
    return told


async def test_a_meeting_moved_to_another_room_is_told_to_those_called(staff: Staff) -> None:
    """A meeting may keep its time and change its place: those called are told where."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    version = called.meeting.version
    order = WHY | {"version": version, "time": TIME | {"place": "Stora salen"}}
    await made(fk, f"{called.meeting.path}/reschedulings", order)
    letter = (await notices(af, called))[0]["letter"]
    assert "Plats: Stora salen" in letter["text"]
    assert WHY["reason"] not in letter["text"]


async def test_a_cancelled_meeting_is_told_to_those_called(staff: Staff) -> None:
    """UPP-051: whoever was called is told that the meeting will not be held, but never why."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    await made(fk, f"{called.meeting.path}/cancellations", WHY | {"version": called.meeting.version})
    letter = (await notices(af, called))[0]["letter"]
    assert letter["title"] == "Flerpartsmötet är inställt"
    assert WHY["reason"] not in letter["text"]
    assert (await fk.get(called.meeting.path)).json()["status"] == "cancelled"


async def test_whoever_lost_consent_is_told_nothing_more(staff: Staff) -> None:
    """UPP-019: after a withdrawal the meeting rests, may be cancelled, and no notice goes out."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    await withdrawn(fk, called.consent_id)
    assert (await fk.get(called.meeting.path)).json()["status"] == "suspended"
    await made(fk, f"{called.meeting.path}/cancellations", WHY | {"version": called.meeting.version})
    assert await notices(af, called) == []


async def test_a_called_meeting_is_not_booked_again_nor_moved_by_a_change(staff: Staff) -> None:
    """Once somebody is called, time and place change by rescheduling alone; the purpose may be changed."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    path, version = called.meeting.path, called.meeting.version
    again = await fk.post(f"{path}/bookings", {"version": version, "time": TIME})
    moved = await fk.patch(path, {"place": "Rum 6"}, version)
    worded = await fk.patch(path, {"purpose": "Planera arbetsträning"}, version)
    assert (again.status_code, moved.status_code, worded.status_code) == (409, 409, 200)
    assert (await fk.get(path)).json()["place"] == TIME["place"]


async def test_whoever_is_called_is_neither_changed_nor_removed(staff: Staff) -> None:
    """An invitee with a summons in force stays as it is until the summons is recalled."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    noted = (await fk.get(called.meeting.path)).json()["holder"]["invitees"][0]["id"]
    where, version = f"{called.meeting.path}/invitees/{noted}", called.meeting.version
    for refused in (await fk.put(where, invitee(af), version), await fk.delete(where, version)):
        assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")
    await made(fk, f"/summonses/{called.summonses[af.organisation_id]}/recalls", {"cause": "other"})
    assert (await fk.delete(where, version)).status_code == 200


async def test_a_called_meeting_was_not_registered_in_error(staff: Staff) -> None:
    """Letters have gone out: they are recalled before the meeting can be said never to have been."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    order = WHY | {"version": called.meeting.version, "kind": "entered_in_error"}
    refused = await fk.post(f"{called.meeting.path}/cancellations", order)
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_ready_to_call_when_everything_is_in_place(staff: Staff) -> None:
    """A prepared meeting on the region's date, with consent to the call, lacks nothing."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION", function="x")
    begun = await prepared_meeting(fk, af)
    coordinator = invitee(region) | {"function": "Rehabiliteringskoordinator", "equivalentFunction": True}
    await made(fk, f"{begun.path}/invitees", coordinator)
    await offered_time(fk, begun, region, TIME["startsAt"], TIME["endsAt"])
    await made(fk, f"{begun.path}/bookings", {"version": begun.version + 2, "time": TIME})
    await consented(fk, begun.case, "call", af, region)
    answer = (await fk.get(f"{begun.path}/readiness?step=issue-summons")).json()
    assert (answer["missing"], answer["toExplain"], answer["isReady"]) == ([], [], True)
    assert answer["canBeTaken"] is True


async def test_who_was_called_owes_an_answer(staff: Staff) -> None:
    """UPP-029, UPP-043: readiness tells what those called owe about the meeting, and by when."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    answer = (await fk.get(f"{called.meeting.path}/readiness?step=open-meeting")).json()
    owed = {one["code"]: UUID(one["organisationId"]) for one in answer["tasks"]}
    assert owed["CONFIRM_INVITATION"] == owed["PREPARE_FOR_MEETING"] == af.organisation_id


async def test_a_person_a_consent_names_is_tied_to_it(staff: Staff) -> None:
    """UPP-045: an invitee may be noted first, and tied later to the person that a consent names."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await booked_meeting(fk, af)
    person = {"kind": "close_person", "name": "Alex Exempel", "suitable": True, "agreedWithIndividual": True}
    noted = await made(fk, f"{begun.path}/invitees", person)
    consent_id = await consent(
        fk, begun.case, af, kind="call", persons=[{"relation": "close_person", "name": "Alex Exempel"}]
    )
    named = (await fk.get(f"/consents/{consent_id}")).json()["record"]["persons"][0]["id"]
    tied = await fk.put(
        f"{begun.path}/invitees/{noted}", person | {"consentPersonId": named}, begun.version + 1
    )
    assert tied.status_code == 200, tied.text
    assert tied.json()["holder"]["invitees"][1]["consentPersonId"] == named
    answer = (await fk.get(f"{begun.path}/readiness?step=issue-invitation")).json()
    assert answer["missing"] == []


async def test_in_a_closed_case_a_meeting_is_cancelled_and_nothing_else(staff: Staff) -> None:
    """A closed case lets its meeting be called off, but not booked, prepared for others or moved."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await booked_meeting(fk, af)
    version = (await fk.get(begun.case.path)).json()["version"]
    closing = await fk.post(f"{begun.case.path}/closures", {"version": version, "reason": "declined"})
    assert closing.status_code == 201, closing.text
    for refused in (
        await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": TIME}),
        await fk.post(f"{begun.path}/invitees", invitee(fk)),
        await fk.post(f"{begun.path}/summonses", {"version": begun.version}),
        await fk.post(f"{begun.case.path}/meetings", {}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")
    acts = {one["rel"] for one in (await fk.get(begun.path)).json()["_links"] if one["method"] != "GET"}
    assert "cancellations" in acts
    assert not {"bookings", "invitees", "summonses", "openings", "edit"} & acts
    await made(fk, f"{begun.path}/cancellations", WHY | {"version": begun.version})
