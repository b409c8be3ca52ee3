"""Consent is taken back: what ends, what is kept, and what cannot happen any more."""

import asyncio

import asyncpg
import pytest

from tests.api.calling import called_meeting, consented
from tests.api.conduct import status
from tests.api.conftest import Application, Caller, Staff
from tests.api.scenes import NEVER, TAKEN_BACK, MeetingMade, case, consent, made, meeting, withdrawn
from tests.api.signed import show_meeting, signed
from tests.api.withdrawing import rows, shown_meeting

SEEN = "select count(*) from flerpart.meeting where id = $1"


async def statuses(held: MeetingMade, *callers: Caller) -> list[int]:
    """How each is answered who reads the meeting."""
    return [(await one.get(held.path)).status_code for one in callers]


async def test_a_hundred_reads_after_an_acknowledged_withdrawal_see_nothing(
    application: Application, staff: Staff
) -> None:
    """UPP-019: once a withdrawal is answered, no read shows the meeting, over the API or in the database."""
    fk, af = await staff("FK"), await staff("AF")
    held, consent_id = await shown_meeting(application, fk, af)
    assert await statuses(held, af) == [200]
    assert [row[0] for row in await rows(application, af, SEEN, held.id)] == [1]
    await withdrawn(fk, consent_id)
    never = await af.get(f"/meetings/{NEVER}")
    for _ in range(10):
        reads = await asyncio.gather(*(af.get(held.path) for _ in range(10)))
        assert {one.status_code for one in reads} == {404}
        assert {one.content for one in reads} == {never.content}
    for _ in range(100):
        assert [row[0] for row in await rows(application, af, SEEN, held.id)] == [0]
    shown = "select count(*) from flerpart.disclosure where case_id = $1"
    assert [row[0] for row in await rows(application, af, shown, held.case.id)] == [0]


async def test_a_withdrawal_for_one_organisation_leaves_the_others(
    application: Application, staff: Staff
) -> None:
    """Taken back for one, the meeting is hidden from that one alone, and the consent stays live."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, consent_id = await shown_meeting(application, fk, af, region)
    await withdrawn(fk, consent_id, af)
    assert await statuses(held, af, region, fk) == [404, 200, 200]
    told = (await fk.get(f"/consents/{consent_id}")).json()
    assert told["status"] == "active"
    assert {one["organisationId"]: one["isCovered"] for one in told["coverage"]} == {
        str(af.organisation_id): False,
        str(region.organisation_id): True,
    }
    assert (await region.get(f"/consents/{consent_id}")).json()["withdrawals"] == []


async def test_any_covered_organisation_records_the_withdrawal_of_everything(
    application: Application, staff: Staff
) -> None:
    """UPP-019: told to one covered organisation, consent ends for all of them and for the holder's acts."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, consent_id = await shown_meeting(application, fk, af, region)
    await withdrawn(af, consent_id)
    assert await statuses(held, af, region) == [404, 404]
    for one in (fk, af, region):
        assert (await one.get(f"/consents/{consent_id}")).json()["status"] == "withdrawn"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await show_meeting(application, fk, await meeting(fk, held.case), consent_id, af)


async def test_new_consent_revives_nothing(application: Application, staff: Staff) -> None:
    """What was shown under a consent that was taken back stays hidden under a new one."""
    fk, af = await staff("FK"), await staff("AF")
    held, consent_id = await shown_meeting(application, fk, af)
    await withdrawn(fk, consent_id)
    anew = await consent(fk, held.case, af)
    assert await statuses(held, af) == [404]
    await show_meeting(application, fk, held, anew, af)
    assert await statuses(held, af) == [200]


async def test_twice_is_harmless(application: Application, staff: Staff) -> None:
    """Said again, by another, with another key: the first withdrawal is the answer, and that is all."""
    fk, af = await staff("FK"), await staff("AF")
    _, consent_id = await shown_meeting(application, fk, af)
    path = f"/consents/{consent_id}/withdrawals"
    first = await af.post(path, TAKEN_BACK)
    again = [await one.post(path, TAKEN_BACK) for one in (af, fk)]
    assert [one.status_code for one in again] == [201, 201]
    assert {one.json()["id"] for one in again} == {first.json()["id"]}
    for_itself = await af.post(path, TAKEN_BACK | {"organisationId": str(af.organisation_id)})
    assert for_itself.json()["id"] == first.json()["id"]
    kept = "select count(*) from flerpart.consent_withdrawal where consent_id = $1"
    told = "select count(*) from flerpart.outbox_event where item_id = $1"
    assert [row[0] for row in await rows(application, fk, kept, consent_id)] == [1]
    assert [row[0] for row in await rows(application, fk, told, consent_id)] == [0]
    assert [row[0] for row in await rows(application, af, told, consent_id)] == [1]


