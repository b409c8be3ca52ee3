"""The journal as the application may write it: into chains, each entry once, and never otherwise."""

import asyncio
import itertools
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlmodel import SQLModel

from app.db import migrate
from app.db.database import Database
from app.db.ids import new_id
from app.errors import NotFound, Unavailable
from app.journal.roots import Root
from app.services.journal import ROOT_EVERY, publish_root_when_due, seal_reads
from dev.postgres import Server
from tests.db.ledger import FIRST, Ledger, decision, read, told
from tests.db.scene import Organisation, owner

pytestmark = pytest.mark.database

NAMES = (f"flerpart_journal_{n}" for n in itertools.count(1))
PAGE = Path(__file__).parents[2] / "docs" / "journal.md"
VERSIONS = Path(__file__).parents[2] / "alembic" / "versions"


@pytest.fixture
async def ledger(server: Server, template: str, keys_file: Path) -> AsyncIterator[Ledger]:
    """A journal for one test alone."""
    made = await told(server, template, next(NAMES), keys_file)
    yield made
    server.drop_database(made.name)


async def test_sixteen_writers_make_one_chain_without_gaps(ledger: Ledger) -> None:
    """Decisions on one person at once wait for each other, and each finds its own place."""
    sign = ledger.signing()
    async with Database(ledger.urls.api, sign, smallest=16, largest=16).opened() as database:

        async def writes(number: int) -> None:
            for turn in range(10):
                at = FIRST + timedelta(seconds=number, microseconds=turn)
                async with database.act(ledger.a.caller(at)) as tx:
                    await tx.add(decision(ledger.a, ledger.person, at))
                    await tx.commit()

        await asyncio.gather(*map(writes, range(16)))
    async with ledger.above_all() as connection:
        numbers = await connection.fetch(
            "select number from flerpart.chain_link where chain_id = $1 order by number", ledger.person
        )
    assert [row["number"] for row in numbers] == list(range(1, 7 + 160 + 1))
    assert (await ledger.verified()).faults == []


async def test_another_person_s_decision_waits_for_nobody(ledger: Ledger) -> None:
    """Only writers of the same chain wait: within one organisation, others go past them."""
    async with ledger.opened() as database, database.act(ledger.a.caller(FIRST)) as slow:
        await slow.add(decision(ledger.a, ledger.person, FIRST))
        await ledger.write(ledger.a, new_id(), None)
        await slow.commit()
    assert (await ledger.verified()).faults == []


async def test_every_read_is_sealed_once_by_however_many_sealers(ledger: Ledger) -> None:
    """Four sealers at once share the work, and a fifth finds nothing left; readers wait for none of them."""
    people = [new_id() for _ in range(5)]
    await ledger.write(ledger.a, *people * 20, reads=True)
    assert (await ledger.verified()).waiting == 100
    async with ledger.opened() as database:
        assert sum(await asyncio.gather(*(seal_reads(database) for _ in range(4)))) == 100
        assert await seal_reads(database) == 0
    seen = await ledger.verified()
    assert (seen.faults, seen.waiting, seen.entries) == ([], 0, 110)


async def test_reads_are_linked_in_the_order_of_their_time(ledger: Ledger) -> None:
    """Within what is sealed together the earlier comes first."""
    person = new_id()
    made = await ledger.write(ledger.a, person, person, person, person, reads=True)
    await ledger.seal()
    async with ledger.acting(ledger.a) as tx:
        linked = await tx.table(
            "select entry_id from flerpart.chain_link where chain_id = $1 order by number", person
        )
    assert [row["entry_id"] for row in linked] == made


