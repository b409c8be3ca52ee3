"""Consent is taken back: what ends, what is kept, and what cannot happen any more."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.api.calling import EXPLAINED, booked_meeting, called_meeting, consented
from tests.api.conftest import Application, Caller, Staff
from tests.api.scenes import MeetingMade, case, consent, documented, made, meeting, withdrawn
from tests.api.signed import show_meeting, signed

NEVER = "0190a5e0-7d3c-7cc4-b1f0-1f6f0c3b7a52"
SAID: dict[str, Any] = {"occurredAt": "2026-03-02T08:45:00Z", "manner": "oral"}
SEEN = "select count(*) from flerpart.meeting where id = $1"


async def shown_meeting(application: Application, fk: Caller, *to: Caller) -> tuple[MeetingMade, UUID]:
    """A meeting that has been shown to these, and the consent it was shown under."""
    held = await meeting(fk)
    consent_id = await consent(fk, held.case, *to)
    await show_meeting(application, fk, held, consent_id, *to)
    return held, consent_id


async def statuses(held: MeetingMade, *callers: Caller) -> list[int]:
    """How each is answered who reads the meeting."""
    return [(await one.get(held.path)).status_code for one in callers]


async def status(fk: Caller, held: MeetingMade) -> str:
    """Where the meeting stands."""
    told: str = (await fk.get(held.path)).json()["status"]
    return told


async def rows(application: Application, caller: Caller, query: str, *values: Any) -> list[Any]:
    """What the caller's organisation finds in the database itself."""
    async with signed(application, caller) as connection:
        found: list[Any] = await connection.fetch(query, *values)
        return found


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
    first = await af.post(path, SAID)
    again = [await one.post(path, SAID) for one in (af, fk)]
    assert [one.status_code for one in again] == [201, 201]
    assert {one.json()["id"] for one in again} == {first.json()["id"]}
    for_itself = await af.post(path, SAID | {"organisationId": str(af.organisation_id)})
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
    both = await asyncio.gather(fk.post(path, SAID), af.post(path, SAID))
    assert [one.status_code for one in both] == [201, 201]
    assert len({one.json()["id"] for one in both}) == 1


async def test_no_reason_can_be_asked_for(staff: Staff) -> None:
    """UPP-019: there is no field for a reason, so none can be demanded; a request with one does nothing."""
    fk, af = await staff("FK"), await staff("AF")
    consent_id = await consent(fk, await case(fk), af)
    refused = await fk.post(f"/consents/{consent_id}/withdrawals", SAID | {"reason": "Vill inte"})
    assert refused.status_code == 422
    assert (await fk.get(f"/consents/{consent_id}")).json()["status"] == "active"


