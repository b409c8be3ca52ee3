"""The launcher of the development PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from dev.cluster import SUPERUSER
from dev.errors import DevelopmentError
from dev.postgres import MIGRATOR, Server, Urls, running_server

pytestmark = pytest.mark.database


async def ask(url: str, question: str) -> object:
    """One answer from one new connection."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_the_migrator_is_no_superuser_and_inherits_nothing(empty_database: Urls) -> None:
    """What passes here as the migrator passes in production, where it is no superuser either."""
    assert await ask(empty_database.migration, "select current_user") == MIGRATOR
    rights = "array[rolsuper, rolbypassrls, rolinherit, rolcreatedb, rolcreaterole]"
    answer = await ask(
        empty_database.migration, f"select {rights} from pg_roles where rolname = current_user"
    )
    assert answer == [False, False, False, False, True]


async def test_nobody_comes_in_without_the_password(server: Server) -> None:
    """The socket asks for a password, so the API cannot log in as the superuser by naming it."""
    url = f"postgresql://{SUPERUSER}:guessed@/postgres?host={server.sockets}"
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(url, "select 1")


async def test_no_port_is_opened_and_what_was_promised_is_on_disk(empty_database: Urls) -> None:
    """The server listens on its socket only, and flushes to disk before it says that it has stored."""
    assert await ask(empty_database.migration, "show listen_addresses") == ""
    assert await ask(empty_database.migration, "show fsync") == "on"
    assert await ask(empty_database.migration, "show synchronous_commit") == "on"


async def test_statements_stay_out_of_the_servers_log(empty_database: Urls, server: Server) -> None:
    """A failing statement leaves nothing in the server's log, neither its text nor a message with values."""
    for failing in ("select 1 / length('') as secret_of_a_person", "select 'secret_of_a_person'::int"):
        with pytest.raises(asyncpg.DataError):
            await ask(empty_database.migration, failing)
    log = next(server.home.glob("postgresql-*/server.log")).read_text(encoding="utf-8")
    assert "ready to accept connections" in log
    assert "secret_of_a_person" not in log


async def test_a_second_run_finds_what_the_first_one_stored(home: Path) -> None:
    """Data and passwords survive a stop."""
    with running_server(home) as first:
        await ask(first.urls().migration, "comment on database flerpart is 'kept'")
        password = first.urls().api_password
    with running_server(home) as second:
        kept = "select shobj_description(oid, 'pg_database') from pg_database where datname = 'flerpart'"
        assert await ask(second.urls().migration, kept) == "kept"
        assert second.urls().api_password == password


async def test_a_server_left_behind_by_a_killed_run_is_replaced(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a launcher was killed outright, the next one stops its server and starts with the same data."""
    killed = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom dev.postgres import running_server\n"
        "with running_server(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(home)], check=False)
    left_over = next(home.glob("postgresql-*/postmaster.pid")).read_text(encoding="utf-8").splitlines()
    assert Path(left_over[4]).exists()
    with running_server(home) as second:
        assert await ask(second.urls().migration, "select 1") == 1
    assert "left behind" in capsys.readouterr().out
    assert not Path(left_over[4]).exists()


async def test_a_stale_pid_that_is_somebody_elses_now_is_no_obstacle(home: Path) -> None:
    """A pid file whose number meanwhile belongs to another process is not taken for a running server."""
    with running_server(home):
        pass
    (next(home.glob("postgresql-*")) / "postmaster.pid").write_text(f"{os.getpid()}\n", encoding="utf-8")
    with running_server(home) as again:
        assert await ask(again.urls().migration, "select 1") == 1


def test_two_runs_on_the_same_data_are_refused_in_plain_words(home: Path) -> None:
    """The second run is told that the first one is still there."""
    with running_server(home), pytest.raises(DevelopmentError, match="already runs"), running_server(home):
        pass


def test_a_named_folder_without_the_programs_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong FLERPART_POSTGRES_BIN is said, not silently replaced by another server."""
    monkeypatch.setenv("FLERPART_POSTGRES_BIN", str(home))
    with pytest.raises(DevelopmentError, match="initdb, pg_ctl, postgres"), running_server(home):
        pass


def test_nothing_secret_can_be_read_by_others(server: Server) -> None:
    """Passwords, data and socket are closed to everybody but their owner."""
    assert (server.home / "logins.json").stat().st_mode & 0o077 == 0
    assert next(server.home.glob("postgresql-*")).stat().st_mode & 0o077 == 0
    assert server.sockets.stat().st_mode & 0o077 == 0
    assert not list(server.sockets.glob("password*"))
