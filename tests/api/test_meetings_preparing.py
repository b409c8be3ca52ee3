"""A meeting is prepared with the individual: how, for whom, and when it could be."""

import asyncio
from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import NEVER, PREPARATION, invitee, made, meeting, offered_time, prepared_meeting

EMPLOYER: dict[str, Any] = {
    "kind": "employer",
    "name": "Kim Arbetsgivare",
    "function": "chef",
    "address": ["Verkstadsgatan 1", "753 00 Uppsala"],
    "agreedWithIndividual": True,
    "attendsPart": "De första tjugo minuterna",
}


async def holder(caller: Caller, path: str) -> dict[str, Any]:
    """What the holder sees of a meeting."""
    told: dict[str, Any] = (await caller.get(path)).json()["holder"]
    return told


async def test_a_preparation_with_the_individual_is_kept(staff: Staff) -> None:
    """UPP-025, UPP-026: goals, wishes and support are kept as said, and the meeting is prepared."""
    fk = await staff("FK")
    begun = await meeting(fk)
    done = await fk.post(f"{begun.path}/preparations", PREPARATION | {"excludedTopics": "Ekonomin"})
    assert done.status_code == 201, done.text
    assert (done.json()["remarks"], done.json()["version"]) == ([], 2)
    kept = (await holder(fk, begun.path))["preparation"]
    assert (kept["goals"], kept["excludedTopics"]) == (PREPARATION["goals"], "Ekonomin")
    assert (await fk.get(begun.path)).json()["status"] == "prepared"


@pytest.mark.parametrize(
    ("departure", "code"),
    [
        ({"goals": None}, "INDIVIDUAL_GOALS_EMPTY"),
        ({"participationSupport": None}, "PARTICIPATION_SUPPORT_EMPTY"),
        ({"relativesOffered": "not_asked"}, "RELATIVES_NOT_CONSIDERED"),
    ],
)
async def test_a_thin_preparation_is_kept_with_a_remark(
    staff: Staff, departure: dict[str, Any], code: str
) -> None:
    """UPP-021, UPP-026, UPP-028: a statement is never refused; what it lacks comes back as a remark."""
    fk = await staff("FK")
    begun = await meeting(fk)
    done = await fk.post(f"{begun.path}/preparations", PREPARATION | departure)
    assert done.status_code == 201
    assert [one["code"] for one in done.json()["remarks"]] == [code]


async def test_the_latest_preparation_counts(staff: Staff) -> None:
    """What was recorded last of a preparation is what is read."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    await made(fk, f"{begun.path}/preparations", PREPARATION | {"goals": "Börja studera"})
    assert (await holder(fk, begun.path))["preparation"]["goals"] == "Börja studera"


async def test_no_meeting_was_prepared_tomorrow(staff: Staff) -> None:
    """A preparation on a day to come is refused by its field, and nothing is kept."""
    fk = await staff("FK")
    begun = await meeting(fk)
    refused = await fk.post(f"{begun.path}/preparations", PREPARATION | {"preparedOn": "2026-03-03"})
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == "/preparedOn"
    assert (await holder(fk, begun.path))["preparation"] is None


async def test_those_a_meeting_is_for_are_noted(staff: Staff) -> None:
    """UPP-027, UPP-045: a unit of a party and a person outside the parties, each with what was agreed."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af)
    done = await fk.post(f"{begun.path}/invitees", EMPLOYER)
    assert done.status_code == 201, done.text
    unit, employer = (await holder(fk, begun.path))["invitees"]
    assert (unit["organisationId"], unit["unitId"]) == (str(af.organisation_id), str(af.unit_id))
    assert unit["reason"] == "Kan erbjuda arbetsträning"
    assert (employer["address"], employer["attendsPart"]) == (EMPLOYER["address"], EMPLOYER["attendsPart"])
    assert employer["organisationId"] is None


async def test_who_cannot_be_invited_is_refused_by_its_field(staff: Staff) -> None:
    """An organisation of no party, a unit it has not, a person no consent names: nothing is kept of them."""
    fk, af = await staff("FK"), await staff("AF")
    association = await staff("SAMORDNINGSFORBUND")
    begun = await meeting(fk)
    for sent, pointer, code in (
        (invitee(association), "/organisationId", "ORGANISATION_NOT_PARTY"),
        (invitee(af) | {"organisationId": NEVER}, "/organisationId", "ORGANISATION_NOT_PARTY"),
        (invitee(af) | {"unitId": str(fk.unit_id)}, "/unitId", "UNIT_UNKNOWN"),
        (EMPLOYER | {"consentPersonId": NEVER}, "/consentPersonId", "CONSENT_PERSON_UNKNOWN"),
    ):
        refused = await fk.post(f"{begun.path}/invitees", sent)
        assert refused.status_code == 422
        field = refused.json()["invalidParameters"][0]
        assert (field["pointer"], field["code"]) == (pointer, code)
    assert (await holder(fk, begun.path))["invitees"] == []


