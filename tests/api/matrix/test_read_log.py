"""All that an answer shows of a person has left exactly one row in the read log, or is not answered."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from app.domain.access import Operation as Act
from tests.api.matrix.actors import colleague
from tests.api.matrix.asking import Asked, filled
from tests.api.matrix.conftest import Theatre
from tests.api.matrix.document import OPERATIONS
from tests.api.matrix.play import Play
from tests.api.matrix.served import OF_NOBODY, RECEIPTS, SERVED, served
from tests.api.matrix.watching import Watch, Watched
from tests.db.scene import owner

LOGGED_AS = {
    "readMeetingReadiness": "readReadiness",
    "changeIndividual": "readIndividual",
    "changeDraft": "readDraft",
    "changeMeeting": "readMeeting",
    "changeInvitee": "readMeeting",
    "removeInvitee": "readMeeting",
}
"""Where the row has another name than the document's: what changes a thing answers by reading it."""


WITHOUT_A_CASE = ("individual", "deviation", "joint_decision")
"""What may be about a person and about no case of theirs."""


@pytest.fixture(scope="session")
async def watched(theatre: Theatre, played: tuple[Play, datetime]) -> AsyncIterator[tuple[Play, Watch]]:
    """The routine played anew with an eye on the log, and then everything asked by those who have parts."""
    connection = await asyncpg.connect(theatre.application.urls.api)
    watch = Watch(theatre.application, connection)
    it = await theatre.play("caseworker", watch)
    parts = [it.players[place] for place in ("own", "disclosed", "withdrawn")]
    boss = await colleague(theatre.staff, it.holder, "manager")
    for operation in OPERATIONS.values():
        for actor in (*parts, boss):
            await watch.ask(operation, actor, Asked(it, operation, actor.place).path, filled(it, operation))
    decided = it.path(OPERATIONS["readJointDecision"], jointDecisionId=it.ids["hiddenDecisionId"])
    await watch.ask(OPERATIONS["readJointDecision"], it.manager, decided)
    await watch.ask(OPERATIONS["listJointDecisions"], it.manager, "/joint-decisions?includeDecided=true")
    yield it, watch
    await connection.close()


def of(watch: Watch, name: str) -> list[Watched]:
    """What was seen of one operation."""
    return [one for one in watch.seen if one.operation.id == name]


def test_every_operation_shows_something_or_nobody() -> None:
    """Every operation of the document is in one of the three lists, and in no second one."""
    assert sorted([*SERVED, *OF_NOBODY, *RECEIPTS]) == sorted(OPERATIONS)


@pytest.mark.parametrize("name", OPERATIONS)
async def test_rows_in_the_log_are_the_things_served(watched: tuple[Play, Watch], name: str) -> None:
    """An answer leaves one row for each thing it shows, under its id; a refusal with findings leaves one for
    the case, and every other answer leaves none.
    """
    for one in of(watched[1], name):
        things = served(one.operation, one.path, one.status, one.told)
        ids = ["refused" if row["item_kind"] == "refusal" else str(row["item_id"]) for row in one.rows]
        assert sorted(ids) == sorted(things), (str(one.actor), one.status)


@pytest.mark.parametrize("name", SERVED)
async def test_what_shows_somebody_has_been_seen_to(watched: tuple[Play, Watch], name: str) -> None:
    """Nothing is proved by an operation that showed nothing: each has shown at least one thing."""
    assert any(one.rows and one.status < 300 for one in of(watched[1], name))


@pytest.mark.parametrize("name", SERVED)
async def test_a_row_says_who_saw_what_of_whom(watched: tuple[Play, Watch], name: str) -> None:
    """Account, unit, operation, case, and the person's own row at the organisation that was shown it."""
    _, watch = watched
    operation = Act(LOGGED_AS.get(name, name))
    for one in of(watch, name):
        caller = one.actor.caller
        persons = await watch.persons(caller) if one.rows else set()
        for row in one.rows:
            by = (row["org_id"], row["unit_id"], row["actor_id"], row["operation"])
            assert by == (caller.organisation_id, caller.unit_id, caller.account_id, operation)
            # Lists may have what was shown before anything came of the person; deviations may be of none.
            listed = name.startswith("list") and row["case_org"] != caller.organisation_id
            unknown = listed or row["item_kind"] == "deviation"
            # The log outlives the row of a person who has been disposed of: a selection of it tells of both.
            known = row["individual_id"] in persons or name == "readLogSelection"
            assert known or (row["individual_id"] is None and unknown)
            assert row["case_id"] is not None or row["item_kind"] in WITHOUT_A_CASE


BREAKING = {
    "the disk is full": (
        "create function flerpart.full() returns trigger language plpgsql as"
        " $$ begin raise exception using errcode = 'disk_full'; end $$;"
        " create trigger planted before insert on flerpart.read_entry"
        " for each row execute function flerpart.full()",
        "drop function flerpart.full() cascade",
    ),
    "the right is lacking": (
        "revoke insert on flerpart.read_entry from flerpart_api",
        "grant insert on flerpart.read_entry to flerpart_api",
    ),
}


@pytest.fixture(params=BREAKING)
async def broken_log(request: pytest.FixtureRequest, theatre: Theatre) -> AsyncIterator[None]:
    """The read log takes no row."""
    breaks, mends = BREAKING[request.param]
    async with owner(theatre.application.urls.migration) as connection:
        await connection.execute(breaks)
        try:
            yield
        finally:
            await connection.execute(mends)


async def test_when_the_log_cannot_be_written_nothing_is_answered(
    watched: tuple[Play, Watch], broken_log: None
) -> None:
    """Whatever showed somebody is answered 503, without a word of it."""
    it, watch = watched
    shown = [one for one in watch.seen if one.rows and one.status == 200 and _repeatable(one)]
    asked: dict[str, Any] = {}
    for one in shown:
        asked.setdefault(one.operation.id, one)
    assert asked.keys() >= {name for name in SERVED if OPERATIONS[name].method == "GET"}
    for name, one in asked.items():
        answer = await one.actor.send(one.operation, one.path, filled(it, one.operation))
        assert (answer.status_code, answer.json()["code"]) == (503, "UNAVAILABLE"), name


def _repeatable(one: Watched) -> bool:
    """Whether asking again would show the same: what reads, or only looks."""
    return one.operation.method == "GET" or one.operation.id in (
        "lookUpIndividual",
        "previewSummons",
        "previewInvitation",
    )
