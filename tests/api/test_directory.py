import asyncio
from typing import Any

import pytest

from tests.api.conftest import Caller, Staff
from tests.api.scenes import NEVER, made

UNIT: dict[str, Any] = {
    "name": "Mottagningen",
    "address": ["Region Uppsala", "Provgatan 3", "75312 Uppsala"],
    "attention": "Rehabiliteringskoordinator",
    "email": "mottagningen@region.example",
    "telephone": "018-00 00 00",
    "asksForChannel": "secure_message",
}


async def administrator_of(staff: Staff, party: str) -> Caller:
    """Somebody who administers an organisation of a party."""
    return await staff(party, "organisation_administrator")


async def test_a_party_may_consist_of_several_organisations(staff: Staff) -> None:
    """Uppsala kommun signs as one party, and is three boards, each with a secrecy of its own."""
    fk = await staff("FK")
    listed = (await fk.get("/organisations?party=KOMMUN")).json()
    assert [one["name"] for one in listed["items"]] == [
        "Socialnämnden",
        "Arbetsmarknadsnämnden",
        "Omsorgsnämnden",
    ]
    assert {one["type"] for one in listed["items"]} == {"municipal_board"}
    everybody = (await fk.get("/organisations?limit=100")).json()
    assert everybody["_meta"]["totalRecords"] > listed["_meta"]["totalRecords"] == 3
    assert (await fk.get("/organisations?party=NOBODY")).json()["items"] == []


async def test_an_organisation_and_its_units_are_read(staff: Staff) -> None:
    """UPP-038: the unit of the routine stands with its address and attention, under its organisation."""
    fk = await staff("FK")
    (board,) = [
        one
        for one in (await fk.get("/organisations?party=KOMMUN")).json()["items"]
        if one["name"] == "Arbetsmarknadsnämnden"
    ]
    read = (await fk.get(f"/organisations/{board['id']}")).json()
    assert read["places"] == [{"agreementKey": "uppsala", "party": "KOMMUN"}]
    units = (await fk.get(f"/organisations/{board['id']}/units?limit=100")).json()["items"]
    (centre,) = [one for one in units if one["name"] == "Utbildnings- och Jobbcenter"]
    assert centre["attention"] == "Arbetsmarknadssekreterare"
    assert centre["address"][1:] == ["Kungsgatan 85", "753 18 Uppsala"]
    assert (await fk.get(f"/units/{centre['id']}")).json() == centre
    ours = (await fk.get(f"/units?organisationId={board['id']}&limit=100")).json()["items"]
    assert ours == units


async def test_an_administrator_keeps_the_own_units(staff: Staff) -> None:
    """A unit is added and changed by its own organisation's administrator; the postal code is put right."""
    administrator = await administrator_of(staff, "REGION")
    unit_id = await made(administrator, "/units", UNIT)
    read = await administrator.get(f"/units/{unit_id}")
    assert read.json()["address"][-1] == "753 12 Uppsala"
    assert (read.headers["ETag"], read.json()["asksForChannel"]) == ('"1"', "secure_message")
    assert "edit" in {one["rel"] for one in read.json()["_links"]}
    changed = await administrator.put(f"/units/{unit_id}", UNIT | {"attention": "Kurator"}, 1)
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert (await administrator.get(f"/units/{unit_id}")).json() == changed.json()
    stale = await administrator.put(f"/units/{unit_id}", UNIT, 1)
    assert stale.status_code == 412
    assert (await administrator.get(f"/units/{unit_id}")).json()["attention"] == "Kurator"


async def test_of_two_changes_at_once_one_is_made(staff: Staff) -> None:
    """Two who change a unit on the same version: one is kept, the other hears that it is stale."""
    administrator = await administrator_of(staff, "REGION")
    unit_id = await made(administrator, "/units", UNIT)
    both = await asyncio.gather(*(administrator.put(f"/units/{unit_id}", UNIT, 1) for _ in range(2)))
    assert sorted(one.status_code for one in both) == [200, 412]


