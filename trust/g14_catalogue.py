"""G14: nothing stands in the database that would let rows out past the policies.

The lint of the catalogue is asked of a migrated database, where it finds nothing, also as the application's
login; then each defect that there is to find is planted in a fresh one, and must be found by name and place.
"""

import asyncio
import os

import asyncpg

from app.db.catalogue import defects
from dev.preparation import make_keys, prepare
from tests.db.defects import AS_SUPERUSER, DEFECTS, Defect, planted
from trust.gate import Gate, Shown
from trust.ground import Ground

TEMPLATE = f"trust_catalogue_{os.getpid()}"
SPOILT = f"{TEMPLATE}_spoilt"


async def trial(ground: Ground) -> Shown:
    """Ask, plant, and ask again."""
    urls = ground.server.create_database(TEMPLATE)
    try:
        await asyncio.to_thread(prepare, urls, make_keys(ground.home / "keys.json"))
        sound = [await _asked(url) for url in (urls.migration, urls.api)]
        missed = [one for one in DEFECTS if not await _found(ground, one, superuser=False)]
        missed += [one for one in AS_SUPERUSER if not await _found(ground, one, superuser=True)]
    finally:
        ground.server.drop_database(TEMPLATE)
    for one in missed:
        print(f"     not found: {one.found}, {one.place}: {one.planted}")
    defects_planted = len(DEFECTS) + len(AS_SUPERUSER)
    kinds = len({one.found for one in (*DEFECTS, *AS_SUPERUSER)})
    return Shown(
        sum(sound) == 0 and not missed,
        f"{sum(sound)} rows in a migrated database; {defects_planted} defects of {kinds} kinds planted,"
        f" each in a fresh one: {defects_planted - len(missed)} found",
    )


async def _asked(url: str) -> int:
    """How many defects the lint finds."""
    connection = await asyncpg.connect(url)
    try:
        return len(await defects(connection))
    finally:
        await connection.close()


async def _found(ground: Ground, defect: Defect, *, superuser: bool) -> bool:
    """Whether a defect planted in a fresh database is found."""
    urls = ground.server.create_database(SPOILT, template=TEMPLATE)
    try:
        connection = await asyncpg.connect(ground.superuser(SPOILT) if superuser else urls.migration)
        try:
            async with planted(connection, defect):
                return (defect.found, defect.place) in await defects(connection)
        finally:
            await connection.close()
    finally:
        ground.server.drop_database(SPOILT)


GATE = Gate("g14", "Nothing stands in the database that lets rows out past the policies.", 1, trial)