async def test_what_cannot_be_taken_back(staff: Staff) -> None:
    """A refusal is nothing to take back; the holder cannot take back for one that is not covered."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    in_case = await case(fk)
    refusal = await consent(fk, in_case, af, answer="refused")
    assert (await fk.post(f"/consents/{refusal}/withdrawals", SAID)).status_code == 409
    given = f"/consents/{await consent(fk, in_case, af)}/withdrawals"
    not_covered = await fk.post(given, SAID | {"organisationId": str(region.organisation_id)})
    assert not_covered.json()["invalidParameters"][0]["code"] == "NOT_COVERED"
    nobody = await af.post(given, SAID | {"organisationId": NEVER})
    assert nobody.json()["invalidParameters"][0]["code"] == "ORGANISATION_UNKNOWN"
    ahead = await fk.post(given, SAID | {"occurredAt": "2026-03-02T10:00:00Z"})
    assert ahead.json()["invalidParameters"][0]["code"] == "DATE_AHEAD"


async def test_a_covered_organisation_learns_nothing_of_the_others_by_withdrawing(
    application: Application, staff: Staff
) -> None:
    """Recorded for another organisation, the answer is the same whether the consent covers it or not."""
    fk, af, region, board = [await staff(one) for one in ("FK", "AF", "REGION", "KOMMUN")]
    held, consent_id = await shown_meeting(application, fk, af, region)
    path = f"/consents/{consent_id}/withdrawals"
    answers = [
        await af.post(path, SAID | {"organisationId": str(one.organisation_id)}) for one in (region, board)
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


async def test_the_preview_tells_what_closes_and_what_is_kept(application: Application, staff: Staff) -> None:
    """UPP-019, UPP-064: views, unsent letters and meetings that end; letters and words that are kept."""
    fk, af = await staff("FK"), await staff("AF")
    called = await called_meeting(fk, af)
    summons_id = str(called.summonses[af.organisation_id])
    await made(
        af,
        f"/summonses/{summons_id}/replies",
        {"occurredAt": "2026-03-02T09:00:00Z", "channel": "telephone", "reply": "accepted"},
    )
    path = f"/consents/{called.consent_id}/withdrawal-preview"
    told = await fk.get(path)
    assert told.status_code == 200, told.text
    assert told.json()["organisations"] == [
        {
            "organisationId": str(af.organisation_id),
            "viewsEnding": [{"kind": "summons", "id": summons_id}],
            "unsent": 1,
            "meetings": [{"meetingId": str(called.meeting.id), "willRest": True}],
            "keeps": [{"kind": "summons", "id": summons_id}],
            "keepsStatements": 1,
            "keepsCommitments": 0,
        }
    ]
    own = (await af.get(path)).json()
    assert own["persons"] is None
    assert [one["organisationId"] for one in own["organisations"]] == [str(af.organisation_id)]
    assert own["organisations"][0] | {"unsent": 1, "meetings": []} == told.json()["organisations"][0] | {
        "meetings": []
    }
    assert own["organisations"][0]["meetings"] == [{"meetingId": str(called.meeting.id), "willRest": None}]
    assert await status(fk, called.meeting) == "summoned"


async def test_a_preview_shows_no_other_organisation(application: Application, staff: Staff) -> None:
    """A covered organisation is told of itself only, whomever it asks of; the holder of one or all."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    _, consent_id = await shown_meeting(application, fk, af, region)
    path = f"/consents/{consent_id}/withdrawal-preview"
    other = f"{path}?organisationId={region.organisation_id}"
    assert [one["organisationId"] for one in (await af.get(path)).json()["organisations"]] == [
        str(af.organisation_id)
    ]
    assert (await af.get(other)).json()["organisations"] == []
    assert len((await fk.get(path)).json()["organisations"]) == 2
    assert len((await fk.get(other)).json()["organisations"]) == 1
    stranger = await staff("KOMMUN")
    assert (await fk.get(f"{path}?organisationId={stranger.organisation_id}")).status_code == 400
    assert (await stranger.get(path)).status_code == 404


async def test_the_receipt_is_plain_swedish_without_names(staff: Staff) -> None:
    """The individual is handed what ended, when, and what is kept; no name and no other organisation."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    consent_id = await consent(fk, await case(fk), af, region)
    done = await af.post(
        f"/consents/{consent_id}/withdrawals", SAID | {"organisationId": str(af.organisation_id)}
    )
    here = done.headers["Location"].split("/flerpart/v0")[1]
    told = (await af.get(here)).json()
    swedish, english = told["text"]["sv"], told["text"]["en"]
    assert "Den 2 mars 2026 tog du tillbaka ditt samtycke" in swedish
    assert "Det gäller Arbetsförmedlingen." in swedish
    assert "Du behövde inte säga varför." in swedish
    assert told["id"] in swedish
    assert "You did not have to say why." in english
    assert "Kim Exempel" not in swedish
    assert "Region" not in swedish
    assert (await fk.get(here)).json()["text"] == told["text"]
    hidden = await region.get(here)
    assert hidden.status_code == 404
    assert hidden.content == (await region.get(f"/consents/{consent_id}/withdrawals/{NEVER}/receipt")).content


LOCK = "select pg_advisory_xact_lock(hashtextextended($1::text || $2::text, 0))"
WAITING = """
    select count(*) from pg_locks l where l.locktype = 'advisory' and not l.granted
      and l.database = (select oid from pg_database where datname = current_database())
      and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1::text || $2::text, 0)
