"""To whom a summons goes: each unit and each care giver its own letter, at its own address."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.agreements.registry import registry
from tests.api.calling import EXPLAINED, TIME, consented
from tests.api.conftest import Caller, Staff
from tests.api.scenes import MeetingMade, contact, invitee, made, offered_time, prepared_meeting

HEALTH_CENTRE = ["Vårdcentralen Exemplet", "Provgatan 2", "753 00 Uppsala"]
CLINIC = ["Rehabmottagningen Prov", "Provgatan 8", "753 00 Uppsala"]


async def with_care_givers(fk: Caller, region: Caller, *addresses: list[str]) -> MeetingMade:
    """A meeting at the region's time for care givers of its one unit that has no address; consent and all."""
    begun = await prepared_meeting(fk)
    for one in addresses:
        await made(fk, f"{begun.path}/invitees", care_giver(region, one))
    await contact(fk, begun.case, region.organisation_id)
    times = (TIME["startsAt"], TIME["endsAt"])
    offer = await offered_time(fk, begun, region, *times)
    version = (await fk.get(begun.path)).json()["version"]
    booked = await fk.post(f"{begun.path}/bookings", {"version": version, "time": {"offerId": str(offer)}})
    await consented(fk, begun.case, "call", region)
    return MeetingMade(begun.id, begun.case, booked.json()["version"])


def care_giver(region: Caller, address: list[str], **differently: Any) -> dict[str, Any]:
    """A care giver of the region, by the address that was looked up."""
    noted = invitee(region) | {"function": "Rehabiliteringskoordinator", "address": address}
    return noted | differently


@pytest.fixture
async def region(staff: Staff) -> Caller:
    """The region, in a unit whose address is looked up for each summons, as in the routine."""
    keeper, unit_id = await staff("REGION", "organisation_administrator"), uuid4()
    unit: dict[str, Any] = {"name": "Vårdgivare", "attention": "Rehabiliteringskoordinator eller motsvarande"}
    unit_id = UUID((await keeper.post("/units", unit)).json()["id"])
    return await staff("REGION", "rehabilitation_coordinator", unit_id=unit_id)


