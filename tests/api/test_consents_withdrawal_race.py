"""A withdrawal beside a disclosure at the same moment, and what the database itself then shows."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.api.calling import EXPLAINED, booked_meeting, consented
from tests.api.conduct import status
from tests.api.conftest import Application, Caller, Staff
from tests.api.scenes import TAKEN_BACK, MeetingMade, case, consent, documented, withdrawn
from tests.api.signed import signed
from tests.api.withdrawing import rows

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
        return af.post(f"/consents/{consent_id}/withdrawals", TAKEN_BACK)

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
        af.post(f"/consents/{consent_id}/withdrawals", TAKEN_BACK),
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
