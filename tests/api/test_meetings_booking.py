"""A meeting gets its time, is moved, and is cancelled."""

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import NEVER, MeetingMade, invitee, offered_time, prepared_meeting

TIME: dict[str, Any] = {
    "startsAt": "2026-04-20T08:00:00Z",
    "endsAt": "2026-04-20T09:00:00Z",
    "mode": "on_site",
    "place": "Rum 4",
}
LATER = TIME | {"startsAt": "2026-04-27T08:00:00Z", "endsAt": "2026-04-27T09:00:00Z", "place": "Rum 5"}
MOVE: dict[str, Any] = {"reason": "Individen har tvättid", "wishedByIndividual": True}


async def booked(caller: Caller, begun: MeetingMade) -> int:
    """The version of a meeting after it has been booked."""
    done = await caller.post(f"{begun.path}/bookings", {"version": begun.version, "time": TIME})
    assert done.status_code == 201, done.text
    version: int = done.json()["version"]
    return version


async def test_a_meeting_without_the_region_is_booked_at_any_time(staff: Staff) -> None:
    """UPP-033: without the region any time is booked; the meeting is scheduled and its history says so."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af)
    assert await booked(fk, begun) == begun.version + 1
    told = (await fk.get(begun.path)).json()
    assert (told["status"], told["startsAt"], told["place"]) == ("scheduled", TIME["startsAt"], "Rum 4")
    assert [one["change"] for one in told["holder"]["changes"]] == ["booked"]
    assert {"reschedulings", "cancellations", "bookings"} <= {one["rel"] for one in told["_links"]}


@pytest.mark.parametrize(
    ("time", "wrong"),
    [
        (TIME | {"startsAt": "2026-04-20 10:00"}, [("/time/startsAt", "TIME_FORMAT")]),
        (TIME | {"mode": "digital"}, [("/time/mode", "NOT_IN_LIST")]),
        ({"offerId": "the first"}, [("/time/offerId", "UUID_FORM")]),
        ("tomorrow", [("/time", "WRONG_TYPE")]),
    ],
)
async def test_a_wrong_time_is_told_as_the_kind_it_is(
    staff: Staff, time: Any, wrong: list[tuple[str, str]]
) -> None:
    """What is wrong with a time is told alone, not what it lacks to be an offer, nor the other way."""
    fk = await staff("FK")
    refused = await fk.post(f"/meetings/{NEVER}/bookings", {"version": 1, "time": time})
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["invalidParameters"]] == wrong


async def test_the_region_is_asked_first_and_its_date_decides(staff: Staff) -> None:
    """UPP-030, UPP-032: refused before the region has given a time, and at another time than it gave."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    early = await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": TIME})
    assert early.status_code == 409
    assert {one["code"] for one in early.json()["findings"]} == {"REGION_FIRST"}
    offer = await offered_time(fk, begun, region, "2026-04-27T08:00:00Z", "2026-04-27T09:00:00Z")
    version = begun.version + 1
    other = await fk.post(f"{begun.path}/bookings", {"version": version, "time": TIME})
    assert [one["code"] for one in other.json()["findings"]] == ["DATE_MISMATCH"]
    assert (await fk.get(begun.path)).json()["startsAt"] is None
    done = await fk.post(f"{begun.path}/bookings", {"version": version, "time": {"offerId": str(offer)}})
    assert done.status_code == 201, done.text
    told = (await fk.get(begun.path)).json()
    assert (told["startsAt"], told["place"], told["mode"]) == ("2026-04-27T08:00:00Z", "Rum 4", "on_site")
    assert told["holder"]["bookedOfferId"] == str(offer)


async def test_no_meeting_before_the_agreement(staff: Staff) -> None:
    """UPP-134: the day before the agreement came into force is refused by the agreement."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    before = TIME | {"startsAt": "2019-12-31T08:00:00Z", "endsAt": "2019-12-31T09:00:00Z"}
    refused = await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": before})
    assert refused.status_code == 409
    assert [one["clauseId"] for one in refused.json()["findings"]] == ["UPP-134"]


@pytest.mark.parametrize(
    ("time", "pointer"),
    [
        (TIME | {"startsAt": "2026-03-02T08:00:00Z", "endsAt": "2026-03-02T10:00:00Z"}, "/time"),
        (TIME | {"endsAt": TIME["startsAt"]}, "/time/endsAt"),
        ({"offerId": NEVER}, "/time/offerId"),
    ],
)
async def test_a_time_that_cannot_be_is_refused(staff: Staff, time: dict[str, Any], pointer: str) -> None:
    """A time that has passed, ends as it starts, or was never offered is refused by its field."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    refused = await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": time})
    assert refused.status_code == 422, refused.text
    assert refused.json()["invalidParameters"][0]["pointer"] == pointer
    assert (await fk.get(begun.path)).json()["startsAt"] is None


