from uuid import UUID

from tests.api.conftest import Caller, Clock, Staff
from tests.api.planning import (
    action,
    approved,
    by,
    by_individual,
    handed_out,
    met,
    proposed,
    said,
)
from tests.api.scenes import NEVER, made, withdrawn


async def status(reader: Caller, plan_id: UUID) -> str:
    """Where a plan stands, as somebody reads it."""
    answered: str = (await reader.get(f"/plans/{plan_id}")).json()["status"]
    return answered


async def test_a_plan_is_approved_when_the_individual_and_all_present_have(staff: Staff) -> None:
    """UPP-054: as long as the individual or one of those present has said nothing, it is only proposed."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk, absent=[kommun])
    plan_id = await proposed(fk, at, action(kommun, "Boendestöd"))
    path = f"/plans/{plan_id}/approvals"
    await made(fk, path, said(version=1, answer="approved"))
    await made(af, path, said(version=1, answer="approved"))
    assert await status(fk, plan_id) == "proposed"
    await made(fk, path, by_individual(version=1, answer="approved"))
    assert await status(fk, plan_id) == "approved"
    links = {one["rel"] for one in (await fk.get(f"/plans/{plan_id}")).json()["_links"]}
    assert "distributions" in links
    links = {one["rel"] for one in (await af.get(f"/plans/{plan_id}")).json()["_links"]}
    assert "distributions" not in links


async def test_an_objection_is_kept_and_its_reason_is_for_the_holder(staff: Staff) -> None:
    """UPP-054, 111: everybody hears of the objection, the holder and the speaker of its reason."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, kommun, recorder=fk)
    plan_id = await proposed(fk, at)
    path = f"/plans/{plan_id}"
    await made(af, f"{path}/approvals", said(version=1, answer="objected", reason="För tidigt"))
    reasons = [(await one.get(path)).json()["approvals"][0]["reason"] for one in (fk, af, kommun)]
    assert reasons == ["För tidigt", "För tidigt", None]
    await made(af, f"{path}/approvals", said(version=1, answer="approved"))
    words = [one["word"] for one in (await kommun.get(path)).json()["approvals"]]
    assert words == ["objected", "approved"]


async def test_the_own_word_outranks_one_written_down_for_it(staff: Staff) -> None:
    """What the chair writes down for another counts until that organisation speaks, whenever it was said."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    await approved(fk, plan_id)
    path = f"/plans/{plan_id}/approvals"
    await made(fk, path, by(af, version=1, answer="approved", speakerName="Robin Exempel"))
    assert await status(fk, plan_id) == "approved"
    await made(af, path, said(version=1, answer="objected", occurredAt="2026-03-02T08:00:00Z"))
    assert await status(fk, plan_id) == "proposed"
    names = [one["speakerName"] for one in (await fk.get(f"/plans/{plan_id}")).json()["approvals"]]
    assert "Robin Exempel" in names


async def test_a_correction_takes_back_the_own_earlier_word(staff: Staff) -> None:
    """A word may correct an earlier one of the same organisation's, and none of another's."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    path = f"/plans/{await proposed(fk, at)}/approvals"
    mistaken = await made(af, path, said(version=1, answer="objected"))
    refused = await fk.post(path, said(version=1, answer="approved", corrects=str(mistaken)))
    assert refused.json()["invalidParameters"][0]["code"] == "STATEMENT_UNKNOWN"
    await made(af, path, said(version=1, answer="approved", corrects=str(mistaken)))


async def test_a_word_belongs_to_one_version(staff: Staff, clock: Clock) -> None:
    """A word on another version, or said after the next one came, is stale; one said before is recorded."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    first = await proposed(fk, at)
    path = f"/plans/{first}/approvals"
    stale = await af.post(path, said(version=2, answer="approved"))
    assert (stale.status_code, stale.json()["code"]) == (409, "VERSION_STALE")
    clock.forward(days=1)
    second = await proposed(fk, at, revises=str(first))
    clock.forward(days=1)
    late = await af.post(path, said(version=1, answer="approved", occurredAt="2026-03-04T08:00:00Z"))
    assert (late.status_code, late.json()["code"]) == (409, "VERSION_STALE")
    await made(af, path, said(version=1, answer="approved"))
    assert (await fk.get(f"/plans/{second}")).json()["approvals"] == []


async def test_only_the_holder_writes_down_anothers_word(staff: Staff) -> None:
    """Who sees a plan speaks for itself only; who does not see it is told that there is none."""
    fk, af, kommun, region = (
        await staff("FK"),
        await staff("AF"),
        await staff("KOMMUN"),
        await staff("REGION"),
    )
    at = await met(fk, af, kommun, recorder=fk)
    path = f"/plans/{await proposed(fk, at)}/approvals"
    assert (await af.post(path, by(kommun, version=1, answer="approved"))).status_code == 403
    assert (await af.post(path, by_individual(version=1, answer="approved"))).status_code == 403
    hidden = await region.post(path, said(version=1, answer="approved"))
    never = await region.post(f"/plans/{NEVER}/approvals", said(version=1, answer="approved"))
    assert hidden.status_code == 404
    assert hidden.content == never.content


async def test_a_word_that_cannot_be_is_refused_by_field(staff: Staff) -> None:
    """A word from the future, of somebody with no part in the plan, or through no channel, is refused."""
    fk, af, kommun = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    at = await met(fk, af, recorder=fk)
    path = f"/plans/{await proposed(fk, at)}/approvals"
    given = {"version": 1, "answer": "approved"}
    for body, pointer, code in (
        (said(**given) | {"occurredAt": "2026-03-03T09:00:00Z"}, "/occurredAt", "DATE_AHEAD"),
        (by(kommun, **given), "/spokenBy", "SPEAKER_UNKNOWN"),
        (by(af, **given) | {"channel": "api"}, "/channel", "CHANNEL_NOT_TOLD"),
        (said(**given, spokenBy={"kind": "organisation"}), "/spokenBy/organisationId", "SPEAKER_UNKNOWN"),
    ):
        refused = await fk.post(path, body)
        (field,) = refused.json()["invalidParameters"]
        assert (refused.status_code, field["pointer"], field["code"]) == (422, pointer, code)
    assert (await fk.get(path.removesuffix("/approvals"))).json()["approvals"] == []


async def test_a_guardians_word_is_kept_as_one(staff: Staff) -> None:
    """Whoever speaks for the individual is kept with the name, and it counts as the individual's word."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    spoken = {"spokenBy": {"kind": "guardian"}, "speakerName": "Kim Exempel", "channel": "telephone"}
    await made(fk, f"/plans/{plan_id}/approvals", said(version=1, answer="approved") | spoken)
    plan = (await fk.get(f"/plans/{plan_id}")).json()
    assert plan["approvals"][0]["speakerName"] == "Vårdnadshavare: Kim Exempel"
    assert "individual" not in {one["kind"] for one in plan["awaited"]}


async def test_a_withdrawn_organisation_may_speak_of_the_copy_it_keeps(staff: Staff) -> None:
    """Consent gates no statement: whoever holds a copy may object to it also after a withdrawal."""
    fk, af = await staff("FK"), await staff("AF")
    at = await met(fk, af, recorder=fk)
    plan_id = await proposed(fk, at)
    await handed_out(fk, plan_id, af)
    await withdrawn(fk, at.consent_id, af)
    await made(af, f"/plans/{plan_id}/approvals", said(version=1, answer="objected", reason="Ångrat"))
    words = [one["word"] for one in (await af.get(f"/plans/{plan_id}")).json()["approvals"]]
    assert words == ["approved", "objected"]