async def test_two_withdrawals_at_once_are_one(application: Application, staff: Staff) -> None:
    """Recorded at the same time by two organisations, one row is kept and both have the same receipt."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af)
    path = f"/consents/{consent_id}/withdrawals"
    both = await asyncio.gather(fk.post(path, TAKEN_BACK), af.post(path, TAKEN_BACK))
    assert [one.status_code for one in both] == [201, 201]
    assert len({one.json()["id"] for one in both}) == 1


async def test_no_reason_can_be_asked_for(staff: Staff) -> None:
    """UPP-019: there is no field for a reason, so none can be demanded; a request with one does nothing."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af)
    refused = await fk.post(f"/consents/{consent_id}/withdrawals", TAKEN_BACK | {"reason": "Vill inte"})
    assert refused.status_code == 422
    assert (await fk.get(f"/consents/{consent_id}")).json()["status"] == "active"


async def test_what_cannot_be_taken_back(staff: Staff) -> None:
    """A refusal is nothing to take back; the holder cannot take back for one that is not covered."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    in_case = await case(fk)
    refusal = await consent(fk, in_case, af, answer="refused")
    assert (await fk.post(f"/consents/{refusal}/withdrawals", TAKEN_BACK)).status_code == 409
    given = f"/consents/{await consent(fk, in_case, af)}/withdrawals"
    not_covered = await fk.post(given, TAKEN_BACK | {"organisationId": str(region.organisation_id)})
    assert not_covered.json()["invalidParameters"][0]["code"] == "NOT_COVERED"
    nobody = await af.post(given, TAKEN_BACK | {"organisationId": NEVER})
    assert nobody.json()["invalidParameters"][0]["code"] == "ORGANISATION_UNKNOWN"
    ahead = await fk.post(given, TAKEN_BACK | {"occurredAt": "2026-03-02T10:00:00Z"})
    assert ahead.json()["invalidParameters"][0]["code"] == "DATE_AHEAD"


async def test_a_covered_organisation_learns_nothing_of_the_others_by_withdrawing(
    application: Application, staff: Staff
) -> None:
    """Recorded for another organisation, the answer is the same whether the consent covers it or not."""
    fk, af, region, board = [await staff(one) for one in ("FK", "AF", "REGION", "KOMMUN")]
    held, consent_id = await shown_meeting(application, fk, af, region)
    path = f"/consents/{consent_id}/withdrawals"
    answers = [
        await af.post(path, TAKEN_BACK | {"organisationId": str(one.organisation_id)})
        for one in (region, board)
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json().keys() == answers[1].json().keys()
    assert await statuses(held, af, region) == [200, 404]


async def test_what_was_not_sent_is_cancelled(application: Application, staff: Staff) -> None:
    """What has not gone out to one that consent no longer covers is cancelled, whoever records it."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    called = await called_meeting(fk, af)
    await consented(fk, called.meeting.case, "call", region)
    waiting = (
        "select recipient_org from flerpart.outbox_event where disclosure_id in (select id from"
        " flerpart.disclosure where consent_id = $1) and sent_at is null and cancelled_at is null"
    )
    assert [row[0] for row in await rows(application, fk, waiting, called.consent_id)] == [af.organisation_id]
    await withdrawn(af, called.consent_id)
    assert await rows(application, fk, waiting, called.consent_id) == []


async def test_cancelling_spares_what_went_out_and_whom_consent_still_covers(
    application: Application, staff: Staff
) -> None:
    """Of three events, only the unsent one to the organisation that lost its consent is cancelled."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    held, consent_id = await shown_meeting(application, fk, af, region)
    event = """
        insert into flerpart.outbox_event (org_id, id, recipient_org, type, item_kind, item_id, disclosure_id,
            recorded_at, sent_at)
        select org_id, gen_random_uuid(), recipient_org, 'test', kind, item_id, id, recorded_at, $2
        from flerpart.disclosure where consent_id = $1
    """
    async with signed(application, fk) as connection:
        await connection.execute(event, consent_id, None)
        await connection.execute(event, consent_id, application.clock.now)
    await withdrawn(region, consent_id, af)
    cancelled = await rows(
        application,
        fk,
        "select recipient_org, sent_at from flerpart.outbox_event"
        " where item_id = $1 and cancelled_at is not null",
        held.id,
    )
    assert [tuple(row) for row in cancelled] == [(af.organisation_id, None)]


async def test_a_booked_meeting_rests_when_consent_is_taken_back(staff: Staff) -> None:
    """UPP-019: the meeting is suspended by the withdrawal itself, and goes on under new consent."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    assert await status(fk, called.meeting) == "summoned"
    await withdrawn(af, called.consent_id)
    assert await status(fk, called.meeting) == "suspended"
    await consented(fk, called.meeting.case, "call", af)
    assert await status(fk, called.meeting) == "summoned"


async def test_a_correction_ends_views_and_cancels_as_well(application: Application, staff: Staff) -> None:
    """A consent that was never given shows nothing, from the moment that is recorded."""
    fk, af = await staff("FK"), await staff("AF")
    held, consent_id = await shown_meeting(application, fk, af)
    await made(fk, f"/consents/{consent_id}/corrections", {"enteredInError": True})
    assert await statuses(held, af) == [404]
    assert (await af.get(f"/consents/{consent_id}")).json()["status"] == "entered_in_error"