async def test_a_unit_is_noted_once(staff: Staff) -> None:
    """Two who note the same unit at once note it once."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    both = await asyncio.gather(*(fk.post(f"{begun.path}/invitees", invitee(af)) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [201, 409]
    assert len((await holder(fk, begun.path))["invitees"]) == 1


async def test_an_invitee_is_changed_and_removed_on_the_present_version(staff: Staff) -> None:
    """What is noted of an invitee is replaced or taken away; an old version changes nothing."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk, af, agreed=False)
    noted = (await holder(fk, begun.path))["invitees"][0]["id"]
    where = f"{begun.path}/invitees/{noted}"
    stale = await fk.put(where, invitee(af), begun.version - 1)
    changed = await fk.put(where, invitee(af), begun.version)
    assert (stale.status_code, changed.status_code) == (412, 200)
    assert changed.json()["holder"]["invitees"][0]["agreedWithIndividual"] is True
    for other, pointer in (
        (EMPLOYER, "/kind"),
        (invitee(fk), "/organisationId"),
    ):
        refused = await fk.put(where, other, begun.version + 1)
        assert refused.json()["invalidParameters"][0]["pointer"] == pointer
    removed = await fk.delete(where, begun.version + 1)
    again = await fk.delete(where, begun.version + 2)
    assert (removed.status_code, again.status_code) == (200, 404)
    assert removed.json()["holder"]["invitees"] == []


async def test_an_offered_time_is_kept(staff: Staff) -> None:
    """UPP-032: a time the region has given is kept, and a date is agreed with it."""
    fk, region = await staff("FK"), await staff("REGION")
    begun = await prepared_meeting(fk, region)
    await offered_time(fk, begun, region, "2026-04-20T08:00:00Z", "2026-04-20T09:00:00Z")
    offer = (await holder(fk, begun.path))["timeOffers"][0]
    assert (offer["offeredBy"], offer["place"]) == (str(region.organisation_id), "Rum 4")
    assert (await fk.get(begun.path)).json()["status"] == "date_agreed"


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [({"endsAt": "2026-04-20T08:00:00Z"}, "/endsAt"), ({"offeredBy": NEVER}, "/offeredBy")],
)
async def test_an_impossible_offer_is_refused(staff: Staff, sent: dict[str, Any], pointer: str) -> None:
    """A time that ends as it starts, or that nobody of the parties gave, is refused by its field."""
    fk = await staff("FK")
    begun = await meeting(fk)
    offer = {
        "offeredBy": str(fk.organisation_id),
        "startsAt": "2026-04-20T08:00:00Z",
        "endsAt": "2026-04-20T09:00:00Z",
        "mode": "remote",
    }
    refused = await fk.post(f"{begun.path}/time-offers", offer | sent)
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["pointer"] == pointer
    assert (await holder(fk, begun.path))["timeOffers"] == []


async def test_only_the_holder_prepares(staff: Staff) -> None:
    """Another organisation is told that the meeting does not exist,
    in the same bytes as for one that never was; a manager is refused.
    """
    fk, af = await staff("FK"), await staff("AF")
    manager = await staff("FK", "manager", unit_id=fk.unit_id)
    begun = await meeting(fk)
    offer = {"offeredBy": str(af.organisation_id), "mode": "remote"}
    time = {"startsAt": "2026-04-20T08:00:00Z", "endsAt": "2026-04-20T09:00:00Z"}
    for kind, body in (
        ("preparations", PREPARATION),
        ("invitees", invitee(af)),
        ("time-offers", offer | time),
    ):
        hidden = await af.post(f"{begun.path}/{kind}", body)
        never = await af.post(f"/meetings/{NEVER}/{kind}", body)
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
        assert (await manager.post(f"{begun.path}/{kind}", body)).status_code == 403


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "org"}, "Värdet finns inte i kodlistan: organisation, "),
        ({"kind": None}, "Värdet finns inte i kodlistan: organisation, "),
    ],
)
async def test_a_code_that_is_not_there_is_answered_with_those_that_are(
    staff: Staff, change: dict[str, Any], message: str
) -> None:
    """A kind outside its list is pointed at, and the list is told."""
    fk, af = await staff("FK"), await staff("AF")
    refused = await fk.post(f"/meetings/{NEVER}/invitees", invitee(af) | change)
    (told,) = refused.json()["invalidParameters"]
    assert (told["pointer"], told["code"]) == ("/kind", "NOT_IN_LIST")
    assert told["message"].startswith(message)


@pytest.mark.parametrize("act", ["summonses", "invitations"])
async def test_where_nobody_is_left_to_write_to_that_is_said(staff: Staff, act: str) -> None:
    """A meeting that is for nobody yet calls nobody, and the refusal says what is missing."""
    fk = await staff("FK")
    begun = await prepared_meeting(fk)
    refused = await fk.post(f"{begun.path}/{act}", {"version": begun.version})
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")
    assert refused.json()["detail"].startswith("Ingen är kvar att skriva till.")