async def test_the_region_is_addressed_per_care_giver(staff: Staff, region: Caller) -> None:
    """UPP-041, UPP-086: two care givers are two recipients, each at the address looked up, for the
    coordinator.
    """
    fk = await staff("FK")
    held = await with_care_givers(fk, region, HEALTH_CENTRE, CLINIC)
    await made(fk, f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    received = (await region.get("/summonses")).json()["items"]
    addressed = [
        (await region.get(f"/summonses/{one['id']}")).json()["letter"]["addressee"] for one in received
    ]
    attention = "Att: Rehabiliteringskoordinator eller motsvarande"
    assert sorted(addressed) == sorted([one[0], attention, *one[1:]] for one in (HEALTH_CENTRE, CLINIC))


async def test_another_care_giver_may_be_called_afterwards(staff: Staff, region: Caller) -> None:
    """UPP-041: who has no summons yet is called though another of the same organisation has; and nobody
    twice.
    """
    fk = await staff("FK")
    held = await with_care_givers(fk, region, HEALTH_CENTRE)
    await made(fk, f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    await made(fk, f"{held.path}/invitees", care_giver(region, CLINIC))
    await made(fk, f"{held.path}/summonses", {"version": held.version + 1} | EXPLAINED)
    again = await fk.post(f"{held.path}/summonses", {"version": held.version + 1} | EXPLAINED)
    assert (again.status_code, again.json()["code"]) == (409, "INVALID_TRANSITION")
    assert len((await fk.get(f"{held.path}/summonses")).json()["items"]) == 2


async def test_a_moved_meeting_is_told_at_the_care_givers_address(staff: Staff, region: Caller) -> None:
    """UPP-041, UPP-051: the notice goes where the summons went."""
    fk = await staff("FK")
    held = await with_care_givers(fk, region, HEALTH_CENTRE)
    await made(fk, f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    why = {"version": held.version, "reason": "Inställt", "wishedByIndividual": True}
    await made(fk, f"{held.path}/cancellations", why)
    received = (await region.get("/summonses")).json()["items"][0]["id"]
    told = (await region.get(f"/summonses/{received}")).json()
    assert told["status"] == "cancelled"
    assert told["notices"][0]["letter"]["addressee"][0] == HEALTH_CENTRE[0]


async def test_without_the_care_givers_address_nothing_is_sent(staff: Staff, region: Caller) -> None:
    """UPP-041: the region's unit has no address of its own; the refusal says where care givers are looked
    up.
    """
    fk = await staff("FK")
    held = await with_care_givers(fk, region, [])
    refused = await fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED)
    found = {one["code"]: one for one in refused.json()["findings"]}
    assert found.keys() == {"ADDRESS_MISSING"}
    assert "1177.se/uppsala-lan" in found["ADDRESS_MISSING"]["remedy"]


async def test_an_address_is_noted_once_and_only_where_the_unit_has_none(
    staff: Staff, region: Caller
) -> None:
    """The same care giver twice is told to exist; a unit of the routine keeps the routine's address."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await prepared_meeting(fk)
    await made(fk, f"{begun.path}/invitees", care_giver(region, HEALTH_CENTRE))
    again = await fk.post(f"{begun.path}/invitees", care_giver(region, HEALTH_CENTRE))
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_EXISTS")
    for sent, code in (
        (invitee(af) | {"address": CLINIC}, "ADDRESS_KNOWN"),
        (care_giver(region, ["Provgatan 8"]), "POSTAL_CODE"),
    ):
        refused = await fk.post(f"{begun.path}/invitees", sent)
        assert refused.status_code == 422
        field = refused.json()["invalidParameters"][0]
        assert (field["pointer"].split("/")[1], field["code"]) == ("address", code)


async def test_the_letter_to_the_region_is_for_the_coordinator_or_equivalent(
    staff: Staff, region: Caller
) -> None:
    """UPP-086: by name in Swedish, by code, or as equivalent; to a physician it is refused."""
    fk = await staff("FK")
    for function, equivalent, fits in (
        ("rehabiliteringskoordinator", False, True),
        ("rehabilitation_coordinator", False, True),
        ("kurator", True, True),
        ("läkare", False, False),
    ):
        begun = await prepared_meeting(fk)
        noted = care_giver(region, CLINIC, function=function, equivalentFunction=equivalent)
        await made(fk, f"{begun.path}/invitees", noted)
        seen = (await fk.post(f"{begun.path}/summons-previews", {})).json()
        assert ("REGION_FUNCTION" not in {one["code"] for one in seen["findings"]}) is fits, function
        addressee = seen["letters"][0]["letter"]["addressee"]
        assert "Att: Rehabiliteringskoordinator eller motsvarande" in addressee


async def test_two_units_of_a_board_are_judged_each_by_its_own_agreement(staff: Staff) -> None:
    """UPP-027: the unit not agreed with the individual is the one that is refused, though its neighbour is
    agreed.
    """
    fk = await staff("FK")
    first, second = await staff("KOMMUN", organisation=1), await staff("KOMMUN", organisation=1)
    begun = await prepared_meeting(fk)
    await made(fk, f"{begun.path}/invitees", invitee(first) | {"agreedWithIndividual": False})
    await made(fk, f"{begun.path}/invitees", invitee(second))
    seen = (await fk.post(f"{begun.path}/summons-previews", {})).json()
    wrong = [one["pointer"] for one in seen["findings"] if one["code"] == "PARTICIPANT_NOT_AGREED"]
    assert wrong == ["/letters/0"]


async def test_the_agreements_own_region_unit_has_no_address(staff: Staff) -> None:
    """UPP-041: the unit the agreement gives the region says where the address is looked up."""
    fk = await staff("FK")
    file = registry().get("uppsala@2020-01-01")
    assert file is not None
    (region,) = [one for one in file.parties if one.code == "REGION"]
    read = (await fk.get(f"/units/{region.organisations[0].units[0].id}")).json()
    assert (read["address"], "1177.se/uppsala-lan" in read["addressHint"]) == ([], True)
