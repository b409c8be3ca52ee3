"""Nine ways to rewrite the journal, and more, each by somebody above all rights; and a journal left alone."""

import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.journal.faults import FaultKind
from dev.postgres import Server
from tests.db.ledger import Ledger, told

pytestmark = pytest.mark.database

NAMES = (f"flerpart_ledger_{n}" for n in itertools.count(1))
SECOND = "(select entry_id from flerpart.chain_link where chain_id = $1 and number = 2)"
EDIT = f"update flerpart.journal_entry set operation = 'closeCase' where id = {SECOND}"
# Who knows how a chain is made makes its links anew, one after the other, with our own functions.
REWRITE = """
    with gone as (delete from flerpart.chain_link where chain_id = $1 returning *),
    head as (delete from flerpart.chain_head where chain_id = $1)
    select * from gone order by number"""
APPEND_AGAIN = """
    select gate_journal.append($1, $2, $3, $4, coalesce(
        (select gate_journal.hash_of('decision', to_jsonb(j)) from flerpart.journal_entry j where j.id = $4),
        (select gate_journal.hash_of('read', to_jsonb(r)) from flerpart.read_entry r where r.id = $4)))"""


@pytest.fixture(scope="module")
async def original(server: Server, template: str, keys_file: Path) -> Ledger:
    """A ledger that nobody has touched, to be copied for each test."""
    return await told(server, template, next(NAMES), keys_file)


@pytest.fixture
def ledger(original: Ledger) -> Iterator[Ledger]:
    """A copy for one test alone."""
    name = next(NAMES)
    yield replace(original, urls=original.server.create_database(name, original.name), name=name)
    original.server.drop_database(name)


@pytest.fixture
async def attacker(ledger: Ledger) -> AsyncIterator[Any]:
    """Somebody above all rights, whom no trigger stops."""
    async with ledger.above_all() as connection:
        await connection.execute("set timezone = 'UTC'; set bytea_output = 'hex'")
        # Whoever can do all this can also let a copy be opened: that alone must not be what stops them.
        await connection.execute("update flerpart.installation set opened_as = null")
        yield connection


async def rewritten(attacker: Any, ledger: Ledger) -> None:
    """The person's chain made anew over what its entries say now."""
    for link in await attacker.fetch(REWRITE, ledger.person):
        await attacker.execute(APPEND_AGAIN, ledger.a.id, ledger.person, link["kind"], link["entry_id"])


async def without_tail(attacker: Any, ledger: Ledger, *, head_too: bool) -> None:
    """The last entry and its link are gone; the head says so or not."""
    await attacker.execute("delete from flerpart.journal_entry where id = $1", ledger.entries[-1])
    await attacker.execute("delete from flerpart.chain_link where entry_id = $1", ledger.entries[-1])
    if head_too:
        await attacker.execute(
            "update flerpart.chain_head h set length = l.number, hash = l.hash from flerpart.chain_link l"
            " where h.chain_id = $1 and (l.org_id, l.chain_id) = (h.org_id, h.chain_id) and l.number = 6",
            ledger.person,
        )


async def without_chain(attacker: Any, ledger: Ledger) -> None:
    """Nothing is left of the person's chain."""
    for table, column in (
        ("journal_entry", "individual_id"),
        ("read_entry", "individual_id"),
        ("chain_link", "chain_id"),
        ("chain_head", "chain_id"),
    ):
        await attacker.execute(f"delete from flerpart.{table} where {column} = $1", ledger.person)


async def without_roots(attacker: Any) -> None:
    """No root was ever drawn."""
    await attacker.execute("delete from flerpart.journal_root")
    await attacker.execute("delete from flerpart.root_head")


async def found(ledger: Ledger, *kept: str) -> set[tuple[FaultKind, int | None]]:
    """What verification finds, all of it on the person's chain, with the number in it."""
    faults = (await ledger.verified(*kept)).faults
    assert {(one.organisation_id, one.chain_id) for one in faults} <= {(ledger.a.id, ledger.person)}
    for one in faults:
        if one.entry_id and one.number and one.kind is not FaultKind.CHAIN_REWRITTEN:
            assert one.entry_id in ledger.entries
    return {(one.kind, one.number) for one in faults}