async def test_a_unit_nobody_can_reach_is_remarked(staff: Staff) -> None:
    """UPP-126: a unit without address, e-mail and telephone is kept, and remarked until it has a route."""
    administrator = await administrator_of(staff, "REGION")
    done = await administrator.post("/units", {"name": "Ny mottagning"})
    assert done.status_code == 201
    (remark,) = done.json()["remarks"]
    assert (remark["code"], remark["ruleId"], remark["clauseId"]) == (
        "CONTACT_ROUTE_MISSING",
        "ATA-1",
        "UPP-126",
    )
    path = f"/units/{done.json()['id']}"
    assert (await administrator.get(path)).json()["remarks"] == [remark]
    mended = await administrator.put(path, {"name": "Ny mottagning", "telephone": "018-00 00 00"}, 1)
    assert mended.json()["remarks"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"email": "enheten@region uppsala.example"}, "/email", "EMAIL_INVALID"),
        ({"email": "enheten@ uppsala.example"}, "/email", "EMAIL_INVALID"),
        ({"email": "enheten@uppsala"}, "/email", "EMAIL_INVALID"),
        ({"email": "enheten"}, "/email", "EMAIL_INVALID"),
        ({"address": ["Provgatan 3", "7537 Uppsala"]}, "/address", "POSTAL_CODE"),
        ({"address": ["Provgatan 3", "753 75"]}, "/address", "POSTAL_CODE"),
        ({"address": ["753 75 Uppsala", "Provgatan 3"]}, "/address", "POSTAL_CODE"),
        ({"telephone": "ring oss"}, "/telephone", "WRONG_PATTERN"),
        ({"asksForChannel": "pigeon"}, "/asksForChannel", "NOT_IN_LIST"),
        ({"colour": "blue"}, "/colour", "UNKNOWN_FIELD"),
    ],
)
async def test_a_contact_route_that_cannot_be_is_refused(
    staff: Staff, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    """UPP-A02, UPP-A03, UPP-A16: blanks in an e-mail address and wrong postal codes, by field and code."""
    administrator = await administrator_of(staff, "REGION")
    refused = await administrator.post("/units", UNIT | wrong)
    assert refused.status_code == 422
    (field,) = refused.json()["invalidParameters"]
    assert (field["pointer"], field["code"]) == (pointer, code)


@pytest.mark.parametrize("code", ["753 75 Uppsala", "75375 Uppsala", "839 88 Östersund"])
async def test_a_postal_code_is_five_digits_and_a_town(staff: Staff, code: str) -> None:
    """UPP-A16: with or without the blank, and also without a street."""
    administrator = await administrator_of(staff, "REGION")
    await made(administrator, "/units", UNIT | {"address": ["Omsorgsförvaltningen", code]})


async def test_a_unit_of_another_organisation_is_seen_but_not_changed(staff: Staff) -> None:
    """Everybody who calls sees a unit; only its own organisation's administrator changes it."""
    administrator, foreign = await administrator_of(staff, "FK"), await staff("REGION")
    path = f"/units/{foreign.unit_id}"
    assert (await administrator.get(path)).status_code == 200
    assert (await administrator.put(path, UNIT, 1)).status_code == 403
    assert (await administrator.put(f"/units/{NEVER}", UNIT, 1)).status_code == 404


@pytest.mark.parametrize("role", ["caseworker", "manager", "lokus_member", "analyst", "service"])
async def test_only_an_administrator_keeps_the_directory(staff: Staff, role: str) -> None:
    """Nobody else adds or changes units, officers or accounts, or sees accounts."""
    somebody = await staff("FK", role)
    officer = {"unitId": str(somebody.unit_id), "name": "Robin Exempel", "function": "handläggare"}
    answers = [
        await somebody.post("/units", UNIT),
        await somebody.put(f"/units/{somebody.unit_id}", UNIT, 1),
        await somebody.post("/officers", officer),
        await somebody.put(f"/officers/{somebody.officer_id}", officer, 1),
        await somebody.get("/accounts"),
        await somebody.post(f"/accounts/{somebody.account_id}/endings", {"version": 1}),
    ]
    assert {one.status_code for one in answers} == {403}


async def test_an_officer_comes_moves_and_leaves(staff: Staff) -> None:
    """An officer is added, listed in the unit, and left out of the list from the day of leaving."""
    administrator, colleague = await administrator_of(staff, "FK"), await staff("FK")
    kept = {
        "unitId": str(colleague.unit_id),
        "name": "Robin Exempel",
        "function": "handläggare",
        "email": "robin@fk.example",
    }
    officer_id = await made(administrator, "/officers", kept)
    here = f"/officers?unitId={colleague.unit_id}"

    async def listed(path: str) -> set[str]:
        return {one["id"] for one in (await colleague.get(path)).json()["items"]}

    assert await listed(here) == {str(officer_id), str(colleague.officer_id)}
    left = await administrator.put(f"/officers/{officer_id}", kept | {"leftOn": "2026-03-02"}, 1)
    assert (left.status_code, left.json()["leftOn"]) == (200, "2026-03-02")
    assert await listed(here) == {str(colleague.officer_id)}
    assert await listed(f"{here}&includeLeft=true") == {str(officer_id), str(colleague.officer_id)}
    assert (await colleague.get(f"/officers/{officer_id}")).json()["version"] == 2


async def test_an_officer_works_in_a_unit_of_the_own_organisation(staff: Staff) -> None:
    """A unit of another organisation and one that never was are refused alike."""
    administrator, foreign = await administrator_of(staff, "FK"), await staff("AF")
    kept = {"name": "Robin Exempel", "function": "handläggare"}
    answers = [
        await administrator.post("/officers", kept | {"unitId": one}) for one in (str(foreign.unit_id), NEVER)
    ]
    assert [one.status_code for one in answers] == [422, 422]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["invalidParameters"][0]["code"] == "UNKNOWN_UNIT"


async def test_officers_are_their_organisations_own(staff: Staff) -> None:
    """To another organisation an officer is like one who never was, byte for byte."""
    fk, af = await staff("FK"), await administrator_of(staff, "AF")
    kept = {"unitId": str(af.unit_id), "name": "Robin Exempel", "function": "handläggare"}
    for hidden, never in (
        (await af.get(f"/officers/{fk.officer_id}"), await af.get(f"/officers/{NEVER}")),
        (
            await af.put(f"/officers/{fk.officer_id}", kept, 1),
            await af.put(f"/officers/{NEVER}", kept, 1),
        ),
    ):
        assert hidden.status_code == never.status_code == 404
        assert hidden.content == never.content
