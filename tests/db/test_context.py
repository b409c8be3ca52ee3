"""Who a transaction acts for cannot be claimed, guessed or changed from inside it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from app.auth.context import ContextSigner
from app.db.bootstrap import store_context_key
from app.db.tables import METADATA
from dev.postgres import Urls
from tests.db.scene import Organisation, Scene, enter_directory

pytestmark = pytest.mark.database

SET = "select set_config('flerpart.context', $1, true)"
TABLES = {table.name for table in METADATA.tables.values()}
GATES_ONLY = {"context_key", "picture_revision", "reference_counter", "statistic_fact", "token_issuer"}
READABLE = sorted(
    TABLES - GATES_ONLY - {"unsealed_read", "journal_root", "root_head"} - {"installation", "recovery_event"}
)
CHANGED = {
    "unit",
    "officer",
    "account",
    "individual",
    "case_file",
    "meeting",
    "invitee",
    "plan_draft",
    "outbox_event",
}
ME = Organisation()


@pytest.fixture
async def login(api_url: str) -> AsyncIterator[Any]:
    """A bare connection of the application's login, in a transaction without a context."""
    connection = await asyncpg.connect(api_url)
    try:
        async with connection.transaction():
            yield connection
    finally:
        await connection.close()


def signed(signer: ContextSigner, of: Organisation = ME, at: datetime | None = None) -> str:
    """A true context of that organisation."""
    return signer.sign(of.id, of.unit, of.account, at or datetime.now(UTC))


async def visible(login: Any) -> int:
    """How many rows of any table the transaction sees."""
    counts = [await login.fetchval(f"select count(*) from flerpart.{table}") for table in READABLE]
    return sum(counts)


async def test_a_true_context_is_its_organisation(login: Any, signer: ContextSigner) -> None:
    """A signed context gives its four values back, to the microsecond."""
    at = datetime.now(UTC)
    await login.execute(SET, signed(signer, at=at))
    words = "gate_context.organisation(), gate_context.unit(), gate_context.actor(), gate_context.instant()"
    assert tuple(await login.fetchrow(f"select {words}")) == (ME.id, ME.unit, ME.account, at)


async def test_a_true_context_sees_its_own(scene: Scene, login: Any, signer: ContextSigner) -> None:
    """The twin of every refusal below: with A's context, A's rows are seen."""
    await login.execute(SET, signed(signer, scene.a))
    assert await login.fetchval("select count(*) from flerpart.meeting") == 1
    assert await visible(login) > 4


async def test_without_a_context_nothing_is_seen(scene: Scene, login: Any) -> None:
    """A transaction that nobody has signed for sees no row of any table, the directory included."""
    assert await visible(login) == 0


def broken(context: str) -> dict[str, str]:
    """Contexts that nobody signed, made from one that somebody did."""
    parts = context.split("|")
    last = "0" if context[-1] != "0" else "1"
    return {
        "empty": "",
        "garbage": "whatever",
        "seven empty parts": "||||||",
        "seven parts of garbage": "1|a|b|c|d|e|" + "f" * 64,
        "not ASCII": "ö|ö|ö|ö|ö|ö|" + "ö" * 64,
        "eight parts": context + "|",
        "six parts": "|".join(parts[:-1]),
        "no mac": "|".join([*parts[:-1], ""]),
        "another organisation": "|".join([parts[0], str(Organisation().id), *parts[2:]]),
        "a later expiry": "|".join([*parts[:5], str(int(parts[5]) + 1), parts[6]]),
        "a wrong last character": context[:-1] + last,
        "mac in capitals": "|".join([*parts[:-1], parts[-1].upper()]),
        "an unknown key": "|".join(["9999", *parts[1:]]),
        "the organisation twice": "|".join([parts[0], parts[1], *parts[1:]]),
    }


