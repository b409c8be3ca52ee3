"""The gate of disposal: a whole case is removed in order, and nothing else; and nobody gets past it."""

import importlib.util
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.db.caller import Caller
from app.db.database import Database
from app.db.ids import new_id
from app.db.tables.disposal import Disposal, DisposalTombstone
from app.domain.disposal import Keeping
from app.errors import NotFound, Unavailable
from tests.db import disposing
from tests.db.disposing import OF_A_CASE, TABLES, Two, agreed, proposed, rows_of, ruled
from tests.db.scene import owner
from tests.db_facts.story import Story

pytestmark = pytest.mark.database

REFUSED = (NotFound, Unavailable)
"""By a policy, or for want of a right altogether."""
ELSEWHERE = {"received_copy"}
"""Has a case's id, and is another organisation's: the sender's case."""


def revision(name: str) -> ModuleType:
    """A migration, which is no module of a package."""
    (path,) = (Path(__file__).parents[2] / "alembic" / "versions").glob(f"*_{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gate() -> Any:
    """The revision that makes the gate."""
    return revision("disposal_removal")


@pytest.fixture
async def story(door: Database, migration_url: str) -> Story:
    """A closed case of one's own in which everything has happened."""
    return await disposing.closed_story(door, migration_url)


@pytest.fixture
async def two(story: Story, migration_url: str) -> Two:
    """The two who decide for its holder."""
    return await disposing.two_of(migration_url, story.holder)


def test_every_table_of_a_case_is_removed_with_it(gate: Any) -> None:
    """A table that has a case's id and that the gate does not know would keep a disposed case alive."""
    assert {*gate.OF_CASE, *gate.WORDS, "deviation"} == OF_A_CASE - ELSEWHERE


def test_what_refers_goes_before_what_it_refers_to(gate: Any) -> None:
    """The order of removal never meets a foreign key."""
    order = [*gate.OF_CASE, "case_file", "individual"]
    for place, name in enumerate(order):
        later = disposing.refers_to(TABLES[name]) & set(order)
        assert later <= set(order[place + 1 :]), name


def test_nothing_is_left_that_refers_to_what_is_removed(gate: Any) -> None:
    """A table with a foreign key to something that can be disposed of is known to the gate too."""
    removed = set(gate.REMOVED)
    assert {name for name, table in TABLES.items() if disposing.refers_to(table) & removed} <= removed


async def test_a_whole_case_goes_and_nothing_else(door: Database, story: Story, two: Two) -> None:
    """Every table of the case has had rows; none of the holder's is left, all other rows are as they were."""
    before, others = await rows_of(door, story.holder), await rows_of(door, story.region)
    told = {name for name in OF_A_CASE if before[name] or others[name]}
    assert told == OF_A_CASE
    rule = await ruled(door, two.one)
    assert await agreed(door, two.other, await proposed(door, two.one, rule, story.case.id)) == 1
    after = await rows_of(door, story.holder)
    left = {name for name in OF_A_CASE | {"case_file", "deviation_step"} if after[name]}
    assert left == set()
    untouched = set(TABLES) & set(before) - OF_A_CASE - {"case_file", "deviation_step", "outbox_event"}
    written = {"disposal_rule", "disposal_tombstone", "joint_decision"}
    assert {name for name in untouched if before[name] != after[name]} == written
    assert await rows_of(door, story.region) == others


async def test_the_picture_of_a_disposed_case_is_nobodys(door: Database, story: Story, two: Two) -> None:
    """Neither its holder nor whom consent covered gets facts of it any more."""
    rule = await ruled(door, two.one)
    await agreed(door, two.other, await proposed(door, two.one, rule, story.case.id))
    for one in (story.holder, story.region):
        with pytest.raises(NotFound):
            await story.seen_by(one)


async def carried_out(door: Database, who: Caller, subject: Any) -> None:
    """Somebody asks the gate to carry out what it is told has been agreed on."""
    async with door.act(who) as tx:
        await tx.call(disposing.CARRY_OUT, subject)
        await tx.commit()


async def test_the_gate_opens_for_nothing_less_than_two_now(door: Database, story: Story, two: Two) -> None:
    """No proposal, one still open, one approved a moment ago, another's, and another matter: all refused."""
    rule = await ruled(door, two.one)
    proposal = await proposed(door, two.one, rule, story.case.id)
    for who, subject in (
        (two.other.caller(), new_id()),
        (two.other.caller(), proposal.subject_id),
        (story.region.caller(), proposal.subject_id),
    ):
        with pytest.raises(NotFound):
            await carried_out(door, who, subject)
    approver = two.other.caller()
    async with door.act(approver) as tx:
        await tx.call(disposing.APPROVE, proposal.id, two.other.account, approver.instant)
        await tx.commit()
    with pytest.raises(NotFound):
        await carried_out(door, two.other.caller(), proposal.subject_id)
    with pytest.raises(NotFound):
        await agreed(door, two.other, await proposed(door, two.one, rule, story.case.id, matter="export"))
    assert (await rows_of(door, story.holder))["case_file"]


async def test_the_gate_removes_what_is_named_and_due_or_nothing(
    door: Database, story: Story, two: Two
) -> None:
    """Something beside that is not due, or is another organisation's, lets nothing go."""
    rule, before = await ruled(door, two.one), await rows_of(door, story.holder)
    summons = story.id("summons")
    for named in ([story.case.id, new_id()], [story.case.id, summons], [story.case.individual_id]):
        with pytest.raises(NotFound):
            await agreed(door, two.other, await proposed(door, two.one, rule, *named))
    after = await rows_of(door, story.holder)
    assert {name: after[name] for name in OF_A_CASE} == {name: before[name] for name in OF_A_CASE}


@pytest.mark.parametrize(
    "sql",
    [
        "delete from flerpart.case_file where id = $1",
        "delete from flerpart.journal_entry where item_id = $1",
        "delete from flerpart.disposal_tombstone where item_id = $1",
        "select gate_disposal.remove('case', $1, null)",
        "select gate_disposal.remove_case($1)",
        "select count(*) from gate_disposal.events('case', 'case_closed') where item_id = $1",
    ],
)
async def test_the_applications_login_deletes_nothing_itself(door: Database, story: Story, sql: str) -> None:
    """Neither a row nor a function of the gate's inside is its own."""
    async with door.act(story.holder.caller()) as tx:
        with pytest.raises(REFUSED):
            await tx.call(sql, story.case.id)


async def test_nobody_but_the_gate_sets_a_stone_or_certifies(door: Database, story: Story) -> None:
    """A tombstone and a certificate that no removal has left are refused."""
    mine, now = story.holder, datetime.now(UTC)
    shared: dict[str, Any] = {
        "org_id": mine.id,
        "id": new_id(),
        "rule_id": new_id(),
        "kind": "case",
        "rows_removed": 1,
    }
    who: dict[str, Any] = {"proposed_by": mine.account, "approved_by": new_id(), "disposed_at": now}
    stone: dict[str, Any] = {
        "disposal_id": new_id(),
        "item_id": story.case.id,
        "item_org": None,
        "event_on": date(2026, 1, 1),
    }
    proof: dict[str, Any] = {"items": 1, "certificate": "", "digest": b""}
    for row in (DisposalTombstone(**shared, **who, **stone), Disposal(**shared, **who, **proof)):
        async with door.act(mine.caller()) as tx:
            with pytest.raises(REFUSED):
                await tx.add(row)


async def test_the_gate_counts_as_the_domain_does(migration_url: str) -> None:
    """The day on which a time runs out is the same in both, over leap days, month ends and year ends."""
    days = [date(2027, 12, 1) + timedelta(days=n) for n in range(0, 460, 3)] + [date(2028, 2, 29)]
    ends = "select gate_disposal.ends_on($1, $2, $3)"
    async with owner(migration_url) as connection:
        await connection.execute("set role gate_disposal")
        for day in days:
            for months, from_year_end in ((0, False), (1, False), (13, True), (120, False)):
                found = await connection.fetchval(ends, day, months, from_year_end)
                assert found == Keeping(months, from_year_end).ends_on(day)
