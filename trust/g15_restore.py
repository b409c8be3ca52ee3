"""G15: a restored backup brings nothing back that was taken away after it was made.

A backup is made while a consent, a case, a person's whereabouts and an account are seen by whoever may.
Then the consent is withdrawn, the case disposed of, the person protected and the account ended, and all that
is kept outside. The backup is restored twice: both are shut, and the API ends at once on them. The one is
told what was kept outside; nothing of it may be seen then. The other is told only what had been taken away
before the backup; all of it must be seen again, or the drill would prove nothing.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from app.auth.context import ContextSigner
from app.recovery import work
from dev.postgres import Urls
from tests.recovery.scenes import EVERYTHING, Backed, backed
from trust.gate import Gate, Shown
from trust.ground import Api, Ground, Place, free_port
from trust.loopback import client


async def trial(ground: Ground) -> Shown:
    """Back up, take away, restore, tell, look."""
    folder = ground.home / "restore"
    folder.mkdir(exist_ok=True)
    file, earlier, backup = (folder / name for name in ("kept", "earlier", "backup"))
    for one in (file, earlier, backup):
        one.unlink(missing_ok=True)
    async with ground.place() as place:
        it = await backed(place.staff)
        await work.export(place.urls.migration, file)
        shutil.copy(file, earlier)
        seen_before = len(await it.seen(place.http))
        await asyncio.to_thread(ground.server.back_up, urlsplit(place.urls.api).path[1:], backup)
        await it.take_away()
        seen_after = len(await it.seen(place.http))
        kept = await work.export(place.urls.migration, file)
        told, begun = await _restored(ground, place, backup, "trust_told"), time.monotonic()
        signer = ContextSigner.of(place.keyring)
        await work.replay(told.urls.migration, signer, file, kept.head)
        seconds = time.monotonic() - begun
        back = await _seen(it, told)
        untold = await _restored(ground, place, backup, "trust_untold")
        await work.replay(untold.urls.migration, signer, earlier)
        without = await _seen(it, untold)
    for name in ("trust_told", "trust_untold"):
        ground.server.drop_database(name)
    shut = told.shut and untold.shut
    held = seen_before == len(without) == EVERYTHING and seen_after == 0
    return Shown(
        kept=shut and held and not back,
        figures=f"{kept.events} events kept outside and told again in {seconds:.1f} s,"
        f" the API {'ended at once' if shut else 'STARTED'} on the restored backup before that;"
        f" {len(back)} of {seen_before} things came back, {len(without)} without the telling",
    )


class _Database:
    """A restored backup, and whether the API ended at once on it."""

    def __init__(self, place: Place, urls: Urls, shut: bool) -> None:
        self.place, self.urls, self.shut = place, urls, shut

    @asynccontextmanager
    async def served(self) -> AsyncIterator[httpx.AsyncClient]:
        """The API over it."""
        api = _api_over(self.place, self.urls)
        await asyncio.to_thread(api.start)
        try:
            async with client(api.port, 8) as http:
                yield http
        finally:
            api.stop()


async def _restored(ground: Ground, place: Place, backup: Path, name: str) -> _Database:
    ground.server.drop_database(name)
    urls = await asyncio.to_thread(ground.server.restore, backup, name)
    api = _api_over(place, urls)
    try:
        await asyncio.to_thread(api.start)
    except RuntimeError:
        return _Database(place, urls, shut=True)
    finally:
        api.stop()
    return _Database(place, urls, shut=False)


def _api_over(place: Place, urls: Urls) -> Api:
    environment = {**place.api.environment, "DATABASE_URL": urls.api}
    return replace(place.api, port=free_port(), environment=environment, process=None)


async def _seen(it: Backed, restored: _Database) -> list[str]:
    async with restored.served() as http:
        return await it.seen(http)


GATE = Gate("g15", "A restored backup brings nothing back that was taken away since.", 1, trial)
