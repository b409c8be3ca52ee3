import asyncio
from typing import Any

import asyncpg
import pytest

from tests.api.conftest import Application, Staff
from tests.api.planning import action, approved, by, handed_out, met, proposed
from tests.api.scenes import PERSON, made, withdrawn

ALL: dict[str, Any] = {"version": 1, "channel": "letter"}


async def counted(application: Application, kind: str, detail: str, party: str) -> int:
    """How many person-free facts of a kind there are, counted as the owner of the tables may."""
    connection = await asyncpg.connect(application.urls.migration)
    try:
        await connection.execute("set role gate_statistics")
        return int(
            await connection.fetchval(
                "select count(*) from flerpart.statistic_fact where (kind, detail, party) = ($1, $2, $3)",
                kind,
                detail,
                party,
            )
        )
    finally:
        await connection.close()


async def test_an_approved_plan_is_handed_to_everybody(application: Application, staff: Staff) -> None:
    """UPP-055: the absent owner gets it too, and its action stays open."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk, absent=[kommun])
    plan_id = await proposed(fk, at, action(kommun, "Boendestöd"))
    before = await counted(application, "plan_distributed", "new", "FK")
    await handed_out(fk, plan_id, af)
    plan = (await fk.get(f"/plans/{plan_id}")).json()
    assert plan["status"] == "distributed"
    assert {one["to"]["organisationId"] for one in plan["handedOut"]} == {
        None,
        str(af.organisation_id),
        str(kommun.organisation_id),
    }
    (group,) = plan["responsibilities"]
    assert group["actions"][0]["status"] == "open"
    assert await counted(application, "plan_distributed", "new", "FK") == before + 1


async def test_a_plan_not_approved_by_all_is_not_handed_out(staff: Staff) -> None:
    """UPP-054, 055: each missing approval is a finding that points at whom the plan awaits."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id, af)
    refused = await fk.post(f"/plans/{plan_id}/distributions", ALL)
    assert refused.status_code == 409
    (finding,) = refused.json()["findings"]
    assert (finding["code"], finding["pointer"]) == ("PLAN_NOT_APPROVED", "/awaited/0")
    plan = (await fk.get(f"/plans/{plan_id}")).json()
    assert [one["organisationId"] for one in plan["awaited"]] == [str(kommun.organisation_id)]
    assert (plan["status"], plan["handedOut"]) == ("proposed", [])
    await withdrawn(fk, at.consent_id, af)
    assert (await af.get(f"/plans/{plan_id}")).status_code == 404


async def test_nobody_is_left_out(staff: Staff) -> None:
    """UPP-055: handing the plan to some only is refused and hands it to nobody."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id, af, kommun)
    some = [{"to": {"kind": "organisation", "organisationId": str(af.organisation_id)}}]
    refused = await fk.post(f"/plans/{plan_id}/distributions", ALL | {"recipients": some})
    assert {one["code"] for one in refused.json()["findings"]} == {"RECIPIENTS_INCOMPLETE"}
    assert (await fk.get(f"/plans/{plan_id}")).json()["handedOut"] == []


async def test_nobody_without_a_part_in_the_plan_gets_it(staff: Staff) -> None:
    """UPP-017: an organisation that has no part in the plan is no recipient."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk, absent=[kommun])
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id, af)
    other = [{"to": {"kind": "organisation", "organisationId": str(kommun.organisation_id)}}]
    refused = await fk.post(f"/plans/{plan_id}/distributions", ALL | {"recipients": other})
    assert refused.status_code == 422
    assert refused.json()["invalidParameters"][0]["code"] == "RECIPIENT_UNKNOWN"


async def test_who_received_a_copy_keeps_it_after_a_withdrawal(staff: Staff) -> None:
    """UPP-019, 064: the copy stays, also its document with who approved; what others say is seen no more."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"), action(kommun, "Boendestöd"))
    await handed_out(fk, plan_id, af, kommun)
    await withdrawn(fk, at.consent_id, af)
    plan = (await af.get(f"/plans/{plan_id}")).json()
    assert (plan["isCopy"], plan["status"], plan["personName"]) == (True, None, "Kim Exempel")
    assert {one["owner"]["name"] for one in plan["responsibilities"]} >= {"Arbetsförmedlingen"}
    assert [one["organisationId"] for one in plan["approvals"]] == [str(af.organisation_id)]
    text = (await af.get(f"/plans/{plan_id}/documents")).json()["document"]["text"]
    assert "Godkänd av\nIndividen\n" in text
    assert (await kommun.get(f"/plans/{plan_id}")).json()["isCopy"] is False


async def test_a_withdrawal_does_not_hold_up_the_others(staff: Staff) -> None:
    """UPP-019: whom consent was taken back from is neither waited for nor given the plan."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at, action(af, "Praktik"))
    await withdrawn(fk, at.consent_id, kommun)
    await handed_out(fk, plan_id, af)
    handed = (await fk.get(f"/plans/{plan_id}")).json()["handedOut"]
    assert {one["to"]["organisationId"] for one in handed} == {None, str(af.organisation_id)}
    assert (await kommun.get(f"/plans/{plan_id}")).status_code == 404


async def test_only_the_chair_hands_out(staff: Staff) -> None:
    """Who sees the plan, or has a copy, may not hand it out; a stranger does not see it."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    path = f"/plans/{plan_id}/distributions"
    assert (await af.post(path, ALL)).status_code == 403
    assert (await region.post(path, ALL)).status_code == 404
    await handed_out(fk, plan_id, af)
    await withdrawn(fk, at.consent_id, af)
    assert (await af.post(path, ALL)).status_code == 403


async def test_of_two_distributions_at_once_one_is_made(staff: Staff) -> None:
    """The plan is handed out once: the second of two at the same time has nobody left to give it to."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id, af)
    both = await asyncio.gather(*(fk.post(f"/plans/{plan_id}/distributions", ALL) for _ in range(2)))
    assert sorted((one.status_code, one.json().get("code")) for one in both) == [
        (201, None),
        (409, "INVALID_TRANSITION"),
    ]
    assert len((await fk.get(f"/plans/{plan_id}")).json()["handedOut"]) == 2


@pytest.mark.parametrize("number", [2, 7])
async def test_another_version_is_not_handed_out(staff: Staff, number: int) -> None:
    """The number decided on must be this version's."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id, af)
    stale = await fk.post(f"/plans/{plan_id}/distributions", ALL | {"version": number})
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")


async def test_a_superseded_version_is_not_handed_out(staff: Staff) -> None:
    """Once a revision is proposed, the version before is history."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    first = await proposed(fk, at)
    await approved(fk, first, af)
    await proposed(fk, at, revises=str(first))
    refused = await fk.post(f"/plans/{first}/distributions", ALL)
    assert (refused.status_code, refused.json()["code"]) == (409, "INVALID_TRANSITION")


async def test_a_copy_finds_the_receivers_own_row_of_the_person(staff: Staff) -> None:
    """The receiver has the person as its own row after the plan has come, and reads the plan by it."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id)
    await made(fk, f"/plans/{plan_id}/approvals", by(af, version=1, answer="approved"))
    await made(fk, f"/plans/{plan_id}/distributions", ALL)
    assert (await af.get(f"/plans/{plan_id}")).json()["personName"] == PERSON["name"]