@pytest.mark.parametrize("how", sorted(broken("1|2|3|4|5|6|7")))
async def test_a_broken_context_sees_nothing_and_raises_nothing(
    scene: Scene, login: Any, signer: ContextSigner, how: str
) -> None:
    """Forged, torn or invented, a context is as good as none, and says nothing of why."""
    await login.execute(SET, broken(signed(signer, scene.a))[how])
    assert await login.fetchval("select gate_context.organisation()") is None
    assert await visible(login) == 0


async def test_another_key_signs_nobody(scene: Scene, login: Any, signer: ContextSigner) -> None:
    """A context signed with a key the database does not hold under that id is as good as none."""
    stranger = ContextSigner(signer.key_id, b"not the key of this installation")
    await login.execute(SET, signed(stranger, scene.a))
    assert await visible(login) == 0


async def test_an_expired_context_sees_nothing(scene: Scene, login: Any, signer: ContextSigner) -> None:
    """A context ends by the database's own clock, whatever instant it speaks of."""
    await login.execute(SET, signed(signer, scene.a, datetime.now(UTC) - timedelta(minutes=2)))
    assert await login.fetchval("select gate_context.organisation()") is None
    assert await visible(login) == 0


async def test_a_retired_key_still_verifies_what_it_signed(
    fresh_database: Urls, signer: ContextSigner
) -> None:
    """Rotating the key cuts nobody off in the middle of a request; the new one signs from then on."""
    await enter_directory(fresh_database.migration, ME)
    later = ContextSigner(signer.key_id + 1, b"the key after this installation's")
    await store_context_key(fresh_database.migration, str(later.key_id), *later.padded())
    connection = await asyncpg.connect(fresh_database.api)
    try:
        for one in (signer, later):
            async with connection.transaction():
                await connection.execute(SET, signed(one))
                assert await connection.fetchval("select count(*) from flerpart.officer") == 1
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "set role flerpart_owner",
        "set role gate_context",
        "set role flerpart_migrator",
        "set session authorization flerpart_owner",
        "truncate flerpart.meeting",
        "alter table flerpart.meeting disable row level security",
        "drop policy see on flerpart.meeting",
        "create policy mine on flerpart.meeting using (true)",
        "create table flerpart.mine (id int)",
        "create function flerpart.mine() returns int language sql as 'select 1'",
        "create table public.mine (id int)",
        "grant flerpart_owner to flerpart_api",
        "create role mine",
        "select ipad from flerpart.context_key",
        "select gate_context.part(2)",
        "select gate_visibility.lives(null, null, null, null)",
        "select key_set from flerpart.token_issuer",
        "select last from flerpart.reference_counter",
        "select party from flerpart.statistic_fact",
        "update flerpart.organisation set name = 'mine'",
        "insert into flerpart.organisation (id, name, type) values (gen_random_uuid(), 'mine', 'other')",
    ],
)
async def test_the_login_cannot_step_out(
    scene: Scene, login: Any, signer: ContextSigner, statement: str
) -> None:
    """What injected SQL might try is refused by the database itself, whoever it speaks for."""
    await login.execute(SET, signed(signer, scene.a))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.execute(statement)


async def test_switching_row_security_off_fails_closed(
    scene: Scene, login: Any, signer: ContextSigner
) -> None:
    """With row_security off a read is an error, not a leak."""
    await login.execute(SET, signed(signer, scene.a))
    await login.execute("set local row_security = off")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.fetch("select id from flerpart.meeting")


@pytest.mark.parametrize("table", sorted(TABLES - CHANGED))
async def test_what_is_recorded_is_not_changed(login: Any, signer: ContextSigner, table: str) -> None:
    """UPDATE is not granted on a table that only grows."""
    await login.execute(SET, signed(signer))
    column = next(iter(METADATA.tables[f"flerpart.{table}"].c)).name
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.execute(f"update flerpart.{table} set {column} = {column}")


@pytest.mark.parametrize("table", sorted(TABLES))
async def test_nothing_is_deleted(login: Any, signer: ContextSigner, table: str) -> None:
    """DELETE is granted on no table."""
    await login.execute(SET, signed(signer))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.execute(f"delete from flerpart.{table}")