"""


async def waiting(connection: Any, held: MeetingMade, fk: Caller, number: int) -> None:
    """Return when that many requests wait for the case's lock."""
    while await connection.fetchval(WAITING, str(fk.organisation_id), str(held.case.id)) != number:
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("withdrawn_first", [True, False])
async def test_a_withdrawal_and_a_disclosure_take_turns(
    application: Application, staff: Staff, withdrawn_first: bool
) -> None:
    """Both wait for the case: the letter goes out before the withdrawal, or it is refused after it.

    Also where the machine that sends the letter has a clock behind that of the one that heard the withdrawal.
    """
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    consent_id = await consented(fk, held.case, "call", af)
    clock = application.clock

    def withdraw() -> Any:
        return af.post(f"/consents/{consent_id}/withdrawals", SAID)

    def call() -> Any:
        return fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED)

    order = [withdraw, call] if withdrawn_first else [call, withdraw]
    async with signed(application, fk) as connection:
        await connection.execute(LOCK, str(fk.organisation_id), str(held.case.id))
        clock.forward(minutes=1)
        first = asyncio.create_task(order[0]())
        await waiting(connection, held, fk, 1)
        clock.forward(minutes=-1)
        then = asyncio.create_task(order[1]())
        await waiting(connection, held, fk, 2)
    answers = await asyncio.gather(first, then)
    if withdrawn_first:
        assert [one.status_code for one in answers] == [201, 409], answers[1].text
        assert "CALL_CONSENT_MISSING" in {one["code"] for one in answers[1].json()["findings"]}
        assert (await af.get("/summonses")).json()["items"] == []
    else:
        assert [one.status_code for one in answers] == [201, 201]
        assert len((await af.get("/summonses")).json()["items"]) == 1
        assert await status(fk, held) == "suspended"


@pytest.mark.parametrize("attempt", range(3))
async def test_a_withdrawal_racing_a_disclosure_never_leaves_a_live_view(
    application: Application, staff: Staff, attempt: int
) -> None:
    """Sent at the same time, in whatever order they come: afterwards nothing is shown under the consent."""
    fk, af = await staff("FK"), await staff("AF")
    held = await booked_meeting(fk, af)
    consent_id = await consented(fk, held.case, "call", af)
    await documented(consent_id, af)
    call, taken_back = await asyncio.gather(
        fk.post(f"{held.path}/summonses", {"version": held.version} | EXPLAINED),
        af.post(f"/consents/{consent_id}/withdrawals", SAID),
    )
    assert taken_back.status_code == 201
    assert call.status_code in (201, 409)
    shown = "select count(*) from flerpart.disclosure where consent_id = $1"
    assert [row[0] for row in await rows(application, af, shown, consent_id)] == [0]
    assert len((await af.get("/summonses")).json()["items"]) == (call.status_code == 201)


async def test_the_database_itself_shows_each_organisation_its_own_part(
    application: Application, staff: Staff
) -> None:
    """Under a signed context the covered see the grant, their coverage and their words; strangers nothing."""
    fk, af, region, board = [await staff(one) for one in ("FK", "AF", "REGION", "KOMMUN")]
    in_case = await case(fk)
    given = await consent(fk, in_case, af, region, persons=[{"relation": "other", "name": "Alex Exempel"}])
    refused = await consent(fk, in_case, af, answer="refused")
    await documented(given, fk, region)
    await withdrawn(fk, given, region)
    tables = ("consent_coverage", "consent_person", "consent_documentation", "consent_withdrawal")

    async def seen(caller: Caller, consent_id: UUID) -> list[int]:
        counts = [f"(select count(*) from flerpart.{one} where consent_id = $1)" for one in tables]
        query = f"select (select count(*) from flerpart.consent where id = $1), {', '.join(counts)}"
        (row,) = await rows(application, caller, query, consent_id)
        return list(row)

    assert await seen(fk, given) == [1, 2, 1, 2, 1]
    assert await seen(af, given) == [1, 1, 0, 0, 0]
    assert await seen(region, given) == [1, 1, 0, 1, 1]
    assert await seen(board, given) == [0, 0, 0, 0, 0]
    assert await seen(af, refused) == [0, 0, 0, 0, 0]


async def test_no_organisation_writes_anothers_words(application: Application, staff: Staff) -> None:
    """The database refuses a documentation in another's name, and a withdrawal by one that is not covered."""
    fk, af, region = await staff("FK"), await staff("AF"), await staff("REGION")
    in_case = await case(fk)
    consent_id = await consent(fk, in_case, af)
    document = (
        "insert into flerpart.consent_documentation (org_id, id, consent_org, consent_id, case_id,"
        " documented_on, recorded_by, recorded_at)"
        " values ($1, gen_random_uuid(), $2, $3, $4, now(), $1, now())"
    )
    withdraw = (
        "insert into flerpart.consent_withdrawal (org_id, id, consent_org, consent_id, case_id, kind,"
        " said_at, manner, recorded_by, recorded_at)"
        " values ($1, gen_random_uuid(), $2, $3, $4, 'withdrawn', now(), 'oral', $1, now())"
    )
    for caller, statement, speaker in ((af, document, fk), (region, withdraw, region)):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await rows(
                application,
                caller,
                statement,
                speaker.organisation_id,
                fk.organisation_id,
                consent_id,
                in_case.id,
            )