async def test_a_chain_is_its_organisation_s_own_to_see(ledger: Ledger) -> None:
    """An organisation sees its own links and heads; what waits and what roots fixed, nobody."""
    for who, chains in (
        (ledger.a, {ledger.person, ledger.a.id}),
        (ledger.b, {ledger.other}),
        (Organisation(), set()),
    ):
        for table in ("chain_link", "chain_head"):
            async with ledger.acting(who) as tx:
                rows = await tx.table(f"select distinct chain_id from flerpart.{table}")
            assert {row["chain_id"] for row in rows} == chains
    for table in ("unsealed_read", "journal_root", "root_head"):
        async with ledger.acting(ledger.a) as tx:
            with pytest.raises(Unavailable):
                await tx.table(f"select * from flerpart.{table}")


TABLES = (
    "journal_entry",
    "read_entry",
    "chain_link",
    "chain_head",
    "unsealed_read",
    "journal_root",
    "root_head",
)
APPEND_ONLY = ("journal_entry", "read_entry", "chain_link", "journal_root", "root_head")


@pytest.mark.parametrize("table", TABLES)
async def test_the_application_changes_and_deletes_nothing_of_the_journal(ledger: Ledger, table: str) -> None:
    """SQL injected into its login is refused by the lack of a right, before any policy is asked."""
    for sql in (f"delete from flerpart.{table}", f"truncate flerpart.{table}", _update(table)):
        async with ledger.acting(ledger.a) as tx:
            with pytest.raises(Unavailable):
                await tx.call(sql)


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_the_owner_must_first_disable_a_trigger(ledger: Ledger, table: str) -> None:
    """Whoever owns the tables has the right and is still stopped; who disables the trigger is found later."""
    for sql in (f"delete from flerpart.{table}", f"truncate flerpart.{table}", _update(table)):
        async with owner(ledger.urls.migration) as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match=f"{table} is append-only"):
                await connection.execute(sql)


def _update(table: str) -> str:
    column = {"journal_root": "number", "root_head": "root_number"}.get(table, "org_id")
    return f"update flerpart.{table} set {column} = {column}"


@pytest.mark.parametrize(
    "sql",
    ["select count(*) from gate_journal.draw_root()", "select gate_journal.keep_root(3, 'flerpart-root-1')"],
)
@pytest.mark.parametrize("named", [True, False])
async def test_no_request_draws_a_root_or_stores_one(ledger: Ledger, sql: str, *, named: bool) -> None:
    """What would use up what has moved, or stand among the roots for ever, is refused in everybody's name."""
    async with ledger.opened() as database:
        named_or_not = database.act(ledger.a.caller(FIRST)) if named else database.unattended()
        async with named_or_not as tx:
            with pytest.raises(NotFound):
                await tx.call(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into flerpart.chain_link values ($1, $1, 1, 'decision', $1, '', '')",
        "insert into flerpart.chain_head values ($1, $1, 1, '')",
        "insert into flerpart.unsealed_read values ($1, now(), $1)",
        "select gate_journal.append($1, $1, 'decision', $1, '')",
    ],
)
async def test_the_application_makes_no_link_of_its_own(ledger: Ledger, sql: str) -> None:
    """Links come from triggers alone."""
    async with ledger.acting(ledger.a) as tx:
        with pytest.raises(Unavailable):
            await tx.call(sql, ledger.a.id)


@pytest.mark.parametrize("row", [decision, read])
async def test_nobody_writes_in_another_s_name_or_time(ledger: Ledger, row: Any) -> None:
    """An entry says who asks, for which unit, and when: what the signed context says."""
    me = ledger.a
    other = Organisation(me.id, new_id(), me.officer, me.account)
    colleague = Organisation(me.id, me.unit, new_id(), new_id())
    forged: list[SQLModel] = [
        row(other, ledger.person, FIRST),
        row(colleague, ledger.person, FIRST),
        row(ledger.b, ledger.person, FIRST),
        row(me, ledger.person, FIRST - timedelta(days=1)),
    ]
    for one in forged:
        async with ledger.acting(me) as tx:
            with pytest.raises(NotFound):
                await tx.add(one)


