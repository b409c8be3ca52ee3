"""A restored backup: shut until it has been told what was taken away since; then nothing of it is back."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from app.auth.context import ContextSigner
from app.auth.keyring import KeyRing
from app.cli import write_parties
from app.errors import Restored
from app.recovery import work
from app.recovery.kept import KeptFileBroken, read
from app.settings import Settings
from app.wiring import build_app
from dev.postgres import Server, Urls
from tests.api.conftest import Application, Clock, Staff
from tests.recovery.scenes import EVERYTHING, backed

pytestmark = pytest.mark.database


@asynccontextmanager
async def served(urls: Urls, keys_file: Path) -> AsyncIterator[Application]:
    """The application over a database."""
    clock = Clock()
    settings = Settings(database_url=SecretStr(urls.api), FLERPART_KEYS_FILE=keys_file, FLERPART_POOL_SIZE=4)
    app = build_app(settings, clock)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
        yield Application(http, clock, KeyRing.load(keys_file), urls)


def name_of(urls: Urls) -> str:
    """What a database is called."""
    return urlsplit(urls.api).path.removeprefix("/")


async def ready(http: httpx.AsyncClient) -> int:
    """How the application answers whether it can work."""
    return (await http.get("http://testserver/readyz")).status_code


async def test_nothing_that_was_taken_away_comes_back(
    server: Server, fresh_database: Urls, keys_file: Path, tmp_path: Path
) -> None:
    """Backup, then withdrawal, disposal, protection and an ended account: after the replay none is undone,
    and before it the database is shut. Told nothing, the same backup would bring all of it back.
    """
    await write_parties(fresh_database.migration)
    file, earlier, backup = tmp_path / "kept", tmp_path / "earlier", tmp_path / "backup"
    signer = ContextSigner.of(KeyRing.load(keys_file))
    async with served(fresh_database, keys_file) as before:
        it = await backed(Staff(before))
        await work.export(fresh_database.migration, file)
        shutil.copy(file, earlier)
        assert len(await it.seen(before.http)) == EVERYTHING
        server.back_up(name_of(fresh_database), backup)
        await it.take_away()
        assert await it.seen(before.http) == []
        kept = await work.export(fresh_database.migration, file)
    assert kept.events >= 4
    told, untold = server.restore(backup, "flerpart_told"), server.restore(backup, "flerpart_untold")
    for urls in (told, untold):
        with pytest.raises(Restored):
            async with served(urls, keys_file):
                pass
    again = await work.replay(told.migration, signer, file)
    assert (again.head, again.events["withdrawal"], again.events["disposal"]) == (kept.head, 1, 1)
    await work.replay(told.migration, signer, file)
    async with served(told, keys_file) as after:
        assert await it.seen(after.http) == []
        assert await ready(after.http) == 200
    await work.replay(untold.migration, signer, earlier)
    async with served(untold, keys_file) as after:
        assert len(await it.seen(after.http)) == EVERYTHING
    for name in ("flerpart_told", "flerpart_untold"):
        server.drop_database(name)


async def test_a_backup_that_takes_the_databases_place_is_noticed(
    server: Server, fresh_database: Urls, keys_file: Path, tmp_path: Path
) -> None:
    """An application that is already serving answers nothing from it."""
    backup, name = tmp_path / "backup", name_of(fresh_database)
    async with served(fresh_database, keys_file) as application:
        assert await ready(application.http) == 200
        server.back_up(name, backup)
        server.drop_database(name)
        server.restore(backup, name)
        # A process goes by its last look for a moment: it looks again by itself.
        for _ in range(100):
            if await ready(application.http) != 200:
                break
            await asyncio.sleep(0.2)
        assert await ready(application.http) == 503
        assert (await application.http.get("http://testserver/livez")).status_code == 200


async def test_a_file_that_does_not_fit_the_backup_opens_nothing(
    fresh_database: Urls, keys_file: Path, tmp_path: Path
) -> None:
    """Another installation's file is refused, one older than the backup, and one that ends elsewhere."""
    signer = ContextSigner.of(KeyRing.load(keys_file))
    file, earlier = tmp_path / "kept", tmp_path / "earlier"
    await work.export(fresh_database.migration, file)
    shutil.copy(file, earlier)
    await write_parties(fresh_database.migration)
    async with served(fresh_database, keys_file) as application:
        it = await backed(Staff(application))
        await it.take_away()
    await work.export(fresh_database.migration, file)
    assert len(read(file).lines) >= 4
    with pytest.raises(KeptFileBroken, match="older than the backup"):
        await work.replay(fresh_database.migration, signer, earlier)
    with pytest.raises(KeptFileBroken, match="ends with"):
        await work.replay(fresh_database.migration, signer, file, head=read(earlier).head)
    text = earlier.read_text(encoding="utf-8")
    earlier.write_text(text.replace(str(read(earlier).installation), str(it.person_id)), encoding="utf-8")
    with pytest.raises(KeptFileBroken, match="another installation"):
        await work.replay(fresh_database.migration, signer, earlier)


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from flerpart.recovery_event",
        "update flerpart.installation set opened_as = null",
        "select gate_recovery.reopen()",
        "select gate_disposal.dispose_again('{}')",
    ],
)
async def test_the_applications_login_neither_reads_what_was_taken_away_nor_opens(
    database: Urls, sql: str
) -> None:
    """What all organisations have taken away is not for whoever serves one; opening is the operator's."""
    connection = await asyncpg.connect(database.api)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(sql)
    finally:
        await connection.close()
