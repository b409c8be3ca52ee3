from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import (
    CONTACT,
    NEVER,
    TALK,
    CaseMade,
    case,
    case_with_need,
    consent,
    contact,
    withdrawn,
)


async def status(caller: Caller, seen: CaseMade) -> str:
    """Where the case stands."""
    answer = await caller.get(seen.path)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["status"])


async def test_an_offer_and_its_answer_move_the_case_on(staff: Staff) -> None:
    """UPP-008: a person in need is offered a meeting, accepts, and may change their mind."""
    fk = await staff("FK")
    seen = await case_with_need(fk)
    offered = await fk.post(f"{seen.path}/offers", TALK | {"version": 2, "note": "Ringde upp"})
    assert (offered.status_code, offered.json()["version"]) == (201, 3)
    assert await status(fk, seen) == "offered"
    for answer, then in (("accepted", "accepted"), ("declined", "offer_declined")):
        assert (await fk.post(f"{seen.path}/offer-answers", TALK | {"answer": answer})).status_code == 201
        assert await status(fk, seen) == then
    notes = [one["note"] for one in (await fk.get(seen.path)).json()["offers"]]
    assert notes == ["Ringde upp", None, None]


async def test_nothing_is_offered_without_a_need(staff: Staff) -> None:
    """UPP-118: before a need has been found, an offer is refused and nothing is saved."""
    fk = await staff("FK")
    registered = await case(fk)
    refused = await fk.post(f"{registered.path}/offers", TALK | {"version": 1})
    assert refused.status_code == 409
    assert [one["ruleId"] for one in refused.json()["findings"]] == ["BEH-2"]
    assert (await fk.get(registered.path)).json()["offers"] == []


async def test_the_first_contact_is_counted_from_the_need(staff: Staff) -> None:
    """UPP-014: the days from the seen need to the first contact stand in the case."""
    fk, region = await staff("FK"), await staff("REGION")
    seen = await case_with_need(fk)
    await contact(fk, seen, region.organisation_id, answered=False, note="Inget svar")
    read = (await fk.get(seen.path)).json()
    assert (read["status"], read["firstContactOn"]) == ("contact_made", "2026-03-02")
    assert read["daysNeedToFirstContact"] == 3
    (kept,) = read["contacts"]
    assert (kept["note"], kept["answered"], kept["about"]) == ("Inget svar", False, "time")


async def test_an_unnamed_contact_needs_no_consent_and_a_named_one_is_remarked(staff: Staff) -> None:
    """UPP-088: naming the person without consent is recorded, since it happened, with the finding."""
    fk, region = await staff("FK"), await staff("REGION")
    seen = await case_with_need(fk)
    said = CONTACT | {"withOrganisationId": str(region.organisation_id)}
    unnamed = await fk.post(f"{seen.path}/contacts", said)
    named = await fk.post(f"{seen.path}/contacts", said | {"namesThePerson": True})
    assert (unnamed.status_code, unnamed.json()["remarks"]) == (201, [])
    assert named.status_code == 201
    (remark,) = named.json()["remarks"]
    assert (remark["ruleId"], remark["code"]) == ("SAM-13", "CALL_CONSENT_MISSING")
    assert (remark["clauseId"], remark["pointer"]) == ("UPP-088", "/namesThePerson")


@pytest.mark.parametrize("kind", ["call", "information_exchange"])
async def test_naming_the_person_under_live_consent_is_nothing_to_remark(staff: Staff, kind: str) -> None:
    """UPP-088: while consent covers that organisation it may be told whom it is about, and no other may."""
    fk, region, af = await staff("FK"), await staff("REGION"), await staff("AF")
    seen = await case_with_need(fk)
    consent_id = await consent(fk, seen, region, kind=kind)
    later: dict[str, Any] = CONTACT | {"namesThePerson": True, "occurredAt": "2026-03-02T08:40:00Z"}

    async def codes(other: Caller) -> list[str]:
        said = later | {"withOrganisationId": str(other.organisation_id)}
        done = await fk.post(f"{seen.path}/contacts", said)
        assert done.status_code == 201, done.text
        return [one["code"] for one in done.json()["remarks"]]

    assert await codes(region) == []
    assert await codes(af) == ["CALL_CONSENT_MISSING"]
    await withdrawn(fk, consent_id)
    later |= {"occurredAt": "2026-03-02T09:00:00Z"}
    assert await codes(region) == ["CALL_CONSENT_MISSING"]