async def test_a_journal_left_alone_is_as_it_was(ledger: Ledger) -> None:
    """The control: every chain, entry and root is looked at, and nothing is wrong."""
    seen = await ledger.verified()
    assert (seen.faults, seen.chains, seen.entries, seen.waiting, seen.roots) == ([], 3, 10, 0, 2)


async def test_an_edited_field_is_found(ledger: Ledger, attacker: Any) -> None:
    """1 of 9: another operation than was recorded."""
    await attacker.execute(EDIT, ledger.person)
    assert await found(ledger) == {(FaultKind.ENTRY_CHANGED, 2)}


@pytest.mark.parametrize(
    "edit",
    [
        "actor_id = item_id",
        "unit_id = item_id",
        "item_kind = 'plan'",
        "item_id = actor_id",
        "item_org = actor_id",
        "individual_id = null",
        "agreement_id = null",
        'findings = \'[{"rule": "MAL-2", "code": "Å"}]\'',
        "explanations_sealed = null",
    ],
)
async def test_no_column_can_be_edited_unseen(ledger: Ledger, attacker: Any, edit: str) -> None:
    """Every column of a decision is part of what is hashed, and every key inside its findings."""
    await attacker.execute(f"update flerpart.journal_entry set {edit} where id = $1", ledger.entries[1])
    assert await found(ledger) == {(FaultKind.ENTRY_CHANGED, 2)}


async def test_a_shifted_time_is_found(ledger: Ledger, attacker: Any) -> None:
    """2 of 9: a microsecond later than it was."""
    await attacker.execute(
        "update flerpart.journal_entry set recorded_at = recorded_at + interval '1 microsecond'"
        f" where id = {SECOND}",
        ledger.person,
    )
    assert await found(ledger) == {(FaultKind.ENTRY_CHANGED, 2)}


async def test_an_entry_deleted_in_the_middle_is_found(ledger: Ledger, attacker: Any) -> None:
    """3 of 9: the entry alone, or with its link."""
    await attacker.execute("delete from flerpart.journal_entry where id = $1", ledger.entries[1])
    assert await found(ledger) == {(FaultKind.ENTRY_GONE, 2)}
    await attacker.execute("delete from flerpart.chain_link where entry_id = $1", ledger.entries[1])
    assert await found(ledger) == {(FaultKind.LINKS_GONE, 3)}


async def test_two_swapped_entries_are_found(ledger: Ledger, attacker: Any) -> None:
    """4 of 9: each stands whole, in the other's place."""
    second, third = await attacker.fetch(
        "select number, entry_id, entry_hash from flerpart.chain_link"
        " where chain_id = $1 and number in (2, 3) order by number",
        ledger.person,
    )
    await attacker.execute(
        "alter table flerpart.chain_link drop constraint uq_chain_link_org_id_kind_entry_id"
    )
    for place, other in ((2, third), (3, second)):
        await attacker.execute(
            "update flerpart.chain_link set entry_id = $3, entry_hash = $4"
            " where chain_id = $1 and number = $2",
            ledger.person,
            place,
            other["entry_id"],
            other["entry_hash"],
        )
    assert await found(ledger) == {(FaultKind.LINK_BROKEN, 2), (FaultKind.LINK_BROKEN, 3)}


async def test_a_forged_row_is_found(ledger: Ledger, attacker: Any) -> None:
    """5 of 9: put past the triggers it is in no chain; with a link of its own making the chain breaks."""
    copied = (
        "org_id, gen_random_uuid(), actor_id, unit_id, operation, item_kind, item_id, item_org, individual_id"
    )
    forged = await attacker.fetchval(
        f"insert into flerpart.journal_entry select {copied}, agreement_id, findings, explanations_sealed,"
        " recorded_at from flerpart.journal_entry where id = $1 returning id",
        ledger.entries[0],
    )
    (fault,) = (await ledger.verified()).faults
    assert (fault.kind, fault.chain_id, fault.entry_id) == (FaultKind.ENTRY_UNLINKED, ledger.person, forged)
    await attacker.execute(
        "insert into flerpart.chain_link select org_id, individual_id, 8, 'decision', id,"
        " gate_journal.hash_of('decision', to_jsonb(j)), sha256('made up')"
        " from flerpart.journal_entry j where id = $1",
        forged,
    )
    assert {(one.kind, one.number) for one in (await ledger.verified()).faults} == {
        (FaultKind.LINK_BROKEN, 8),
        (FaultKind.HEAD_WRONG, 8),
    }