async def test_two_who_book_at_once_book_once(staff: Staff) -> None:
    """Of two bookings decided on one version one is stored, and the other is stale."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    both = await asyncio.gather(
        *(
            fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": time})
            for time in (TIME, LATER)
        )
    )
    assert sorted(one.status_code for one in both) == [201, 409]
    stale = next(one for one in both if one.status_code == 409)
    assert stale.json()["code"] == "VERSION_STALE"
    told = (await fk.get(begun.path)).json()
    assert len(told["holder"]["changes"]) == 1


async def test_a_booking_sent_again_is_answered_as_before(staff: Staff) -> None:
    """The same key gives the same receipt, though the version it was decided on has passed."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    body = {"version": begun.version, "time": TIME}
    first = await fk.post(f"{begun.path}/bookings", body, key="book")
    again = await fk.post(f"{begun.path}/bookings", body, key="book")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


async def test_what_is_noted_meanwhile_makes_a_booking_stale(staff: Staff) -> None:
    """A booking decided before another was invited is stale: the region's date might have come to decide."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk)
    assert (await fk.post(f"{begun.path}/invitees", invitee(region))).status_code == 201
    refused = await fk.post(f"{begun.path}/bookings", {"version": begun.version, "time": TIME})
    assert refused.json()["code"] == "VERSION_STALE"


async def test_a_booked_meeting_is_moved_with_its_history(staff: Staff) -> None:
    """UPP-051: a booked meeting gets another time, and what it was before and why is kept."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    version = await booked(fk, begun)
    done = await fk.post(f"{begun.path}/reschedulings", MOVE | {"version": version, "time": LATER})
    assert done.status_code == 201, done.text
    told = (await fk.get(begun.path)).json()
    assert (told["startsAt"], told["place"]) == (LATER["startsAt"], "Rum 5")
    last = told["holder"]["changes"][-1]
    assert (last["change"], last["reason"], last["wishedByIndividual"]) == (
        "rescheduled",
        MOVE["reason"],
        True,
    )
    assert (last["fromStartsAt"], last["toStartsAt"]) == (TIME["startsAt"], LATER["startsAt"])


async def test_the_regions_date_decides_a_move_too(staff: Staff) -> None:
    """UPP-032: a meeting with the region is not moved to a time the region has not given."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    await offered_time(fk, begun, region, TIME["startsAt"], TIME["endsAt"])
    version = await booked(fk, MeetingMade(begun.id, begun.case, begun.version + 1))
    refused = await fk.post(f"{begun.path}/reschedulings", MOVE | {"version": version, "time": LATER})
    assert refused.status_code == 409
    assert [one["ruleId"] for one in refused.json()["findings"]] == ["BOK-4"]
    assert (await fk.get(begun.path)).json()["startsAt"] == TIME["startsAt"]


async def test_a_meeting_without_a_time_is_not_moved(staff: Staff) -> None:
    """What has no time is booked, not moved."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    refused = await fk.post(f"{begun.path}/reschedulings", MOVE | {"version": begun.version, "time": TIME})
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


@pytest.mark.parametrize("kind", ["cancelled", "entered_in_error"])
async def test_a_meeting_that_ends_takes_no_more_steps(staff: Staff, kind: str) -> None:
    """A cancelled meeting, or one registered in error, says so with its reason and takes no step more."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    version = await booked(fk, begun)
    order = {"kind": kind, "version": version, "reason": "Individen avböjer", "wishedByIndividual": True}
    done = await fk.post(f"{begun.path}/cancellations", order)
    assert done.status_code == 201, done.text
    told = (await fk.get(begun.path)).json()
    assert told["status"] == kind
    assert told["holder"]["changes"][-1]["reason"] == "Individen avböjer"
    version += 1
    for refused in (
        await fk.post(f"{begun.path}/cancellations", order | {"version": version}),
        await fk.post(f"{begun.path}/bookings", {"version": version, "time": TIME}),
        await fk.post(f"{begun.path}/reschedulings", MOVE | {"version": version, "time": LATER}),
        await fk.patch(begun.path, {"place": "Rum 6"}, version),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")
    listed = (await fk.get("/meetings")).json()["items"][0]
    assert (listed["isCancelled"], listed["isEnteredInError"]) == (
        kind == "cancelled",
        kind == "entered_in_error",
    )


async def test_only_the_holder_books_moves_and_cancels(staff: Staff) -> None:
    """To another organisation the meeting does not exist, byte for byte; a manager is refused."""
    fk, af = await staff("FK"), await staff("AF")
    manager = await staff("FK", "manager", unit_id=fk.unit_id)
    begun = await prepared_meeting(fk, af)
    at = {"version": begun.version, "time": TIME}
    for kind, body in (
        ("bookings", at),
        ("reschedulings", MOVE | at),
        ("cancellations", MOVE | {"version": begun.version}),
    ):
        hidden = await af.post(f"{begun.path}/{kind}", body)
        never = await af.post(f"/meetings/{NEVER}/{kind}", body)
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
        assert (await manager.post(f"{begun.path}/{kind}", body)).status_code == 403