async def test_a_contact_before_the_need_is_remarked(staff: Staff) -> None:
    """UPP-014: a contact dated before the day the need was seen is kept, with a remark."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    early = CONTACT | {"withOrganisationId": str(af.organisation_id), "occurredAt": "2026-02-20T08:00:00Z"}
    done = await fk.post(f"{seen.path}/contacts", early)
    assert [one["code"] for one in done.json()["remarks"]] == ["DATE_ORDER"]
    assert (await fk.get(seen.path)).json()["firstContactOn"] is None


async def test_a_corrected_contact_no_longer_counts(staff: Staff) -> None:
    """A contact told wrongly is corrected by another; only the later one stands."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case_with_need(fk)
    wrong = await contact(fk, seen, af.organisation_id, occurredAt="2026-02-28T08:00:00Z")
    right = await contact(fk, seen, af.organisation_id, corrects=str(wrong))
    read = (await fk.get(seen.path)).json()
    assert [one["id"] for one in read["contacts"]] == [str(right)]
    assert read["firstContactOn"] == "2026-03-02"


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"withOrganisationId": NEVER}, "/withOrganisationId", "UNKNOWN_ORGANISATION"),
        ({"meetingId": NEVER}, "/meetingId", "UNKNOWN_MEETING"),
        ({"corrects": NEVER}, "/corrects", "UNKNOWN_CONTACT"),
        ({"occurredAt": "2026-03-02T09:06:00Z"}, "/occurredAt", "DATE_AHEAD"),
        ({"occurredAt": "2026-03-02 09:00"}, "/occurredAt", "TIME_FORMAT"),
        ({"about": "weather"}, "/about", "NOT_IN_LIST"),
    ],
)
async def test_a_contact_that_cannot_be_is_refused(
    staff: Staff, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    """What does not exist, or has not come, is refused by field and code; nothing is saved."""
    fk, af = await staff("FK"), await staff("AF")
    seen = await case(fk)
    refused = await fk.post(
        f"{seen.path}/contacts", CONTACT | {"withOrganisationId": str(af.organisation_id)} | wrong
    )
    assert refused.status_code == 422
    (field,) = refused.json()["invalidParameters"]
    assert (field["pointer"], field["code"]) == (pointer, code)
    assert (await fk.get(seen.path)).json()["contacts"] == []


async def test_a_contact_is_with_another_organisation(staff: Staff) -> None:
    """Talking within the own organisation is no contact between parties."""
    fk = await staff("FK")
    seen = await case(fk)
    refused = await fk.post(
        f"{seen.path}/contacts", CONTACT | {"withOrganisationId": str(fk.organisation_id)}
    )
    assert refused.json()["invalidParameters"][0]["code"] == "OWN_ORGANISATION"


async def test_whoever_registers_carries_until_the_case_is_handed_over(staff: Staff) -> None:
    """A hand-over with a reason gives the case another carrier and a stand-in."""
    fk = await staff("FK")
    colleague, third = [await staff("FK", unit_id=fk.unit_id) for _ in range(2)]
    registered = await case(fk)
    assert (await fk.get(registered.path)).json()["carrier"]["officerId"] == str(fk.officer_id)
    order = {
        "version": 1,
        "officerId": str(colleague.officer_id),
        "standInId": str(third.officer_id),
        "reason": "Byter uppdrag",
    }
    done = await fk.post(f"{registered.path}/carriers", order)
    assert (done.status_code, done.json()["version"]) == (201, 2)
    carrier = (await fk.get(registered.path)).json()["carrier"]
    assert (carrier["officerId"], carrier["standInId"]) == (order["officerId"], order["standInId"])
    assert (carrier["reason"], carrier["hasLeft"]) == ("Byter uppdrag", False)


async def test_the_case_follows_its_carrier_into_another_unit(staff: Staff) -> None:
    """Handed over to another unit, the case is that unit's, and no longer the former's."""
    fk, other = await staff("FK"), await staff("FK")
    registered = await case(fk)
    order = {"version": 1, "officerId": str(other.officer_id), "reason": "Flyttar till annan enhet"}
    assert (await fk.post(f"{registered.path}/carriers", order)).status_code == 201
    assert (await fk.get(registered.path)).status_code == 404
    assert (await other.get(registered.path)).json()["unitId"] == str(other.unit_id)


async def test_a_case_is_handed_over_inside_the_organisation_only(staff: Staff) -> None:
    """An officer of another organisation and one who never existed are refused alike."""
    fk, af = await staff("FK"), await staff("AF")
    registered = await case(fk)
    order = {"version": 1, "reason": "Byter uppdrag"}
    foreign, never = [
        await fk.post(f"{registered.path}/carriers", order | {"officerId": one})
        for one in (str(af.officer_id), NEVER)
    ]
    assert foreign.status_code == never.status_code == 422
    assert foreign.content == never.content
    assert foreign.json()["invalidParameters"][0]["code"] == "UNKNOWN_OFFICER"


@pytest.mark.parametrize(
    ("who", "code"), [("no reason", "MISSING"), ("same", "SAME_OFFICER"), ("other unit", "OTHER_UNIT")]
)
async def test_a_hand_over_that_cannot_be_is_refused(staff: Staff, who: str, code: str) -> None:
    """A hand-over needs a reason, and a stand-in who is somebody else in the same unit."""
    fk, elsewhere = await staff("FK"), await staff("FK")
    colleague = await staff("FK", unit_id=fk.unit_id)
    registered = await case(fk)
    order: dict[str, Any] = {
        "version": 1,
        "officerId": str(colleague.officer_id),
        "reason": "Byter uppdrag",
    }
    wrong: dict[str, Any] = {
        "no reason": {"reason": None},
        "same": {"standInId": order["officerId"]},
        "other unit": {"standInId": str(elsewhere.officer_id)},
    }[who]
    refused = await fk.post(f"{registered.path}/carriers", order | wrong)
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["code"] == code
    assert (await fk.get(registered.path)).json()["version"] == 1
