"""A meeting is opened only under consent that covers all there (UPP-016, 019, 020, 045)."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.api.behind import picture
from tests.api.conduct import opening, ready_meeting, status, summoned_meeting
from tests.api.conftest import Application, Clock, Staff
from tests.api.scenes import NEVER, consent, made, meeting, withdrawn


async def test_opening_reminds_of_consent_not_documented(staff: Staff) -> None:
    """UPP-020: that an organisation has not documented the consent is remarked, and stops nothing."""
    fk, af = await staff("FK"), await staff("AF")
    held, _ = await ready_meeting(fk, af)
    done = await fk.post(f"{held.path}/openings", opening(fk, af))
    assert {one["code"] for one in done.json()["remarks"]} == {"CONSENT_NOT_DOCUMENTED"}


async def test_who_is_not_covered_is_pointed_at_and_nothing_is_saved(staff: Staff) -> None:
    """UPP-016: an organisation present without consent is named by its place; the meeting stays unopened."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, _ = await ready_meeting(fk, af)
    refused = await fk.post(f"{held.path}/openings", opening(fk, af, region))
    assert refused.status_code == 409
    assert [(one["ruleId"], one["code"], one["pointer"]) for one in refused.json()["findings"]] == [
        ("SAM-2", "CONSENT_MISSING", "/organisations/2")
    ]
    told = (await fk.get(held.path)).json()
    assert (told["status"], told["version"]) == ("draft", held.version)
    assert told["proceedings"] == {
        "opening": None,
        "attendances": [],
        "recorder": None,
        "conclusion": None,
    }
    assert (await af.get(held.path)).status_code == 404
    assert (await fk.post(f"{held.path}/openings", opening(fk, af))).status_code == 201


@pytest.mark.parametrize(
    "said",
    [{"answer": "refused"}, {"informedAt": None}, {"kind": "call"}, {"endsOn": "2026-03-02"}],
    ids=["refused", "uninformed", "to the call only", "ended"],
)
async def test_no_meeting_without_live_consent(staff: Staff, clock: Clock, said: dict[str, Any]) -> None:
    """UPP-016: refused, uninformed, ended consent and consent to the call alone open no meeting."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    await consent(fk, begun.case, af, **said)
    clock.forward(days=1)
    refused = await fk.post(f"{begun.path}/openings", opening(fk, af))
    assert refused.status_code == 409
    pointers = {one["pointer"] for one in refused.json()["findings"] if one["ruleId"] == "SAM-2"}
    assert pointers == {"/organisations/0", "/organisations/1"}


async def test_consent_lasts_its_last_day_out(staff: Staff, clock: Clock) -> None:
    """UPP-016: on the last day of its consent a meeting is still opened."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    await consent(fk, begun.case, af, endsOn="2026-03-02")
    clock.forward(hours=13)
    assert (await fk.post(f"{begun.path}/openings", opening(fk, af))).status_code == 201


async def test_consent_withdrawn_between_summons_and_opening(staff: Staff, clock: Clock) -> None:
    """UPP-019: a summoned organisation that lost consent stays away; without it the meeting can be held."""
    fk, af, board = await staff("FK"), await staff("AF"), await staff("KOMMUN")
    held, consent_id = await summoned_meeting(fk, af, board)
    assert await status(fk, held) == "summoned"
    await withdrawn(fk, consent_id, af)
    assert await status(fk, held) == "suspended"
    clock.forward(days=49)
    both = opening(fk, af, board, version=held.version)
    refused = await fk.post(f"{held.path}/openings", both)
    assert [one["pointer"] for one in refused.json()["findings"]] == ["/organisations/1"]
    done = await fk.post(f"{held.path}/openings", opening(fk, board, version=held.version))
    assert done.status_code == 201, done.text
    assert (await board.get(held.path)).status_code == 200
    assert (await af.get(held.path)).status_code == 404


async def test_withdrawal_takes_the_meeting_out_of_sight(staff: Staff) -> None:
    """UPP-019: a shown organisation stops seeing the meeting with the withdrawal; the others go on."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, consent_id = await ready_meeting(fk, af, region)
    await made(fk, f"{held.path}/openings", opening(fk, af, region))
    assert (await af.get(held.path)).status_code == 200
    await withdrawn(fk, consent_id, af)
    gone, never = await af.get(held.path), await af.get(f"/meetings/{NEVER}")
    assert gone.status_code == 404
    assert gone.content == never.content
    assert (await region.get(held.path)).status_code == 200
    assert str(held.id) not in (await af.get("/meetings")).text


async def test_the_meeting_is_shown_to_each_under_the_consent_that_covers_it(
    staff: Staff, application: Application
) -> None:
    """UPP-016: each organisation there is shown the meeting under its own consent; no copy is handed over."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, for_af = await ready_meeting(fk, af)
    for_region = await consent(fk, held.case, region)
    await made(fk, f"{held.path}/openings", opening(fk, af, region))
    shown = (await picture(application, fk, held.case.id)).row.shown
    assert {(one.kind, one.item_id, one.recipient_org, one.consent_id) for one in shown} == {
        ("meeting", held.id, af.organisation_id, for_af),
        ("meeting", held.id, region.organisation_id, for_region),
    }
    assert len(shown) == 2
    assert (await af.get("/summonses")).json()["items"] == []


async def test_an_opening_and_a_withdrawal_at_once(staff: Staff) -> None:
    """UPP-019: whichever comes first, an organisation whose consent is withdrawn does not see the meeting."""
    fk, af = await staff("FK"), await staff("AF")
    held, consent_id = await ready_meeting(fk, af)
    opened, _ = await asyncio.gather(
        fk.post(f"{held.path}/openings", opening(fk, af)), withdrawn(fk, consent_id, af)
    )
    assert opened.status_code in (201, 409)
    assert (await af.get(held.path)).status_code == 404


async def test_an_outsider_is_there_by_consent_that_names_them(staff: Staff) -> None:
    """UPP-045: an employer the consent names is there; one it does not name is pointed at."""
    fk, af = await staff("FK"), await staff("AF")
    begun = await meeting(fk)
    persons = [{"relation": "employer", "name": "Sam Exempel"}]
    consent_id = await consent(fk, begun.case, af, persons=persons)
    (person,) = (await fk.get(f"/consents/{consent_id}")).json()["record"]["persons"]
    employer = {"kind": "employer", "name": "Sam Exempel", "agreedWithIndividual": True}
    named = await made(fk, f"{begun.path}/invitees", employer | {"consentPersonId": person["id"]})
    unnamed = await made(fk, f"{begun.path}/invitees", employer)
    body = opening(fk, af) | {"version": 3}

    def outsiders(*ids: UUID) -> dict[str, Any]:
        return {"outsiders": [{"inviteeId": str(one), "attendance": "present"} for one in ids]}

    refused = await fk.post(f"{begun.path}/openings", body | outsiders(named, unnamed))
    assert [(one["ruleId"], one["pointer"]) for one in refused.json()["findings"]] == [
        ("SAM-3", "/outsiders/1")
    ]
    done = await fk.post(f"{begun.path}/openings", body | outsiders(named))
    assert done.status_code == 201, done.text
    told = (await fk.get(begun.path)).json()["proceedings"]["attendances"]
    assert [one["inviteeId"] for one in told if one["attender"] == "outsider"] == [str(named)]
