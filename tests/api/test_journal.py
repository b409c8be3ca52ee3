"""The journal behind the API: what cannot be written down is not answered, what was can be proved."""

import asyncio
import itertools
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from app.auth.journal_key import PublicKeys
from app.auth.keyring import KeyRing
from app.cli import cli, write_parties
from app.journal.roots import Root
from app.services.journal_verification import verify_journal
from app.settings import Settings
from app.wiring import build_app
from dev.cluster import SUPERUSER
from dev.postgres import Server, Urls
from tests.api.conftest import Application, Clock, Staff
from tests.api.scenes import NEED, PERSON, case, case_with_need

NAMES = (f"flerpart_behind_{n}" for n in itertools.count(1))
NAME = "Kim Exempel"


@pytest.fixture
async def alone(server: Server, template: str, keys_file: Path) -> AsyncIterator[Application]:
    """An application on a database that nobody else uses."""
    name = next(NAMES)
    urls = await asyncio.to_thread(server.create_database, name, template)
    await write_parties(urls.migration)
    clock = Clock()
    app = build_app(Settings(database_url=SecretStr(urls.api), FLERPART_KEYS_FILE=keys_file), clock)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield Application(http, clock, KeyRing.load(keys_file), urls)
    await asyncio.to_thread(server.drop_database, name)


async def as_owner(urls: Urls, *statements: str) -> None:
    """Break or mend the journal as the owner of its tables."""
    connection = await asyncpg.connect(urls.migration)
    try:
        await connection.execute("set role flerpart_owner")
        for one in statements:
            await connection.execute(one)
    finally:
        await connection.close()


async def rows(server: Server, urls: Urls) -> dict[str, int]:
    """How many rows there are in every table, whoever's they are."""
    name = urls.api.split("@/")[1].split("?")[0]
    login = f"{SUPERUSER}:{server.passwords[SUPERUSER]}"
    connection = await asyncpg.connect(f"postgresql://{login}@/{name}?host={server.sockets}")
    try:
        tables = await connection.fetch(
            "select relname from pg_stat_user_tables where schemaname = 'flerpart'"
        )
        return {
            row[0]: await connection.fetchval(f"select count(*) from flerpart.{row[0]}") for row in tables
        }
    finally:
        await connection.close()