async def test_a_deleted_tail_is_found(ledger: Ledger, attacker: Any) -> None:
    """6 of 9: the head still says how long the chain was, and so does the root."""
    await without_tail(attacker, ledger, head_too=False)
    assert await found(ledger) == {(FaultKind.HEAD_WRONG, 6), (FaultKind.TAIL_GONE, 7)}
    await without_roots(attacker)
    assert await found(ledger) == {(FaultKind.HEAD_WRONG, 6)}


async def test_a_deleted_tail_with_its_head_put_right_is_found_by_the_root(
    ledger: Ledger, attacker: Any
) -> None:
    """7 of 9: the chain alone looks whole."""
    await without_tail(attacker, ledger, head_too=True)
    assert await found(ledger) == {(FaultKind.TAIL_GONE, 7)}


async def test_a_deleted_chain_is_found_by_the_root(ledger: Ledger, attacker: Any) -> None:
    """8 of 9: nothing is left but what the root says."""
    await without_chain(attacker, ledger)
    assert await found(ledger) == {(FaultKind.TAIL_GONE, 7)}


async def test_a_chain_rewritten_after_an_edit_is_found_by_the_root(ledger: Ledger, attacker: Any) -> None:
    """9 of 9: each hash is right for what the entries say now, and the root says that it was another."""
    await attacker.execute(EDIT, ledger.person)
    await rewritten(attacker, ledger)
    assert await found(ledger) == {(FaultKind.CHAIN_REWRITTEN, 1)}


async def test_the_place_of_a_rewriting_is_narrowed_by_the_roots_between(
    ledger: Ledger, attacker: Any
) -> None:
    """The first root fixed five entries that are as they were: what was rewritten is the sixth or seventh."""
    await attacker.execute(
        "update flerpart.journal_entry set item_kind = 'plan' where id = $1", ledger.entries[5]
    )
    await rewritten(attacker, ledger)
    assert await found(ledger) == {(FaultKind.CHAIN_REWRITTEN, 6)}


async def test_an_edited_or_deleted_read_is_found(ledger: Ledger, attacker: Any) -> None:
    """Reads are in the same chain as decisions, and sealed as well."""
    await attacker.execute("update flerpart.read_entry set operation = 'x' where id = $1", ledger.entries[3])
    await attacker.execute("delete from flerpart.read_entry where id = $1", ledger.entries[4])
    assert await found(ledger) == {(FaultKind.ENTRY_CHANGED, 4), (FaultKind.ENTRY_GONE, 5)}


async def test_a_read_deleted_while_it_waits_is_found(ledger: Ledger, attacker: Any) -> None:
    """Sealing later does not hide that it is gone."""
    (waiting,) = await ledger.write(ledger.a, ledger.person, reads=True)
    await attacker.execute("delete from flerpart.read_entry where id = $1", waiting)
    assert await ledger.seal() == 0
    (fault,) = (await ledger.verified()).faults
    assert (fault.kind, fault.entry_id) == (FaultKind.WAITING_READ_GONE, waiting)


async def test_an_entry_moved_to_another_chain_is_found(ledger: Ledger, attacker: Any) -> None:
    """A chain whose every hash is right, but made of another person's entry."""
    await attacker.execute("delete from flerpart.chain_link where chain_id = $1", ledger.other)
    await attacker.execute("delete from flerpart.chain_head where chain_id = $1", ledger.other)
    for link in await attacker.fetch(
        "select id from flerpart.journal_entry where individual_id = $1", ledger.other
    ):
        await attacker.execute(APPEND_AGAIN, ledger.b.id, ledger.b.id, "decision", link["id"])
    kinds = {(one.kind, one.chain_id) for one in (await ledger.verified()).faults}
    assert kinds == {(FaultKind.ENTRY_MISPLACED, ledger.b.id), (FaultKind.TAIL_GONE, ledger.other)}


