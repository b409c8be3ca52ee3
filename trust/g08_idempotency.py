"""G8: a request that is sent again has one effect.

A hundred keys are sent fifty times each, many at once, as clients do that heard no answer. Each key must have
one effect and one receipt; another body under the same key is refused; the same key of another account is
another key.
"""

import asyncio
from collections import Counter

import asyncpg
import httpx

from tests.api.conftest import Caller
from tests.api.scenes import CONTACT, CaseMade, case_with_need
from trust.gate import Gate, Shown
from trust.ground import Ground, Place

KEYS = 100
CALLS_EACH = 50
EVERYTHING = "select count(*) from flerpart.contact"


async def trial(ground: Ground) -> Shown:
    """Call, and count."""
    async with ground.place() as place:
        fk, other, called = [await place.staff(party) for party in ("FK", "FK", "AF")]
        made = await case_with_need(fk)
        body = CONTACT | {"withOrganisationId": str(called.organisation_id)}
        statuses: Counter[int] = Counter()
        receipts: dict[str, set[str]] = {}
        keys = [f"samma-{number}" for number in range(KEYS)] * CALLS_EACH
        turns = asyncio.Semaphore(64)

        async def call(key: str) -> None:
            async with turns:
                try:
                    answer = await fk.post(f"{made.path}/contacts", body, key)
                except httpx.TransportError:
                    statuses[0] += 1  # nothing was heard: exactly what the key is for
                    return
            statuses[answer.status_code] += 1
            if answer.status_code == 201:
                receipts.setdefault(key, set()).add(answer.json()["id"])

        await asyncio.gather(*(call(key) for key in keys))
        while len(receipts) < KEYS:
            await asyncio.gather(*(call(key) for key in set(keys) - receipts.keys()))
        effects = await _effects(place)
        changed = await fk.post(f"{made.path}/contacts", body | {"answered": False}, keys[0])
        elsewhere = await _elsewhere(other, called, keys[0])
        after = await _effects(place)
    doubled = sum(len(ids) > 1 for ids in receipts.values())
    kept = (effects, doubled, changed.status_code, elsewhere, after) == (KEYS, 0, 422, 201, KEYS + 1)
    waited = statuses[409] + statuses[503]
    strange = sum(n for status, n in statuses.items() if status not in (0, 201, 409, 503))
    return Shown(
        kept and strange == 0,
        f"{statuses.total():,} calls on {KEYS} keys: {effects} effects, {doubled} keys with two receipts,"
        f" {waited:,} told to wait, {strange} other answers; another body {changed.status_code}",
    )


async def _elsewhere(other: Caller, called: Caller, key: str) -> int:
    """The same key of another account, in a case of its own."""
    own: CaseMade = await case_with_need(other)
    body = CONTACT | {"withOrganisationId": str(called.organisation_id)}
    return (await other.post(f"{own.path}/contacts", body, key)).status_code


async def _effects(place: Place) -> int:
    connection = await asyncpg.connect(place.superuser)
    try:
        return int(await connection.fetchval(EVERYTHING))
    finally:
        await connection.close()


GATE = Gate("g8", "A request that is sent again has one effect.", 1, trial)