FULL = "begin raise exception 'no space left' using errcode = '53100'; end"
BROKEN: dict[str, tuple[str, ...]] = {
    "decisions may not be written": ("revoke insert on flerpart.journal_entry from flerpart_api",),
    "decisions may not be linked": ("revoke insert on flerpart.chain_link from gate_journal",),
    "there is no space left for links": (
        "set role gate_journal",
        "create or replace function gate_journal.append(o uuid, c uuid, what text, entry uuid,"
        f" hash_of_entry bytea) returns void language plpgsql security definer as $$ {FULL} $$",
    ),
}
BLIND: dict[str, tuple[str, ...]] = {
    "reads may not be written": ("revoke insert on flerpart.read_entry from flerpart_api",),
    "reads may not wait": ("revoke insert on flerpart.unsealed_read from gate_journal",),
    "there is no space left for reads": (
        "set role gate_journal",
        "create or replace function gate_journal.await_sealing() returns trigger"
        f" language plpgsql security definer as $$ {FULL} $$",
    ),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_a_decision_that_cannot_be_journalled_is_not_taken(
    server: Server, alone: Application, broken: tuple[str, ...]
) -> None:
    """Nothing is answered but that the service is not there, and no row of any table is stored."""
    fk = await Staff(alone)("FK")
    registered = await case(fk)
    before = await rows(server, alone.urls)
    await as_owner(alone.urls, *broken)
    answers = [
        await fk.post("/individuals", PERSON),
        await fk.post(f"{registered.path}/need-assessments", NEED | {"version": 1}),
    ]
    assert [one.status_code for one in answers] == [503, 503]
    assert all(NAME not in one.text and "id" not in one.json() for one in answers)
    assert await rows(server, alone.urls) == before


@pytest.mark.parametrize("broken", BLIND.values(), ids=BLIND)
async def test_what_cannot_be_logged_is_not_shown(
    server: Server, alone: Application, broken: tuple[str, ...]
) -> None:
    """No row, no answer: neither the thing, nor that it is not there."""
    fk = await Staff(alone)("FK")
    seen = await case_with_need(fk)
    await as_owner(alone.urls, *broken)
    before = await rows(server, alone.urls)
    for path in (seen.path, "/cases", f"/individuals/{seen.individual_id}"):
        answer = await fk.get(path)
        assert answer.status_code == 503
        assert str(seen.individual_id) not in answer.text
        assert NAME not in answer.text
    assert await rows(server, alone.urls) == before


def environment(application: Application, keys_file: Path) -> dict[str, str]:
    """What an operator has set."""
    return {
        "DATABASE_URL": application.urls.api,
        "MIGRATION_DATABASE_URL": application.urls.migration,
        "FLERPART_KEYS_FILE": str(keys_file),
    }


async def flerpart(application: Application, keys_file: Path, *words: str) -> Result:
    """Run a command of `flerpart` as an operator does."""
    settings = environment(application, keys_file)
    return await asyncio.to_thread(CliRunner().invoke, cli, words, env=settings)


async def test_everything_done_over_the_api_is_proved(alone: Application, keys_file: Path) -> None:
    """Each decision and read of a case is in a chain, none waits after a root, and all is as it was."""
    fk = await Staff(alone)("FK")
    seen = await case_with_need(fk)
    assert (await fk.get(seen.path)).status_code == 200
    key = alone.keyring.journal_key
    assert key is not None
    before = await verify_journal(alone.urls.migration, [], PublicKeys(key.public_pem()).vouch)
    assert before.faults == []
    assert before.waiting > 0
    line = (await flerpart(alone, keys_file, "journal", "root")).stdout.strip()
    after = await verify_journal(alone.urls.migration, [line], PublicKeys(key.public_pem()).vouch)
    assert (after.faults, after.waiting, after.roots) == ([], 0, 1)
    assert after.entries == before.entries + before.waiting
    assert Root.read(line).entries == after.entries


async def test_the_worker_seals_and_draws_the_first_root(alone: Application, keys_file: Path) -> None:
    """Nobody need remember: a turn of the worker leaves no read waiting, and all chains fixed."""
    fk = await Staff(alone)("FK")
    seen = await case_with_need(fk)
    assert (await fk.get(seen.path)).status_code == 200
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", "worker"],
        env=os.environ | environment(alone, keys_file),
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        said = [process.stderr.readline() for _ in range(2)]
        process.terminate()
    assert json.loads(said[1])["event"] == "a root was drawn over all chains of the journal"
    key = alone.keyring.journal_key
    assert key is not None
    after = await verify_journal(alone.urls.migration, [], PublicKeys(key.public_pem()).vouch)
    assert (after.faults, after.waiting, after.roots) == ([], 0, 1)


async def test_the_commands_prove_and_accuse(
    server: Server, alone: Application, keys_file: Path, tmp_path: Path
) -> None:
    """An operator keeps roots and key elsewhere; an edited entry is named by ids alone, and the exit is 1."""
    fk = await Staff(alone)("FK")
    seen = await case(fk)
    kept, pem = tmp_path / "roots.txt", tmp_path / "key.pem"
    drawn = [(await flerpart(alone, keys_file, "journal", "root")).stdout for _ in range(2)]
    kept.write_text("".join(drawn))
    assert (await flerpart(alone, keys_file, "journal", "roots")).stdout == kept.read_text()
    assert (await flerpart(alone, keys_file, "journal", "roots", "--after", "1")).stdout == drawn[1]
    pem.write_text((await flerpart(alone, keys_file, "journal", "key")).stdout)
    verify = ("journal", "verify", "--roots", str(kept), "--key", str(pem))
    proved = await flerpart(alone, keys_file, *verify)
    assert (proved.exit_code, proved.stdout.strip()[-10:]) == (0, "No faults.")
    await as_owner(
        alone.urls,
        "alter table flerpart.journal_entry no force row level security",
        "alter table flerpart.journal_entry disable trigger refuse",
        f"update flerpart.journal_entry set operation = '{NAME}' where operation = 'registerCase'",
    )
    accused = await flerpart(alone, keys_file, *verify)
    assert accused.exit_code == 1
    assert f"chain {seen.individual_id} number 2" in accused.stdout
    assert accused.stdout.strip()[-9:] == "1 faults."
    assert NAME not in accused.stdout + accused.stderr


async def test_a_keys_file_older_than_the_roots_is_given_their_key(
    alone: Application, keys_file: Path, tmp_path: Path
) -> None:
    """Without a key no root is drawn, and the command says which word adds one."""
    older = tmp_path / "keys.json"
    document: dict[str, Any] = json.loads(keys_file.read_text())
    del document["journal_key"]
    older.write_text(json.dumps(document))
    older.chmod(0o600)
    refused = await flerpart(alone, older, "journal", "root")
    assert refused.exit_code != 0
    assert "flerpart journal add-key" in refused.stderr
    assert (await flerpart(alone, older, "journal", "add-key", str(older))).exit_code == 0
    assert (await flerpart(alone, older, "journal", "root")).stdout.startswith("flerpart-root-1 1 ")