@pytest.mark.parametrize("way", ["the tail", "the chain", "a field"])
async def test_who_deletes_the_roots_too_is_found_by_a_root_kept_elsewhere(
    ledger: Ledger, attacker: Any, way: str
) -> None:
    """7, 8 and 9 by somebody who owns the whole database: only what lies elsewhere can tell."""
    kept = await attacker.fetchval("select line from flerpart.journal_root where number = 2")
    if way == "the tail":
        await without_tail(attacker, ledger, head_too=True)
    elif way == "the chain":
        await without_chain(attacker, ledger)
    else:
        await attacker.execute(EDIT, ledger.person)
        await rewritten(attacker, ledger)
    await without_roots(attacker)
    assert (await ledger.verified()).faults == []
    faults = (await ledger.verified(kept)).faults
    assert {(one.kind, one.root) for one in faults} == {
        (FaultKind.ROOT_GONE, 2),
        (FaultKind.HEADS_CHANGED, 2),
    }


async def test_who_has_the_signing_key_too_is_found_by_a_root_kept_elsewhere(
    ledger: Ledger, attacker: Any
) -> None:
    """Roots drawn and signed anew over a rewritten journal are other roots than those handed out."""
    kept = [
        row["line"] for row in await attacker.fetch("select line from flerpart.journal_root order by number")
    ]
    await attacker.execute(EDIT, ledger.person)
    await rewritten(attacker, ledger)
    await without_roots(attacker)
    for _ in kept:
        await ledger.root()
    assert (await ledger.verified()).faults == []
    faults = (await ledger.verified(*kept)).faults
    assert {(one.kind, one.root) for one in faults if one.chain_id is None} == {
        (FaultKind.ROOT_CHANGED, 1),
        (FaultKind.ROOT_CHANGED, 2),
        (FaultKind.HEADS_CHANGED, 1),
    }
    assert ledger.person in {one.chain_id for one in faults if one.kind is FaultKind.HEAD_SUSPECT}


async def test_heads_rewritten_for_a_root_are_not_those_it_was_signed_over(
    ledger: Ledger, attacker: Any
) -> None:
    """Who also changes what roots fixed is found by their signatures; the chains in question are named."""
    await attacker.execute(EDIT, ledger.person)
    await rewritten(attacker, ledger)
    await attacker.execute(
        "update flerpart.root_head f set hash = l.hash from flerpart.chain_link l"
        " where (l.org_id, l.chain_id, l.number) = (f.org_id, f.chain_id, f.length)"
    )
    faults = (await ledger.verified()).faults
    assert {(one.kind, one.root) for one in faults} == {
        (FaultKind.HEADS_CHANGED, 1),
        (FaultKind.HEAD_SUSPECT, 1),
    }
    assert (ledger.a.id, ledger.person) in {(one.organisation_id, one.chain_id) for one in faults}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            "update flerpart.journal_root set line = replace(line, ' 10 ', ' 11 ')",
            {FaultKind.ROOT_NOT_SIGNED},
        ),
        ("update flerpart.journal_root set line = '?' where number = 2", {FaultKind.ROOT_MALFORMED}),
        ("delete from flerpart.journal_root where number = 1", {FaultKind.ROOT_GONE}),
        (
            "update flerpart.journal_root set line = (select max(line) from flerpart.journal_root)",
            {FaultKind.ROOT_GONE, FaultKind.ROOT_OUT_OF_ORDER},
        ),
    ],
)
async def test_roots_that_were_tampered_with_are_found(
    ledger: Ledger, attacker: Any, change: str, expected: set[FaultKind]
) -> None:
    """Changed, unreadable, missing or doubled, with nothing kept elsewhere."""
    await attacker.execute(change)
    assert {one.kind for one in (await ledger.verified()).faults} == expected


async def test_what_is_found_tells_of_nobody(ledger: Ledger, attacker: Any) -> None:
    """A finding consists of ids, numbers and words of ours."""
    await attacker.execute(
        "update flerpart.journal_entry set operation = 'Kim Exempel' where id = $1", ledger.entries[1]
    )
    (fault,) = (await ledger.verified()).faults
    assert str(fault) == (
        f"organisation {ledger.a.id} chain {ledger.person} number 2 entry {ledger.entries[1]}:"
        " the entry is not as it was recorded"
    )