async def test_a_root_is_drawn_when_it_is_due_and_something_moved(ledger: Ledger) -> None:
    """An hour after the last one, and not for an unchanged journal; two at once make one after the other."""
    key = ledger.keyring.journal_key
    assert key is not None
    newest = Root.read(await ledger.root())
    async with ledger.opened() as database:
        later = newest.at + ROOT_EVERY + timedelta(seconds=1)
        assert await publish_root_when_due(database, key, later) is None
        await ledger.write(ledger.a, ledger.person)
        assert await publish_root_when_due(database, key, newest.at + timedelta(minutes=59)) is None
        line = await publish_root_when_due(database, key, later)
        assert line is not None
        drawn = Root.read(line)
        assert (drawn.number, drawn.chains, drawn.entries) == (newest.number + 1, 3, 11)
        assert drawn.root != newest.root
    await asyncio.gather(ledger.root(), ledger.root())
    seen = await ledger.verified(line)
    assert (seen.faults, seen.roots) == ([], newest.number + 3)


async def test_a_journal_older_than_its_chains_is_linked_when_it_is_migrated(ledger: Ledger) -> None:
    """What was stored before is linked in its order, its reads wait, and what follows goes on from there."""
    (number,) = (one.name[:4] for one in VERSIONS.glob("*_journal_chains.py"))
    url = ledger.urls.migration
    await asyncio.to_thread(migrate.downgrade, url, f"{int(number) - 1:04}")
    await asyncio.to_thread(migrate.upgrade, url)
    seen = await ledger.verified()
    assert (seen.faults, seen.entries, seen.waiting, seen.roots) == ([], 8, 2, 0)
    await ledger.write(ledger.a, ledger.person)
    await ledger.root()
    seen = await ledger.verified()
    assert (seen.faults, seen.entries, seen.waiting, seen.roots) == ([], 11, 0, 1)


async def test_a_chain_can_be_verified_by_hand_as_the_page_says(ledger: Ledger) -> None:
    """The SQL of the page, as it stands there, follows a chain of decisions and reads, and finds an edit."""
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    pinned, chain = sql.split("\n", 1)
    question = chain.replace("'…'", f"'{ledger.a.id}'", 1).replace("'…'", f"'{ledger.person}'", 1)
    async with ledger.above_all() as connection:
        await connection.execute(pinned)
        assert [row["whole"] for row in await connection.fetch(question)] == [True] * 7
        await connection.execute(
            "update flerpart.read_entry set item_kind = 'plan' where id = $1", ledger.entries[3]
        )
        whole = [row["whole"] for row in await connection.fetch(question)]
    assert whole == [True, True, True, False, True, True, True]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed here")
async def test_a_root_can_be_verified_by_hand_as_the_page_says(ledger: Ledger, tmp_path: Path) -> None:
    """The shell's lines of the page, as they stand there, believe a root, and none that was changed."""
    key = ledger.keyring.journal_key
    assert key is not None
    (script,) = re.findall(r"```sh\n(line=.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "keys.pem").write_text(key.public_pem())
    lines = [await ledger.root(), await ledger.root()]

    def by_hand(*roots: str) -> str:
        (tmp_path / "roots.txt").write_text("".join(f"{one}\n" for one in roots))
        run = ["sh", "-c", script]
        return subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False).stdout

    said = by_hand(*lines)
    assert "Signature Verified Successfully" in said
    assert said.split()[-2] == lines[1].split()[6]
    assert "Signature Verified Successfully" not in by_hand(lines[0], lines[1].replace(" 3 ", " 4 ", 1))


async def test_the_sums_do_not_depend_on_how_a_session_writes(ledger: Ledger) -> None:
    """A writer in another time zone, with other ways to write bytes, makes the same hashes."""
    async with ledger.acting(ledger.a) as tx:
        for setting in (
            "set_config('timezone', 'Asia/Kolkata', true)",
            "set_config('bytea_output', 'escape', true)",
        ):
            await tx.call(f"select {setting}")
        await tx.add(decision(ledger.a, ledger.person, FIRST))
        await tx.commit()
    assert (await ledger.verified()).faults == []
